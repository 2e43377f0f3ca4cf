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
    path("<uuid:person_id>/duplicates/", views.duplicates, name="duplicates"),
    path("<uuid:person_id>/join/<uuid:other_id>/", views.join, name="join"),
    path("<uuid:person_id>/joins/<uuid:join_id>/undo/", views.undo_join, name="undo-join"),
]
