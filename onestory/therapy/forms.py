"""Forms of therapy: a note, how far proceedings are, and the steps of a request for notes."""

from django.utils import timezone

from onestory.agencies.pack import pack
from onestory.kernel.forms import (
    DateField,
    Form,
    RadiosField,
    TextAreaField,
    TextField,
    YesNoField,
)
from onestory.therapy.models import LONGEST, NotesRequest


class NoteForm(Form):
    """What a therapist notes."""

    on = DateField(label="Day of the session", called="the day of the session", not_future=True)
    words = TextAreaField(label="Note", rows=16, max_length=LONGEST)


class ProceedingsForm(Form):
    """How far criminal proceedings are."""

    stage = RadiosField(
        label="How far are criminal proceedings?", called="how far criminal proceedings are"
    )
    words = TextAreaField(
        label="What the survivor needs from it",
        rows=3,
        required=False,
        help_text="Such as the day of a hearing, or who else to talk to. Therapy does not wait for it.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = pack().notes_stages.choices()


class AskedForm(Form):
    """Who asks for notes, on what basis, for what, and by when."""

    who = TextField(label="Who asks?", called="who asks", help_text="Name and organisation")
    basis = RadiosField(label="On what basis?", called="on what basis they ask")
    what = TextAreaField(label="What exactly do they ask for?", called="what they ask for", rows=3)
    their_reference = TextField(
        label="Their reference",
        required=False,
        width="20",
        help_text="The number of the order or of the case",
    )
    asked_on = DateField(
        label="When did it come?", called="the day on which it came", not_future=True
    )
    due_on = DateField(
        label="By which day does the paper ask for an answer?",
        called="the day by which they ask for an answer",
        required=False,
        help_text="If it names none, the rule of the area is used.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        bases = pack().notes_bases
        self.fields["basis"].choices = bases.choices()
        self.fields["basis"].widget.hints = {term.code: term.help for term in bases if term.help}


class ViewForm(Form):
    """What the survivor says to it."""

    view = RadiosField(
        label="What does the survivor say?",
        called="what the survivor says",
        choices=NotesRequest.View.choices,
        divider_before=NotesRequest.View.NOT_TOLD,
    )
    words = TextAreaField(
        label="In their words; or why they have not been told",
        called="their words, or the reason",
        rows=4,
        required=False,
    )


class DecisionForm(Form):
    """What is decided, and why."""

    decision = RadiosField(
        label="What do you decide?",
        called="what you decide",
        choices=NotesRequest.Decision.choices,
    )
    words = TextAreaField(
        label="The reason",
        rows=4,
        help_text="What is given and what is not, and on whose advice. No words from the notes.",
    )


class AgreeForm(Form):
    """The second person."""

    agrees = YesNoField(label="Do you agree with this decision?", called="whether you agree")


class AnsweredForm(Form):
    """What was given."""

    given = TextAreaField(
        label="What was given?",
        called="what was given",
        rows=3,
        help_text="Which notes, of which days; or what was written to them instead.",
    )
    how = RadiosField(label="How?", called="how it was given", choices=NotesRequest.How.choices)
    answered_on = DateField(label="When?", called="the day on which it was given", not_future=True)

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"answered_on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
