from django.apps import AppConfig
from django.utils.module_loading import import_string


class MaracConfig(AppConfig):
    name = "onestory.marac"
    label = "marac"
    verbose_name = "MARAC"

    def ready(self):
        """Add what this room knows to the page of a person and to the worklist, which know nothing
        of this room."""
        import_string("onestory.people.cards.sources")["risk"].append(
            import_string("onestory.marac.cards.rows")
        )
        import_string("onestory.people.timeline.sources").append(
            import_string("onestory.marac.cards.events")
        )
        alerts = import_string("onestory.cases.alerts.sources")
        for name in ("decisions", "questions", "actions", "overdue", "receipts"):
            alerts.append(import_string(f"onestory.marac.alerts.{name}"))
