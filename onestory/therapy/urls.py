from django.urls import path

from onestory.therapy import views

app_name = "therapy"
urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/<uuid:request_id>/", views.one_request, name="request"),
    path("<uuid:person_id>/", views.notes, name="notes"),
    path("<uuid:person_id>/write/", views.write, name="write"),
    path("<uuid:person_id>/save/", views.save, name="save"),
    path("<uuid:person_id>/discard/", views.discard, name="discard"),
    path("<uuid:person_id>/proceedings/", views.proceedings, name="proceedings"),
    path("<uuid:person_id>/asked/", views.asked, name="asked"),
]
