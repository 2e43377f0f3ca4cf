"""What waits for a team: possible matches with other teams' records, and what others ask to see."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from onestory.access.models import Grant
from onestory.agencies.actor import Actor
from onestory.people.models import AccessRequest, MatchNotice

PAGE = 25
ANSWERS_SHOWN = timedelta(days=30)


def notices(by: Actor, *, after: UUID | None = None) -> list[MatchNotice]:
    """A page of possible matches that nobody has settled, the latest first, and one more if any."""
    rows = unsettled()
    last = MatchNotice.objects.filter(pk=after).first() if after else None
    if last:
        rows = rows.filter(
            Q(recorded_at__lt=last.recorded_at) | Q(recorded_at=last.recorded_at, pk__lt=last.pk)
        )
    return list(rows.order_by("-recorded_at", "-pk")[: PAGE + 1])


def requests(by: Actor) -> list[AccessRequest]:
    """What is asked of the actor's teams, and what they asked with the answers of late."""
    lately = timezone.now() - ANSWERS_SHOWN
    mine = Q(team_id__in=by.team_ids)
    rows = requests_with_names().filter(Q(answered_at=None) | mine & Q(answered_at__gte=lately))
    return list(rows.order_by("-asked_at", "-pk")[:PAGE])


def waiting(by: Actor) -> int:
    """How many notices and requests wait for the actor's teams: for the menu. Two queries."""
    held = Grant.objects.filter(may_share=True).values("envelope_id")
    asked = AccessRequest.objects.filter(answered_at=None, envelope_id__in=held)
    return unsettled().count() + asked.count()


def unsettled() -> QuerySet[MatchNotice]:
    return MatchNotice.objects.filter(settled_at=None).select_related("other_team")


def requests_with_names() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.select_related("team", "asked_by", "answered_by")
