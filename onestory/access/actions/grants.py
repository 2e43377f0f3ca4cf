"""Opening envelopes to teams, and closing them again."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404

from onestory.access import acting, queries
from onestory.access.models import Consent, Envelope, Grant, ShareWithoutConsent
from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.kernel.whole import whole

# The purpose and basis of the team that first writes something down.
RECORDED = "recorded"


@whole
def make_envelopes(
    *, by: Actor, person_id: UUID | None, kinds: Iterable[str], team_id: UUID
) -> dict[str, Envelope]:
    """New envelopes for a person (or for a list of cases without names), open to `team_id`."""
    now = acting.now()
    made = {
        kind: Envelope(person_id=person_id, kind=kind, created_by_id=by.user_id, created_at=now)
        for kind in kinds
    }
    Envelope.objects.bulk_create(made.values())
    Grant.objects.bulk_create(
        Grant(
            envelope=envelope,
            team_id=team_id,
            may_write=True,
            may_share=True,
            purpose=RECORDED,
            basis=RECORDED,
            starts_at=now,
            given_by_id=by.user_id,
            given_at=now,
        )
        for envelope in made.values()
    )
    record.write(
        "envelope.make",
        by=by,
        person_id=person_id,
        envelopes=[e.pk for e in made.values()],
        detail={"kinds": sorted(made), "team": str(team_id)},
    )
    return made


@whole
def share(
    *,
    by: Actor,
    envelopes: Iterable[Envelope],
    team: Team,
    purpose: str,
    basis: str,
    reason: str = "",
    may_write: bool = False,
    until: datetime | None = None,
    apart: bool = False,
    because: Consent | ShareWithoutConsent | None = None,
) -> list[Grant]:
    """Open envelopes to a team, on a basis. Those that the team holds already stay as they are;
    with `apart` they are opened once more, by a grant that can end without the other. `because` is
    what it rests on, where somebody was asked, or was not.

    Nobody gives more than they hold: where the actor's own grant ends, the given one ends as well.
    Who may only read passes nothing on, but those who find services with her: see `finds_services`.
    `basis` and `purpose` are codes of the area pack. Raises `Refused` if the basis is unknown or
    wants a reason that is not given, or if the actor may not share one of the envelopes.
    """
    _must_stand(basis, reason, team)
    envelopes = list(envelopes)
    ends = queries.sharing_until(by, envelopes, may_write=may_write)
    if len(ends) < len(envelopes):
        raise Refused("Your team may not share all of this.")
    people = {e.person_id for e in envelopes}
    held = set() if apart else queries.held_by(team.pk, people, may_write=may_write, until=until)
    passes_on = may_write or queries.finds_services(team, basis)
    now = acting.now()
    given = [
        Grant(
            envelope=envelope,
            team=team,
            may_write=may_write,
            may_share=passes_on,
            purpose=purpose,
            basis=basis,
            reason=reason.strip(),
            consent=because if isinstance(because, Consent) else None,
            without_consent=because if isinstance(because, ShareWithoutConsent) else None,
            starts_at=now,
            ends_at=min(filter(None, (until, ends[envelope.pk])), default=None),
            given_by_id=by.user_id,
            given_at=now,
        )
        for envelope in envelopes
        if envelope.pk not in held
    ]
    Grant.objects.bulk_create(given)
    _write_given(by, given)
    return given


def _must_stand(basis: str, reason: str, team: Team) -> None:
    term = pack().bases.get(basis)
    if term is None:
        raise Refused("Choose the legal basis for sharing.")
    if term.needs_reason and not reason.strip():
        raise Refused("Give the reason for sharing on this basis.")
    if team.ended_on:
        raise Refused("This team has ended.")


def _write_given(by: Actor, given: list[Grant]) -> None:
    """One entry for each person of whom something was opened."""
    of_person = defaultdict(list)
    for grant in given:
        of_person[grant.envelope.person_id].append(grant)
    for person_id, grants in of_person.items():
        record.write(
            "grant.give",
            by=by,
            person_id=person_id,
            envelopes=[g.envelope_id for g in grants],
            subject=f"team:{grants[0].team_id}",
            detail={
                "basis": grants[0].basis,
                "purpose": grants[0].purpose,
                "may_write": grants[0].may_write,
            },
        )


@transaction.atomic
def end_grant(*, by: Actor, grant_id: UUID, reason: str) -> None:
    """End a grant now. `Http404` if there is none that this actor may end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, person_id FROM access_end_grant(%s, %s)", [grant_id, reason])
        found = cursor.fetchone()
    if found is None:
        raise Http404
    envelope_id, person_id = found
    record.write(
        "grant.end",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"grant:{grant_id}",
    )
