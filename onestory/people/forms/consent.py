"""Asking for consent, taking it back, sharing without it, and what a team knew on a day."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from onestory.access.models import Answer, Capacity, How, Kind
from onestory.access.rules.consent import fits_age
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel import forms
from onestory.people.forms.facts import Page, terms

# On paper or in words; on their own pages they do it themselves.
HOW = [choice for choice in How.choices if choice[0] != How.OWN_PAGES]


def named(team: Team) -> str:
    """A team as somebody of another would call it."""
    return f"{team.name}, {team.organisation}"


def kinds_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    return [(kind, Kind(kind).label) for kind in codes]


class SharingForm(forms.Form):
    """What would be shared, with whom, what for and how long. Nothing is chosen beforehand: each is
    decided, and where somebody is asked, it is theirs to say."""

    to_team = forms.SelectField(label="With which team?", called="the team that would know")
    kinds = forms.CheckboxesField(label="What would it see?", called="what it would see")
    purpose = forms.SelectField(
        label="What for?", called="what it is for", choices=terms("purposes")
    )
    until = forms.DateField(
        label="Until which day?",
        called="last day",
        help_text="The last day on which it is open. You can ask again.",
        not_past=True,
    )

    def __init__(self, *args, teams: Iterable[Team], kinds: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["to_team"].choices = [(key, named(team)) for key, team in self.teams.items()]
        self.fields["kinds"].choices = kinds_of(kinds)
        self.fields["kinds"].widget.hints = {
            kind: words for kind, words in HINTS.items() if kind in kinds
        }

    @property
    def team(self) -> Team:
        return self.teams[self.cleaned_data["to_team"]]

    @property
    def shared(self) -> dict:
        """What both actions take, whether somebody was asked or not."""
        answers = self.cleaned_data
        return {name: answers[name] for name in ("kinds", "purpose", "until")} | {
            "to_team_id": self.team.pk
        }


HINTS = {
    Kind.IDENTITY: "Without this a team can do little.",
    Kind.SAFE_CONTACT: "Without this a team does not know how it is safe to reach them.",
    Kind.WHEREABOUTS: "Only for a team that must go there, or that keeps them safe.",
    Kind.RISK: "How others judge the danger.",
    Kind.CONDUCT: "What is known of how they treat others.",
}


class ConsentForm(Page):
    """What they answered, how, and who could decide."""

    answer = forms.RadiosField(label="What did they say?", called="what they said")
    how = forms.RadiosField(
        label="How did they let you know?", called="how they let you know", choices=HOW
    )
    capacity = forms.RadiosField(
        label="Who decided, and could they?", called="who decided, and whether they could"
    )
    age_note = forms.TextAreaField(
        label="If you judged it, or somebody decided for them: who, and on what?",
        called="who judged it",
        help_text="Needed for somebody under 16, and for somebody who cannot decide.",
        required=False,
        rows=2,
        max_length=1000,
    )
    words = forms.TextAreaField(
        label="In their own words, if they want it kept",
        called="their own words",
        required=False,
        rows=2,
        max_length=1000,
    )

    def __init__(self, *args, age: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [
            (Answer.GIVEN, "Yes, this may be shared"),
            (Answer.REFUSED, "No"),
        ]
        self.fields["capacity"].choices = [
            choice for choice in Capacity.choices if fits_age(choice[0], age)
        ]


class WithdrawForm(Page):
    """What is taken back, and how they let us know."""

    kinds = forms.CheckboxesField(label="What is taken back?", called="what is taken back")
    how = forms.RadiosField(
        label="How did they let you know?", called="how they let you know", choices=HOW
    )
    words = forms.TextAreaField(
        label="In their own words, if they want it kept",
        called="their own words",
        required=False,
        rows=2,
        max_length=1000,
    )

    def __init__(self, *args, kinds: Iterable[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kinds"].choices = kinds_of(kinds)
        self.fields["kinds"].initial = list(kinds)


class TakeBackForm(Page):
    """A yes that was only noted is taken back, all of it."""

    how = forms.RadiosField(
        label="How did they let you know?", called="how they let you know", choices=HOW
    )


class WithoutForm(SharingForm):
    """The same, on another basis than consent."""

    mark_optional = False
    basis = forms.RadiosField(label="On which legal basis?", called="the legal basis")
    reason = forms.TextAreaField(
        label="Why is it needed, and why no less?",
        called="why it is needed",
        help_text="They will be shown this reason, unless telling them is a danger: you say so below.",
        required=False,
        rows=3,
        max_length=2000,
    )
    second_opinion_by = forms.SelectField(
        label="Who else judged that it is right?", called="who else judged so", required=False
    )
    told = forms.YesNoField(
        label="Have you told them that you share this, and why?",
        called="whether they are told",
        choices=(("yes", "Yes, they know"), ("no", "No: telling them is itself a danger")),
        reveals={"no": "not_told_reason"},
    )
    not_told_reason = forms.TextAreaField(
        label="Why is telling them a danger?",
        called="why telling is a danger",
        help_text="This is kept as your decision. Their own pages will not show this share, until "
        "somebody records that they were told.",
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args, colleagues: Mapping[UUID, str], **kwargs):
        super().__init__(*args, **kwargs)
        allowed = [basis for basis in pack().bases if not basis.consent]
        self.fields["basis"].choices = [
            choice for choice in pack().bases.choices() if choice[0] in {b.code for b in allowed}
        ]
        self.fields["basis"].widget.hints = {b.code: b.help for b in allowed if b.help}
        self.fields["second_opinion_by"].choices = [
            (str(key), name) for key, name in colleagues.items()
        ]
        named = [b.name for b in allowed if b.second_opinion != "none"]
        if named:
            self.fields["second_opinion_by"].help_text = f"Needed for: {'; '.join(named)}."

    @property
    def decided(self) -> dict:
        answers = self.cleaned_data
        second = answers["second_opinion_by"]
        return {
            **self.shared,
            **{name: answers[name] for name in ("basis", "reason", "told")},
            "not_told_reason": answers["not_told_reason"] or "",
            "second_opinion_by": UUID(second) if second else None,
        }


class EndShareForm(Page):
    reason = forms.TextAreaField(label="Why does it end?", called="why it ends", rows=2)


class KnownForm(forms.Form):
    """Which team, on which day."""

    team = forms.SelectField(label="Team", called="team")
    on = forms.DateField(label="Day", called="day", not_future=True)

    def __init__(self, *args, teams: Iterable[Team], **kwargs):
        super().__init__(*args, **kwargs)
        self.teams = {str(team.pk): team for team in teams}
        self.fields["team"].choices = [(key, named(team)) for key, team in self.teams.items()]
