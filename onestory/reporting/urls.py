from django.urls import path

from onestory.reporting.views import (
    asked_again,
    dashboard,
    edition_steps,
    editions,
    measures,
    needs,
    snapshots,
    yearly,
)

app_name = "reporting"
urlpatterns = [
    path("assessment/asked-again/", asked_again.asked_again, name="asked_again"),
    path("snapshots/", snapshots.all_snapshots, name="snapshots"),
    path("dashboard/", dashboard.own, name="dashboard"),
    path("dashboard/<slug:team>/", dashboard.own, name="dashboard_of"),
    path("measures/", measures.all_measures, name="measures"),
    path("measures/<slug:code>/", measures.one_measure, name="measure"),
    path("measures/<slug:code>/figures.csv", measures.measure_csv, name="measure_csv"),
    path("needs/", needs.topics, name="needs"),
    path("needs/<slug:code>/", needs.topic, name="needs_topic"),
    path("needs/<slug:code>/as/<slug:kind>/", needs.download, name="needs_download"),
    path("editions/", editions.all_reports, name="editions"),
    path("editions/of/<slug:code>/", editions.of_report, name="editions_of"),
    path("editions/<uuid:edition_id>/", editions.one, name="edition"),
    path(
        "editions/<uuid:edition_id>/write/<slug:section>/",
        editions.write,
        name="edition_write",
    ),
    path(
        "editions/<uuid:edition_id>/write/<slug:section>/save/",
        editions.save,
        name="edition_save",
    ),
    path(
        "editions/<uuid:edition_id>/numbers/<slug:table>/",
        editions.numbers,
        name="edition_numbers",
    ),
    path("editions/<uuid:edition_id>/version/", edition_steps.move, name="edition_move"),
    path("editions/<uuid:edition_id>/discard/", edition_steps.discard, name="edition_discard"),
    path("editions/<uuid:edition_id>/freeze/", edition_steps.freeze, name="edition_freeze"),
    path("editions/<uuid:edition_id>/publish/", edition_steps.publish, name="edition_publish"),
    path("editions/<uuid:edition_id>/withdraw/", edition_steps.withdraw, name="edition_withdraw"),
    path("editions/<uuid:edition_id>/correct/", edition_steps.correct, name="edition_correct"),
    path(
        "editions/<uuid:edition_id>/as/<slug:kind>/",
        editions.download,
        name="edition_download",
    ),
    path("reports/", yearly.reports, name="reports"),
    path("reports/<slug:code>/", yearly.report, name="report"),
    path(
        "reports/<slug:code>/for-publication/",
        yearly.report,
        {"edition": yearly.PUBLIC},
        name="publication",
    ),
    path(
        "reports/<slug:code>/for-publication/as/<slug:kind>/",
        yearly.download,
        {"edition": yearly.PUBLIC},
        name="publication_download",
    ),
    path("reports/<slug:code>/as/<slug:kind>/", yearly.download, name="download"),
    path("reports/<slug:code>/cases/<str:key>/", yearly.cell, name="cell"),
]
