"""What waits for an actor's teams, most urgent first. Nothing of it is anybody else's to see."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from onestory.access.models import Withdrawal
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.cases.models import Contact, Draft, Referral
from onestory.kernel.calendar import local
from onestory.kernel.keyset import Window, window

SOON = timedelta(hours=4)

# Rings on every page of the team: see `rules.states.rings`.
RINGS = Q(rag="red") | Q(rag="", danger_now=True)
UNANSWERED = Q(accepted_at=None, declined_at=None, withdrawn_at=None, returned_at=None)
ANSWERED = ~Q(accepted_at=None) | ~Q(declined_at=None) | ~Q(returned_at=None)
# The survivor has withdrawn all that she had agreed to for it: nobody is late any more.
TAKEN_BACK = Exists(
    Withdrawal.objects.filter(
        consent_id=OuterRef("consent_id"), kinds__contains=F("consent__kinds")
    )
)
# Accepted, and nobody has begun with them.
WAITING = Q(begun_on=None, ended_on=None, returned_at=None) & ~Q(accepted_at=None)

_COUNTS = """
    WITH due (at) AS (
      SELECT due_at FROM cases_contact
      WHERE to_team_id = ANY(%(teams)s) AND decided_at IS NULL
    ), asked (at) AS (
      SELECT CASE WHEN acknowledged_at IS NULL THEN acknowledge_by ELSE answer_by END
      FROM cases_referral
      WHERE to_team_id = ANY(%(teams)s)
        AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
        AND returned_at IS NULL
    ), both_ AS (SELECT at FROM due UNION ALL SELECT at FROM asked)
    SELECT (SELECT count(*) FROM due), (SELECT count(*) FROM asked),
      (SELECT count(*) FROM cases_contact
       WHERE from_team_id = ANY(%(teams)s) AND acknowledged_at IS NULL AND decided_at IS NOT NULL),
      (SELECT count(*) FROM cases_referral
       WHERE from_team_id = ANY(%(teams)s) AND seen_at IS NULL
         AND (accepted_at IS NOT NULL OR declined_at IS NOT NULL OR returned_at IS NOT NULL)),
      (SELECT count(*) FROM cases_referral r
       WHERE from_team_id = ANY(%(teams)s) AND acknowledge_by < %(now)s
         AND (acknowledged_at IS NULL OR answer_by < %(now)s)
         AND to_team_id <> ALL(%(teams)s)
         AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
         AND returned_at IS NULL
         AND NOT EXISTS (
           SELECT 1 FROM access_withdrawal w JOIN access_consent c ON c.id = w.consent_id
           WHERE w.consent_id = r.consent_id AND w.kinds @> c.kinds)),
      (SELECT count(*) FROM cases_referral
       WHERE to_team_id = ANY(%(managed)s) AND acknowledged_at IS NULL AND escalate_at < %(now)s
         AND accepted_at IS NULL AND declined_at IS NULL AND withdrawn_at IS NULL
         AND returned_at IS NULL),
      count(*) FILTER (WHERE at < %(now)s),
      count(*) FILTER (WHERE at >= %(now)s AND at < %(soon)s),
      count(*) FILTER (WHERE at >= %(soon)s AND at < %(midnight)s),
      count(*) FILTER (WHERE at >= %(soon)s AND at >= %(midnight)s)
    FROM both_
"""


@dataclass(frozen=True)
class Counts:
    """How much waits, of what kind, and how near it is due. The last four are of the first two.

    `late` is what other teams have not answered in time; `escalated` what the actor's own team has
    not even acknowledged, for those who lead it.
    """

    contacts: int
    referrals: int
    decisions: int
    answers: int
    late: int
    escalated: int
    overdue: int
    soon: int
    today: int
    later: int


def counts(by: Actor, now: datetime) -> Counts:
    """One query; it counts and loads nothing."""
    midnight = local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    values = {
        "teams": list(by.team_ids),
        "managed": list(by.teams_where(Permission.DIRECTORY_KEEP)),
        "now": now,
        "soon": now + SOON,
        "midnight": midnight,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, values)
        return Counts(*cursor.fetchone())


def ringing(by: Actor) -> int:
    """How many contacts ring on every page of the actor's teams. One query."""
    return _waiting(by.team_ids).filter(RINGS).count()


def contacts_to_decide(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Those that ring first, then as they are due: the overdue before what is still in time."""
    calm = Case(When(RINGS, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = _waiting(by.team_ids).annotate(calm=calm)
    rows = rows.select_related("from_team")
    return window(rows, ("calm", "due_at", "id"), after=after, before=before)


def referrals_to_answer(by: Actor, *, after: str = "", before: str = "") -> Window:
    """As they are due: to be acknowledged, and then to be answered."""
    due = Case(When(acknowledged_at=None, then=F("acknowledge_by")), default=F("answer_by"))
    rows = (
        Referral.objects.filter(to_team__in=by.team_ids)
        .filter(UNANSWERED)
        .annotate(next_due=due)
        .select_related("from_team", "service")
    )
    return window(rows, ("next_due", "id"), after=after, before=before)


def referrals_late(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Sent by the actor's teams and not acknowledged, or not answered, in time; the longest first."""
    now = timezone.now()
    late = Q(acknowledge_by__lt=now) & (Q(acknowledged_at=None) | Q(answer_by__lt=now))
    rows = (
        Referral.objects.filter(late, UNANSWERED, ~TAKEN_BACK, from_team__in=by.team_ids)
        .exclude(to_team__in=by.team_ids)
        .select_related("to_team", "service")
    )
    return window(rows, ("acknowledge_by", "id"), after=after, before=before)


def referrals_waiting(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Accepted by the actor's teams and not begun, in the order in which they were accepted."""
    rows = Referral.objects.filter(WAITING, to_team__in=by.team_ids)
    rows = rows.select_related("from_team", "service")
    return window(rows, ("accepted_at", "id"), after=after, before=before)


def decisions_to_see(by: Actor, *, after: str = "", before: str = "") -> Window:
    """What was decided about contacts that the actor's teams sent, and nobody there has seen yet."""
    rows = (
        Contact.objects.filter(from_team__in=by.team_ids, acknowledged_at=None)
        .exclude(decided_at=None)
        .select_related("to_team")
    )
    return window(rows, ("decided_at", "id"), after=after, before=before)


def answers_to_see(by: Actor, *, after: str = "", before: str = "") -> Window:
    """Answers to referrals that the actor's teams sent, and nobody there has seen yet."""
    rows = (
        Referral.objects.filter(from_team__in=by.team_ids, seen_at=None)
        .filter(ANSWERED)
        .select_related("to_team", "service")
    )
    return window(rows, ("sent_at", "id"), after=after, before=before)


def contacts_sent(
    by: Actor, *, after: str = "", before: str = "", since: datetime | None = None
) -> Window:
    """Contacts that the actor's teams sent, the latest first, and where they stand."""
    rows = Contact.objects.filter(from_team__in=by.team_ids).select_related("to_team")
    if since:
        rows = rows.filter(received_at__gte=since)
    return window(rows, ("-received_at", "-id"), after=after, before=before)


def referrals_sent(
    by: Actor, *, after: str = "", before: str = "", since: datetime | None = None
) -> Window:
    """Referrals that the actor's teams sent, the latest first, and where they stand."""
    rows = Referral.objects.filter(from_team__in=by.team_ids)
    if since:
        rows = rows.filter(sent_at__gte=since)
    rows = rows.select_related("to_team", "service")
    return window(rows, ("-sent_at", "-id"), after=after, before=before)


def drafts(by: Actor) -> list[Draft]:
    """The actor's own unfinished contacts, the latest first."""
    return list(Draft.objects.filter(user_id=by.user_id, contact=None).order_by("-saved_at"))


def _waiting(team_ids) -> QuerySet[Contact]:
    return Contact.objects.filter(to_team__in=team_ids, decided_at=None)
