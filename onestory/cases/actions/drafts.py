"""Drafts: what is being typed, kept page by page, until it is sent or thrown away.

A draft is its writer's own and lies in no envelope. Starting and throwing away are on the record;
the many small savings between are not.
"""

from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.roles import Permission
from onestory.cases.actions.contacts import may_be_written_in, record_contact
from onestory.cases.forms.typed import told
from onestory.cases.models import Contact, Draft
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening, Typed, keep
from onestory.kernel.whole import whole
from onestory.people.models import SafeContact


@transaction.atomic
def start_draft(
    *,
    by: Actor,
    team_id: UUID | None = None,
    person_id: UUID | None = None,
    pages: dict[str, Typed] | None = None,
) -> Draft:
    """Begin to record a contact about somebody known (`person_id`) or new.

    `pages` is what has been typed already, such as a search. `Http404` for a person whom the
    actor may not see.
    """
    team_id = team_id or by.home_team_id
    by.must(Permission.CONTACT_RECORD, team_id)
    now = timezone.now()
    answers = {"person": None, "seen": None, "pages": {}}
    if person_id:
        may_be_written_in(by, person_id)
        safe = SafeContact.objects.filter(person_id=person_id, superseded_at=None).first()
        answers |= {"person": str(person_id), "seen": str(safe.pk) if safe else None}
    for page, typed in (pages or {}).items():
        answers["pages"][page] = {"typed": typed, "version": 0, "tab": ""}
    draft = Draft.objects.create(
        user_id=by.user_id, team_id=team_id, answers=answers, started_at=now, saved_at=now
    )
    record.write("draft.start", by=by, subject=f"draft:{draft.pk}")
    return draft


@transaction.atomic
def save_draft(*, by: Actor, draft_id: UUID, page: str, typed: Typed, opening: Opening) -> Draft:
    """Keep one page as it is typed now. `Stale` if it was changed in another window."""
    draft = _locked(by, draft_id)
    if draft.contact_id:
        raise Refused("This contact has been sent already.")
    if keep(draft.answers, page, typed, opening):
        draft.version += 1
        draft.saved_at = timezone.now()
    draft.save(update_fields=["answers", "version", "saved_at"])
    return draft


@transaction.atomic
def discard_draft(*, by: Actor, draft_id: UUID) -> None:
    """Throw a draft away, with everything in it."""
    draft = _locked(by, draft_id)
    if draft.contact_id:
        raise Refused("This contact has been sent already.")
    draft.delete()
    record.write("draft.discard", by=by, subject=f"draft:{draft_id}")


@whole
def send_contact(*, by: Actor, draft_id: UUID, version: int) -> Contact:
    """Send what the draft holds, and empty it. Sent twice, it is one contact.

    Raises `Refused` if something is missing that must be there, and `Stale` if the draft is no
    longer as it was checked, or somebody changed meanwhile whether it is safe to call.
    """
    draft = _locked(by, draft_id)
    if draft.contact_id:
        return _sent(draft)
    if draft.version != version:
        raise Stale("This was changed in another window after you checked it.", draft)
    team = Team.objects.select_related("organisation").get(pk=draft.team_id)
    person = draft.answers["person"]
    contact = record_contact(
        by=by,
        team_id=team.pk,
        told=told(draft.answers, team),
        person_id=UUID(person) if person else None,
    )
    draft.contact, draft.answers = contact, {}
    draft.version += 1
    draft.saved_at = timezone.now()
    draft.save(update_fields=["contact", "answers", "version", "saved_at"])
    return contact


@transaction.atomic
def look_again(*, by: Actor, draft_id: UUID) -> Draft:
    """Take note of what is on record now about safe contact, before writing it anew."""
    draft = _locked(by, draft_id)
    safe = SafeContact.objects.filter(person_id=draft.answers["person"], superseded_at=None).first()
    draft.answers["seen"] = str(safe.pk) if safe else None
    draft.version += 1
    draft.save(update_fields=["answers", "version"])
    return draft


def _locked(by: Actor, draft_id: UUID) -> Draft:
    """The actor's own draft, locked until the end."""
    draft = Draft.objects.select_for_update().filter(pk=draft_id, user_id=by.user_id).first()
    if draft is None:
        raise Http404
    return draft


def _sent(draft: Draft) -> Contact:
    contact = Contact.objects.filter(pk=draft.contact_id).first()
    if contact is None:
        raise Http404
    return contact
