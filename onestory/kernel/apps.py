"""The kernel as a Django application: it brings templates, style sheets and form widgets."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """No models and no domain knowledge; only what every page is made of."""

    name = "onestory.kernel"
    label = "kernel"
