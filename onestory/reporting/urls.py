from django.urls import path

from onestory.reporting import asked_again, snapshot_views, views

app_name = "reporting"
urlpatterns = [
    path("assessment/asked-again/", asked_again.asked_again, name="asked_again"),
    path("snapshots/", snapshot_views.all_snapshots, name="snapshots"),
    path("reports/", views.reports, name="reports"),
    path("reports/<slug:code>/", views.report, name="report"),
    path(
        "reports/<slug:code>/for-publication/",
        views.report,
        {"edition": views.PUBLIC},
        name="publication",
    ),
    path(
        "reports/<slug:code>/for-publication/as/<slug:kind>/",
        views.download,
        {"edition": views.PUBLIC},
        name="publication_download",
    ),
    path("reports/<slug:code>/as/<slug:kind>/", views.download, name="download"),
    path("reports/<slug:code>/cases/<str:key>/", views.cell, name="cell"),
]
