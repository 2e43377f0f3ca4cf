"""What staff do about somebody's own pages: inviting, and closing the ways in."""

from django.urls import path

from onestory.portal.views import staff

app_name = "own-pages"
urlpatterns = [
    path("feedback/", staff.feedback, name="feedback"),
    path("<uuid:person_id>/", staff.person, name="person"),
    path("<uuid:person_id>/invite/", staff.invite, name="invite"),
    path("<uuid:person_id>/code/", staff.code, name="code"),
    path("<uuid:person_id>/revoke/<uuid:invitation_id>/", staff.revoke, name="revoke"),
    path("<uuid:person_id>/end/", staff.end, name="end"),
]
