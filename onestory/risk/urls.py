from django.urls import path

from onestory.risk.views import against, checklists, danger, disclosures, orders, plans

app_name = "risk"
urlpatterns = [
    path("clares-law/", disclosures.disclosures, name="disclosures"),
    path("clares-law/<uuid:disclosure_id>/", disclosures.disclosure, name="disclosure"),
    path("orders/<uuid:order_id>/change/", orders.change, name="order-change"),
    path("orders/<uuid:order_id>/end/", orders.end, name="order-end"),
    path("orders/<uuid:order_id>/broken/", orders.break_, name="order-break"),
    path("orders/<uuid:order_id>/seen/", orders.seen, name="order-seen"),
    path("<uuid:person_id>/", danger.person, name="person"),
    path("<uuid:person_id>/checklist/<slug:instrument>/", checklists.checklist, name="checklist"),
    path("sitting/<uuid:sitting_id>/save/", checklists.save, name="checklist-save"),
    path("result/<uuid:assessment_id>/", danger.assessment, name="assessment"),
    path("<uuid:person_id>/result/", danger.result, name="result"),
    path("<uuid:person_id>/change/", danger.change, name="change"),
    path("change/<uuid:change_id>/", danger.changed, name="changed"),
    path("<uuid:person_id>/plan/", plans.plan, name="plan"),
    path("<uuid:person_id>/plan/<int:number>/", plans.version, name="plan-version"),
    path("<uuid:person_id>/plan/print/", plans.on_paper, name="plan-print"),
    path("<uuid:person_id>/plan/write/", plans.write, name="plan-write"),
    path("<uuid:person_id>/plan/save/", plans.save, name="plan-save"),
    path("<uuid:person_id>/conduct/", orders.conduct, name="conduct"),
    path("<uuid:person_id>/conduct/order/", orders.add, name="order-add"),
    path("<uuid:person_id>/orders/", against.against, name="against"),
    path(
        "<uuid:person_id>/orders/<uuid:order_id>/broken/",
        against.break_against,
        name="break-against",
    ),
    path("<uuid:person_id>/clares-law/", disclosures.ask, name="disclosure-ask"),
]
