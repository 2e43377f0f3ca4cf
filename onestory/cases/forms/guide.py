"""What the guide must know: an age and a few circumstances, nothing that says who it is."""

from onestory.cases.rules.guide import AGES, COMPETENT, SITUATIONS, Told
from onestory.kernel import forms


class GuideForm(forms.Form):
    mark_optional = False

    age = forms.RadiosField(label="How old are they?", called="how old they are", choices=AGES)
    competent = forms.RadiosField(
        label="If they are 13 to 15: do they understand what their choice means?",
        help_text="What has happened, and what could follow from telling and from not telling. "
        "Professionals call it Gillick competent.",
        choices=COMPETENT,
        required=False,
    )
    situations = forms.CheckboxesField(
        label="What else is so?",
        help_text="Tick all that apply.",
        choices=SITUATIONS,
        required=False,
        small=True,
    )

    def told(self) -> Told:
        """Only a child of 13 to 15 is asked whether they are competent."""
        given = self.cleaned_data
        more = {given["competent"]} if given["age"] == "13-15" and given["competent"] else set()
        return Told(given["age"], frozenset({*given["situations"], *more}))
