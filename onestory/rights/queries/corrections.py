"""What a survivor says is wrong in her record: what she may say it of, whom to ask, what waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Func, Q
from django.http import Http404

from onestory.access.models import Envelope, Protected
from onestory.agencies.actor import Actor
from onestory.agencies.models import Membership, Team
from onestory.agencies.roles import OWN_PAGES_TEAM, ROLES, Permission
from onestory.kernel.keyset import Window, window
from onestory.people.queries import records
from onestory.rights.models import Correction
from onestory.rights.queries.requests import LATEST_DECIDED, NEXT_DUE, handlers
from onestory.rights.queries.telling import Entry, Teller, given, model_of, protected

# What is no fact: who wrote what to whom stays as it was written, and so does what she said of it.
NO_FACTS = frozenset(
    {
        "conversations.Message",
        "conversations.Notice",
        "portal.Invitation",
        "rights.Correction",
    }
)
_HELD_IT = """
    SELECT g.team_id FROM access_who_knows(%s) g
    WHERE g.envelope_id = %s AND g.team_id <> %s AND g.user_id IS NULL AND g.may_write
    GROUP BY g.team_id ORDER BY max(coalesce(g.ends_at, 'infinity')) DESC, g.team_id
"""
# On her own page all of them stand; no record has so many that more would be read.
MOST = 200


@dataclass(frozen=True)
class Unheld:
    """Something that is said to be wrong, and nobody holds: its outside alone."""

    id: UUID
    person_id: UUID
    reference: str
    about: str
    team: Team
    asked_at: datetime
    due_on: date


def fact(by: Actor, person_id: UUID, row_id: UUID) -> Protected:
    """One row of this person's record that is open to the actor. `Http404` if there is none."""
    people = [person.pk for person in records(by, person_id)]
    envelopes = list(Envelope.objects.filter(person_id__in=people).values_list("id", flat=True))
    for model in protected():
        if model._meta.label not in NO_FACTS and given(model):
            found = model.objects.filter(pk=row_id, envelope_id__in=envelopes).first()
            if found is not None:
                return found
    raise Http404


def whom_to_ask(by: Actor, row: Protected) -> Team | None:
    """The team that decides: whoever wrote it down, if they hold it still; else who holds it longest.

    A team in which nobody may decide is not asked.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_keepers(%s)", [row.envelope_id])
        found = [team_id for (team_id,) in cursor.fetchall()]
    wrote = getattr(row, "team_id", None) or getattr(row, "from_team_id", None)
    for team_id in sorted(found, key=lambda one: one != wrote):
        if handlers(by, team_id):
            return Team.objects.select_related("organisation").get(pk=team_id)
    return None


def whom_was_told(by: Actor, row: Protected) -> Team | None:
    """Whoever wrote it down, or held it last, where no team holds it now: a guardian finds somebody.

    None if nobody ever held it to write in, or none that she is told of.
    """
    with connection.cursor() as cursor:
        cursor.execute(_HELD_IT, [row.envelope.person_id, row.envelope_id, OWN_PAGES_TEAM])
        found = [team_id for (team_id,) in cursor.fetchall()]
    wrote = getattr(row, "team_id", None) or getattr(row, "from_team_id", None)
    first = next(iter(sorted(found, key=lambda one: one != wrote)), None)
    return first and Team.objects.select_related("organisation").get(pk=first)


def unheld(by: Actor) -> list[Unheld]:
    """What nobody who may decide holds any more, as it is due: for guardians, without a word of it."""
    by.must(Permission.RIGHTS_REVIEW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM rights_unheld()")
        rows = [Unheld(*row) for row in cursor.fetchall()]
    teams = Team.objects.select_related("organisation").in_bulk({row.team for row in rows})
    return [replace(row, team=teams[row.team]) for row in rows]


def unheld_one(by: Actor, correction_id: UUID) -> Unheld:
    """One of those. `Http404` if it is none, or somebody holds it."""
    for row in unheld(by):
        if row.id == correction_id:
            return row
    raise Http404


def who_may_decide(by: Actor) -> list[Membership]:
    """Everybody in the area who may decide on such a thing, by team and name."""
    roles = [code for code, role in ROLES.items() if Permission.RIGHTS_WORK in role.permissions]
    live = Membership.objects.filter(ends_on=None, user__is_active=True, role__in=roles)
    rows = live.exclude(user_id=by.user_id).select_related("user", "team")
    return list(rows.order_by("team__name", "user__name", "id"))


def corrections(by: Actor, *, decided: bool, after: str = "", before: str = "") -> Window:
    """For those who decide: what waits for their teams as it is due, or what was decided."""
    rows = _to_decide(by) if not decided else Correction.objects.exclude(decided_at=None)
    rows = rows.select_related("team")
    return window(rows, LATEST_DECIDED if decided else NEXT_DUE, after=after, before=before)


def corrections_waiting(by: Actor) -> int:
    """How many wait for the actor's teams. One query; it loads nothing."""
    return _to_decide(by).count()


def _to_decide(by: Actor):
    """Asked of the actor's teams, or of a team that no longer holds what it is about."""
    kept = Func("envelope_id", "team_id", function="rights_keeps", output_field=BooleanField())
    rows = Correction.objects.filter(decided_at=None).annotate(kept=kept)
    return rows.filter(Q(team_id__in=by.team_ids) | Q(kept=False))


def correction(by: Actor, correction_id: UUID) -> Correction:
    """One of them. `Http404` if what it is about is not open to the actor."""
    rows = Correction.objects.select_related("team", "decided_by", "envelope")
    found = rows.filter(pk=correction_id).first()
    if found is None:
        raise Http404
    return found


def entry_of(by: Actor, asked: Correction) -> Entry | None:
    """What it is about, as it stands now; nothing if it is gone."""
    model, key = model_of(asked.place)
    row = model.objects.filter(pk=key).first()
    return Teller({}).entry(row) if row else None


def corrections_about(by: Actor, person_ids: Sequence[UUID]) -> list[Correction]:
    """All that was said to be wrong in somebody's record, as far as the actor sees it; latest first."""
    rows = Correction.objects.filter(person_id__in=person_ids).select_related("team")
    return list(rows.order_by("-recorded_at", "-id")[:MOST])


def answers_not_seen(by: Actor, person_id: UUID) -> int:
    """How many of hers were decided since she last looked. It loads nothing."""
    people = [person.pk for person in records(by, person_id)]
    rows = Correction.objects.filter(person_id__in=people, seen_at=None)
    return rows.exclude(decided_at=None).count()
