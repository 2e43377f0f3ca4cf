from django.urls import include, path

urlpatterns = [
    path("", include("onestory.cases.urls")),
    path("", include("onestory.agencies.urls")),
    path("access/", include("onestory.access.urls")),
    path("people/", include("onestory.people.urls")),
    path("", include("onestory.reporting.urls")),
]
