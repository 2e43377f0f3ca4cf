"""Those who wait for a service that cannot keep them: given back to whoever referred, or moved."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions import referral_rows as rows
from onestory.cases.actions.cases import CLOSED_BY_RETURN, close_case
from onestory.cases.models import Case, Referral
from onestory.cases.queries.queue import outlooks
from onestory.cases.rules.states import Verb
from onestory.kernel.errors import Refused

# What later rooms settle for somebody who is given back, while the team still holds the record:
# `settling.append(settle)` in the `ready` of an AppConfig.
settling: list[Callable[[Actor, Referral], None]] = []
FOR_ALL_WHO_WAIT = "settling all who wait for a service"


@transaction.atomic
def return_referral(
    *, by: Actor, referral_id: UUID, version: int, reason: str, words: str = ""
) -> Referral:
    """Give somebody who still waits back to whoever referred them, with a reason of the area pack.

    It counts as a need not met. The sender is told, and what was opened for it closes.
    """
    referral = rows.locked(by, referral_id, Verb.RETURN, version)
    if reason not in pack().return_reasons:
        raise Refused("Choose the reason for giving them back.")
    _return(by, referral, reason, words)
    return referral


@transaction.atomic
def return_waiting(
    *, by: Actor, service_id: UUID, reason: str = "service-closed", words: str = ""
) -> list[Referral]:
    """Give back everybody who waits for a service of this team, or for its answer; tells of those
    whom the actor may see."""
    service = _mine(by, service_id)
    if reason not in pack().return_reasons:
        raise Refused("Choose the reason for giving them back.")
    waiting = _waiting(service)
    for referral in waiting:
        _return(by, referral, reason, words)
    _unseen(
        by,
        service,
        lambda system: return_waiting(by=system, service_id=service_id, reason=reason, words=words),
    )
    return waiting


@transaction.atomic
def move_waiting(
    *, by: Actor, service_id: UUID, to_service_id: UUID, words: str = ""
) -> list[Referral]:
    """Let everybody who waits for a service wait for another one of the same team instead.

    They keep the day on which they were accepted, and so their turn; the senders are told. To another
    team nobody is moved: for that the survivor is asked anew.
    """
    service = _mine(by, service_id)
    to = Service.objects.filter(pk=to_service_id, team_id=service.team_id).first()
    if to is None or to.pk == service.pk or to.ended_on:
        raise Refused("Choose another service of the same team, one that goes on.")
    waiting = _waiting(service)
    estimate = outlooks(by, [to])[to.pk].estimate
    for referral in waiting:
        referral.moved_from, referral.service = service, to
        if referral.accepted_at:
            referral.estimate_days, referral.estimate_from = estimate.days, estimate.source
        _tell(referral, words)
        noted = ("moved_from", "service", "estimate_days", "estimate_from")
        rows.save(referral, *noted, "answer_words", "seen_at", "seen_by")
        rows.write("move", by, referral, service=to.code)
    _unseen(
        by,
        service,
        lambda system: move_waiting(
            by=system, service_id=service_id, to_service_id=to_service_id, words=words
        ),
    )
    return waiting


def _unseen(by: Actor, service: Service, settle: Callable[[Actor], object]) -> None:
    """The same for those from whom the actor is barred, who must not be left behind by it. It is not
    done in the actor's name, and the actor learns nothing of it."""
    if by.is_system:
        return
    system = system_actor(team=service.team.code)
    with acting(system, purpose=FOR_ALL_WHO_WAIT):
        settle(system)


def _mine(by: Actor, service_id: UUID) -> Service:
    service = (
        Service.objects.filter(pk=service_id, team_id__in=by.team_ids)
        .select_related("team")
        .first()
    )
    if service is None:
        raise Http404
    by.must(Permission.DIRECTORY_KEEP, service.team_id)
    return service


def _waiting(service: Service) -> list[Referral]:
    """Not answered, or accepted and not begun; the first come first."""
    found = Referral.objects.select_for_update(of=("self",)).filter(
        service=service,
        to_team_id=service.team_id,
        begun_on=None,
        ended_on=None,
        declined_at=None,
        returned_at=None,
        withdrawn_at=None,
    )
    return list(found.select_related("to_team", "from_team").order_by("sent_at", "id"))


def _return(by: Actor, referral: Referral, reason: str, words: str) -> None:
    for settle in settling:
        settle(by, referral)
    case = Case.objects.filter(referral=referral, closed_on=None).first()
    if case:
        close_case(
            by=by,
            case_id=case.pk,
            version=case.version,
            closed_on=max(timezone.localdate(), case.opened_on),
            reason=CLOSED_BY_RETURN,
        )
    referral.returned_at, referral.returned_by_id = timezone.now(), by.user_id
    referral.return_reason = reason
    _tell(referral, words)
    noted = ("returned_at", "returned_by", "return_reason", "answer_words", "seen_at", "seen_by")
    rows.save(referral, *noted)
    rows.write("return", by, referral, reason=reason)
    rows.close(by, referral, "referral given back")


def _tell(referral: Referral, words: str) -> None:
    """It comes before the sender once more, unless the sender is the team itself."""
    if words.strip():
        referral.answer_words = words.strip()
    if referral.from_team_id != referral.to_team_id:
        referral.seen_at = referral.seen_by_id = None
