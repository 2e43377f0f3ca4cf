"""Opening, correcting and closing a case, and narrowing a list of them."""

from collections.abc import Mapping

from django.utils import timezone

from onestory.cases.forms.words import terms
from onestory.cases.rules.decisions import CaseFacts
from onestory.kernel import forms


class CaseForm(forms.Form):
    """What is counted of a case."""

    opened_on = forms.DateField(
        label="Opened on",
        called="the day it was opened",
        not_future=True,
        initial=timezone.localdate,
    )
    category = forms.RadiosField(
        label="Category", choices=terms("categories"), inline=True, small=True
    )
    area = forms.SelectField(label="Area", choices=terms("localities"))
    group = forms.RadiosField(
        label="Survivor group", choices=terms("groups"), inline=True, small=True
    )
    abuse = forms.CheckboxesField(
        label="Kind of abuse",
        called="at least one kind of abuse",
        choices=terms("abuse"),
        small=True,
    )
    risk_assessment = forms.SelectField(
        label="Risk assessment",
        choices=terms("risk_assessments"),
        required=False,
        empty_label="Not done",
    )
    referred_by = forms.SelectField(label="Referred by", choices=terms("sources"), required=False)

    def facts(self) -> CaseFacts:
        """What the form says, once it is valid."""
        answers = self.cleaned_data
        return CaseFacts(**{**answers, "abuse": tuple(answers["abuse"])})


class CloseForm(forms.Form):
    closed_on = forms.DateField(
        label="Closed on",
        called="the day it was closed",
        not_future=True,
        initial=timezone.localdate,
    )
    reason = forms.RadiosField(
        label="Why was it closed?", called="why it was closed", choices=terms("close_reasons")
    )


class NarrowForm(forms.Form):
    """Which cases a list shows."""

    mark_optional = False

    year = forms.SelectField(label="Year", required=False, empty_label="All years")
    category = forms.SelectField(
        label="Category", choices=terms("categories"), required=False, empty_label="All"
    )
    area = forms.SelectField(
        label="Area", choices=terms("localities"), required=False, empty_label="All"
    )
    group = forms.SelectField(
        label="Group", choices=terms("groups"), required=False, empty_label="All"
    )
    state = forms.SelectField(
        label="Open or closed",
        choices=(("open", "Open"), ("closed", "Closed")),
        required=False,
        empty_label="Both",
    )

    def __init__(self, *args, years: Mapping[str, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = list(years.items())
