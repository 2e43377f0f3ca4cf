from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "onestory.inquiries"
    label = "inquiries"
    verbose_name = "Reviews"
