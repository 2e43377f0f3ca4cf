from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "onestory.portal"
    label = "portal"
    verbose_name = "Own pages"
