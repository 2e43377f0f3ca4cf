"""Before a call: what must hold. After it: what came of it."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django.core.exceptions import ValidationError

from onestory.kernel import forms
from onestory.kernel.calendar import LONDON
from onestory.people.models import Phone, SafeContact
from onestory.people.views.words import SAFE_TO_USE
from onestory.support.models import Call
from onestory.support.rules.calling import may_leave

SHOWN = 3
NOON = time(12)


class BeforeForm(forms.Form):
    """The safe-contact check. The number is shown when it is passed."""

    safe_now = forms.YesNoField(
        label="Is now a safe time to call?", called="whether now is a safe time"
    )
    phone = forms.RadiosField(label="Which number was agreed?", called="the number")
    alone = forms.CheckboxField(
        label="I will say nothing of why I call, nor from where, until I know that it is the "
        "survivor and that nobody listens"
    )

    def __init__(self, *args, phones: Sequence[Phone], safe: SafeContact | None, **kwargs):
        super().__init__(*args, **kwargs)
        when = safe.when_safe if safe else ""
        self.fields["safe_now"].help_text = f"Safe: {when}" if when else "No safe time is known."
        self.fields["phone"].choices = [(str(p.pk), _covered(p)) for p in phones]

    def clean_safe_now(self) -> bool:
        if not self.cleaned_data["safe_now"]:
            raise ValidationError("Do not call now. Nothing has been recorded: come back later")
        return True


class CallForm(forms.Form):
    """What came of it, even when nobody answered."""

    outcome = forms.RadiosField(
        label="What came of the call?", called="what came of the call", choices=Call.Outcome.choices
    )
    said = forms.TextAreaField(
        label="What was said?",
        help_text="If somebody else answered: exactly what you said, so that the next who calls "
        "says the same.",
        required=False,
        rows=3,
        max_length=4000,
    )
    left = forms.RadiosField(label="Did you leave anything?", required=False, small=True)
    next_on = forms.DateField(label="Try again on", called="the day", not_past=True, required=False)
    next_time = forms.TimeField(label="At", called="the time", required=False)

    def __init__(self, *args, safe: SafeContact | None, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = may_leave(safe)
        choices = [(code, label) for code, label in Call.Left.choices if code in allowed]
        if len(choices) > 1:
            self.fields["left"].choices = choices
        else:
            del self.fields["left"]

    def clean(self) -> dict:
        found = super().clean()
        if found.get("next_time") and not found.get("next_on") and "next_on" not in self.errors:
            self.add_error("next_on", "Enter the day as well")
        return found

    def answers(self) -> dict:
        """What `record_call` takes."""
        found = self.cleaned_data
        return {
            "outcome": found["outcome"],
            "said": found["said"],
            "left": found.get("left") or "",
            "next_at": moment_of(found["next_on"], found["next_time"]),
        }


def moment_of(day: date | None, at: time | None) -> datetime | None:
    """A day and a time by the clock of London. Without a time, the middle of that day."""
    if day is None:
        return None
    return datetime.combine(day, at or NOON, LONDON)


def _covered(phone: Phone) -> str:
    """A number that is told from the others, and cannot be dialled yet."""
    words = [f"Ending {phone.number[-SHOWN:]}", SAFE_TO_USE[phone.safe], phone.whose]
    return ". ".join(filter(None, words))
