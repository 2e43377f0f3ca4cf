from django.apps import AppConfig
from django.utils.module_loading import import_string

ALERTS = ("orders_waiting", "breaches_waiting", "disclosures_waiting")


class RiskConfig(AppConfig):
    name = "onestory.risk"
    label = "risk"
    verbose_name = "Risk"

    def ready(self):
        """Add what this room knows to the pages of people and to the worklist, which know nothing of it."""
        cards = import_string("onestory.people.cards.sources")
        cards["conduct"].append(import_string("onestory.risk.conduct_cards.conduct"))
        cards["risk"].append(import_string("onestory.risk.conduct_cards.risk"))
        import_string("onestory.people.timeline.sources").append(
            import_string("onestory.risk.conduct_cards.events")
        )
        import_string("onestory.cases.alerts.sources").extend(
            import_string(f"onestory.risk.conduct_cards.{name}") for name in ALERTS
        )
