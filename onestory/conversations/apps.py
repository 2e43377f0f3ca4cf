from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "onestory.conversations"
    label = "conversations"
    verbose_name = "Conversations"
