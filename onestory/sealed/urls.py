from django.urls import path

from onestory.sealed import views

app_name = "sealed"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("released/", views.released, name="released"),
    path("open/", views.open_, name="open"),
    path("by-code/", views.by_code, name="by-code"),
    path("<uuid:account_id>/", views.account, name="account"),
    path("<uuid:account_id>/change/", views.change, name="change"),
    path("<uuid:account_id>/evidence/", views.add_evidence, name="add-evidence"),
    path("evidence/<uuid:evidence_id>/longer/", views.keep_longer, name="keep-longer"),
    path("evidence/<uuid:evidence_id>/told/", views.told, name="told"),
    path("evidence/<uuid:evidence_id>/end/", views.end_evidence, name="end-evidence"),
    path("<uuid:account_id>/compare/", views.compare, name="compare"),
    path("<uuid:account_id>/echoes/<uuid:echo_id>/", views.answer, name="answer"),
    path("<uuid:account_id>/release/", views.release, name="release"),
    path("<uuid:account_id>/slip/", views.slip, name="slip"),
    path(
        "<uuid:account_id>/releases/<uuid:release_id>/end/", views.end_release, name="end-release"
    ),
    path("<uuid:account_id>/destroy/", views.destroy, name="destroy"),
]
