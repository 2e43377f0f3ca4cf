from django.apps import AppConfig
from django.utils.module_loading import import_string


class RightsConfig(AppConfig):
    name = "onestory.rights"
    label = "rights"
    verbose_name = "Rights"

    def ready(self):
        """Say on the page of a person, which knows nothing of this room, what she says is wrong."""
        import_string("onestory.people.cards.sources")["identity"].append(
            import_string("onestory.rights.cards.rows")
        )
