"""What of MARAC stands at the head of the worklist: questions to answer, actions to do; and for the
table referrals to decide, actions that are overdue, and receipts that other areas owe."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.cases.alerts import Alert
from onestory.kernel.templatetags.pages import moment
from onestory.marac.models import Action, Research
from onestory.marac.queries.cases import tables_of, to_decide
from onestory.marac.queries.transfers import without_receipt

MOST = 20
# An action is on the list of its agency from the start; at the head of the day's work, when it is near.
NEAR = timedelta(days=7)


def questions(by: Actor) -> Iterable[Alert]:
    """Cases about which the actor's agencies are asked and have not answered. One query."""
    teams = by.teams_where(Permission.MARAC_ATTEND)
    if not teams:
        return
    rows = Research.objects.filter(team_id__in=teams, closed_at=None, answered_at=None)
    for row in rows.select_related("team").order_by("due_at", "id")[:MOST]:
        yield Alert(
            person_id=row.person_id,
            url=reverse("marac:answer", args=[row.referral_id]),
            tag="MARAC asks",
            facts=(f"What does {row.team} hold?",),
            due=row.due_at,
            tag_colour="orange",
        )


def actions(by: Actor) -> Iterable[Alert]:
    """What the actor's agencies offered to do, when it is due soon or overdue. One query."""
    teams = by.teams_where(Permission.MARAC_ATTEND)
    if not teams:
        return
    rows = Action.objects.filter(
        team_id__in=teams,
        done_at=None,
        not_done_at=None,
        due_on__lte=timezone.localdate() + NEAR,
    )
    for row in rows.order_by("due_on", "id")[:MOST]:
        yield Alert(
            person_id=row.person_id,
            url=reverse("marac:action", args=[row.pk]),
            tag="MARAC action",
            facts=(row.words,),
            due=row.due_on,
            tag_colour="orange",
        )


def decisions(by: Actor) -> Iterable[Alert]:
    """Referrals that the actor's table has not taken or sent back. One query."""
    if not by.may(Permission.MARAC_COORDINATE):
        return
    for row in to_decide(by)[:MOST]:
        yield Alert(
            person_id=row.person_id,
            url=reverse("marac:case", args=[row.pk]),
            tag="Referred to MARAC",
            facts=(f"From {row.from_team}, {moment(row.referred_on)}",),
            tag_colour="orange",
        )


def overdue(by: Actor) -> Iterable[Alert]:
    """What other agencies offered and is overdue, for the chair and the coordinator. One query."""
    tables = tables_of(by)
    if not tables:
        return
    rows = Action.objects.filter(
        to_team_id__in=tables,
        done_at=None,
        not_done_at=None,
        due_on__lt=timezone.localdate(),
    ).exclude(team_id__in=by.teams_where(Permission.MARAC_ATTEND))
    for row in rows.select_related("team").order_by("due_on", "id")[:MOST]:
        yield Alert(
            person_id=row.person_id,
            url=reverse("marac:action", args=[row.pk]),
            tag="MARAC action",
            facts=(f"{row.team}: {row.words}",),
            due=row.due_on,
            tag_colour="orange",
        )


def receipts(by: Actor) -> Iterable[Alert]:
    """Cases that were handed to another area, which has not said that it has them. One query."""
    for row in without_receipt(by)[:MOST]:
        yield Alert(
            person_id=row.person_id,
            url=reverse("marac:transfer", args=[row.pk]),
            tag="No receipt",
            facts=(f"{row.to_name} has not said that it has the case. Telephone them.",),
            due=row.due_at,
        )
