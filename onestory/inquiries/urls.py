from django.urls import path

from onestory.inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("", views.inquiries, name="inquiries"),
    path("propose/<uuid:person_id>/", views.propose, name="propose"),
    path("<uuid:inquiry_id>/", views.inquiry, name="inquiry"),
    path("<uuid:inquiry_id>/name/", views.add_person, name="add-person"),
    path("<uuid:inquiry_id>/end/", views.end, name="end"),
    path("<uuid:inquiry_id>/chronology/", views.chronology, name="chronology"),
    path("<uuid:inquiry_id>/chronology.<slug:kind>", views.file, name="file"),
]
