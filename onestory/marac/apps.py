from django.apps import AppConfig


class MaracConfig(AppConfig):
    name = "onestory.marac"
    label = "marac"
    verbose_name = "MARAC"
