from django.urls import path

from onestory.risk.views import against, disclosures, orders

app_name = "risk"
urlpatterns = [
    path("clares-law/", disclosures.disclosures, name="disclosures"),
    path("clares-law/<uuid:disclosure_id>/", disclosures.disclosure, name="disclosure"),
    path("orders/<uuid:order_id>/change/", orders.change, name="order-change"),
    path("orders/<uuid:order_id>/end/", orders.end, name="order-end"),
    path("orders/<uuid:order_id>/broken/", orders.break_, name="order-break"),
    path("orders/<uuid:order_id>/seen/", orders.seen, name="order-seen"),
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
