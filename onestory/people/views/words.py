"""Facts about people as rows of a page, in plain words."""

from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from onestory.agencies.pack import pack
from onestory.kernel.components import Row
from onestory.kernel.forms import phone
from onestory.kernel.templatetags.pages import moment
from onestory.people.models import Address, Identity, Phone, Relationship, SafeContact
from onestory.people.rules import age

NOT_KNOWN = "Not known"
SAFE_TO_USE = {"yes": "Safe to call", "no": "Not safe to call", "unknown": "Not known if safe"}


def born(identity: Identity | None) -> str:
    """'38, born 14 June 1988', 'about 38', or nothing."""
    if identity is None:
        return ""
    years = age.in_words(identity.born_on, identity.birth_year, timezone.localdate())
    return f"{years}, born {moment(identity.born_on)}" if identity.born_on else years


def identity_rows(identity: Identity, change: str = "") -> list[Row]:
    """Who they are."""
    birth = born(identity)
    return [
        Row("Name", str(identity), change),
        Row("Other names", ", ".join(identity.other_names.splitlines()) or "None known", change),
        Row("Age", birth[:1].upper() + birth[1:] or NOT_KNOWN, change),
        Row("Sex", pack().sexes.name(identity.sex) if identity.sex else NOT_KNOWN, change),
    ]


def safe_contact_rows(row: SafeContact) -> list[Row]:
    """How to reach them; the code word only says whether there is one."""
    return [
        Row("Safe to call?", row.get_safe_to_call_display()),
        Row("When", row.when_safe or NOT_KNOWN),
        Row("Safe to leave a message?", row.get_voicemail_display()),
        Row("Safe to send a text?", row.get_text_messages_display()),
        Row("Must not know", row.must_not_know or NOT_KNOWN),
        Row("Code word", "Agreed" if row.code_word else "None agreed"),
    ]


def phone_row(row: Phone, may_write: bool) -> Row:
    """A number, and whether it may be used."""
    words = ". ".join(filter(None, [SAFE_TO_USE[row.safe], row.whose]))
    return Row(phone(row.number), words, *_ending("end-phone", row, may_write))


def address_row(row: Address, may_write: bool) -> Row:
    """An address on its lines, with the kind of home."""
    housing = pack().housing.name(row.housing) if row.housing else ""
    lines = [*row.lines.splitlines(), row.postcode, _locality(row), housing]
    value = format_html_join("", "{}<br>", ((line,) for line in lines if line))
    return Row("Address", value, *_ending("end-address", row, may_write))


def relationship_row(row: Relationship, other: Identity | None, may_write: bool) -> Row:
    """Who somebody is to them. A name that is closed stays unsaid, and leads nowhere."""
    url = reverse("people:person", args=[row.other_id])
    name = format_html('<a class="govuk-link" href="{}">{}</a>', url, other) if other else None
    said = [
        "they live together" if row.lives_with else "",
        "uses abuse against them" if row.uses_abuse else "",
    ]
    words = ", ".join(filter(None, [born(other), *said]))
    value = format_html("{}{}", name or "Somebody whose record is closed to you", "")
    if words:
        value = format_html("{}<br>{}", value, words)
    kind = pack().relationships.name(row.kind)
    return Row(kind, value, *_ending("end-relationship", row, may_write))


def locality(code: str) -> str:
    """The name of an area of the pack."""
    return pack().localities.name(code) if code else ""


def _locality(row: Address) -> str:
    """The area, unless the lines name it already."""
    name = locality(row.locality)
    return "" if name.lower() in row.lines.lower() else name


def _ending(view: str, row: Phone | Address | Relationship, may_write: bool) -> tuple[str, str]:
    ids: list[UUID] = [row.person_id, row.pk]
    return (reverse(f"people:{view}", args=ids) if may_write else "", "Remove")
