from django.urls import path

from onestory.public.views import figures

app_name = "figures"
urlpatterns = [
    path("", figures.published, name="all"),
    path("<uuid:edition_id>/", figures.report, name="report"),
    path("<uuid:edition_id>/as/<slug:kind>/", figures.download, name="download"),
    path("<uuid:edition_id>/table/<str:name>.csv", figures.table, name="table"),
]
