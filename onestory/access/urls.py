from django.urls import path

from onestory.access import views

app_name = "access"
urlpatterns = [
    path("", views.record, name="record"),
    path("person/<uuid:person_id>/", views.record_of_person, name="record-of-person"),
    path("staff/<uuid:user_id>/", views.record_of_staff, name="record-of-staff"),
    path("many/", views.busy, name="busy"),
    path("seals/", views.seals, name="seals"),
    path("emergency/", views.break_glass_by_reference, name="break-glass-by-reference"),
    path("emergency/<uuid:person_id>/", views.break_glass, name="break-glass"),
    path("openings/", views.openings, name="openings"),
    path("openings/<uuid:opening_id>/", views.opening, name="opening"),
    path("barrings/", views.barrings, name="barrings"),
    path("barrings/<uuid:barring_id>/lift/", views.lift, name="lift"),
    path("bar/<uuid:person_id>/", views.bar, name="bar"),
]
