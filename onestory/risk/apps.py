from django.apps import AppConfig
from django.utils.module_loading import import_string

CARDS = {
    "conduct": ("conduct_cards.conduct",),
    "risk": ("cards.rows", "conduct_cards.risk"),
}
EVENTS = ("cards.events", "conduct_cards.events")
ALERTS = (
    "alerts.changes",
    "alerts.plans",
    "alerts.orders",
    "alerts.breaches",
    "alerts.disclosures",
)


class RiskConfig(AppConfig):
    name = "onestory.risk"
    label = "risk"
    verbose_name = "Risk"

    def ready(self):
        """Add what this room knows to the pages of people and to the worklist, which know nothing of it."""
        cards = import_string("onestory.people.cards.sources")
        for kind, names in CARDS.items():
            cards[kind].extend(map(_of_this_room, names))
        import_string("onestory.people.timeline.sources").extend(map(_of_this_room, EVENTS))
        import_string("onestory.cases.alerts.sources").extend(map(_of_this_room, ALERTS))


def _of_this_room(name: str):
    return import_string(f"onestory.risk.{name}")
