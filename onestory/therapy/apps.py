from django.apps import AppConfig


class TherapyConfig(AppConfig):
    name = "onestory.therapy"
    label = "therapy"
    verbose_name = "Therapy"
