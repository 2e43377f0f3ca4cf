"""One's own account."""

from allauth.mfa.base.views import IndexView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from onestory.agencies import actions, queries
from onestory.agencies.forms import ChangePasswordForm
from onestory.agencies.guard import signed_in
from onestory.agencies.roles import ROLES


@signed_in
@require_GET
def account(request):
    sessions = [
        (session, session.session_key == request.session.session_key)
        for session in queries.sessions(request.actor)
    ]
    context = {
        "hats": [(hat.team_name, ROLES[hat.role]) for hat in request.actor.hats],
        "factors": queries.second_factors(request.user),
        "sessions": sessions,
    }
    return render(request, "agencies/account.html", context)


@signed_in
@require_GET
def second_factor(request):
    """allauth's page, which has to say whether there is a choice."""
    return IndexView.as_view(extra_context={"demanded": not settings.DEMO})(request)


@signed_in
@require_http_methods(["GET", "POST"])
def password(request):
    if not request.user.has_usable_password():
        return redirect("agencies:account")
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.change_password(
            by=request.actor,
            user=request.user,
            password=form.cleaned_data["new"],
            session=request.session.session_key,
        )
        update_session_auth_hash(request, request.user)
        messages.success(request, "Your password is changed, and you are signed out elsewhere")
        return redirect("agencies:account")
    return render(request, "agencies/password.html", {"form": form})


@signed_in
@require_POST
def end_sessions(request):
    ended = actions.end_sessions(by=request.actor, but=request.session.session_key)
    messages.success(
        request, "You are signed out everywhere else" if ended else "You were signed in only here"
    )
    return redirect("agencies:account")
