from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "onestory.public"
    label = "public"
    verbose_name = "Public pages"
