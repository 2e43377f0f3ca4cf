"""Forms of a review: proposed, somebody named in it, ended, and what of its chronology is wanted."""

from collections.abc import Iterable
from uuid import UUID

from onestory.inquiries.models import Inquiry, InquiryPerson
from onestory.inquiries.queries import Narrowed
from onestory.kernel.forms import (
    CheckboxField,
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
)

PART = {
    "label": "What are they to it?",
    "called": "what they are to it",
    "choices": InquiryPerson.Part.choices,
}


class ProposeForm(Form):
    """Somebody is to be appointed."""

    what = RadiosField(
        label="What kind of review?",
        called="what kind of review it is",
        choices=Inquiry.What.choices,
    )
    their_reference = TextField(
        label="Its number", width="20", help_text="Such as DHR 3/2026. Without a name."
    )
    words = TextAreaField(
        label="Who has ordered it, and for what time?",
        called="who has ordered it",
        rows=3,
        help_text="A guardian reads this, who sees nobody’s record: no names.",
    )
    part = RadiosField(**PART)
    handler_id = SelectField(
        label="Who is appointed?",
        called="who is appointed",
        help_text="They alone read it. Somebody who has worked with nobody whom it concerns.",
    )
    until_on = DateField(label="Until when?", called="the last day")

    def __init__(self, *args, handlers: Iterable, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler_id"].choices = [(str(user.pk), user.name) for user in handlers]

    @property
    def proposed(self) -> dict:
        return self.cleaned_data | {"handler_id": UUID(self.cleaned_data["handler_id"])}


class PersonForm(Form):
    """Somebody else whom it concerns."""

    reference = TextField(
        label="The reference of their record",
        called="the reference of their record",
        width="10",
        help_text="It stands under their name on their page.",
    )
    part = RadiosField(**PART)


class EndForm(Form):
    """It is over."""

    why = TextField(label="Why does it end?", called="why it ends")


class NarrowForm(Form):
    """Which lines are wanted."""

    person = SelectField(label="About", required=False, empty_label="Everybody")
    agency = SelectField(label="Agency", required=False, empty_label="Every agency")
    since = DateField(label="From", called="the first day", required=False)
    until = DateField(label="Until", called="the last day", required=False)
    written = CheckboxField(
        label="Only what was written: not who was told, and who read it", required=False
    )

    def __init__(self, *args, people: list[tuple[UUID, str]], agencies: list, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(key), name) for key, name in people]
        self.fields["agency"].choices = [(str(key), name) for key, name in agencies]

    @property
    def wanted(self) -> Narrowed:
        """What is asked for; all of it, where what was asked for makes no sense."""
        if not self.is_bound or not self.is_valid():
            return Narrowed()
        asked = self.cleaned_data
        return Narrowed(
            person_id=UUID(asked["person"]) if asked["person"] else None,
            organisation_id=UUID(asked["agency"]) if asked["agency"] else None,
            since=asked["since"],
            until=asked["until"],
            written_only=bool(asked["written"]),
        )
