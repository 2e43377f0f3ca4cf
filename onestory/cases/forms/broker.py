"""Choosing services with a survivor, and what she says about each."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.html import format_html_join

from onestory.access.models import Answer, Capacity, How, Kind
from onestory.access.rules.consent import WITH_A_NOTE, fits_age, why_not
from onestory.agencies.models import Service
from onestory.cases.queries.brokering import Choice
from onestory.cases.rules.shares import ALWAYS, Share
from onestory.kernel import forms

# How long a service may know: long enough to be helped, and then asked again.
SPANS = {"92": "For three months", "183": "For six months", "365": "For a year"}
# What a survivor is shown of one kind of knowledge before it becomes too long to read out.
MOST_LINES = 40
YES, NO = "yes", "no"
LIES_WITH_WHO = (
    "This address lies with who they are, and goes where that goes. On their page, take it away and "
    "add it as an address that must be kept apart; then come back. Or leave this service out"
)
NOTHING_YET = "Nothing is written there yet. What is written later they would see too."


class ChooseForm(forms.Form):
    services = forms.CheckboxesField(
        label="Which services would you like to hear from?", called="at least one service"
    )

    def __init__(self, *args, choices: list[Choice], waits: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [choice for choice in choices if choice.already is None]
        asked = self.fields["services"]
        asked.choices = [
            (one.service.code, f"{one.service.name}, {one.service.team}") for one in offered
        ]
        asked.widget.hints = {
            one.service.code: hint(one, [waits[one.service.code]]) for one in offered
        }


class AddForm(forms.Form):
    """A service that no rule suggests: whoever speaks with her knows things that no rule knows."""

    other = forms.SelectField(
        label="Another service of the directory",
        called="the service to add",
        help_text="If you know a reason that the list does not. What speaks against it is shown.",
    )

    def __init__(self, *args, services: Iterable[Service], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(one.code, f"{one.name}, {one.team}") for one in services]


class ServiceForm(forms.Form):
    """One service: what it would know, for how long, yes or no, and how that was said.

    Nothing is chosen beforehand that would stand as her decision, or as how it was made.
    """

    kinds = forms.CheckboxesField(
        label="What may they know?",
        help_text="Tick only what you agree to. Who you are always goes along. Without “Safe contact” "
        "they do not know how it is safe to reach you.",
        required=False,
    )
    address = forms.RadiosField(
        label="May they know where you live?",
        called="whether they may know where you live",
        choices=[(YES, "Yes, this address goes along"), (NO, "No")],
        required=False,
    )
    until = forms.RadiosField(
        label="For how long?", called="for how long", choices=SPANS.items(), required=False
    )
    answer = forms.RadiosField(
        label="Do you agree to this?",
        called="yes or no",
        choices=[
            (Answer.GIVEN.value, "Yes, with what is ticked above"),
            (Answer.REFUSED.value, "No, not this service"),
        ],
        hints={Answer.REFUSED.value: "They hear nothing. You can always change your mind."},
    )
    words = forms.TextAreaField(
        label="What should they know before they call?", required=False, rows=3, max_length=2000
    )
    how = forms.RadiosField(
        label="How did they answer?",
        called="how they answered",
        choices=[(how.value, how.label) for how in (How.SPOKEN, How.WRITTEN)],
    )
    capacity = forms.RadiosField(label="Who decided?", called="who decided")
    age_note = forms.TextField(
        label="Who judged that, or who decided for them, and on what?",
        called="who judged that, or who decided for them",
        help_text="Needed for somebody under 16, or who may not be able to decide.",
        required=False,
        max_length=500,
    )

    def __init__(
        self,
        *args,
        kinds: Iterable[Kind],
        parts: Mapping[str, list[str]],
        age: int | None = None,
        has_home: bool = False,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        asked = self.fields["kinds"]
        self.apart = Kind.WHEREABOUTS in kinds
        offered = [kind for kind in kinds if kind not in (*ALWAYS, Kind.WHEREABOUTS)]
        asked.choices = [(kind.value, kind.label) for kind in offered]
        asked.widget.hints = {kind.value: lines(parts.get(kind, [])) for kind in offered}
        self.fields["capacity"].choices = [(c.value, c.label) for c in Capacity if fits_age(c, age)]
        if self.apart:
            hint = lines(parts.get(Kind.WHEREABOUTS, []))
            self.fields["address"].widget.hints = {YES: hint}
        elif not has_home:
            del self.fields["address"]

    def clean(self):
        answers = super().clean()
        if answers.get("answer") == Answer.GIVEN:
            self._clean_yes(answers)
        capacity, note = answers.get("capacity"), answers.get("age_note", "")
        if capacity in WITH_A_NOTE and not note.strip():
            self.add_error("age_note", "Enter who judged this, or who decided, and on what")
        elif capacity and (reason := why_not(answers.get("answer", ""), capacity, note)):
            self.add_error("capacity", reason)
        return answers

    def _clean_yes(self, answers: dict) -> None:
        """What must be said as well where the answer is yes."""
        if not answers.get("until") and "until" not in self.errors:
            self.add_error("until", "Select for how long")
        if "address" in self.fields and "address" not in self.errors:
            if not answers.get("address"):
                self.add_error("address", "Select whether they may know where you live")
            elif answers["address"] == NO and not self.apart:
                self.add_error("address", LIES_WITH_WHO)

    def share(self, service: Service) -> Share:
        """What she said, once the form is valid."""
        answers = self.cleaned_data
        agreed = answers["answer"] == Answer.GIVEN
        apart = [Kind.WHEREABOUTS.value] if self.apart and answers["address"] == YES else []
        return Share(
            service=service,
            agreed=agreed,
            kinds=frozenset({*map(str, ALWAYS), *answers["kinds"], *apart}),
            how=answers["how"],
            capacity=answers["capacity"],
            until=until(answers["until"]) if agreed else None,
            age_note=answers["age_note"],
            words=answers["words"],
        )


def until(span: str, today: date | None = None) -> date:
    """The last day of a span that begins today."""
    return (today or timezone.localdate()) + timedelta(days=int(span))


def typed_about(answers: Mapping, service: str) -> MultiValueDict:
    """What was typed about one service."""
    return MultiValueDict(answers["pages"].get(service, {}).get("typed", {}))


def lines(parts: list[str]) -> str:
    """What lies in one kind of knowledge, one thing a line."""
    parts = parts or [NOTHING_YET]
    more = len(parts) - MOST_LINES
    shown = [*parts[:MOST_LINES], *([f"and {more} more answers"] if more > 0 else [])]
    return format_html_join("", "{}<br>", ((line,) for line in shown))


def hint(choice: Choice, waiting: Iterable[str] = ()) -> str:
    """Why it could help, what speaks against it, what to ask first, and the wait."""
    one = choice.suggestion
    said = [*one.why, *(f"Against it: {why}" for why in one.why_not)]
    said += [f"To clear up: {ask}" for ask in one.ask]
    return format_html_join("", "{}<br>", ((line,) for line in [*said, *waiting]))
