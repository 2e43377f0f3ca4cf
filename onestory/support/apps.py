from django.apps import AppConfig
from django.utils.module_loading import import_string


class SupportConfig(AppConfig):
    name = "onestory.support"
    label = "support"
    verbose_name = "Support"

    def ready(self):
        """Add what this room knows to the page of a person, which knows nothing of this room; and
        settle its work where somebody is given back."""
        import_string("onestory.people.timeline.sources").append(
            import_string("onestory.support.timeline.events")
        )
        import_string("onestory.people.cards.sources")["support"].append(
            import_string("onestory.support.timeline.ways")
        )
        import_string("onestory.cases.actions.waiting.settling").append(
            import_string("onestory.support.actions.given_back.settle_given_back")
        )
