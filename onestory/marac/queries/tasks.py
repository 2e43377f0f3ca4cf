"""What waits for an agency, and for the table: answers, actions, what is overdue."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.keyset import Window, window
from onestory.marac.models import Action, Item, Research
from onestory.marac.queries.cases import tables_of

FIRST = 25
NEXT_DUE, LAST_DUE = ("due_on", "id"), ("-due_on", "-id")
# What was settled longer ago is read in its case: a list must not look at all that an agency ever did.
SETTLED_FOR = timedelta(days=366)
OPEN = Q(done_at=None, not_done_at=None)
# Case by case, of those that are open: few of all the items that ever were.
_REVIEWS = """
    WITH open AS MATERIALIZED (
      SELECT r.id FROM marac_referral r
      WHERE r.to_team_id = ANY(%(tables)s)
        AND r.closed_at IS NULL AND r.declined_at IS NULL AND r.part_of_id IS NULL
    )
    SELECT i.* FROM open CROSS JOIN LATERAL (
      SELECT i.* FROM marac_item i
      WHERE i.referral_id = open.id AND i.moved_at IS NULL AND i.heard_at < %(long_ago)s OFFSET 0
    ) AS i
    ORDER BY i.heard_at, i.id LIMIT %(most)s
"""


def asked_of(by: Actor) -> list[Research]:
    """The cases that the actor's agencies are asked about, those to answer first, the next due first."""
    teams = by.teams_where(Permission.MARAC_ATTEND)
    rows = Research.objects.filter(team_id__in=teams, closed_at=None)
    found = rows.select_related("team", "referral").order_by("due_at", "id")[: FIRST * 4]
    return sorted(found, key=lambda row: (row.answered_at is not None, row.due_at, row.pk))


def late(by: Actor) -> list[Research]:
    """What agencies have not answered in time, for the table that asked."""
    tables = tables_of(by)
    if not tables:
        return []
    rows = Research.objects.filter(
        to_team_id__in=tables, closed_at=None, answered_at=None, due_at__lt=timezone.now()
    )
    return list(rows.select_related("team").order_by("due_at", "id")[:FIRST])


def reviews_due(by: Actor) -> list[Item]:
    """Cases of the actor's tables that were heard so long ago that their review is due."""
    tables, rule = tables_of(by), pack().marac_rule(timezone.localdate())
    if not tables or rule is None:
        return []
    long_ago = timezone.now() - timedelta(days=rule.review_days)
    asked = {"tables": tables, "long_ago": long_ago, "most": FIRST}
    return list(Item.objects.raw(_REVIEWS, asked))


def actions(by: Actor, *, settled: bool, after: str = "", before: str = "") -> Window:
    """A page of what the actor's agencies offered to do: open, the next due first; or settled, of the
    last year, the latest first."""
    rows = Action.objects.filter(team_id__in=by.teams_where(Permission.MARAC_ATTEND))
    rows = rows.select_related("team", "referral")
    if settled:
        lately = Q(due_on__gt=timezone.localdate() - SETTLED_FOR)
        return window(rows.filter(~OPEN & lately), LAST_DUE, after=after, before=before)
    return window(rows.filter(OPEN), NEXT_DUE, after=after, before=before)


def overdue(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Actions of any agency that are overdue, for the chair and the coordinator."""
    rows = Action.objects.filter(
        OPEN, to_team_id__in=tables_of(by), due_on__lt=timezone.localdate()
    )
    return window(rows.select_related("team", "referral"), NEXT_DUE, after=after, before=before)


def overdue_count(by: Actor) -> int:
    """How many, for the first page. It loads nothing."""
    tables = tables_of(by)
    if not tables:
        return 0
    rows = Action.objects.filter(OPEN, to_team_id__in=tables, due_on__lt=timezone.localdate())
    return rows.count()


def is_overdue(row: Action, today: date) -> bool:
    return row.is_open and row.due_on < today


def action_of(by: Actor, action_id: UUID) -> Action:
    """One action of the actor's agency or table. `Http404` if it is another's."""
    row = Action.objects.select_related("team", "referral").filter(pk=action_id).first()
    if row is None or not is_to_do(by, row):
        raise Http404
    return row


def is_to_do(by: Actor, row: Action) -> bool:
    """Whether an action has a page for the actor: their agency offered it, or their table keeps it."""
    return row.team_id in by.team_ids or row.to_team_id in tables_of(by)
