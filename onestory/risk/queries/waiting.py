"""What of risk waits until somebody of the actor's teams has seen or done it. One statement each,
in its own words: the worklist asks all of them, and its time went into putting them together.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from onestory.access.acting import now
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.risk.models import Breach, Disclosure, Order, RiskChange, SafetyPlan

MOST = 50
# What nobody has looked at for so long is found on the page of its person alone: a worklist must not
# read every change there ever was, nor every plan of cases long closed.
SHOWN_FOR = timedelta(days=366)
# So long after its end an order is still shown to those who have not seen that it has ended.
SHOWN_AFTER = timedelta(days=60)

# Of people whom the team knew of then.
_CHANGES = """
    SELECT c.*, t.name AS by_team
    FROM risk_riskchange c JOIN agencies_team t ON t.id = c.team_id
    WHERE c.recorded_at > %(since)s
      AND NOT EXISTS (SELECT 1 FROM risk_riskchangeseen s
        WHERE s.change_id = c.id AND s.team_id = ANY(%(teams)s))
      AND EXISTS (SELECT 1 FROM access_grant g WHERE g.envelope_id = c.envelope_id
        AND g.team_id = ANY(%(teams)s) AND g.starts_at <= c.recorded_at)
    ORDER BY c.recorded_at DESC, c.id DESC LIMIT %(most)s
"""
# Due, or the danger has changed since.
_PLANS = """
    SELECT p.*, since.changed
    FROM risk_safetyplan p CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM risk_riskchange c
      WHERE c.person_id = p.person_id AND c.recorded_at > p.recorded_at) OFFSET 0) AS since (changed)
    WHERE p.team_id = ANY(%(teams)s) AND p.review_on > %(since)s
      AND (p.review_on <= %(today)s OR since.changed)
      AND NOT EXISTS (SELECT 1 FROM risk_safetyplan later
        WHERE later.person_id = p.person_id AND later.version > p.version)
    ORDER BY p.review_on, p.id LIMIT %(most)s
"""
# An order that was over before it was written down has never been news.
_ORDERS = """
    SELECT o.*, w.what
    FROM risk_order o
      LEFT JOIN unnest(%(kinds)s::text[], %(warn_days)s::int[]) AS k (kind, days) ON k.kind = o.kind
      CROSS JOIN LATERAL (
        SELECT CASE WHEN o.until_on < %(today)s THEN 'ended' ELSE 'ending' END) AS w (what)
    WHERE o.superseded_at IS NULL AND o.until_on >= %(since)s AND o.until_on <= %(near)s
      AND o.until_on <= %(today)s::date + coalesce(k.days, -1)
      AND (o.ended <> '' OR o.until_on >= (o.recorded_at AT TIME ZONE %(zone)s)::date)
      AND NOT EXISTS (SELECT 1 FROM risk_orderseen s
        WHERE s.order_id = o.id AND s.what = w.what AND s.team_id = ANY(%(teams)s))
      AND (%(people)s::uuid[] IS NULL OR o.person_id = ANY(%(people)s))
    ORDER BY o.until_on, o.id LIMIT %(most)s
"""
_BREACHES = """
    SELECT b.*, o.kind AS order_kind
    FROM risk_breach b JOIN risk_order o ON o.id = b.order_id
    WHERE b.recorded_at >= %(since)s
      AND NOT EXISTS (SELECT 1 FROM risk_orderseen s
        WHERE s.breach_id = b.id AND s.team_id = ANY(%(teams)s))
      AND (%(people)s::uuid[] IS NULL OR b.person_id = ANY(%(people)s))
    ORDER BY b.recorded_at DESC, b.id DESC LIMIT %(most)s
"""
_DISCLOSURES = """
    SELECT d.*, EXISTS (SELECT 1 FROM risk_disclosurecheck c WHERE c.disclosure_id = d.id) AS checked
    FROM risk_disclosure d
    WHERE d.team_id = ANY(%(teams)s) AND d.finished_at IS NULL
    ORDER BY d.received_on, d.id LIMIT %(most)s
"""


def changes_to_see(by: Actor, most: int = MOST) -> list[RiskChange]:
    """Changes that nobody of the actor's teams has seen, the latest first; `by_team` wrote it down."""
    asked = {"teams": list(by.team_ids), "since": now() - SHOWN_FOR, "most": most}
    return list(RiskChange.objects.raw(_CHANGES, asked))


def plans_to_review(by: Actor, most: int = MOST) -> list[SafetyPlan]:
    """Plans of the actor's teams that are due, or after which the danger has `changed`."""
    today = timezone.localdate()
    asked = {"teams": list(by.team_ids), "since": today - SHOWN_FOR, "today": today, "most": most}
    return list(SafetyPlan.objects.raw(_PLANS, asked))


def orders_to_see(
    by: Actor, people: Iterable[UUID] | None = None, most: int | None = MOST
) -> list[Order]:
    """Orders that end soon or have ended (`what` says which), which nobody of the actor's teams has
    seen; all of them, or those against these people.
    """
    today, kinds = timezone.localdate(), list(pack().order_kinds)
    warn_days = [kind.warn_days for kind in kinds]
    asked = {
        "teams": list(by.team_ids),
        "people": _ids(people),
        "kinds": [kind.code for kind in kinds],
        "warn_days": warn_days,
        "today": today,
        "since": today - SHOWN_AFTER,
        "near": today + timedelta(days=max(warn_days, default=0)),
        "zone": settings.TIME_ZONE,
        "most": most,
    }
    return list(Order.objects.raw(_ORDERS, asked))


def breaches_to_see(
    by: Actor, people: Iterable[UUID] | None = None, most: int | None = MOST
) -> list[Breach]:
    """What was done against orders, and nobody of the actor's teams has seen yet."""
    asked = {
        "teams": list(by.team_ids),
        "people": _ids(people),
        "since": timezone.now() - SHOWN_AFTER,
        "most": most,
    }
    return list(Breach.objects.raw(_BREACHES, asked))


def disclosures_to_do(by: Actor, most: int = MOST) -> list[Disclosure]:
    """Requests of the actor's teams that are not finished, by when they came; and whether somebody
    has `checked` the records.
    """
    asked = {"teams": list(by.team_ids), "most": most}
    return list(Disclosure.objects.raw(_DISCLOSURES, asked))


def _ids(people: Iterable[UUID] | None) -> list[UUID] | None:
    return None if people is None else list(people)
