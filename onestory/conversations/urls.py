from django.urls import path

from onestory.conversations import views

app_name = "conversations"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<uuid:person_id>/", views.person, name="person"),
]
