"""Goals in the survivor's words, how near they are, and steps."""

from collections.abc import Sequence
from uuid import UUID

from onestory.assessment.bank import instruments
from onestory.assessment.queries import Measure as Sat
from onestory.kernel import forms
from onestory.kernel.templatetags.pages import moment
from onestory.support.forms.cases import ONE_TO_TEN
from onestory.support.models import Goal, Measure
from onestory.support.queries import GoalNow


def measuring() -> list[tuple[str, str]]:
    """What a goal can be measured by, besides her own word."""
    return [(one.code, one.title) for one in instruments() if one.scoring]


class GoalForm(forms.Form):
    words = forms.TextAreaField(
        label="What do they want?", help_text="In their own words.", rows=3, max_length=1000
    )
    instrument = forms.SelectField(
        label="How is it measured?",
        choices=measuring,
        required=False,
        empty_label="By their own word, from 1 to 10",
    )
    value = forms.SelectField(
        label="How near is it today, from 1 to 10?",
        help_text="1 is as far away as can be, 10 is there.",
        choices=ONE_TO_TEN,
        required=False,
        empty_label="Not asked",
    )

    def answers(self) -> dict:
        """What `set_goal` takes."""
        found = self.cleaned_data
        by_her_word = found["value"] and not found["instrument"]
        return {
            "words": found["words"],
            "instrument": found["instrument"],
            "value": int(found["value"]) if by_her_word else None,
        }


class RewordForm(forms.Form):
    words = forms.TextAreaField(
        label="What do they want?", help_text="In their own words.", rows=3, max_length=1000
    )


class MeasureForm(forms.Form):
    """How near a goal is; for one measured by an instrument, which sitting says so."""

    at = forms.RadiosField(
        label="When is this?", called="when this is", choices=Measure.At.choices, inline=True
    )
    value = forms.RadiosField(
        label="How near is it, from 1 to 10?", called="how near it is", inline=True
    )

    def __init__(self, *args, goal: Goal, sat: Sequence[Sat], **kwargs):
        super().__init__(*args, **kwargs)
        self.sat = {str(one.sitting.pk): one for one in sat if one.score.points is not None}
        if goal.instrument:
            self.fields["value"].label = "Which time was it asked?"
            self.fields["value"].choices = [(key, _came_to(one)) for key, one in self.sat.items()]
        else:
            self.fields["value"].choices = ONE_TO_TEN

    def answers(self) -> dict:
        """What `measure_goal` takes."""
        chosen = self.cleaned_data["value"]
        one = self.sat.get(chosen)
        return {
            "at": self.cleaned_data["at"],
            "value": one.score.points if one else int(chosen),
            "sitting_id": one.sitting.pk if one else None,
        }


class EndGoalForm(forms.Form):
    end = forms.RadiosField(label="What came of it?", called="what came of it", choices=Goal.SAID)


class StepForm(forms.Form):
    words = forms.TextField(label="What was agreed?", called="what was agreed", max_length=500)
    who = forms.TextField(
        label="Who does it?", called="who does it", help_text="They themselves, you, or a service."
    )
    by_on = forms.DateField(label="By when?", called="the day", not_past=True, required=False)
    thread = forms.SelectField(
        label="Towards which goal?", required=False, empty_label="None in particular"
    )

    def __init__(self, *args, goals: Sequence[GoalNow], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["thread"].choices = [(str(g.goal.thread), g.goal.words) for g in goals]

    def answers(self) -> dict:
        """What `agree_step` takes."""
        found = self.cleaned_data
        return {**found, "thread": UUID(found["thread"]) if found["thread"] else None}


def _came_to(one: Sat) -> str:
    score = one.score
    return (
        f"{score.points} of {score.most}, {one.occasion.lower()}, {moment(one.sitting.recorded_at)}"
    )
