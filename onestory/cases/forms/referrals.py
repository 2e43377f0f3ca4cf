"""Answering, declining and withdrawing a referral."""

from onestory.cases.forms.cases import CaseForm
from onestory.cases.forms.words import terms
from onestory.kernel import forms


class AcceptForm(forms.Form):
    words = forms.TextAreaField(
        label="What should the sender know?",
        help_text="For example, who will call, and when.",
        required=False,
        rows=3,
        max_length=2000,
    )
    opens = forms.YesNoField(label="Open a case?", called="whether to open a case", initial=True)


class AcceptCaseForm(CaseForm):
    """The case that is opened on accepting."""

    prefix = "case"


class DeclineForm(forms.Form):
    reason = forms.RadiosField(
        label="Why do you decline?", called="why you decline", choices=terms("decline_reasons")
    )
    words = forms.TextAreaField(
        label="What should the sender know?", required=False, rows=3, max_length=2000
    )


class WithdrawForm(forms.Form):
    reason = forms.RadiosField(
        label="Why do you withdraw it?",
        called="why you withdraw it",
        choices=terms("withdraw_reasons"),
    )
