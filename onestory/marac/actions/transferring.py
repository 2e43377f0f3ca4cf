"""Handing a case to the MARAC of another area, and its receipt."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from pydantic import ValidationError

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.calendar import deadline
from onestory.kernel.errors import Refused
from onestory.kernel.ids import reference
from onestory.kernel.opening import Opening, Typed
from onestory.marac.actions.opening import rule_now
from onestory.marac.actions.referring import write_down
from onestory.marac.models import Referral, TransferOut
from onestory.marac.queries.cases import locked
from onestory.marac.queries.transfers import (
    Parcel,
    draft_page,
    parcel,
    to_transfer,
    transfer,
)
from onestory.marac.rules.transfer import TOO_MUCH, Transfer, read_phrase, same_receipt, seal
from onestory.people.actions.envelopes import written
from onestory.risk.actions.drafts import empty, keep_draft

NEVER_KEPT = ("contact_words", "phrase")
WRONG_RECEIPT = (
    "This is not the receipt of this file. Ask for it again: it stands on the page of the case that "
    "they opened from it."
)


@dataclass(frozen=True)
class Handover:
    """What the coordinator says. `contact_words` go into the file and are kept nowhere here."""

    to_name: str
    to_contact: str
    basis: str
    reason: str
    agrees: str
    words: str
    told: bool = False
    not_told_reason: str = ""
    contact: str = TransferOut.Contact.NO
    contact_reason: str = ""
    contact_words: str = ""


@transaction.atomic
def send_transfer(
    *, by: Actor, referral_id: UUID, transfer_id: UUID, phrase: str, said: Handover, tab: str = ""
) -> TransferOut:
    """Seal the case into one file for another MARAC. Sent twice, it is one, under the first phrase.
    `tab`: the opening of the page that it was typed on.

    Raises `Refused` where something is not said that must be; `Http404` if it is not the actor's to
    coordinate.
    """
    case = to_transfer(by, referral_id)
    locked(by, referral_id)
    if there := TransferOut.objects.filter(pk=transfer_id, referral=case).first():
        return there
    _must_be_said(said)
    typed = read_phrase(phrase)
    if typed is None:
        raise Refused("Open this page again: it has lost its pass phrase.")
    goes = parcel(by, case)
    made = seal(_letter(case, transfer_id, said, goes), typed)
    now = timezone.now()
    row = TransferOut.objects.create(
        id=transfer_id,
        referral=case,
        to_team_id=case.to_team_id,
        to_name=said.to_name.strip(),
        to_contact=said.to_contact.strip(),
        basis=said.basis,
        reason=said.reason.strip(),
        agrees=said.agrees,
        told_at=now if said.told else None,
        told_by_id=by.user_id if said.told else None,
        not_told_reason="" if said.told else said.not_told_reason.strip(),
        contact=said.contact,
        contact_reason=said.contact_reason.strip(),
        handover=said.words.strip(),
        parts=goes.parts,
        file=made.text,
        digest=made.digest,
        receipt=made.receipt,
        due_at=deadline(now, working_days=rule_now().receipt_working_days),
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    empty(case.to_team_id, case.person_id, draft_page(case), tab)
    write_down("send", by, case, parts=goes.parts, contact=said.contact, digest=made.digest)
    return row


@transaction.atomic
def keep_handover(*, by: Actor, referral_id: UUID, typed: Typed, opening: Opening) -> None:
    """Keep what is typed of a handover, as it is typed, for the coordinators of the table. How she is
    reached is in no draft either. `Stale` if a colleague typed meanwhile."""
    case = to_transfer(by, referral_id)
    keep_draft(
        by=by,
        team_id=case.to_team_id,
        person_id=case.person_id,
        page=draft_page(case),
        typed={name: given for name, given in typed.items() if name not in NEVER_KEPT},
        opening=opening,
        permission=Permission.MARAC_COORDINATE,
    )


@transaction.atomic
def take_file(*, by: Actor, transfer_id: UUID) -> TransferOut:
    """The file, to be sent: the same bytes each time, and none once the receipt is here."""
    row = transfer(by, transfer_id)
    if not row.file:
        raise Refused("The receipt is here: the file is kept no longer.")
    write_down("take-file", by, row.referral, digest=row.digest)
    return row


@transaction.atomic
def enter_receipt(*, by: Actor, transfer_id: UUID, receipt: str) -> TransferOut:
    """The other MARAC has opened the file and says its receipt. The file goes; what was sent, to whom
    and when stays. Entered twice, it is once."""
    row = transfer(by, transfer_id)
    locked(by, row.referral_id)
    row.refresh_from_db(fields=["received_at", "file"])
    if not same_receipt(receipt, row.receipt):
        raise Refused(WRONG_RECEIPT, about="receipt")
    if row.received_at:
        return row
    row.file, row.received_at, row.received_by_id = "", timezone.now(), by.user_id
    row.save(update_fields=["file", "received_at", "received_by"])
    write_down("receipt", by, row.referral, digest=row.digest)
    return row


def _must_be_said(said: Handover) -> None:
    needed = {
        "to_name": "to which MARAC it goes",
        "to_contact": "the secure address it goes to",
        "reason": "why they must know, and no more than this",
        "words": "what they must know from you",
    }
    for name, what in needed.items():
        if not getattr(said, name).strip():
            raise Refused(f"Say {what}.", about=name)
    if said.basis not in pack().bases:
        raise Refused("Say on which basis it goes.", about="basis")
    if said.agrees not in Referral.Agrees:
        raise Refused("Say whether the survivor agrees.", about="agrees")
    if pack().bases[said.basis].consent and said.agrees != Referral.Agrees.YES:
        raise Refused("It cannot rest on agreement: the survivor has not agreed.", about="basis")
    if not said.told and not said.not_told_reason.strip():
        raise Refused("Say why the survivor is not told.", about="not_told_reason")
    _contact_must_be_reasoned(said)


def _contact_must_be_reasoned(said: Handover) -> None:
    if said.contact not in TransferOut.Contact:
        raise Refused("Say whether the file tells how the survivor is reached.", about="contact")
    if said.contact == TransferOut.Contact.NO:
        if said.contact_words.strip():
            raise Refused(
                "You wrote how they are reached, and say that it does not go.", about="contact"
            )
        return
    if not said.contact_words.strip():
        raise Refused(
            "Write how they are safely reached, or say that it does not go.", about="contact_words"
        )
    if said.contact == TransferOut.Contact.NEEDED and not said.contact_reason.strip():
        raise Refused("Say why they could not be kept safe without it.", about="contact_reason")


def _letter(case: Referral, transfer_id: UUID, said: Handover, goes: Parcel) -> Transfer:
    try:
        return Transfer(
            sender=f"{case.to_team}",
            sent_on=timezone.localdate(),
            number=reference(transfer_id),
            referred_on=case.referred_on,
            agrees=said.agrees,
            words=case.words,
            children=case.children,
            children_words=case.children_words,
            handover=said.words.strip(),
            contact=said.contact_words.strip(),
            **vars(goes),
        )
    except ValidationError:
        raise Refused(TOO_MUCH) from None
