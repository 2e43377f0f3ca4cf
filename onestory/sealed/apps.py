from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "onestory.sealed"
    label = "sealed"
    verbose_name = "Sealed accounts"
