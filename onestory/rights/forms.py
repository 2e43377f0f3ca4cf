"""Forms of people's rights: requests for copies, words to read through, holds, deletion."""

from uuid import UUID

from django.utils import timezone

from onestory.kernel.forms import (
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    YesNoField,
)
from onestory.rights.models import Choice, CopyRequest, Correction

LONGEST = 20_000


class AskForm(Form):
    """Somebody asks for a copy of their record."""

    asked_by = RadiosField(
        label="Who asks?",
        called="who asks",
        choices=CopyRequest.AskedBy.choices,
        reveals={
            CopyRequest.AskedBy.REPRESENTATIVE: "representative",
            CopyRequest.AskedBy.PARENT: "parent",
        },
    )
    representative = TextField(
        label="Who is it, and by what may they ask?", help_text="Such as a signed authority, seen"
    )
    parent = TextField(
        label="Who is it, and has the child’s own view been asked?",
        help_text="A child who understands what it is about may say no",
    )
    identity_checked = TextAreaField(
        label="How was it checked that they are who they say?",
        called="how it was checked",
        rows=2,
        help_text="What was seen or asked, by whom, and that nobody else was there. Keep no copy of a "
        "passport. A guardian reads this: no names.",
    )
    received_on = DateField(label="When did they ask?", called="the day", not_future=True)
    handler_id = SelectField(label="Who answers it?", called="who answers it")

    def __init__(self, *args, handlers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler_id"].choices = [(str(user.pk), user.name) for user in handlers]
        self.initial.setdefault("received_on", timezone.localdate())


class CorrectionForm(Form):
    """What becomes of something that somebody says is wrong."""

    outcome = RadiosField(
        label="What becomes of it?",
        called="what becomes of it",
        choices=Correction.Outcome.choices,
        hints={
            Correction.Outcome.CORRECTED: "You have changed it on the record already.",
            Correction.Outcome.BESIDE: "It stays as it was written, and everybody who sees it sees "
            "these words too. Right where two people remember it differently.",
            Correction.Outcome.UNCHANGED: "Only where you are sure that it is right as it stands.",
        },
    )
    reason = TextAreaField(
        label="What do you tell them?",
        called="what you tell them",
        help_text="They read this on their own pages: plain words, nobody else’s name, and nothing "
        "about where anybody is staying.",
        required=False,
        rows=4,
        max_length=LONGEST,
    )


class HandOverForm(Form):
    """Who decides on something that nobody holds any more."""

    who = SelectField(
        label="Who decides?",
        called="who decides",
        help_text="What it is about opens to them alone, to read and to put right. Not somebody whom "
        "the survivor may be afraid of: if you do not know, ask the team that knew them.",
    )

    def __init__(self, *args, memberships, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (f"{one.user_id}/{one.team_id}", f"{one.team}: {one.user}") for one in memberships
        ]

    def chosen(self) -> dict[str, UUID]:
        """The member of staff and the team for which they decide, once the form is valid."""
        user_id, team_id = map(UUID, self.cleaned_data["who"].split("/"))
        return {"handler_id": user_id, "team_id": team_id}


class MendForm(Form):
    """What a guardian asked to be put right."""

    identity_checked = AskForm.base_fields["identity_checked"]
    handler_id = AskForm.base_fields["handler_id"]

    def __init__(self, *args, handlers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler_id"].choices = [(str(user.pk), user.name) for user in handlers]


class ConfirmForm(Form):
    """A guardian looks at how identity was checked."""

    right = YesNoField(
        label="Is it safe to open the record to whoever answers this?",
        called="whether it is",
        choices=(("yes", "Yes, I confirm it"), ("no", "No, send it back")),
        reveals={"no": "words"},
        inline=False,
    )
    words = TextAreaField(
        label="What has to be put right?", called="what has to be put right", rows=3
    )


class ExtendForm(Form):
    """The answer is put off."""

    until = DateField(label="Until when?", called="the day", future=True)
    why = TextAreaField(label="Why, as you tell them?", called="the reason", rows=3)


class PartForm(Form):
    """Whether a part of the record is given as a whole."""

    what = RadiosField(
        label="Is this part given?",
        called="whether it is given",
        choices=(
            (Choice.What.KEEP, "Yes"),
            (Choice.What.WITHHOLD, "No, it is left out"),
        ),
        reveals={Choice.What.WITHHOLD: "why"},
        inline=False,
    )
    why = RadiosField(
        label="Why is it left out?",
        called="why it is left out",
        choices=Choice.Why.choices,
        small=True,
    )


class WordsForm(Form):
    """Whether some words are given."""

    what = RadiosField(
        label="Are these words given?",
        called="whether they are given",
        choices=Choice.What.choices,
    )
    words = TextAreaField(
        label="What is given of them",
        rows=4,
        required=False,
        max_length=LONGEST,
        help_text="If a part is given: take out what is about somebody else.",
    )
    why = SelectField(
        label="Why the rest is left out",
        choices=Choice.Why.choices,
        required=False,
    )

    def clean(self):
        given = super().clean()
        if given.get("what") in (Choice.What.PART, Choice.What.WITHHOLD) and not given.get("why"):
            self.add_error("why", "Select why the rest is left out")
        if given.get("what") == Choice.What.PART and not given.get("words"):
            self.add_error("words", "Enter what is given of them")
        return given


class AnswerForm(Form):
    """What came of the request."""

    outcome = RadiosField(
        label="What came of it?", called="what came of it", choices=CopyRequest.Outcome.choices
    )
    how = TextAreaField(
        label="How was it given; or what was written to them?",
        called="how it was given",
        rows=3,
        help_text="Safely: by what was agreed about how to reach them.",
    )


class HoldForm(Form):
    """Nothing is deleted while an inquiry needs it."""

    who = TextField(
        label="Who asks for it?", called="who asks", help_text="An inquiry, a court, the police"
    )
    why = TextAreaField(label="Why?", called="the reason", rows=2, help_text="No names")
    review_on = DateField(
        label="When is it looked at again?",
        called="the day on which it is looked at again",
        future=True,
    )


class GuardianHoldForm(HoldForm):
    """As above, for one record or for all."""

    reference = TextField(
        label="Whose record?",
        required=False,
        width="10",
        help_text="A reference, like K7QF-2M9X. Leave it empty to hold every record.",
    )


class ReasonForm(Form):
    """A reason, and no more."""

    why = TextAreaField(label="Why?", called="the reason", rows=2, help_text="No names")


class ReviewForm(Form):
    """What a guardian decides about a record whose time is over."""

    decision = RadiosField(
        label="What do you decide?",
        called="what you decide",
        choices=(("keep", "Keep it longer"), ("delete", "Delete it, when a second person agrees")),
        reveals={"keep": "until"},
    )
    until = DateField(label="Until when?", called="the day until which it is kept", future=True)
    reason = TextAreaField(label="Why?", called="the reason", rows=2, help_text="No names")


class DeletionForm(Form):
    """A survivor asks that her record be deleted."""

    reference = TextField(
        label="The reference of the record", width="10", help_text="Like K7QF-2M9X"
    )
    reason = TextAreaField(
        label="Why?",
        called="the reason",
        rows=3,
        help_text="What was weighed: what they want, what the law asks us to keep. No names",
    )
