"""Referring somebody, and what the coordinators make of it."""

from onestory.agencies.pack import pack
from onestory.kernel.forms import (
    CheckboxesField,
    CheckboxField,
    Form,
    RadiosField,
    TextAreaField,
    WholeNumberField,
    YesNoField,
)
from onestory.marac.models import Referral
from onestory.marac.rules.criteria import NO_REASON


class ReferForm(Form):
    """Why this person comes before the meeting. `abusers`: code and name of those to choose from."""

    criteria = CheckboxesField(
        label="On what do you refer?",
        called="on what you refer",
        help_text="Any one is enough.",
    )
    reason = TextAreaField(
        label="Your reason",
        rows=4,
        required=False,
        help_text="Needed for professional judgement and for escalation.",
    )
    events = WholeNumberField(
        label="How many events do you know of?",
        called="how many events you know of",
        required=False,
        width="3",
        max_value=999,
    )
    abuser = RadiosField(label="Who uses abuse?", called="who uses abuse")
    words = TextAreaField(
        label="What has happened, and what do you fear?",
        called="what has happened",
        rows=6,
        help_text="Nothing of where the survivor is, or how to reach them: this is read out.",
    )
    children = WholeNumberField(
        label="How many children under 18 live in the home?",
        called="how many children live in the home",
        required=False,
        width="2",
        max_value=30,
    )
    children_words = TextAreaField(
        label="About the children: ages, whose they are, school", rows=2, required=False
    )
    agrees = RadiosField(
        label="Does the survivor agree?",
        called="whether the survivor agrees",
        choices=Referral.Agrees.choices,
        help_text="Sharing for MARAC does not rest on consent. What they say bears on how needful it is.",
    )
    agrees_words = TextAreaField(
        label="What do they say to it?", called="what they say", rows=2, required=False
    )
    told = YesNoField(
        label="Have you told the survivor?",
        called="whether you have told the survivor",
        reveals={"no": "not_told_reason"},
        help_text="Never tell the person using abuse, nor anybody who might.",
    )
    not_told_reason = TextAreaField(label="Why not?", called="why the survivor is not told", rows=2)
    why = TextAreaField(
        label="Why is sharing this needed, and no more than needed?",
        called="why sharing is needed",
        rows=3,
    )

    def __init__(self, *args, abusers=(), **kwargs):
        super().__init__(*args, **kwargs)
        terms = [one for one in pack().marac_criteria if one.rule != "transfer"]
        self.fields["criteria"].choices = [(one.code, one.name) for one in terms]
        self.fields["criteria"].widget.hints = {t.code: t.help for t in terms if t.help}
        self.fields["abuser"].choices = [*abusers, ("unknown", "Not known, or not recorded")]
        self.reasoned = {one.code for one in terms if one.needs_reason}

    def clean(self) -> dict:
        given = super().clean()
        if self.reasoned & set(given.get("criteria", ())) and not given.get("reason"):
            self.add_error("reason", NO_REASON)
        return given


class DeclineForm(Form):
    """Why a referral is not taken."""

    reason = RadiosField(label="Why is it not for the meeting?", called="why it is not taken")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = pack().marac_declines.choices()


class GoOnForm(Form):
    """Why it goes on although the survivor does not agree."""

    words = TextAreaField(
        label="Why does it go on without their agreement?",
        called="why it goes on",
        rows=3,
        help_text="What the danger is, and why nothing milder would do.",
    )


class AskForm(Form):
    """Which agencies are asked. `teams`: those that can be."""

    teams = CheckboxesField(
        label="Which agencies may hold something?",
        called="the agencies",
        help_text="Each sees this case from now until its review, and no other.",
    )
    words = TextAreaField(
        label="Why must they know, and no more than this?", called="why they must know", rows=3
    )
    checked = CheckboxField(
        label="I have looked: nobody who works there is one of the two people, or the record is "
        "closed to them",
        required=False,
    )

    def __init__(self, *args, teams=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["teams"].choices = teams


class DismissForm(Form):
    """What was noticed is no repeat."""

    words = TextAreaField(label="Why is it no repeat?", called="why it is no repeat", rows=3)


class AgainForm(Form):
    """What was noticed is a repeat."""

    words = TextAreaField(
        label="What happened?",
        called="what happened",
        rows=4,
        help_text="As the team that noticed it has told you.",
    )


class CloseForm(Form):
    """How a case ends."""

    outcome = RadiosField(label="How does the case end?", called="how the case ends")
    words = TextAreaField(label="In more words", rows=3, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        terms = pack().marac_outcomes
        self.fields["outcome"].choices = terms.choices()
        self.fields["outcome"].widget.hints = {t.code: t.help for t in terms if t.help}
