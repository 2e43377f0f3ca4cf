from django.urls import path

from onestory.people import views

app_name = "people"
urlpatterns = [
    path("", views.find, name="find"),
    path("notices/", views.notices, name="notices"),
    path("notices/<uuid:notice_id>/", views.settle, name="settle"),
    path("requests/<uuid:request_id>/", views.answer, name="answer"),
    path("<uuid:person_id>/", views.person, name="person"),
    path("<uuid:person_id>/identity/", views.identity, name="identity"),
    path("<uuid:person_id>/safe-contact/", views.safe_contact, name="safe-contact"),
    path("<uuid:person_id>/code-word/", views.code_word, name="code-word"),
    path("<uuid:person_id>/phones/add/", views.add_phone, name="add-phone"),
    path("<uuid:person_id>/phones/<uuid:row_id>/end/", views.end_phone, name="end-phone"),
    path("<uuid:person_id>/addresses/add/", views.add_address, name="add-address"),
    path("<uuid:person_id>/addresses/<uuid:row_id>/end/", views.end_address, name="end-address"),
    path("<uuid:person_id>/relationships/add/", views.relate, name="relate"),
    path(
        "<uuid:person_id>/relationships/<uuid:row_id>/end/",
        views.end_relationship,
        name="end-relationship",
    ),
    path("<uuid:person_id>/ask/<slug:kind>/", views.ask, name="ask"),
    path("<uuid:person_id>/who-knows/", views.who_knows, name="who-knows"),
    path(
        "<uuid:person_id>/who-knows/<uuid:team_id>/take-back/",
        views.withdraw_noted,
        name="withdraw-noted",
    ),
    path("<uuid:person_id>/known/", views.known, name="known"),
    path("<uuid:person_id>/consents/", views.consents, name="consents"),
    path("<uuid:person_id>/consents/ask/", views.ask_consent, name="ask-consent"),
    path("<uuid:person_id>/share/", views.share, name="share"),
    path("consents/<uuid:consent_id>/take-back/", views.withdraw, name="withdraw"),
    path("shares/<uuid:share_id>/end/", views.end_share, name="end-share"),
    path("shares/<uuid:share_id>/told/", views.tell_of_share, name="tell-share"),
    path("<uuid:person_id>/duplicates/", views.duplicates, name="duplicates"),
    path("<uuid:person_id>/join/<uuid:other_id>/", views.join, name="join"),
    path("<uuid:person_id>/joins/<uuid:join_id>/undo/", views.undo_join, name="undo-join"),
]
