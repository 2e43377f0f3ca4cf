from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "onestory.rights"
    label = "rights"
    verbose_name = "Rights"
