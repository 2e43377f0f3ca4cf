"""What stands round every page: who is signed in, where they can go, what must not be missed."""

from django.conf import settings


def frame(request) -> dict:
    """The context of `kernel/base.html`. Counts are asked only for somebody who is signed in."""
    notices = []
    if settings.DEMO:
        notices.append("Demonstration: the people are made up, and no second factor is asked for.")
    return {"notices": notices, "navigation": [], "actor": getattr(request, "actor", None)}
