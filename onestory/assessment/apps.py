from django.apps import AppConfig


class AssessmentConfig(AppConfig):
    name = "onestory.assessment"
    label = "assessment"
    verbose_name = "Assessment"
