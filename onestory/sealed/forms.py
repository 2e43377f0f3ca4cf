"""What is asked of somebody who is not named, and of the code that is theirs."""

from django.utils import timezone

from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.cases.forms.words import terms
from onestory.cases.rules.guide import AGES
from onestory.kernel import forms
from onestory.sealed.actions import Told

LONG = 20_000


class AccountForm(forms.Form):
    """Nothing here asks who they are."""

    age = forms.RadiosField(
        label="How old are they, about?", called="how old they are", choices=AGES, inline=True
    )
    abuse = forms.CheckboxesField(
        label="What kind of abuse?",
        called="at least one kind of abuse",
        choices=terms("abuse"),
        small=True,
    )
    words = forms.TextAreaField(
        label="What do they want written down?",
        help_text="In their own words. No names, numbers or addresses: not theirs, and not those "
        "of the person who hurts them.",
        required=False,
        rows=6,
        max_length=LONG,
    )
    wants = forms.TextAreaField(
        label="What do they want to happen?", required=False, rows=3, max_length=LONG
    )
    reach = forms.TextField(
        label="May anybody reach them, and how?",
        help_text="Leave it empty and nobody will. For example: through the school nurse.",
        required=False,
        max_length=300,
    )

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(**{**given, "abuse": tuple(given["abuse"])})


class EvidenceForm(forms.Form):
    kind = forms.RadiosField(
        label="What is kept?", called="what is kept", choices=terms("evidence_kinds"), small=True
    )
    held_by = forms.TextField(
        label="Who keeps it, and where?", called="who keeps it", help_text="A place, not a person."
    )
    mark = forms.TextField(
        label="Number on the bag or box", required=False, max_length=60, width="20"
    )
    keep_until = forms.DateField(
        label="Kept until",
        called="the day until which it is kept",
        help_text="Ask them to write to you before they let it go.",
    )


class LongerForm(forms.Form):
    keep_until = forms.DateField(
        label="Kept until", called="the day until which it is kept from now on"
    )


class EndForm(forms.Form):
    reason = forms.TextField(label="What became of it?", called="what became of it")


class FactsForm(forms.Form):
    """One field for each fact that the area has agreed to compare."""

    mark_optional = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for fact in pack().sealed_facts:
            self.fields[fact.code] = forms.TextField(
                label=fact.name,
                help_text=fact.help,
                required=False,
                width="20",
                autocomplete="off",
                spellcheck=False,
            )


class CodeForm(forms.Form):
    """Whatever the survivor alone may decide begins with the code that only she has."""

    code = forms.TextField(
        label="Their code",
        called="their code",
        help_text="They type it themselves, or read it out. For example: 7KQFR-2M9XW.",
        width="20",
        autocomplete="off",
        spellcheck=False,
        max_length=40,
    )


class ReleaseForm(CodeForm):
    """Which team, what for, until when."""

    team = forms.SelectField(label="Which team may see it?", called="which team may see it")
    purpose = forms.SelectField(
        label="What for?", called="what it is for", choices=terms("purposes")
    )
    until = forms.DateField(label="Until when?", called="the day until which they may see it")

    def __init__(self, *args, own_team, **kwargs):
        super().__init__(*args, **kwargs)
        teams = Team.objects.filter(receives_referrals=True, ended_on=None).exclude(pk=own_team)
        self.fields["team"].choices = [
            (str(team.pk), f"{team.name} ({team.organisation})")
            for team in teams.select_related("organisation").order_by("name")
        ]
        self.order_fields(["words", "team", "purpose", "until", "code"])


class ElsewhereForm(ReleaseForm):
    """She is with another worker than the one who keeps her account."""

    pseudonym = forms.TextField(
        label="Their pseudonym",
        called="their pseudonym",
        help_text="Two words and a number, like amber-heron-417.",
        width="20",
        autocomplete="off",
        spellcheck=False,
        max_length=80,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, own_team=None, **kwargs)
        self.order_fields(["pseudonym", "code", "team", "purpose", "until"])


class SlipForm(ReleaseForm):
    words = forms.TextAreaField(
        label="What may be passed on?",
        called="what may be passed on",
        help_text="Read it to them before you send it. Nothing that says who they are: no age, "
        "school or day that only fits one person.",
        rows=5,
        max_length=LONG,
    )


class DestroyForm(CodeForm):
    sure = forms.CheckboxField(
        label="They know that it cannot be brought back", called="that they know"
    )


def soon(day) -> bool:
    """Whether evidence kept until then needs somebody's care."""
    return (day - timezone.localdate()).days <= pack().sealed.warn_days
