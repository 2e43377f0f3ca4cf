"""Forms for Clare's Law: taken down, and then step by step."""

from collections.abc import Iterable
from uuid import UUID

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
from onestory.risk.models import Disclosure, DisclosureCheck

Applicant, Decision, ToWhom = Disclosure.Applicant, Disclosure.Decision, Disclosure.ToWhom


class AskForm(Form):
    """Who asks about whom, and what they are worried about."""

    about_id = RadiosField(label="About whom?", called="about whom they ask")
    applicant = RadiosField(
        label="Who asks?",
        called="who asks",
        choices=Applicant.choices,
        reveals={Applicant.OTHER: "applicant_words"},
        hints={
            Applicant.AGENCY: "Nobody has asked, but somebody who works here thinks that they "
            "should know: the right to know."
        },
    )
    applicant_words = TextAreaField(
        label="Who are they, and how can they be reached safely?",
        called="who asks and how to reach them safely",
        rows=3,
        required=False,
    )
    received_on = DateField(
        label="When did they ask, or when was it raised?",
        called="the day on which it came",
        not_future=True,
    )
    words = TextAreaField(label="What is the worry?", called="what the worry is", rows=5)

    def __init__(self, *args, people: Iterable[tuple[UUID, str]], **kwargs):
        kwargs["initial"] = {"received_on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["about_id"].choices = [(str(key), name) for key, name in people]

    @property
    def asked(self) -> dict:
        """What is taken down. By which right follows from who asks."""
        given = dict(self.cleaned_data)
        agency = given["applicant"] == Applicant.AGENCY
        route = Disclosure.Route.KNOW if agency else Disclosure.Route.ASK
        return given | {"about_id": UUID(given["about_id"]), "route": route}


class SpeakForm(Form):
    """Whoever asks has been spoken to."""

    on = DateField(label="When did you speak?", called="the day", not_future=True)
    danger_now = YesNoField(
        label="Is anybody in danger now?",
        called="whether anybody is in danger now",
        reveals={"yes": "words"},
    )
    words = TextAreaField(
        label="What did you do at once?",
        called="what you did at once",
        rows=3,
        required=False,
        help_text="Do not wait for the steps of this scheme: it never stands in the way of safety.",
    )


class MeetForm(Form):
    """Whoever asks has been met."""

    on = DateField(label="When did you meet?", called="the day", not_future=True)
    identity_checked = TextField(
        label="How did you see that they are who they say?",
        called="how you saw that they are who they say",
    )


class CheckForm(Form):
    """Where was looked, and what came of it."""

    source = RadiosField(label="Where did you look?", called="where you looked")
    on = DateField(label="When?", called="the day", not_future=True)
    found = RadiosField(
        label="What came of it?",
        called="what came of it",
        choices=DisclosureCheck.Found.choices,
        reveals={DisclosureCheck.Found.SOMETHING: "words"},
    )
    words = TextAreaField(
        label="What is it?",
        called="what was found",
        rows=5,
        required=False,
        help_text="Only what they did, and when. Not that anybody asked, no other name, no address: "
        "it is kept with what is known of them, and others read it there.",
    )

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"on": timezone.localdate()} | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = pack().disclosure_sources.choices()


class DecideForm(Form):
    """Whether anything is told, to whom, and why."""

    decision = RadiosField(
        label="Is anything told?",
        called="whether anything is told",
        choices=Decision.choices,
        reveals={Decision.TELL: "what"},
    )
    what = TextAreaField(
        label="What is told?",
        called="what is told",
        rows=4,
        required=False,
        help_text="In the words in which it will be said: as much as keeps them safe, and no more.",
    )
    to_whom = RadiosField(
        label="Who is told, or hears that there is nothing to tell?",
        called="who is told",
        hints={ToWhom.APPLICANT: "Somebody else: only if they can keep them safe."},
    )
    to_whom_words = TextAreaField(
        label="Who they are, and why it is they",
        required=False,
        rows=3,
        help_text="Needed where it is not the person who may be in danger.",
    )
    reason = TextAreaField(
        label="Why do you decide so?",
        called="the reason",
        rows=4,
        help_text="Is it needed to prevent a crime, and no more than needed? Do not repeat what was "
        "found.",
    )

    def __init__(self, *args, applicant: str, **kwargs):
        super().__init__(*args, **kwargs)
        # Who asks for herself is one and the same; an agency is not told what it knows.
        two = applicant == Applicant.OTHER
        self.fields["to_whom"].choices = [
            (code, name) for code, name in ToWhom.choices if two or code != ToWhom.APPLICANT
        ]


class AgreeForm(Form):
    """The second person."""

    agrees = YesNoField(label="Do you agree with this decision?", called="whether you agree")


class TellForm(Form):
    """It was told, in person."""

    on = DateField(label="When was it told?", called="the day", not_future=True)
    where = TextField(
        label="Where?",
        called="where it was told",
        help_text="Somewhere safe, where nobody else heard it.",
    )
    said = TextAreaField(label="What was said?", called="what was said", rows=4)
    keeps_it = YesNoField(
        label="Did they say that they keep it to themselves?",
        called="whether they said that they keep it to themselves",
    )


class WithdrawForm(Form):
    """It does not go on."""

    words = TextAreaField(label="Why does it not go on?", called="why it does not go on", rows=3)
