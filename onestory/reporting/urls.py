from django.urls import path

from onestory.reporting import (
    asked_again,
    dashboard_views,
    edition_steps,
    edition_views,
    measure_views,
    needs_views,
    snapshot_views,
    views,
)

app_name = "reporting"
urlpatterns = [
    path("assessment/asked-again/", asked_again.asked_again, name="asked_again"),
    path("snapshots/", snapshot_views.all_snapshots, name="snapshots"),
    path("dashboard/", dashboard_views.own, name="dashboard"),
    path("dashboard/<slug:team>/", dashboard_views.own, name="dashboard_of"),
    path("measures/", measure_views.all_measures, name="measures"),
    path("measures/<slug:code>/", measure_views.one_measure, name="measure"),
    path("measures/<slug:code>/figures.csv", measure_views.measure_csv, name="measure_csv"),
    path("needs/", needs_views.topics, name="needs"),
    path("needs/<slug:code>/", needs_views.topic, name="needs_topic"),
    path("needs/<slug:code>/as/<slug:kind>/", needs_views.download, name="needs_download"),
    path("editions/", edition_views.all_reports, name="editions"),
    path("editions/of/<slug:code>/", edition_views.of_report, name="editions_of"),
    path("editions/<uuid:edition_id>/", edition_views.one, name="edition"),
    path(
        "editions/<uuid:edition_id>/write/<slug:section>/",
        edition_views.write,
        name="edition_write",
    ),
    path(
        "editions/<uuid:edition_id>/write/<slug:section>/save/",
        edition_views.save,
        name="edition_save",
    ),
    path(
        "editions/<uuid:edition_id>/numbers/<slug:table>/",
        edition_views.numbers,
        name="edition_numbers",
    ),
    path("editions/<uuid:edition_id>/version/", edition_steps.move, name="edition_move"),
    path("editions/<uuid:edition_id>/freeze/", edition_steps.freeze, name="edition_freeze"),
    path("editions/<uuid:edition_id>/publish/", edition_steps.publish, name="edition_publish"),
    path("editions/<uuid:edition_id>/withdraw/", edition_steps.withdraw, name="edition_withdraw"),
    path("editions/<uuid:edition_id>/correct/", edition_steps.correct, name="edition_correct"),
    path(
        "editions/<uuid:edition_id>/as/<slug:kind>/",
        edition_views.download,
        name="edition_download",
    ),
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
