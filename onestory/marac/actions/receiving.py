"""A case that the MARAC of another area hands over."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.forms.dates import in_words
from onestory.kernel.ids import new_id
from onestory.marac.actions.deciding import accept_referral
from onestory.marac.actions.opening import rule_now
from onestory.marac.actions.referring import must_be_old_enough, write_down
from onestory.marac.models import ConductFinding, Referral, TransferIn
from onestory.marac.queries.pairs import abusers, open_case_of_pair
from onestory.marac.queries.transfers import opened_before
from onestory.marac.rules.transfer import Agreed, Opened, Said, Somebody, Transfer, unseal
from onestory.people.actions import Facts, add_and_hold, add_person, hold, relate, set_safe_contact
from onestory.people.actions.envelopes import written
from onestory.people.queries import known_person

OPENED = "This file was opened here before. Ask another coordinator for the case."
HERS = (Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.STORY, Kind.RISK)
HIS = (Kind.IDENTITY, Kind.CONDUCT)


@dataclass(frozen=True)
class Who:
    """Whom the coordinator found: None is somebody who is recorded anew. `relation`: what the person
    using abuse is to the survivor, where that has to be said."""

    survivor_id: UUID | None = None
    abuser_id: UUID | None = None
    relation: str = ""


def look_into(*, by: Actor, team_id: UUID, content: bytes, phrase: str) -> Opened:
    """What is in a file. Nothing is saved, but that it was opened. `Refused` says what is wrong."""
    by.must(Permission.MARAC_COORDINATE, team_id)
    found = unseal(content, phrase)
    record.write("marac.open-file", by=by, detail={"digest": found.digest})
    return found


def open_transfer(
    *, by: Actor, team_id: UUID, opened: Opened, who: Who, told: bool, not_told_reason: str = ""
) -> Referral:
    """Make a case of it, with all that came kept as it came. The same file twice is once. Where the
    same two have an open case, it waits to be joined to that; else it is taken at once."""
    try:
        return _open(
            by=by,
            team_id=team_id,
            opened=opened,
            who=who,
            told=told,
            not_told_reason=not_told_reason,
        )
    except IntegrityError as error:
        if "transfer_opened_once" not in str(error):
            raise
        raise Refused(OPENED) from None


@transaction.atomic
def _open(
    *, by: Actor, team_id: UUID, opened: Opened, who: Who, told: bool, not_told_reason: str
) -> Referral:
    by.must(Permission.MARAC_COORDINATE, team_id)
    if there := opened_before(by, opened.digest):
        return there.referral
    rule = rule_now()
    if not told and not not_told_reason.strip():
        raise Refused("Say why the survivor is not told.", about="not_told_reason")
    letter = opened.transfer
    person_id = _survivor(by, team_id, letter, who)
    must_be_old_enough(by, person_id, rule)
    abuser_id = _abuser(by, team_id, letter, person_id, who)
    case = _refer(by, team_id, letter, person_id, abuser_id, "" if told else not_told_reason)
    _keep(by, case, opened)
    write_down("receive", by, case, digest=opened.digest, known=who.survivor_id is not None)
    if not open_case_of_pair(by, case):
        case = accept_referral(by=by, referral_id=case.pk, version=case.version)
    _keep_orders(by, case, letter)
    return case


def _refer(
    by: Actor,
    team_id: UUID,
    letter: Transfer,
    person_id: UUID,
    abuser_id: UUID | None,
    not_told_reason: str,
) -> Referral:
    """The case, as the table refers it to itself: with what was known and said there."""
    told = not not_told_reason
    return Referral.objects.create(
        id=new_id(),
        from_team_id=team_id,
        to_team_id=team_id,
        abuser_id=abuser_id,
        referred_on=timezone.localdate(),
        criteria=[one.code for one in pack().marac_criteria if one.rule == "transfer"],
        words=letter.words,
        children=letter.children,
        children_words=letter.children_words,
        agrees=letter.agrees if letter.agrees in Referral.Agrees else Referral.Agrees.NOT_ASKED,
        told_at=timezone.now() if told else None,
        told_by_id=by.user_id if told else None,
        not_told_reason=not_told_reason.strip(),
        **written(
            by=by, person_id=person_id, envelope_id=hold(person_id, by=by).to_write(Kind.RISK)
        ),
    )


def _survivor(by: Actor, team_id: UUID, letter: Transfer, who: Who) -> UUID:
    if who.survivor_id:
        return known_person(by, who.survivor_id).pk
    person, held = add_and_hold(
        by=by, team_id=team_id, facts=_facts(letter.survivor), kinds=[kind.value for kind in HERS]
    )
    if letter.contact:
        set_safe_contact(
            by=by, person_id=person.pk, safe_to_call="unknown", when_safe=letter.contact, held=held
        )
    return person.pk


def _abuser(by: Actor, team_id: UUID, letter: Transfer, person_id: UUID, who: Who) -> UUID | None:
    """Somebody whom her own record names; added there if it does not, as far as it is this team's to
    write. What they are to each other is then for the team that keeps her story."""
    if letter.abuser is None:
        return None
    if who.abuser_id and who.abuser_id in abusers(by, person_id):
        return who.abuser_id
    if who.abuser_id:
        abuser_id = known_person(by, who.abuser_id).pk
    else:
        abuser_id = add_person(
            by=by,
            team_id=team_id,
            facts=_facts(letter.abuser),
            kinds=[kind.value for kind in HIS],
        ).pk
    story = hold(person_id, by=by).covers.get(Kind.STORY)
    if story is None or story.may_write:
        relate(by=by, person_id=person_id, other_id=abuser_id, kind=who.relation, uses_abuse=True)
    return abuser_id


def _keep(by: Actor, case: Referral, opened: Opened) -> None:
    letter = opened.transfer
    TransferIn.objects.create(
        referral=case,
        from_name=letter.sender,
        sent_on=letter.sent_on,
        referred_on=letter.referred_on,
        handover=letter.handover,
        assessed=assessed_words(letter),
        risk=said_words(letter.risk),
        wishes=said_words(letter.wishes),
        actions=action_words(letter.actions),
        digest=opened.digest,
        receipt=opened.receipt,
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )


def _keep_orders(by: Actor, case: Referral, letter: Transfer) -> None:
    """What they say of his conduct lies with his conduct."""
    if not letter.orders or case.abuser_id is None:
        return
    envelope_id = hold(case.abuser_id, by=by).to_write(Kind.CONDUCT)
    words = f"As {letter.sender} told on {in_words(letter.sent_on)}:\n{order_words(letter)}"
    ConductFinding.objects.create(
        referral=case,
        team_id=case.to_team_id,
        words=words,
        **written(by=by, person_id=case.abuser_id, envelope_id=envelope_id),
    )


def assessed_words(letter: Transfer) -> str:
    """The level and the counts, in a line."""
    row = letter.assessed
    if row is None:
        return ""
    return (
        f"{row.level}: {row.form}, {in_words(row.on)}. Yes {row.yes}, no {row.no}, not known "
        f"{row.unknown}, not asked {row.not_asked}."
    )


def said_words(rows: tuple[Said, ...]) -> str:
    """What was said, each with its day."""
    return "\n\n".join(f"{in_words(row.on)}: {row.words}" for row in rows)


def action_words(rows: tuple[Agreed, ...]) -> str:
    """What agencies there offered, and what became of it."""
    return "\n".join(
        f"{row.agency}, for {row.whom.lower()}, by {in_words(row.due_on)}: {row.words}. {row.outcome}"
        for row in rows
    )


def order_words(letter: Transfer) -> str:
    """The orders in force when it was sent."""
    return "\n".join(
        f"{row.kind}, from {in_words(row.from_on)} "
        f"{f'until {in_words(row.until_on)}' if row.until_on else 'without an end'}"
        f"{f', {row.made_by}' if row.made_by else ''}"
        f"{f' ({row.reference})' if row.reference else ''}: {row.conditions}"
        for row in letter.orders
    )


def _facts(who: Somebody) -> Facts:
    """As ours: a word for their sex that this area does not have is left out."""
    return Facts(
        given_name=who.given_name,
        family_name=who.family_name,
        other_names=who.other_names,
        born_on=who.born_on,
        birth_year=who.birth_year,
        sex=who.sex if who.sex in pack().sexes else "",
    )
