"""Recording a contact: who, what, and to whom it is passed on, all in one transaction."""

from dataclasses import asdict, fields, replace
from uuid import UUID

from django.http import Http404
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import share
from onestory.access.models import Envelope, Grant, Kind
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases.actions.envelopes import ensure
from onestory.cases.actions.references import create_with_reference
from onestory.cases.models import Contact
from onestory.cases.rules import clocks
from onestory.cases.rules.told import Told, check
from onestory.kernel import record
from onestory.kernel.whole import whole
from onestory.people import actions as people
from onestory.people.actions import Facts, Held
from onestory.people.models import Relationship
from onestory.people.queries import names

PURPOSE = "triage"
# What a contact is written in; the receiving team may read and write all of it.
KINDS = (Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.STORY, Kind.NEEDS)


@whole
def record_contact(
    *, by: Actor, team_id: UUID, told: Told, person_id: UUID | None = None
) -> Contact:
    """Keep what was told about somebody known (`person_id`) or new, and pass it to a front door.

    Where another team keeps part of a known person's record to itself, nobody here may write in
    it: then a new record is made, and the holders of the other are told of the likely match.
    """
    by.must(Permission.CONTACT_RECORD, team_id)
    check(pack(), told)
    to_team = Team.objects.get(code=told.to_team)
    if person_id and may_be_written_in(by, person_id):
        ensure(by=by, person_id=person_id, kinds=_kinds(told), team_id=team_id)
        held = people.hold(person_id, by=by)
    else:
        facts = _who(by, person_id, told)
        _, held = people.add_and_hold(by=by, team_id=team_id, facts=facts, kinds=_kinds(told))
        told = replace(told, safe=replace(told.safe, seen_id=None))
    _keep_reach(by, held, told)
    _keep_household(by, team_id, held, told)
    contact = _create(by, team_id, to_team, held, told)
    if to_team.pk != team_id:
        _pass_on(by, contact, held, told)
    record.write(
        "contact.send",
        by=by,
        person_id=held.person_id,
        envelopes=[contact.envelope_id],
        subject=f"contact:{contact.pk}",
        detail={"to": to_team.code, "basis": told.sharing.basis, "danger": told.danger_now},
    )
    return contact


def may_be_written_in(by: Actor, person_id: UUID) -> bool:
    """Whether the actor's team may write and share all that a contact about them touches.

    `Http404` if the person is not the actor's to see.
    """
    covers = {cover.kind: cover for cover in access.envelopes_of(by, person_id)}
    if not any(cover.is_open for cover in covers.values()):
        raise Http404
    there = [covers[kind] for kind in KINDS if kind in covers]
    if not all(cover.may_write for cover in there):
        return False
    ids = {cover.id for cover in there}
    shareable = Grant.objects.filter(envelope_id__in=ids, may_share=True)
    return set(shareable.values_list("envelope_id", flat=True)) == ids


def _who(by: Actor, person_id: UUID | None, told: Told) -> Facts:
    """Who it is about: what was told, or else what is known of the person who was meant."""
    known = names(by, [person_id]).get(person_id) if person_id else None
    if known is None or told.who != Facts():
        return told.who
    return Facts(**{field.name: getattr(known, field.name) for field in fields(Facts)})


def _kinds(told: Told) -> list[str]:
    in_hiding = told.home and told.home.confidential
    return [*KINDS, Kind.WHEREABOUTS] if in_hiding else list(KINDS)


def _keep_reach(by: Actor, held: Held, told: Told) -> None:
    about = {"by": by, "person_id": held.person_id, "held": held}
    people.set_safe_contact(**about, **asdict(told.safe))
    if told.phone:
        people.add_phone(**about, number=told.phone, safe=told.safe.safe_to_call)
    if told.home:
        people.add_address(**about, **asdict(told.home))


def _keep_household(by: Actor, team_id: UUID, held: Held, told: Told) -> None:
    """Each becomes a person of their own; who they are to the survivor lies in her story."""
    for member in told.household:
        other = people.add_person(by=by, team_id=team_id, facts=member.facts, kinds=[Kind.IDENTITY])
        people.relate(
            by=by,
            person_id=held.person_id,
            held=held,
            other_id=other.pk,
            kind=member.relationship,
            lives_with=member.lives_with,
            uses_abuse=member.uses_abuse,
        )


def _create(by: Actor, team_id: UUID, to_team: Team, held: Held, told: Told) -> Contact:
    now = timezone.now()
    clock = clocks.of_contact(pack(), now)
    return create_with_reference(
        Contact,
        envelope_id=held.to_write(Kind.STORY),
        person_id=held.person_id,
        from_team_id=team_id,
        to_team=to_team,
        source=told.source,
        channel=told.channel,
        received_at=now,
        abuse=list(told.abuse),
        presenting_need=told.presenting_need,
        contributory_needs=[n for n in told.contributory_needs if n != told.presenting_need],
        children_in_home=told.children_in_home,
        danger_now=told.danger_now,
        words=told.words.strip(),
        wishes_asked=told.wishes_asked,
        wishes=told.wishes.strip(),
        basis=told.sharing.basis,
        basis_reason=told.sharing.reason.strip(),
        timescale=clock.timescale,
        due_at=clock.due_at,
        recorded_at=now,
        recorded_by_id=by.user_id,
    )


def _pass_on(by: Actor, contact: Contact, held: Held, told: Told) -> None:
    """Open to the receiving team what it needs to decide, and to help.

    That is also who the people in the survivor's life are, as far as we may say it.
    """
    kinds = [*KINDS, Kind.WHEREABOUTS] if told.share_whereabouts else KINDS
    of_survivor = [
        Envelope(id=cover.id, person_id=held.person_id, kind=kind)
        for kind in kinds
        if (cover := held.covers.get(kind)) and cover.is_open
    ]
    others = Relationship.objects.filter(person_id=held.person_id, superseded_at=None)
    of_others = Envelope.objects.filter(
        person_id__in=others.values("other_id"), kind=Kind.IDENTITY, grants__may_share=True
    )
    share(
        by=by,
        envelopes=[*of_survivor, *of_others.distinct()],
        team=contact.to_team,
        purpose=PURPOSE,
        basis=told.sharing.basis,
        reason=told.sharing.reason,
        may_write=True,
    )
