"""Finding, joining, asking and answering."""

from onestory.agencies.pack import pack
from onestory.kernel import forms
from onestory.people.forms.facts import Page, terms
from onestory.people.models import MatchNotice
from onestory.people.rules.search import LONGEST_TEXT, parse


class FindForm(forms.Form):
    """One box for everything. What is typed never becomes part of an address."""

    text = forms.TextField(
        label="Name, date of birth, phone, address or reference",
        called="what you know of the person",
        help_text="In any order. Spelling need not be right. For example, Sara Holis 14/6/88",
        max_length=LONGEST_TEXT,
        autocomplete="off",
        spellcheck=False,
        width="two-thirds",
    )

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if not parse(text):
            self.add_error(
                "text", "Enter a name, a date of birth, a phone, an address or a reference"
            )
        return text


class JoinForm(forms.Form):
    """A decision that two records are of one human being."""

    keep = forms.RadiosField(label="Which record is kept?", called="which record is kept")
    reason = forms.TextAreaField(
        label="Why are these two records of one person?",
        called="why these two records are of one person",
        rows=3,
        max_length=1000,
    )

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["keep"].choices = records


class UndoJoinForm(forms.Form):
    """A decision that they are of two after all."""

    reason = forms.TextAreaField(
        label="Why are these two records of two people?",
        called="why these two records are of two people",
        rows=3,
        max_length=1000,
    )


class SettleForm(forms.Form):
    """What came of a possible match with another team's record."""

    how = forms.RadiosField(
        label="What came of it?", called="what came of it", choices=MatchNotice.Outcome.choices
    )


class AskForm(forms.Form):
    """Why a team needs what is closed to it."""

    purpose = forms.SelectField(
        label="What does your team need it for?",
        called="what your team needs it for",
        choices=terms("purposes"),
    )
    words = forms.TextAreaField(
        label="Why do you need to see it?",
        called="why you need to see it",
        help_text="Those who hold it read this. Say only as much as they need to decide.",
        rows=4,
        max_length=1000,
    )


class AnswerForm(Page):
    """Yes, on a basis; or no, and why."""

    agreed = forms.YesNoField(
        label="Open it to this team?",
        called="whether to open it to this team",
        reveals={"yes": "basis", "no": "answer"},
    )
    basis = forms.RadiosField(label="On what basis?", called="the basis", choices=terms("bases"))
    reason = forms.TextAreaField(
        label="Reason for sharing, where the survivor has not agreed",
        called="the reason for sharing",
        required=False,
        rows=3,
        max_length=1000,
    )
    answer = forms.TextAreaField(label="Why not?", called="why not", rows=3, max_length=1000)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["basis"].widget.hints = {
            term.code: term.help for term in pack().bases if term.help
        }
