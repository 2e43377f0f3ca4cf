"""Holding, pausing and ending a case."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from onestory.agencies.pack import pack
from onestory.cases.forms.words import terms
from onestory.kernel import forms
from onestory.support.actions.endings import Ended
from onestory.support.models import Goal, Pause

# The ending of each goal stands beside the ending of the whole.
BEFORE_GOALS = ("on", "reason", "outcome", "words")
OF_GOAL = ("goal-", "value-")
ONE_TO_TEN = [(str(number), str(number)) for number in range(1, 11)]


class HoldForm(forms.Form):
    """Who holds a case, and how often they ask how somebody is."""

    holder = forms.SelectField(label="Who holds it?", called="who holds it")
    check_in_days = forms.RadiosField(
        label="How often does the holder ask how they are?",
        called="how often",
        help_text="A call that is answered counts, and so does a session that they come to.",
    )

    def __init__(self, *args, colleagues: Sequence[tuple[UUID, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = [(str(key), name) for key, name in colleagues]
        self.fields["check_in_days"].choices = _rhythms(self.initial.get("check_in_days"))


class PauseForm(forms.Form):
    asked_by = forms.RadiosField(
        label="Who asked for the pause?", called="who asked for it", choices=Pause.AskedBy.choices
    )
    from_on = forms.DateField(
        label="From", called="the day", not_future=True, initial=timezone.localdate
    )


class ResumeForm(forms.Form):
    until_on = forms.DateField(
        label="When does it go on?",
        help_text="The first day that counts again.",
        called="the day",
        not_future=True,
        initial=timezone.localdate,
    )


class EndForm(forms.Form):
    """Why it ends, what came of it, who knows, and what stays open."""

    on = forms.DateField(
        label="Ended on", called="the day it ended", not_future=True, initial=timezone.localdate
    )
    reason = forms.RadiosField(
        label="Why does it end?", called="why it ends", choices=terms("close_reasons"), small=True
    )
    outcome = forms.RadiosField(
        label="What came of it?",
        called="what came of it",
        choices=terms("ending_outcomes"),
        small=True,
    )
    words = forms.TextAreaField(
        label="What should be known of the ending?", required=False, rows=3, max_length=4000
    )
    told_survivor = forms.YesNoField(
        label="Does the survivor know that it ends?",
        called="whether the survivor knows",
        reveals={"no": "not_told_because"},
    )
    not_told_because = forms.TextField(label="Why not?", called="why not")
    keeps = forms.YesNoField(
        label="Must anything stay open to your team afterwards?",
        called="whether anything stays open",
        reveals={"yes": "keep_reason"},
        initial=False,
    )
    keep_reason = forms.RadiosField(
        label="Why?", called="why it stays open", choices=terms("keep_reasons"), small=True
    )
    keep_until = forms.DateField(
        label="If so, until when?", called="the day", future=True, required=False
    )

    def __init__(self, *args, goals: Sequence[Goal], planned: int, opened: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            self.fields[f"goal-{goal.pk}"] = forms.RadiosField(
                label=f"‘{goal.words}’",
                called="what came of it",
                choices=Goal.SAID,
                small=True,
            )
            if not goal.instrument:
                self.fields[f"value-{goal.pk}"] = forms.SelectField(
                    label="How near is it now, from 1 to 10?",
                    choices=ONE_TO_TEN,
                    required=False,
                    empty_label="Not asked",
                )
        self.order_fields([*BEFORE_GOALS, *(n for n in self.fields if n.startswith(OF_GOAL))])
        if planned:
            self.fields["absence"] = forms.RadiosField(
                label=_planned(planned),
                called="why they do not take place",
                choices=terms("absence_reasons"),
                small=True,
            )
        if not opened:
            for name in ("keeps", "keep_reason", "keep_until"):
                del self.fields[name]

    def clean(self) -> dict:
        found = super().clean()
        if found.get("keeps") and not found.get("keep_until") and "keep_until" not in self.errors:
            self.add_error("keep_until", "Enter until when")
        return found

    def ended(self) -> Ended:
        """What `end_case` takes."""
        found = self.cleaned_data
        keeps = bool(found.get("keeps"))
        return Ended(
            on=found["on"],
            reason=found["reason"],
            outcome=found["outcome"],
            words=found["words"],
            told_survivor=bool(found["told_survivor"]),
            not_told_because=found["not_told_because"],
            keep_reason=found["keep_reason"] if keeps else "",
            keep_until=found["keep_until"] if keeps else None,
            drop_planned="absence" in found,
            absence=found.get("absence", ""),
            goals={goal.pk: self._of_goal(goal) for goal in self.goals},
        )

    def _of_goal(self, goal: Goal) -> tuple[str, int | None]:
        value = self.cleaned_data.get(f"value-{goal.pk}")
        return self.cleaned_data[f"goal-{goal.pk}"], int(value) if value else None


def _rhythms(now: int | None) -> list[tuple[str, str]]:
    """The rhythms of the area; and the one that is kept now, should it be another."""
    found = {str(term.days): term.name for term in pack().check_in_rhythms}
    if now and str(now) not in found:
        found[str(now)] = f"Every {now} days"
    return list(found.items())


def _planned(number: int) -> str:
    if number == 1:
        return "One session is still planned. Why will it not take place?"
    return f"{number} sessions are still planned. Why will they not take place?"
