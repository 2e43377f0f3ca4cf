"""Meetings, what is said in them, and what comes of it."""

from datetime import datetime

from django.utils import timezone

from onestory.kernel.calendar import LONDON
from onestory.kernel.forms import (
    CheckboxField,
    DateField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    TimeField,
    WholeNumberField,
)
from onestory.marac.actions.minuting import LONGEST
from onestory.marac.actions.researching import HOLDS_NOTHING, SAY_WHAT
from onestory.marac.models import Action, Referral, Research


class MeetingForm(Form):
    """When the next meeting is, and how much time it has."""

    on = DateField(label="Day", called="the day of the meeting", not_past=True)
    at = TimeField(label="Time", called="the time of the meeting", width="5")
    place = TextField(label="Where", required=False)
    minutes = WholeNumberField(
        label="Minutes there are", called="the minutes there are", min_value=1, max_value=600
    )
    minutes_a_case = WholeNumberField(
        label="Minutes for each case",
        called="the minutes for each case",
        min_value=1,
        max_value=120,
    )

    @property
    def when(self) -> dict:
        """What the action is told."""
        given = {**self.cleaned_data}
        return {"starts_at": datetime.combine(given.pop("on"), given.pop("at"), LONDON), **given}


class CallOffForm(Form):
    """Why a meeting does not take place."""

    reason = TextField(
        label="Why does it not take place?",
        called="why it is called off",
        max_length=200,
        help_text="Everybody who comes reads it: name nobody whom the meeting speaks of.",
    )


class OrderForm(Form):
    """The number of each case. `lines`: key, words and the number that it has."""

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = {key: number for key, _, number in lines}
        for key, words, number in lines:
            self.fields[key] = WholeNumberField(
                label=words,
                called=f"the number of {words}",
                initial=number,
                min_value=1,
                max_value=len(lines),
                width="3",
            )

    @property
    def order(self) -> list[str]:
        """The keys in their new order. What moved up comes before what has that number already, and what
        moved down behind it."""
        given, now = self.cleaned_data, self.now
        return sorted(now, key=lambda key: (given[key], _sign(given[key] - now[key]), now[key]))


class MoveForm(Form):
    """To which meeting a case goes. `moves`: from an agenda that it is on, which needs a reason."""

    meeting = RadiosField(label="To which meeting?", called="the meeting")
    reason = TextField(label="Why does it move?", called="why it moves")

    def __init__(self, *args, meetings=(), moves=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].choices = meetings
        if not moves:
            del self.fields["reason"]


class AnswerForm(Form):
    """What an agency holds."""

    holds = RadiosField(
        label="Do you hold anything?",
        called="whether you hold anything",
        choices=Research.Holds.choices,
    )
    about_survivor = TextAreaField(
        label="About the survivor and the children",
        rows=5,
        required=False,
        help_text="It lies in the survivor’s own record. Nothing of where they are.",
    )
    about_abuser = TextAreaField(
        label="About the person using abuse",
        rows=5,
        required=False,
        help_text="It lies in that person’s record, and nowhere else. Name no survivor.",
    )

    def clean(self) -> dict:
        given = super().clean()
        found = bool(given.get("about_survivor") or given.get("about_abuser"))
        if given.get("holds") == Research.Holds.SOMETHING and not found:
            self.add_error("about_survivor", SAY_WHAT)
        if given.get("holds") == Research.Holds.NOTHING and found:
            self.add_error("holds", HOLDS_NOTHING)
        return given


class WishesForm(Form):
    """What the survivor wants the meeting to know."""

    words = TextAreaField(
        label="What does the survivor want the meeting to know?",
        called="what the survivor wants",
        rows=5,
    )
    agrees = RadiosField(
        label="Do they agree that the meeting speaks of them?",
        called="whether they agree",
        choices=Referral.Agrees.choices,
    )


class RiskForm(Form):
    """The risk in one paragraph. It may be saved while it is empty: the case is then not heard."""

    mark_optional = False

    risk = TextAreaField(
        label="The risk, in one paragraph",
        called="the risk",
        rows=6,
        required=False,
        max_length=LONGEST,
    )


class ActionForm(Form):
    """What an agency offers to do. `teams`: those that may."""

    words = TextField(label="What will be done?", called="what will be done", max_length=500)
    team = SelectField(label="Which agency?", called="the agency")
    whom = SelectField(label="For whom?", called="whom it is for", choices=Action.For.choices)
    due_on = DateField(label="By when?", called="the day by which it is done", not_past=True)
    may_tell = CheckboxField(label="The survivor may be told of it", required=False)

    def __init__(self, *args, teams=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = teams


class DoneForm(Form):
    """Whether an action was done."""

    done = RadiosField(
        label="Has it been done?",
        called="whether it has been done",
        choices=[("yes", "Yes, it is done"), ("no", "No, and it will not be")],
        reveals={"yes": "evidence", "no": "reason"},
    )
    evidence = TextAreaField(label="How is that known?", called="how that is known", rows=3)
    reason = TextAreaField(label="Why not?", called="the reason", rows=3)


class TellForm(Form):
    """What the survivor was told."""

    on = DateField(label="When?", called="the day", not_future=True)
    words = TextAreaField(label="What did you tell them?", called="what you told them", rows=4)

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
