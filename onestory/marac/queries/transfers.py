"""What would go to the MARAC of another area, what went, and what came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.marac.models import Referral, TransferIn, TransferOut
from onestory.marac.queries.cases import case
from onestory.marac.queries.picture import Picture
from onestory.marac.rules.transfer import Agreed, Assessed, InForce, Said, Somebody
from onestory.people.models import Identity
from onestory.risk.models import Draft, Order, RiskAssessment
from onestory.risk.queries import orders_of


def to_transfer(by: Actor, referral_id: UUID) -> Referral:
    """A case that the actor coordinates and that was taken. `Http404` otherwise."""
    row = case(by, referral_id)
    if row.accepted_at is None or not by.may(Permission.MARAC_COORDINATE, row.to_team_id):
        raise Http404
    return row


def draft_page(row: Referral) -> str:
    """The name under which what is typed of the handover of a case is kept."""
    return f"handover {row.pk}"


def handover_draft(by: Actor, row: Referral) -> Draft | None:
    """What was typed of it and not sent."""
    rows = Draft.objects.filter(person_id=row.person_id, team_id=row.to_team_id)
    return rows.filter(page=draft_page(row)).first()


@dataclass(frozen=True)
class Parcel:
    """What can go, as far as it is open to the actor: nothing of where she is or how she is reached."""

    survivor: Somebody
    abuser: Somebody | None
    assessed: Assessed | None
    risk: tuple[Said, ...]
    wishes: tuple[Said, ...]
    actions: tuple[Agreed, ...]
    orders: tuple[InForce, ...]

    @property
    def parts(self) -> list[str]:
        """Which of these has something in it."""
        names = ("abuser", "assessed", "risk", "wishes", "actions", "orders")
        return [name for name in names if getattr(self, name)]


def parcel(by: Actor, row: Referral) -> Parcel:
    """Of one case, and of what was agreed on the same two people the last time."""
    found = Picture(by, row)
    return Parcel(
        survivor=_somebody(found.survivor),
        abuser=_somebody(found.abuser) if found.abuser else None,
        assessed=_assessed(found.latest),
        risk=tuple(
            Said(on=_day(one.item.meeting.starts_at), words=one.words)
            for one in found.minutes
            if one.words
        ),
        wishes=tuple(Said(on=_day(one.recorded_at), words=one.words) for one in found.wishes),
        actions=tuple(_agreed(one) for one in found.actions),
        orders=tuple(_in_force(by, row.abuser_id)) if row.abuser_id else (),
    )


def transfers_of(by: Actor, row: Referral) -> list[TransferOut]:
    """To whom this case was handed, the latest first. The table's alone."""
    rows = TransferOut.objects.filter(referral=row).defer("file").select_related("recorded_by")
    return list(rows.order_by("-recorded_at", "-id"))


def transfer(by: Actor, transfer_id: UUID) -> TransferOut:
    """One of those. `Http404` if it is not the actor's to see."""
    row = TransferOut.objects.filter(pk=transfer_id).select_related("recorded_by").first()
    if row is None or not by.may(Permission.MARAC_COORDINATE, row.to_team_id):
        raise Http404
    return row


def without_receipt(by: Actor) -> list[TransferOut]:
    """Those that should have been answered by now, the oldest first."""
    tables = by.teams_where(Permission.MARAC_COORDINATE)
    if not tables:
        return []
    rows = TransferOut.objects.filter(
        to_team_id__in=tables, received_at=None, due_at__lt=timezone.now()
    )
    return list(rows.defer("file").order_by("due_at", "id")[:100])


def received(by: Actor, row: Referral) -> TransferIn | None:
    """What another area handed over with this case: asked only where it was."""
    rules = {one.code for one in pack().marac_criteria if one.rule == "transfer"}
    if rules.isdisjoint(row.criteria):
        return None
    return TransferIn.objects.filter(referral=row).first()


def opened_before(by: Actor, digest: str) -> TransferIn | None:
    """What was opened from the same file, if that is open to the actor."""
    return TransferIn.objects.filter(digest=digest).first()


def _somebody(who: Identity | None) -> Somebody:
    if who is None:
        return Somebody()
    return Somebody(
        given_name=who.given_name,
        family_name=who.family_name,
        other_names=who.other_names,
        born_on=who.born_on,
        birth_year=who.birth_year,
        sex=who.sex,
    )


def _assessed(row: RiskAssessment | None) -> Assessed | None:
    if row is None:
        return None
    return Assessed(
        form=pack().risk_forms.name(row.instrument),
        on=_day(row.assessed_at),
        yes=row.yes,
        no=row.no,
        unknown=row.unknown,
        not_asked=row.not_asked,
        level=pack().risk_levels.name(row.level),
    )


def _agreed(row) -> Agreed:
    return Agreed(
        agency=str(row.team),
        whom=row.get_whom_display(),
        words=row.words,
        due_on=row.due_on,
        outcome=row.what_came_of_it,
    )


def _in_force(by: Actor, abuser_id: UUID):
    """The orders that hold today, of those that the table holds."""
    today = timezone.localdate()
    for row in orders_of(by, abuser_id):
        if _holds(row, today):
            yield InForce(
                kind=pack().order_kinds.name(row.kind),
                from_on=row.from_on,
                until_on=row.until_on,
                made_by=row.made_by,
                reference=row.their_reference,
                conditions=row.conditions,
            )


def _holds(row: Order, today) -> bool:
    return not row.ended and (row.until_on is None or row.until_on >= today)


def _day(moment: datetime):
    return timezone.localtime(moment).date()
