from django.apps import AppConfig
from django.utils.module_loading import import_string


class CasesConfig(AppConfig):
    name = "onestory.cases"
    label = "cases"
    verbose_name = "Cases"

    def ready(self):
        """Add what this room knows to the page of a person, which knows nothing of this room."""
        import_string("onestory.people.timeline.sources").append(
            import_string("onestory.cases.timeline.events")
        )
        import_string("onestory.people.cards.sources")["needs"].append(
            import_string("onestory.cases.timeline.needs")
        )
