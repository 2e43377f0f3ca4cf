"""The pages on which a contact is recorded. Only what nobody can act without must be answered."""

from collections.abc import Mapping

from onestory.agencies.pack import pack
from onestory.cases.forms.basis import basis_field, reason_fields
from onestory.cases.forms.words import terms
from onestory.kernel import forms
from onestory.people.models import SafeContact

SAFE = SafeContact.Safe.choices
OLDEST = 120


class Page(forms.Form):
    """A page of the flow. Blank means not known, so nothing is marked as optional."""

    mark_optional = False


class FindForm(Page):
    """Search before recording: one box for a name, a birth, a number, an address."""

    text = forms.TextField(
        label="Name, date of birth, telephone or address",
        called="something to search for",
        help_text="As much as you know, in any order. Spelling need not be right. "
        "For example: Rowan Teale 17/5/1991 Dock Road",
        max_length=200,
        autocomplete="off",
        spellcheck=False,
    )


class WhoPage(Page):
    """Whom it is about. Where the person is known, only how to reach them is asked."""

    OF_IDENTITY = ("given_name", "family_name", "other_names", "born_on", "age", "sex")

    given_name = forms.TextField(
        label="First name", required=False, width="20", autocomplete="off", spellcheck=False
    )
    family_name = forms.TextField(
        label="Last name", required=False, width="20", autocomplete="off", spellcheck=False
    )
    other_names = forms.TextField(
        label="Other names",
        help_text="A maiden name, or what they are called.",
        required=False,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )
    born_on = forms.DateField(
        label="Date of birth",
        help_text="For example, 27 3 1986. If you only know the age, give that instead.",
        required=False,
        not_future=True,
    )
    age = forms.WholeNumberField(
        label="Or age, about", called="age", required=False, max_value=OLDEST, width="3"
    )
    sex = forms.RadiosField(
        label="Sex", choices=terms("sexes"), required=False, inline=True, small=True
    )
    phone = forms.PhoneField(label="Telephone", required=False)
    lines = forms.TextField(
        label="Address", help_text="House and street.", required=False, autocomplete="off"
    )
    postcode = forms.PostcodeField(label="Postcode", required=False)
    locality = forms.SelectField(
        label="Area", choices=terms("localities"), required=False, empty_label="Not known"
    )
    housing = forms.SelectField(
        label="Kind of home", choices=terms("housing"), required=False, empty_label="Not known"
    )
    confidential = forms.CheckboxField(
        label="The person using abuse must not learn this address",
        help_text="It is then kept apart, and goes with the contact only if you say so.",
        required=False,
    )

    def __init__(self, *args, known: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        if known:
            for name in self.OF_IDENTITY:
                del self.fields[name]


class MemberForm(Page):
    """One person in the survivor's life."""

    LIVES, USES_ABUSE = "lives", "abuse"

    given_name = forms.TextField(
        label="First name", required=False, width="20", autocomplete="off", spellcheck=False
    )
    family_name = forms.TextField(
        label="Last name", required=False, width="20", autocomplete="off", spellcheck=False
    )
    relationship = forms.SelectField(
        label="Who are they to the survivor?",
        called="who they are to the survivor",
        choices=terms("relationships"),
        required=False,
    )
    born_on = forms.DateField(label="Date of birth", required=False, not_future=True)
    age = forms.WholeNumberField(
        label="Or age, about", called="age", required=False, max_value=OLDEST, width="3"
    )
    which = forms.CheckboxesField(
        label="Tick what is true of them",
        choices=((LIVES, "Lives in the same home"), (USES_ABUSE, "Uses abuse")),
        initial=[LIVES],
        required=False,
        small=True,
    )

    def clean(self):
        answers = super().clean()
        named = answers.get("given_name") or answers.get("family_name") or answers.get("age")
        if (named or answers.get("born_on")) and not answers.get("relationship"):
            self.add_error("relationship", "Select who they are to the survivor, or ‘Not known’")
        return answers


class SafePage(Page):
    """Whether, when and how it is safe to reach them."""

    safe_to_call = forms.RadiosField(
        label="Is it safe to call?", called="whether it is safe to call", choices=SAFE, inline=True
    )
    when_safe = forms.TextField(
        label="When is it safe?",
        help_text="For example, weekdays between 9:30 and 2:30.",
        required=False,
    )
    voicemail = forms.RadiosField(
        label="May a voicemail be left?",
        choices=SAFE,
        initial=SafeContact.Safe.UNKNOWN,
        required=False,
        inline=True,
        small=True,
    )
    text_messages = forms.RadiosField(
        label="May a text message be sent?",
        choices=SAFE,
        initial=SafeContact.Safe.UNKNOWN,
        required=False,
        inline=True,
        small=True,
    )
    code_word = forms.TextField(
        label="Code word",
        help_text="What is said so that they know who is calling.",
        required=False,
        width="20",
        autocomplete="off",
    )
    must_not_know = forms.TextField(
        label="Who must not know?",
        help_text="Anybody who must not learn that they asked for help: names, or who they are.",
        required=False,
    )


class HappenedPage(Page):
    """What happened, and whether anybody is in danger."""

    danger_now = forms.RadiosField(
        label="Is anybody in danger now?",
        choices=(("yes", "Yes"), ("no", "No"), ("unknown", "Not known")),
        required=False,
        inline=True,
    )
    abuse = forms.CheckboxesField(
        label="What kind of abuse?",
        called="at least one kind of abuse",
        help_text="Tick all that apply.",
        choices=terms("abuse"),
        small=True,
    )
    children_in_home = forms.RadiosField(
        label="Are there children in the home?",
        choices=(("yes", "Yes"), ("no", "No"), ("unknown", "Not known")),
        required=False,
        inline=True,
    )
    words = forms.TextAreaField(
        label="What were you told?",
        help_text="In their words if you can. Leave out what is already ticked.",
        required=False,
        rows=4,
    )


class NeedsPage(Page):
    """What brought them, and what else they need."""

    presenting_need = forms.SelectField(
        label="What do they need first?",
        called="the need that came first",
        help_text="Choose one.",
        choices=terms("needs"),
    )
    contributory_needs = forms.CheckboxesField(
        label="What else do they need?",
        help_text="Tick as many as you like.",
        choices=terms("needs"),
        required=False,
        small=True,
    )
    wishes_asked = forms.RadiosField(
        label="Did you ask them what they want?",
        choices=(("yes", "Yes"), ("not-yet", "Not yet")),
        required=False,
        inline=True,
    )
    wishes = forms.TextAreaField(
        label="What do they want to happen?", required=False, rows=3, max_length=2000
    )


class SharingPage(Page):
    """Who should act, and what allows it to be passed on."""

    to_team = forms.RadiosField(label="Who should act?", called="who should act")
    source = forms.SelectField(
        label="Counted as coming from", called="who it comes from", choices=terms("sources")
    )
    channel = forms.SelectField(
        label="How it came", called="how it came", choices=terms("channels")
    )
    share_whereabouts = forms.CheckboxField(
        label="Pass on the confidential address as well", required=False
    )

    def __init__(self, *args, confidential: bool = False, draft=None, **kwargs):
        super().__init__(*args, **kwargs)
        doors = [team for team in pack().teams.values() if team.front_door]
        self.fields["to_team"].choices = [(door.code, door.name) for door in doors]
        self.fields["to_team"].widget.hints = {door.code: door.about for door in doors}
        self.fields["basis"] = basis_field("Has the survivor agreed that you pass this on?")
        self.fields |= reason_fields()
        self.order_fields(["to_team", "basis", "share_whereabouts"])
        if not confidential:
            del self.fields["share_whereabouts"]
        # Only now are all the fields there that a draft may fill.
        if draft and not self.is_bound:
            self._restore(draft)


FORMS: Mapping[str, type[Page]] = {
    "who": WhoPage,
    "household": MemberForm,
    "safe": SafePage,
    "happened": HappenedPage,
    "needs": NeedsPage,
    "sharing": SharingPage,
}
PAGES = tuple(FORMS)
