"""Meetings and their agendas. An agenda holds what the reader can see, and counts that."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.keyset import Window, window
from onestory.marac.models import Action, Item, Meeting, Referral
from onestory.marac.queries.asking import last_asked
from onestory.marac.queries.cases import OPEN, tables_of, with_names
from onestory.marac.queries.pairs import the_other_way
from onestory.marac.rules.agenda import Case, fill, in_order
from onestory.people.models import Identity
from onestory.people.queries import names

MOST_AHEAD = 12
ON_AN_AGENDA = Item.objects.filter(referral=OuterRef("pk"), moved_at=None)


@dataclass(frozen=True)
class Line:
    """A case on an agenda, numbered among those that the reader sees."""

    number: int
    item: Item
    case: Referral
    name: Identity | None
    abuser: Identity | None
    asked: int
    answered: int
    open_actions: int
    mutual: bool
    same_abuser: int


def meeting(by: Actor, meeting_id: UUID) -> Meeting:
    """One meeting. `Http404` if the actor does not come to it."""
    row = Meeting.objects.select_related("team").filter(pk=meeting_id).first()
    if row is None:
        raise Http404
    return row


def meetings(by: Actor, *, past: bool, after: str = "", before: str = "") -> Window:
    """A page of meetings: those to come, the next first; or those that were, the latest first."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.select_related("team")
    if past:
        return window(
            rows.filter(starts_at__lt=today), ("-starts_at", "-id"), after=after, before=before
        )
    return window(
        rows.filter(starts_at__gte=today), ("starts_at", "id"), after=after, before=before
    )


def ahead(by: Actor, team_id: UUID) -> list[Meeting]:
    """The meetings of this table that cases can go to, the next first."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Meeting.objects.filter(team_id=team_id, starts_at__gte=today, called_off_at=None)
    return list(rows.order_by("starts_at", "id")[:MOST_AHEAD])


def next_meeting(by: Actor, team_id: UUID, after: datetime) -> Meeting | None:
    """The meeting of this table after that one."""
    rows = Meeting.objects.filter(team_id=team_id, starts_at__gt=after, called_off_at=None)
    return rows.order_by("starts_at", "id").first()


def agenda(by: Actor, row: Meeting) -> list[Line]:
    """The cases of a meeting that the actor may see, in their order. Seven queries, however many."""
    items = Item.objects.filter(meeting=row, moved_at=None).select_related(
        "referral__from_team", "referral__to_team", "referral__recorded_by"
    )
    by_case = {item.referral_id: item for item in items}
    cases = {item.referral_id: item.referral for item in by_case.values()}
    if not cases:
        return []
    asked, answered = _answers(cases)
    open_actions = dict(
        Action.objects.filter(referral_id__in=cases, done_at=None, not_done_at=None)
        .values_list("referral_id")
        .annotate(Count("id"))
        .order_by()
    )
    people = {key for case in cases.values() for key in (case.person_id, case.abuser_id) if key}
    known = names(by, people)
    mutual = the_other_way(by, list(cases.values()))
    abusers = [case.abuser_id for case in cases.values() if case.abuser_id]
    return [
        Line(
            number=number,
            item=by_case[place.id],
            case=(case := cases[place.id]),
            name=known.get(case.person_id),
            abuser=known.get(case.abuser_id),
            asked=asked[case.pk],
            answered=answered[case.pk],
            open_actions=open_actions.get(case.pk, 0),
            mutual=case.pk in mutual,
            same_abuser=abusers.count(case.abuser_id) if case.abuser_id else 0,
        )
        for number, place in enumerate(arranged(by_case.values()), 1)
    ]


def _answers(case_ids: Collection[UUID]) -> tuple[Counter, Counter]:
    """Of each case, how many agencies are asked, and how many of these have answered."""
    asked, answered = Counter(), Counter()
    rows = last_asked(case_ids).annotate(done=Q(answered_at__isnull=False))
    for case_id, done in rows.values_list("referral_id", "done"):
        asked[case_id] += 1
        answered[case_id] += done
    return asked, answered


def ordered(cases: Iterable[Referral], places: Mapping[UUID, int | None] | None = None):
    """Cases in the order of an agenda. `places`: where the coordinator put them."""
    return _line_up(
        Case(
            case.pk,
            case.level,
            case.repeat_of_id is not None,
            case.referred_on,
            (places or {}).get(case.pk),
        )
        for case in cases
    )


def _line_up(cases: Iterable[Case]) -> list[Case]:
    return in_order(cases, [term.code for term in pack().risk_levels])


def arranged(items: Iterable[Item]) -> list[Case]:
    """What stands on one agenda, in its order."""
    items = list(items)
    return ordered([item.referral for item in items], {i.referral_id: i.place for i in items})


def waiting(by: Actor, team_id: UUID) -> list[Referral]:
    """Cases of this table that are taken and on no agenda yet, in the order of an agenda."""
    if team_id not in tables_of(by):
        return []
    rows = Referral.objects.filter(OPEN, ~Exists(ON_AN_AGENDA), to_team_id=team_id)
    found = {row.pk: row for row in with_names(rows.filter(accepted_at__isnull=False))}
    return [found[place.id] for place in ordered(found.values())]


def proposal(by: Actor, row: Meeting) -> tuple[list[Referral], list[Referral]]:
    """Those that there is still time for in this meeting, and those that go to the next one."""
    if row.called_off_at:
        return [], []
    cases = {case.pk: case for case in waiting(by, row.team_id)}
    taken = Item.objects.filter(meeting=row, moved_at=None).count()
    fits, next_time = fill(ordered(cases.values()), taken, row.room)
    return [cases[one.id] for one in fits], [cases[one.id] for one in next_time]


def changed_meetings(by: Actor) -> int:
    """How many that are still to come were moved to another time or called off: for those who have
    noted when they were."""
    changed = Q(moved_from__isnull=False) | Q(called_off_at__isnull=False)
    return Meeting.objects.filter(changed, starts_at__gt=timezone.now()).count()


def was_heard(row: Meeting) -> bool:
    """Whether a case has been heard in it already, of those that the actor sees."""
    return Item.objects.filter(meeting=row, heard_at__isnull=False).exists()


def item_of(by: Actor, item_id: UUID) -> Item:
    """A case on an agenda, with the case. `Http404` if it is not the actor's to see, or has moved."""
    rows = Item.objects.select_related(
        "meeting", "referral__from_team", "referral__to_team", "referral__recorded_by"
    )
    row = rows.filter(pk=item_id, moved_at=None).first()
    if row is None:
        raise Http404
    return row


def neighbours(by: Actor, item: Item) -> tuple[UUID | None, int, int, UUID | None]:
    """The item before this one, its number, how many there are, and the item after: of those that
    the actor sees. One query."""
    # What decides its place, and no case whole: whoever goes on to the next reads that alone.
    rows = Item.objects.filter(meeting_id=item.meeting_id, moved_at=None).values_list(
        "pk",
        "referral_id",
        "referral__level",
        "referral__repeat_of_id",
        "referral__referred_on",
        "place",
    )
    items = {case_id: pk for pk, case_id, *_ in rows}
    line = _line_up(
        Case(case_id, level, repeat is not None, referred_on, place)
        for _, case_id, level, repeat, referred_on, place in rows
    )
    order = [items[one.id] for one in line]
    at = order.index(item.pk)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return before, at + 1, len(order), after
