"""Messages between a person and a team. PostgreSQL shows them to those two alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.roles import OWN_PAGES_TEAM
from onestory.conversations.models import Message, Notice
from onestory.conversations.rules import KnownNumber, KnownRules
from onestory.kernel.keyset import Window, window
from onestory.people.models import Phone, SafeContact
from onestory.people.queries import records

ORDER = ("-recorded_at", "-id")
# More are not counted: each is a look at the grants, and this stands on every page.
MOST_COUNTED = 100
_HOLDERS = """
    SELECT DISTINCT ON (g.team_id) g.team_id, e.person_id, e.id
    FROM unnest(%s::uuid[]) AS p (id), access_envelope e, access_who_knows(p.id) g
    WHERE e.person_id = p.id AND e.kind = 'support' AND g.envelope_id = e.id
      AND g.starts_at <= statement_timestamp()
      AND (g.ends_at IS NULL OR g.ends_at > statement_timestamp())
      AND CASE WHEN %s THEN g.team_id = %s ELSE g.user_id IS NULL AND g.may_write END
    ORDER BY g.team_id, g.starts_at
"""


@dataclass(frozen=True)
class Correspondent:
    """A team that somebody can write with, and the envelope that holds what they write."""

    team_id: UUID
    person_id: UUID
    envelope_id: UUID
    team: Team


def correspondents(by: Actor, person_id: UUID) -> list[Correspondent]:
    """The teams that hold this person's support for their work, by name, as far as the actor may
    know. Two queries besides those for joined records."""
    found = _holders(records_of(by, person_id), of_own_pages=False)
    teams = Team.objects.select_related("organisation").in_bulk([row[0] for row in found])
    known = [Correspondent(*row, teams[row[0]]) for row in found]
    return sorted(known, key=lambda one: one.team.name)


def former_correspondents(by: Actor, person_id: UUID) -> list[Team]:
    """Teams that wrote with this person and no longer hold their support: what was written stays
    there to read. By name, as far as the actor reads those messages. Two queries besides."""
    now = {one.team_id for one in correspondents(by, person_id)}
    rows = Message.objects.filter(person_id__in=records_of(by, person_id)).exclude(team_id__in=now)
    ids = set(rows.values_list("team_id", flat=True))
    return list(Team.objects.select_related("organisation").filter(pk__in=ids).order_by("name"))


def has_own_pages(by: Actor, person_id: UUID) -> bool:
    """Whether the person has pages of their own to read a message on."""
    return bool(_holders(records_of(by, person_id), of_own_pages=True))


def thread(
    by: Actor, person_id: UUID, team_id: UUID, *, after: str = "", before: str = ""
) -> Window:
    """What the person and the team wrote to each other, the latest first."""
    rows = Message.objects.filter(person_id__in=records_of(by, person_id), team_id=team_id)
    return window(rows.select_related("recorded_by"), ORDER, after=after, before=before)


def unread(by: Actor) -> int:
    """How many messages wait for the actor's teams, up to MOST_COUNTED. It loads nothing."""
    return _waiting(by)[:MOST_COUNTED].count()


def inbox(by: Actor, *, after: str = "", before: str = "") -> Window:
    """The messages that wait for the actor's teams, the one that waits longest first."""
    rows = _waiting(by).select_related("team")
    return window(rows, ("recorded_at", "id"), after=after, before=before)


def unread_by_person(by: Actor, person_id: UUID) -> dict[UUID, int]:
    """How many messages of each team the person has not read yet: for their own pages."""
    rows = Message.objects.filter(
        person_id__in=records_of(by, person_id), from_person=False, read_at=None
    )
    counts: dict[UUID, int] = {}
    for team_id in rows.values_list("team_id", flat=True):
        counts[team_id] = counts.get(team_id, 0) + 1
    return counts


def last_notice(by: Actor, person_id: UUID, team_id: UUID) -> Notice | None:
    """The last time that word of a message went out to somebody, or was held back."""
    rows = Notice.objects.filter(person_id__in=records_of(by, person_id), team_id=team_id)
    return rows.order_by(*ORDER).first()


def is_told(by: Actor, person_id: UUID) -> bool:
    """Whether a notice went out since the person last read anything: one is enough."""
    ids = records_of(by, person_id)
    sent = Notice.objects.filter(person_id__in=ids, outcome=Notice.Outcome.SENT)
    last_sent = _latest(sent.values_list("recorded_at", flat=True).order_by("-recorded_at"))
    read = Message.objects.filter(person_id__in=ids, from_person=False).exclude(read_at=None)
    last_read = _latest(read.values_list("read_at", flat=True).order_by("-read_at"))
    return last_sent is not None and (last_read is None or last_read < last_sent)


def waits_for_person(by: Actor, person_id: UUID, team_id: UUID) -> bool:
    """Whether the person has still to read something that the team wrote."""
    rows = Message.objects.filter(person_id__in=records_of(by, person_id), team_id=team_id)
    return rows.filter(from_person=False, read_at=None).exists()


def known_rules(by: Actor, person_id: UUID) -> list[KnownRules]:
    """What the actor may know of how it is safe to reach somebody, one for each joined record."""
    rows = SafeContact.objects.filter(person_id__in=records_of(by, person_id), superseded_at=None)
    return [
        KnownRules(
            row.safe_to_call, row.voicemail, row.text_messages, row.when_safe, row.must_not_know
        )
        for row in rows
    ]


def known_numbers(by: Actor, person_id: UUID) -> list[KnownNumber]:
    """The numbers that the actor may know of, the one recorded last first."""
    rows = Phone.objects.filter(person_id__in=records_of(by, person_id), superseded_at=None)
    return [KnownNumber(row.number, row.safe, row.whose) for row in rows.order_by(*ORDER)]


def _waiting(by: Actor):
    return Message.objects.filter(team_id__in=by.team_ids, from_person=True, read_at=None)


def _latest(moments) -> datetime | None:
    return moments.first()


def records_of(by: Actor, person_id: UUID) -> list[UUID]:
    """The ids of every record of this human being that the actor knows of."""
    return [person.pk for person in records(by, person_id)]


def _holders(ids: Sequence[UUID], *, of_own_pages: bool) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(_HOLDERS, [list(ids), of_own_pages, OWN_PAGES_TEAM])
        return cursor.fetchall()
