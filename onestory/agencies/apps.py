from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "onestory.agencies"
    label = "agencies"
    verbose_name = "Agencies"
