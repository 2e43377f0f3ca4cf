"""The settings, but for passwords: the tests sign in a thousand times."""

from onestory.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
