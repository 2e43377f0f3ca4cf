from django.apps import AppConfig
from django.utils.module_loading import import_string


class AssessmentConfig(AppConfig):
    name = "onestory.assessment"
    label = "assessment"
    verbose_name = "Assessment"

    def ready(self):
        """Add what this room knows to the page of a person, which knows nothing of this room."""
        import_string("onestory.people.timeline.sources").append(
            import_string("onestory.assessment.timeline.events")
        )
        import_string("onestory.people.cards.sources")["needs"].append(
            import_string("onestory.assessment.timeline.found")
        )
