"""What is being typed, kept while it is typed."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.kernel.opening import Opening, Typed, keep
from onestory.people.actions.envelopes import Held, hold, written
from onestory.risk.models import Draft


@transaction.atomic
def keep_draft(
    *,
    by: Actor,
    team_id: UUID,
    person_id: UUID,
    page: str,
    typed: Typed,
    opening: Opening,
    permission: Permission = Permission.CASE_WORK,
) -> Draft | None:
    """Keep what is typed on a page now. `Stale` if a colleague typed on it meanwhile.

    Nothing is made of a page on which nothing is typed.
    """
    by.must(permission, team_id)
    held = hold(person_id, by=by)
    draft = _draft(team_id, person_id, page)
    if draft is None and not any(map(any, typed.values())):
        return None
    if draft is None:
        draft = _begun(held, team_id, page)
    keep(draft.answers, page, typed, opening)
    draft.saved_at = timezone.now()
    draft.save(update_fields=["answers", "saved_at"])
    return draft


def empty(team_id: UUID, person_id: UUID, page: str, tab: str) -> None:
    """It is sent: nothing is typed any more, and nothing that this opening sends later is kept."""
    draft = _draft(team_id, person_id, page)
    if draft:
        last = {tab: 2**53} if tab else {}
        draft.answers, draft.saved_at = {"heard": last}, timezone.now()
        draft.save(update_fields=["answers", "saved_at"])


def _draft(team_id: UUID, person_id: UUID, page: str) -> Draft | None:
    return Draft.objects.filter(team_id=team_id, person_id=person_id, page=page).first()


def _begun(held: Held, team_id: UUID, page: str) -> Draft:
    envelope_id = held.to_write(Kind.RISK)
    row = written(by=held.by, person_id=held.person_id, envelope_id=envelope_id)
    return Draft.objects.create(**row, team_id=team_id, page=page, saved_at=timezone.now())
