"""The forms of own pages: short, in plain words, one question at a time where it is hard."""

from allauth.mfa.webauthn.forms import LoginWebAuthnForm, SignupWebAuthnForm
from django.core.exceptions import ValidationError
from django.forms import PasswordInput

from onestory.assessment.definitions import Question
from onestory.assessment.forms import field_of
from onestory.assessment.queries import Known
from onestory.conversations.models import LONGEST
from onestory.conversations.rules import ANY_TIME, When, Window, read_when
from onestory.conversations.rules.when import DAYS
from onestory.kernel.forms import (
    CheckboxesField,
    DateField,
    Form,
    PhoneField,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
)
from onestory.people.forms.facts import terms
from onestory.portal.actions.feedback import ANSWERS
from onestory.portal.models import Invitation

PASSKEY_FAILED = "That did not work. Try again, or use a code from your list"
YES_NO = [("yes", "Yes"), ("no", "No")]
ANY, TIMES = "any", "times"


def _code(label: str, **kwargs) -> TextField:
    return TextField(
        label=label,
        called="the code",
        width="10",
        max_length=20,
        autocomplete="off",
        spellcheck=False,
        help_text="Letters and numbers, like K7QF-2M9X",
        **kwargs,
    )


def _number(label: str, autocomplete: str = "off", **kwargs) -> TextField:
    """Six figures that nobody reads over a shoulder."""
    return TextField(
        label=label,
        called="your number",
        width="5",
        max_length=10,
        inputmode="numeric",
        autocomplete=autocomplete,
        spellcheck=False,
        widget=PasswordInput(),
        **kwargs,
    )


class StartForm(Form):
    """An invitation: the code, and the word that was agreed on."""

    code = _code("The code that you were given")
    word = TextField(
        label="The word that you agreed on",
        called="the word",
        width="20",
        max_length=100,
        autocomplete="off",
        spellcheck=False,
        attrs={"autocapitalize": "none"},
    )


class CodeForm(Form):
    """A code of the list, and her number."""

    code = _code("A code from your list")
    number = _number("Your number")


class AgainForm(Form):
    """Her number alone, on a page that was covered."""

    number = _number("Your number")


class ChooseNumberForm(Form):
    """The number that goes with every code of the list."""

    number = _number("Choose a number of 6 figures", "new-password")
    again = _number("Type it again", "new-password")
    field_order = ["number", "again"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("number") and cleaned.get("again") not in (None, cleaned["number"]):
            self.add_error("again", "The two numbers are not the same")
        return cleaned


class _Passkey:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        messages = self.fields["credential"].error_messages
        messages["required"] = messages["invalid"] = PASSKEY_FAILED


class PasskeyForm(_Passkey, Form, LoginWebAuthnForm):
    """Comes in with a passkey."""

    def clean_credential(self):
        try:
            return super().clean_credential()
        except ValidationError:
            raise ValidationError(PASSKEY_FAILED) from None


class AddPasskeyForm(_Passkey, Form, SignupWebAuthnForm):
    """Makes a passkey. It has no name to choose."""

    def clean(self):
        try:
            return super().clean()
        except ValidationError:
            raise ValidationError(PASSKEY_FAILED) from None


class IdentityForm(Form):
    """Who she is, for her to put right."""

    given_name = TextField(label="First name", required=False, width="20", autocomplete="off")
    family_name = TextField(label="Last name", required=False, width="20", autocomplete="off")
    other_names = TextAreaField(
        label="Other names you use or have used",
        help_text="One on each line.",
        required=False,
        rows=2,
        max_length=400,
    )
    born_on = DateField(label="Your date of birth", required=False, not_future=True)
    sex = RadiosField(label="Your sex", choices=terms("sexes"), required=False, small=True)
    mark_optional = False


class CorrectForm(Form):
    """One question of the assessment, asked of her alone."""

    words = TextAreaField(
        label="Do you want to add anything?",
        called="what you want to add",
        required=False,
        rows=3,
        max_length=LONGEST,
    )
    field_order = ["answer", "words"]
    mark_optional = False

    def __init__(self, *args, question: Question, answer: Known, **kwargs):
        super().__init__(*args, initial={"answer": answer.value}, **kwargs)
        field = field_of(question)
        # What helps whoever asks is no help to her.
        field.required, field.help_text = True, ""
        self.fields["answer"] = field
        self.order_fields(self.field_order)


class WrongForm(Form):
    """Something that somebody else wrote is wrong."""

    wrong = TextAreaField(
        label="What is wrong?", called="what is wrong", rows=4, max_length=LONGEST
    )
    right = TextAreaField(
        label="What is right? (optional)",
        called="what is right",
        help_text="Do not write where you are staying.",
        required=False,
        rows=4,
        max_length=LONGEST,
    )
    mark_optional = False


class ReachForm(Form):
    """When and how it is safe to reach her. Every question is answered, so that nothing is unknown."""

    mark_optional = False
    safe_to_call = RadiosField(
        label="Can we ring you?", called="whether we can ring you", choices=YES_NO, inline=True
    )
    text_messages = RadiosField(
        label="Can we send a text?",
        called="whether we can send a text",
        help_text="It only says: There is a message for you.",
        choices=YES_NO,
        inline=True,
    )
    voicemail = RadiosField(
        label="Can we leave a voice message?",
        called="whether we can leave a voice message",
        choices=YES_NO,
        inline=True,
    )
    when = RadiosField(
        label="When is it safe?",
        called="when it is safe",
        choices=[(ANY, ANY_TIME), (TIMES, "Only at these times")],
    )
    days = CheckboxesField(
        label="Days",
        called="the days",
        choices=[(str(number), day) for number, day in enumerate(DAYS)],
        required=False,
        small=True,
    )
    start = TimeField(label="From", called="from when it is safe", required=False)
    end = TimeField(label="Until", called="until when it is safe", required=False)
    must_not_know = TextAreaField(
        label="Who must not find out?",
        called="who must not find out",
        help_text="Write “Nobody” if it does not matter.",
        rows=2,
        max_length=1000,
    )
    code_word = TextField(
        label="A word you say when you cannot talk (optional)",
        called="the word",
        help_text="If you say it, we say “wrong number” and hang up. Leave it as it is to keep it.",
        required=False,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )

    @classmethod
    def said(cls, row) -> dict:
        """What is known now, as this form has it."""
        if row is None:
            return {}
        answers = {name: getattr(row, name) for name in ("must_not_know", "code_word")}
        for name in ("safe_to_call", "text_messages", "voicemail"):
            answers[name] = getattr(row, name) if getattr(row, name) in ("yes", "no") else ""
        return answers | _times(read_when(row.when_safe))

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == TIMES:
            for name, missing in (
                ("days", "Choose at least one day"),
                ("start", "Say from when it is safe"),
                ("end", "Say until when it is safe"),
            ):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, missing)
            if cleaned.get("start") and cleaned.get("end") and cleaned["start"] >= cleaned["end"]:
                self.add_error("end", "This must be later than the time before it")
        return cleaned

    def facts(self) -> dict:
        """What was said, as the action takes it."""
        said = self.cleaned_data
        names = ("safe_to_call", "text_messages", "voicemail", "must_not_know", "code_word")
        when = When()
        if said["when"] == TIMES:
            days = frozenset(map(int, said["days"]))
            when = When((Window(days, said["start"], said["end"]),))
        return {name: said[name] for name in names} | {"when_safe": str(when)}


def _times(when: When | None) -> dict:
    """Only one window fits the form; more were said by a worker, and stay until she says it anew."""
    if when is None or len(when.windows) > 1:
        return {}
    if not when.windows:
        return {"when": ANY}
    window = when.windows[0]
    days = [str(day) for day in sorted(window.days)]
    return {"when": TIMES, "days": days, "start": window.start, "end": window.end}


class NumberForm(Form):
    """A telephone number of hers."""

    number = PhoneField(label="Telephone number")
    safe = RadiosField(
        label="Is it safe to use?", called="whether it is safe to use", choices=YES_NO, inline=True
    )
    whose = TextField(
        label="Who else uses this phone, or can look at it?",
        called="who else uses it",
        help_text="Leave this empty if it is yours alone. We never send a text to a shared phone.",
        required=False,
        width="20",
    )


class MessageForm(Form):
    """What she writes, or what a team writes to her."""

    words = TextAreaField(label="Your message", called="your message", rows=5, max_length=LONGEST)


class WithdrawForm(Form):
    """Taking a consent back: why is hers to say or not."""

    words = TextAreaField(
        label="Do you want to say why?",
        called="why",
        help_text="You do not have to. They can read it.",
        required=False,
        rows=2,
        max_length=1000,
    )
    mark_optional = False


class FeedbackForm(Form):
    """Three questions and room for words, about one team."""

    team = SelectField(label="Who is this about?", called="who this is about")
    heard = RadiosField(
        label="Did they listen to you?",
        called="whether they listened to you",
        choices=list(ANSWERS.items()),
        small=True,
    )
    in_control = RadiosField(
        label="Was it you who decided what happened?",
        called="whether it was you who decided",
        choices=list(ANSWERS.items()),
        small=True,
    )
    safer = RadiosField(
        label="Are you safer than before?",
        called="whether you are safer",
        choices=list(ANSWERS.items()),
        small=True,
    )
    words = TextAreaField(
        label="Anything else?",
        called="your words",
        help_text="Please leave out names.",
        required=False,
        rows=3,
        max_length=4000,
    )

    def __init__(self, *args, teams: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams


class InviteForm(Form):
    """For the worker who invites."""

    how = RadiosField(
        label="How do you tell her the code?",
        called="how you tell her the code",
        choices=Invitation.How.choices,
        hints={
            "in-person": "Read it out, or print it for her to take along if that is safe.",
            "by-phone": "Only where she has said that you may ring, and now is a safe time.",
        },
    )
    word = TextField(
        label="A word that you both agree on",
        called="a word",
        help_text="She types it with the code. Not a name, a birthday or a pet: the person she fears "
        "would know it. Do not write it on the paper with the code.",
        width="20",
        autocomplete="off",
        spellcheck=False,
    )
    judged = TextAreaField(
        label="If she is under 16 or her age is not known: how you judged that she understands",
        called="how you judged it",
        help_text="For example, what she said it means that others may look at her phone.",
        required=False,
        rows=3,
        max_length=1000,
    )


class ConfirmForm(Form):
    """Nothing to answer: the button is the answer."""
