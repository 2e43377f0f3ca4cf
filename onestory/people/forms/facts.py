"""What is known of somebody, one short form for each kind of fact."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date

from onestory.agencies.pack import pack
from onestory.kernel import forms
from onestory.people.actions import Facts
from onestory.people.actions.identity import EARLIEST_YEAR
from onestory.people.models import SafeContact

SAFE = SafeContact.Safe.choices
NAME = {"required": False, "width": "20", "autocomplete": "off", "spellcheck": False}


def terms(vocabulary: str) -> Callable[[], list[tuple[str, str]]]:
    """What may be chosen today from a vocabulary of the area pack."""
    return lambda: pack().vocabulary(vocabulary).choices()


def _facts(answers: dict) -> Facts:
    known = {each.name for each in fields(Facts)} & answers.keys()
    return Facts(**{name: answers[name] for name in known if answers[name]})


class Page(forms.Form):
    """Blank means not known, so nothing is marked as optional."""

    mark_optional = False


class IdentityForm(Page):
    """Who somebody is."""

    given_name = forms.TextField(label="First name", **NAME)
    family_name = forms.TextField(label="Last name", **NAME)
    other_names = forms.TextAreaField(
        label="Other names",
        help_text="Maiden names, names used elsewhere, what they are called. One on each line.",
        required=False,
        rows=3,
        max_length=400,
        spellcheck=False,
    )
    born_on = forms.DateField(
        label="Date of birth",
        help_text="For example, 27 3 1986",
        required=False,
        not_future=True,
    )
    birth_year = forms.WholeNumberField(
        label="Or only the year of birth",
        called="year of birth",
        required=False,
        width="4",
        min_value=EARLIEST_YEAR,
        max_value=date.max.year,
    )
    sex = forms.RadiosField(label="Sex", choices=terms("sexes"), required=False, small=True)

    def facts(self) -> Facts:
        """What was typed, as the actions take it."""
        return _facts(self.cleaned_data)


class SafeContactForm(Page):
    """Whether, when and how it is safe to reach somebody, and who must not know."""

    safe_to_call = forms.RadiosField(
        label="Is it safe to call?", called="whether it is safe to call", choices=SAFE, inline=True
    )
    when_safe = forms.TextField(
        label="When is it safe?",
        called="when it is safe",
        help_text="For example, Monday to Friday, 10:00 to 14:00. Only times written like this, or “At any "
        "time”, are kept by the clock when word of a message goes out.",
        required=False,
    )
    voicemail = forms.RadiosField(
        label="Is it safe to leave a message?",
        called="whether it is safe to leave a message",
        choices=SAFE,
        inline=True,
    )
    text_messages = forms.RadiosField(
        label="Is it safe to send a text?",
        called="whether it is safe to send a text",
        choices=SAFE,
        inline=True,
    )
    must_not_know = forms.TextAreaField(
        label="Who must not know?",
        called="who must not know",
        help_text="Everybody who must not learn that they have spoken to us.",
        required=False,
        rows=3,
        max_length=1000,
    )
    code_word = forms.TextField(
        label="Code word",
        help_text="What they say when they cannot speak freely.",
        required=False,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )


class PhoneForm(Page):
    """A telephone number, and whether it may be used."""

    number = forms.PhoneField(label="Telephone number")
    safe = forms.RadiosField(
        label="Is it safe to call this number?",
        called="whether it is safe to call this number",
        choices=SAFE,
        inline=True,
    )
    whose = forms.TextField(
        label="Whose is it?",
        called="whose it is",
        help_text="If it is not their own, or others answer it.",
        required=False,
        width="two-thirds",
    )


class AddressForm(Page):
    """Where somebody lives, and whether that must be kept from the person using abuse."""

    confidential = forms.RadiosField(
        label="Must this address be kept from the person using abuse?",
        called="whether this address must be kept from the person using abuse",
        choices=[("yes", "Yes, keep it apart"), ("no", "No, they know it already")],
        hints={"yes": "Only teams to whom the whereabouts are open will see it."},
    )
    lines = forms.TextAreaField(
        label="Address", required=False, rows=3, max_length=300, autocomplete="off"
    )
    postcode = forms.PostcodeField(label="Postcode", required=False)
    locality = forms.SelectField(
        label="Area", choices=terms("localities"), required=False, empty_label="Not known"
    )
    housing = forms.SelectField(
        label="Kind of home", choices=terms("housing"), required=False, empty_label="Not known"
    )


class RelationshipForm(Page):
    """Somebody in their life: on record already, or recorded here."""

    reference = forms.TextField(
        label="Reference, if they are on record already",
        called="reference",
        help_text="For example, K7QF-2M9X. Leave it out to record somebody new.",
        required=False,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )
    given_name = forms.TextField(label="First name", **NAME)
    family_name = forms.TextField(label="Last name", **NAME)
    born_on = forms.DateField(
        label="Date of birth",
        help_text="For example, 27 3 1986",
        required=False,
        not_future=True,
    )
    sex = forms.RadiosField(
        label="Sex", choices=terms("sexes"), required=False, inline=True, small=True
    )
    kind = forms.SelectField(
        label="What they are to this person",
        called="what they are to this person",
        choices=terms("relationships"),
    )
    lives_with = forms.CheckboxField(label="They live together", required=False)
    uses_abuse = forms.CheckboxField(label="They use abuse against this person", required=False)

    def clean(self):
        cleaned = super().clean()
        if not any(cleaned.get(name) for name in ("reference", "given_name", "family_name")):
            self.add_error("reference", "Enter a reference, or a name below")
        return cleaned

    def facts(self) -> Facts:
        """The new person, as the actions take it."""
        return _facts(self.cleaned_data)


class ConfirmForm(forms.Form):
    """Nothing to answer: the button is the answer."""
