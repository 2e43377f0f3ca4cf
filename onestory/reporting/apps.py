from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "onestory.reporting"
    label = "reporting"
    verbose_name = "Reporting"
