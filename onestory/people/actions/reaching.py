"""How to reach somebody safely: the rules of safe contact, and telephone numbers."""

from uuid import UUID

from django.db import transaction

from onestory.access.models import Kind
from onestory.agencies.actor import Actor
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.whole import whole
from onestory.people.actions.envelopes import Held, hold, row_to_end, supersede, written
from onestory.people.actions.search_keys import add_keys, keep_keys
from onestory.people.models import Phone, SafeContact
from onestory.people.queries import fact_now
from onestory.people.rules import keys
from onestory.people.rules.numbers import read_phone


@whole
def set_safe_contact(
    *,
    by: Actor,
    person_id: UUID,
    seen_id: UUID | None = None,
    safe_to_call: str,
    when_safe: str = "",
    voicemail: str = SafeContact.Safe.UNKNOWN,
    text_messages: str = SafeContact.Safe.UNKNOWN,
    code_word: str = "",
    must_not_know: str = "",
    held: Held | None = None,
) -> SafeContact:
    """Say whether, when and how it is safe to reach somebody, and who must not know.

    `seen_id` is what the user saw and replaces (None: nothing was recorded). Raises `Stale`.
    `held` is for who writes several facts at once about somebody whom they have locked.
    """
    envelope_id = (held or hold(person_id, by=by)).to_write(Kind.SAFE_CONTACT)
    _must_be_safe_words(safe_to_call, voicemail, text_messages)
    before = fact_now(by, SafeContact, person_id)
    if (before.pk if before else None) != seen_id:
        raise Stale("Somebody else has changed this while you were writing.", before)
    if before:
        supersede(by=by, row=before)
    after = SafeContact.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        safe_to_call=safe_to_call,
        when_safe=when_safe.strip(),
        voicemail=voicemail,
        text_messages=text_messages,
        code_word=code_word.strip(),
        must_not_know=must_not_know.strip(),
    )
    record.write(
        "safe-contact.set",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"safe-contact:{after.pk}",
        detail={"safe_to_call": safe_to_call},
    )
    return after


@whole
def add_phone(
    *,
    by: Actor,
    person_id: UUID,
    number: str,
    safe: str = SafeContact.Safe.UNKNOWN,
    whose: str = "",
    held: Held | None = None,
) -> Phone:
    """Add a telephone number. The same number again replaces what was said of it."""
    digits = read_phone(number)
    if not digits:
        raise Refused("Enter a telephone number.")
    _must_be_safe_words(safe)
    envelope_id = (held or hold(person_id, by=by)).to_write(Kind.SAFE_CONTACT)
    for before in Phone.objects.filter(person_id=person_id, superseded_at=None):
        if read_phone(before.number) == digits:
            supersede(by=by, row=before)
    phone = Phone.objects.create(
        **written(by=by, person_id=person_id, envelope_id=envelope_id),
        number=number.strip(),
        safe=safe,
        whose=whose.strip(),
    )
    add_keys(person_id=person_id, envelope_id=envelope_id, found_by=keys.of_phone(phone.number))
    record.write(
        "phone.add",
        by=by,
        person_id=person_id,
        envelopes=[envelope_id],
        subject=f"phone:{phone.pk}",
        detail={"safe": safe},
    )
    return phone


@transaction.atomic
def end_phone(*, by: Actor, phone_id: UUID) -> Phone:
    """Say that a number is no longer theirs."""
    phone = row_to_end(by=by, model=Phone, row_id=phone_id)
    supersede(by=by, row=phone)
    keep_keys(
        by=by, person_id=phone.person_id, envelope_id=phone.envelope_id, kind=Kind.SAFE_CONTACT
    )
    record.write(
        "phone.end",
        by=by,
        person_id=phone.person_id,
        envelopes=[phone.envelope_id],
        subject=f"phone:{phone.pk}",
    )
    return phone


def _must_be_safe_words(*words: str) -> None:
    if any(word not in SafeContact.Safe.values for word in words):
        raise Refused("Say whether it is safe: yes, no or not known.")
