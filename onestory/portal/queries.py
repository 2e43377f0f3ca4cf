"""Whose pages these are, how she comes in, and what staff see of that."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Session, Team
from onestory.portal.models import Code, Feedback, Invitation, OwnPages


@dataclass(frozen=True)
class WaysIn:
    """How many there are of each. None at all, and it takes a new invitation."""

    passkeys: int
    codes: int

    @property
    def any(self) -> bool:
        return bool(self.passkeys or self.codes)


@dataclass(frozen=True)
class Invitations:
    """What staff may know: that there are own pages, who was invited when, and whether it was used."""

    own: OwnPages | None
    rows: list[Invitation]
    ways: WaysIn
    last_seen: datetime | None


def own_pages(by: Actor) -> OwnPages | None:
    """The pages of the one who acts."""
    return OwnPages.objects.filter(user_id=by.user_id).first()


def ways_in(user_id: UUID) -> WaysIn:
    passkeys = Authenticator.objects.filter(user_id=user_id, type=Authenticator.Type.WEBAUTHN)
    codes = Code.objects.filter(user_id=user_id, ended_at=None)
    return WaysIn(passkeys.count(), codes.count())


def invitations(by: Actor, person_id: UUID) -> Invitations:
    """What there is of a person's own pages, the latest invitation first."""
    own = OwnPages.objects.filter(person_id=person_id).first()
    if own is None:
        return Invitations(None, [], WaysIn(0, 0), None)
    rows = Invitation.objects.filter(own_pages=own).select_related(
        "recorded_by", "team", "revoked_by"
    )
    seen = Session.objects.filter(user_id=own.user_id, expire_date__gt=timezone.now())
    last = seen.order_by("-seen_at").values_list("seen_at", flat=True).first()
    return Invitations(own, list(rows.order_by("-recorded_at")[:10]), ways_in(own.user_id), last)


def feedback_counts(by: Actor, since: date) -> dict[str, dict[str, dict[str, int]]]:
    """For each of the actor's teams, for each question, how many gave which answer.

    Nothing for a team of which fewer than five people have said anything.
    """
    names = dict(Team.objects.filter(pk__in=by.team_ids).values_list("pk", "name"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM portal_feedback_counts(%s)", [since])
        found: dict[str, dict[str, dict[str, int]]] = {}
        for team, question, answer, people in cursor.fetchall():
            found.setdefault(names[team], {}).setdefault(question, {})[answer] = people
    return found


def feedback_words(by: Actor) -> list[Feedback]:
    """What people added in words, for guardians: of which team and month, and not by whom."""
    rows = Feedback.objects.exclude(words="").select_related("team")
    return list(rows.order_by("-month", "id")[:100])
