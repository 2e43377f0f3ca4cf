"""The first page, and how these pages keep her safe."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from onestory.cases.queries.hers import has_news
from onestory.conversations import queries as conversations
from onestory.portal.guard import hers
from onestory.portal.views.pages import page
from onestory.rights import queries as rights
from onestory.support import queries as support


@hers
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What is next, what is new, and where everything else is."""
    by, person_id = request.actor, request.own.person_id
    ahead = support.appointments(by, person_id)
    unread = sum(conversations.unread_by_person(by, person_id).values())
    context = {
        "answers": rights.answers_not_seen(by, person_id),
        "news": has_news(by, person_id),
        "next": ahead[0] if ahead else None,
        "more": len(ahead) - 1,
        "unread": unread,
        "today": timezone.localdate(),
    }
    return page(request, "home", back=None, **context)


@hers
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    return page(request, "safety")
