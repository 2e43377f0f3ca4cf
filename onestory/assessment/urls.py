from django.urls import path

from onestory.assessment.views import asking, looking

app_name = "assessment"
urlpatterns = [
    path("of/<uuid:person_id>/", looking.overview, name="overview"),
    path("of/<uuid:person_id>/known/", looking.known, name="known"),
    path("of/<uuid:person_id>/begin/<slug:instrument>/", asking.begin, name="begin"),
    path("answers/<uuid:answer_id>/", looking.history, name="history"),
    path("<uuid:sitting_id>/", asking.sitting, name="sitting"),
    path("<uuid:sitting_id>/end/", asking.end, name="end"),
    path("<uuid:sitting_id>/<slug:section>/", asking.section, name="section"),
    path("<uuid:sitting_id>/<slug:section>/save/", asking.save, name="save"),
]
