"""The forms of the directory: looking for a service, and keeping one's own entry."""

from collections.abc import Callable

from django.core.exceptions import ValidationError

from onestory.agencies.area.offered import PLACES_PER, ROUTES
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.agencies.queries import Filters
from onestory.agencies.rules import opening
from onestory.agencies.rules.listing import FIELDS
from onestory.kernel import forms

Choices = list[tuple[str, str]]
ROUTE_HINTS = {"named-teams": "Choose the teams below"}


def terms(vocabulary: str) -> Callable[[], Choices]:
    """The terms of a vocabulary of the area pack that may be chosen today."""
    return lambda: pack().vocabulary(vocabulary).choices()


def _sexes() -> Choices:
    return [(term.code, term.name) for term in pack().sexes if term.said]


def _teams() -> Choices:
    return sorted(((team.code, team.name) for team in pack().teams.values()), key=lambda t: t[1])


class FilterForm(forms.Form):
    """What narrows the directory."""

    mark_optional = False
    need = forms.SelectField(
        label="Need", choices=terms("needs"), required=False, empty_label="Any need"
    )
    locality = forms.SelectField(
        label="Lives in", choices=terms("localities"), required=False, empty_label="Anywhere"
    )
    age = forms.WholeNumberField(label="Age", required=False, max_value=120, width="3")
    words = forms.TextField(label="Words", required=False, width="20")

    def filters(self) -> Filters:
        """What was asked for; what cannot be read narrows nothing."""
        return Filters(**self.cleaned_data) if self.is_valid() else Filters()


class OpeningField(forms.TextAreaField):
    """Opening times, a line each, read into the form that they are kept in."""

    def prepare_value(self, value):
        return "\n".join(map(opening.in_words, value)) if isinstance(value, list) else value

    def clean(self, value):
        try:
            return opening.read(super().clean(value))
        except ValueError as error:
            raise ValidationError(
                f"‘{error}’ cannot be read. Write it like ‘Monday to Friday 9am to 5pm’"
            ) from None


def _several(label: str, choices, **more) -> forms.CheckboxesField:
    return forms.CheckboxesField(label=label, choices=choices, required=False, small=True, **more)


class ServiceForm(forms.Form):
    """Everything that a team says of its service."""

    summary = forms.TextAreaField(label="What it does", rows=2, max_length=400)
    for_whom = forms.TextAreaField(label="Who it is for", rows=2, max_length=400)
    needs = _several("Which needs it meets", terms("needs"))
    notes = forms.TextAreaField(
        label="Good to know before you come", rows=2, max_length=600, required=False
    )
    age_from = forms.WholeNumberField(
        label="Youngest age", max_value=120, width="3", required=False
    )
    age_to = forms.WholeNumberField(label="Oldest age", max_value=120, width="3", required=False)
    sexes = _several("Only for", _sexes, help_text="Leave empty if it is for everybody")
    residents_only = forms.CheckboxField(
        label="Only for people who live in the area", required=False
    )
    localities = _several(
        "Only for people who live in", terms("localities"), help_text="Leave empty for anywhere"
    )
    languages = _several("Languages that somebody there speaks", terms("languages"))
    interpreters = forms.CheckboxField(label="Interpreters can be booked", required=False)
    no_recourse = forms.YesNoField(
        label="Can it help somebody with no recourse to public funds?",
        required=False,
        inline=True,
        small=True,
    )
    routes = forms.CheckboxesField(
        label="How people come to it",
        called="how people come to it",
        choices=list(ROUTES.items()),
        hints=ROUTE_HINTS,
        small=True,
    )
    referred_by = _several("Teams that may refer, if only certain teams may", _teams)
    accepting = forms.CheckboxField(label="Takes new people at present", required=False)
    wait_days = forms.WholeNumberField(
        label="Present wait",
        called="the present wait",
        help_text="From being accepted to the first session. Leave it empty if you cannot say; 0 if "
        "there is none",
        max_value=3650,
        width="4",
        suffix="days",
        required=False,
    )
    places = forms.WholeNumberField(
        label="How many people it has room for", width="5", min_value=1, required=False
    )
    places_per = forms.RadiosField(
        label="That is", choices=list(PLACES_PER.items()), inline=True, small=True, required=False
    )
    phone = forms.TextField(label="Telephone", width="20", required=False, max_length=40)
    email = forms.EmailField(label="E-mail", required=False)
    website = forms.TextField(
        label="Website", required=False, help_text="Like https://www.example.org"
    )
    opening = OpeningField(
        label="Opening times",
        help_text="A line each, like ‘Monday to Friday 9am to 5pm’ or ‘Every day 24 hours’",
        rows=3,
        required=False,
    )
    confidential = forms.CheckboxField(
        label="Where it is must not be known",
        help_text="Then the directory holds no address, for anybody",
        required=False,
    )
    address = forms.TextAreaField(label="Address", rows=3, max_length=400, required=False)
    postcode = forms.TextField(label="Postcode", width="10", required=False, max_length=10)
    listed = forms.CheckboxField(label="Show it on the public pages", required=False)
    funder = forms.TextField(label="Paid for by", required=False)
    contract = forms.TextField(label="Contract", required=False)
    funded_until = forms.DateField(label="Paid for until", required=False)

    def clean_website(self) -> str:
        site = self.cleaned_data["website"]
        if site and not site.startswith(("https://", "http://")):
            raise ValidationError("Begin the website with https://")
        return site

    def clean(self) -> dict:
        """A number of places needs to say of what, and nothing is counted of none."""
        values = super().clean()
        if values.get("places") and not values.get("places_per"):
            self.add_error("places_per", "Select whether that is a year or at once")
        if not values.get("places"):
            values["places_per"] = ""
        return values

    def values(self) -> dict:
        """The entry as it is to be kept."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    @classmethod
    def of(cls, service: Service) -> dict:
        """What the form begins with."""
        return {name: getattr(service, name) for name in FIELDS}
