"""The questions that the public pages ask, in words for somebody of eleven."""

from collections.abc import Callable, Mapping

from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel import forms
from onestory.public.rules import steps, telling
from onestory.public.rules.steps import Answers

Fields = dict[str, forms.TextField]
LONGEST_WORDS = 6000


class StepForm(forms.Form):
    """One page of asking: its questions depend on what was answered before."""

    def __init__(self, step: str, answers: Answers, data: Mapping | None = None):
        super().__init__(data, initial=answers.get(step))
        self.fields.update(FIELDS[step](answers))

    @property
    def has_something(self) -> bool:
        """Whether anything was typed or chosen on the page."""
        return any(self[name].data not in (None, "", []) for name in self.fields)


class AgreeForm(forms.Form):
    """The last question before it is sent."""

    agree = forms.CheckboxField(label="Yes, they may read this")


class BackForm(forms.Form):
    """Reference and code."""

    reference = forms.TextField(
        label="Your reference", spellcheck=False, autocomplete="off", width="10", max_length=20
    )
    code = forms.TextField(
        label="Your code", spellcheck=False, autocomplete="off", width="10", max_length=20
    )


class FindForm(forms.Form):
    """What narrows the list of services."""

    mark_optional = False
    need = forms.SelectField(
        label="What do you need?",
        choices=lambda: pack().needs.choices(),
        required=False,
        empty_label="Any help",
    )
    locality = forms.SelectField(
        label="Where do you live?",
        choices=lambda: pack().localities.choices(),
        required=False,
        empty_label="Anywhere",
    )
    age = forms.WholeNumberField(label="How old are you?", max_value=120, width="3", required=False)


def _pick(answers: Answers, mine: str, theirs: str) -> str:
    return theirs if steps.for_other(answers) else mine


def _who(answers: Answers) -> Fields:
    choices = [("me", "I do"), ("other", "Somebody else does")]
    return {"who": forms.RadiosField(label="Who needs support?", heading=True, choices=choices)}


def _now(answers: Answers) -> Fields:
    return {
        "danger": forms.YesNoField(
            label=_pick(answers, "Are you in danger right now?", "Are they in danger right now?"),
            heading=True,
            help_text="If yes, call 999. If it is not safe to speak, stay on the line and press 55.",
        )
    }


def _age(answers: Answers) -> Fields:
    return {
        "age": forms.RadiosField(
            label=_pick(answers, "How old are you?", "How old are they?"),
            heading=True,
            help_text="If somebody is under 18, we may have to tell the people who keep children "
            "safe. We say so first if we can.",
            choices=list(telling.AGES.items()),
        )
    }


def _what(answers: Answers) -> Fields:
    return {
        "harms": forms.CheckboxesField(
            label="What is happening, or happened before?",
            called="what is happening",
            heading=True,
            help_text="Tick all that fit.",
            choices=[(harm.code, harm.words) for harm in pack().asking.harms],
        )
    }


def _most(answers: Answers) -> Fields:
    return {
        "need": forms.RadiosField(
            label="What would help most?",
            heading=True,
            choices=[(one.need, one.words) for one in pack().asking.helps],
        )
    }


def _words(answers: Answers) -> Fields:
    return {
        "words": forms.TextAreaField(
            label="Is there more that you want to tell us?",
            called="what you write",
            heading=True,
            help_text="You can use your own words and your own language. You can leave it empty.",
            rows=8,
            max_length=LONGEST_WORDS,
            required=False,
        )
    }


def _name(answers: Answers) -> Fields:
    return {
        "first": forms.TextField(label="First name", required=False, autocomplete="off"),
        "last": forms.TextField(label="Last name", required=False, autocomplete="off"),
    }


def _told(answers: Answers) -> Fields:
    return {"knows": forms.YesNoField(label="Do they know that you ask us?", heading=True)}


def _you(answers: Answers) -> Fields:
    return {
        "name": forms.TextField(label="Your name", required=False, autocomplete="off"),
        "phone": forms.PhoneField(label="Your number", required=False, autocomplete="off"),
    }


def _reach(answers: Answers) -> Fields:
    return {
        "reach": forms.RadiosField(
            label="How can we reach you?",
            heading=True,
            choices=[
                ("call", "Call me"),
                ("text", "Send me a text"),
                ("none", "Do not call or write. I will come back here"),
            ],
        )
    }


def _number(answers: Answers) -> Fields:
    return {
        "phone": forms.PhoneField(
            label="What number can we use?",
            called="a number",
            heading=True,
            help_text="It must be a phone that nobody else looks at.",
            autocomplete="off",
        )
    }


def _when(answers: Answers) -> Fields:
    return {
        "when": forms.TextField(
            label="When is it safe?",
            called="when it is safe",
            heading=True,
            help_text="For example: Monday to Friday, 10am to 2pm. Or: any time.",
        )
    }


def _voice(answers: Answers) -> Fields:
    return {
        "voice": forms.YesNoField(
            label="Can we leave a voice message?",
            heading=True,
            help_text="If you say no, we hang up when nobody picks up.",
        )
    }


def _keep(answers: Answers) -> Fields:
    return {
        "must_not_know": forms.TextField(
            label="Who must not know about this?",
            heading=True,
            help_text="For example: my husband, and his sister who works for the council.",
            required=False,
        )
    }


def _door(answers: Answers) -> Fields:
    proposed = telling.propose_door(pack(), answers)
    teams = Team.objects.filter(front_door=True, ended_on=None).select_related("organisation")
    order = sorted(teams, key=lambda team: (team.code != proposed, team.name))
    return {
        "team": forms.RadiosField(
            label="Who should read this?",
            called="who should read this",
            heading=True,
            help_text="The first one fits best. Choose another if you know somebody who works "
            "there.",
            choices=[(team.code, f"{team.name}, {team.organisation.name}") for team in order],
            initial=proposed,
        )
    }


FIELDS: dict[str, Callable[[Answers], Fields]] = {
    "who": _who,
    "now": _now,
    "age": _age,
    "what": _what,
    "most": _most,
    "words": _words,
    "name": _name,
    "told": _told,
    "you": _you,
    "reach": _reach,
    "number": _number,
    "when": _when,
    "voice": _voice,
    "keep": _keep,
    "door": _door,
}
