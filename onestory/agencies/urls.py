"""Sign-in, one's own account, and the list of staff.

Each of allauth's views that we use is named here, under the name that allauth knows it by; whatever
is not named cannot be reached.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from allauth.socialaccount import views as provider
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.urls import include, path

from onestory.agencies.guard import public, signed_in
from onestory.agencies.views import access, directory, own, staff

SIGN_IN = [
    path("sign-in/", public(account.login), name="account_login"),
    path("sign-in/code/", public(factors.authenticate), name="mfa_authenticate"),
    path("sign-in/passkey/", public(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/again/", access.again, name="account_reauthenticate"),
    path("sign-out/", access.sign_out, name="account_logout"),
    path("with/<slug:provider_id>/", public(oidc.login), name="openid_connect_login"),
    path("with/<slug:provider_id>/back/", public(oidc.callback), name="openid_connect_callback"),
    path("with/cancelled", public(provider.login_cancelled), name="socialaccount_login_cancelled"),
    path("with/error", public(provider.login_error), name="socialaccount_login_error"),
]

FACTORS = [
    path("", own.second_factor, name="mfa_index"),
    path("app/", signed_in(app.activate_totp), name="mfa_activate_totp"),
    path("app/remove/", signed_in(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("passkeys/", signed_in(passkey.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", signed_in(passkey.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/", signed_in(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        "passkeys/<int:pk>/remove/", signed_in(passkey.remove_webauthn), name="mfa_remove_webauthn"
    ),
    path("codes/", signed_in(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "codes/new/",
        signed_in(recovery.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
]

OWN = [
    path("", own.account, name="account"),
    path("password/", own.password, name="password"),
    path("sessions/end/", own.end_sessions, name="end-sessions"),
    path("session/", access.session, name="session"),
    path("carry-on/", access.carry_on, name="carry-on"),
    path("back/", access.back, name="back"),
    path("welcome/<str:uidb64>/<str:token>/", access.welcome, name="welcome"),
]

STAFF = [
    path("", staff.people, name="staff"),
    path("roles/", staff.roles, name="roles"),
    path("invite/", staff.invite, name="invite"),
    path("<uuid:user_id>/", staff.member, name="member"),
    path("<uuid:user_id>/change/", staff.change, name="change"),
    path("<uuid:user_id>/invitation/", staff.invitation, name="invitation"),
    path("<uuid:user_id>/role/", staff.add_role, name="add-role"),
    path("<uuid:user_id>/role/<uuid:membership_id>/end/", staff.end_role, name="end-role"),
    path("<uuid:user_id>/shut-out/", staff.shut_out, name="shut-out"),
    path("<uuid:user_id>/let-in/", staff.let_in, name="let-in"),
    path("<uuid:user_id>/unlock/", staff.unlock, name="unlock"),
    path("<uuid:user_id>/second-factor/", staff.reset, name="reset"),
]

DIRECTORY = [
    path("", directory.directory, name="directory"),
    path("<uuid:service_id>/", directory.service, name="service"),
    path("<uuid:service_id>/change/", directory.keep_service, name="keep-service"),
    path("<uuid:service_id>/right/", directory.confirm_service, name="confirm-service"),
    path("<uuid:service_id>/open/", directory.reopen_service, name="reopen-service"),
]

urlpatterns = [
    path("account/", include(SIGN_IN)),
    path("account/second-factor/", include(FACTORS)),
    path(
        "",
        include(
            (
                [
                    path("account/", include(OWN)),
                    path("staff/", include(STAFF)),
                    path("services/", include(DIRECTORY)),
                ],
                "agencies",
            )
        ),
    ),
]
