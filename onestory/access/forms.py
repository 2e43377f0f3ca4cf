"""Forms of emergency openings, barrings and the record."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone

from onestory.access import queries
from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel import forms
from onestory.kernel.ids import read_reference


class ReferenceField(forms.TextField):
    """A person's reference, as somebody read it out."""

    words = {"invalid": "Enter {the_called} as eight letters and numbers, like K7QF-2M9X"}

    def __init__(self, **kwargs):
        options = {"autocomplete": "off", "spellcheck": False, "width": "10"}
        super().__init__(**(options | kwargs))

    def clean(self, value):
        typed = super().clean(value)
        reference = read_reference(typed) if typed else typed
        if reference is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return reference


class Reference(forms.Form):
    """Whose record?"""

    reference = ReferenceField(
        label="Reference of the person",
        called="reference",
        help_text="Eight letters and numbers, like K7QF-2M9X. Capitals and dashes do not matter.",
    )


class Emergency(forms.Form):
    """Why a record has to be opened now, and for which team."""

    def __init__(self, *args, by: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        teams = [
            (str(hat.team_id), hat.team_name)
            for hat in by.hats
            if Permission.BREAK_GLASS in hat.permissions
        ]
        if len(teams) > 1:
            self.fields["team"] = forms.RadiosField(
                label="Which team are you working for now?",
                called="the team you are working for",
                choices=teams,
            )
            self.order_fields(["reference", "team"])
        self.only_team = teams[0][0] if len(teams) == 1 else None
        self.fields["reason"].choices = pack().break_glass_reasons.choices()

    reason = forms.RadiosField(label="Why must it be opened now?", called="the reason")
    words = forms.TextAreaField(
        label="What is happening?",
        called="what is happening",
        help_text="In a sentence or two, for the guardian who reviews this. Leave names out.",
        max_length=1000,
        rows=3,
    )

    @property
    def team_id(self) -> str:
        return self.only_team or self.cleaned_data["team"]


class EmergencyByReference(Emergency):
    """The same, for somebody whose record one cannot see at all."""

    reference = ReferenceField(
        label="Reference of the person",
        called="reference",
        help_text="Eight letters and numbers, like K7QF-2M9X, as somebody who sees the record "
        "reads them to you.",
    )
    field_order = ["reference"]


class Review(forms.Form):
    """A guardian's judgement."""

    justified = forms.YesNoField(
        label="Was it right to open this record?",
        called="whether it was right",
        choices=(("yes", "Yes, it was right"), ("no", "No, it was not: it closes at once")),
        inline=False,
    )
    finding = forms.TextAreaField(
        label="What did you find?",
        called="what you found",
        help_text="Whom you spoke to, and why you judge it so. Leave names of survivors out.",
        rows=4,
    )


class Bar(forms.Form):
    """Who may not see a record, and why."""

    user = forms.SelectField(
        label="Who may not see this record?",
        called="who may not see it",
        help_text="They will find nothing of it, and will not learn that it is closed to them.",
    )
    reason = forms.TextAreaField(
        label="Why?",
        called="why",
        help_text="For example: her brother; a neighbour. Those who may see the record read this.",
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args, by: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in queries.staff(by) if user.pk != by.user_id}
        self.fields["user"].choices = [
            (key, f"{user.name} ({user.email})") for key, user in self.people.items()
        ]


class Member(forms.Form):
    """Whose doings, in which time. Without days, the last seven."""

    user = forms.SelectField(label="Member of staff", called="member of staff")
    since = forms.DateField(label="From", called="first day", required=False, not_future=True)
    until = forms.DateField(label="To", called="last day", required=False)

    def __init__(self, *args, by: Actor, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].choices = [
            (str(user.pk), f"{user.name} ({user.email})") for user in queries.everybody(by)
        ]

    def clean(self):
        found = super().clean()
        until = found.get("until") or timezone.localdate()
        since = found.get("since") or until - timedelta(days=6)
        if since > until:
            self.add_error("until", "The last day must be the same as or after the first day")
        return found | {"since": since, "until": until}
