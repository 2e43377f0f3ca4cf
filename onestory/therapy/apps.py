from django.apps import AppConfig
from django.utils.module_loading import import_string


class TherapyConfig(AppConfig):
    name = "onestory.therapy"
    label = "therapy"
    verbose_name = "Therapy"

    def ready(self):
        """Say on the page of a person, which knows nothing of this room, where the notes are."""
        import_string("onestory.people.cards.sources")["therapy"].append(
            import_string("onestory.therapy.cards.rows")
        )
