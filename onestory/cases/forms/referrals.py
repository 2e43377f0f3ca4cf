"""Answering, declining and withdrawing a referral."""

from collections.abc import Iterable

from onestory.agencies.models import Service
from onestory.agencies.pack import pack
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
    waits = forms.RadiosField(
        label="When can it begin?",
        called="when it can begin",
        choices=[("no", "There is a place now"), ("yes", "They wait")],
        initial="no",
    )
    opens = forms.YesNoField(label="Open a case?", called="whether to open a case", initial=True)

    def __init__(self, *args, waiting: str = "", **kwargs):
        """`waiting` is what is told to those who wait: their place, and how long it takes."""
        super().__init__(*args, **kwargs)
        if waiting:
            self.fields["waits"].widget.hints = {"yes": waiting}
        else:
            del self.fields["waits"]


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

    offered_instead = forms.RadiosField(
        label="What did you offer instead?",
        called="what you offered instead",
        choices=terms("offered_instead"),
        hints={"another-service": "The navigator asks the survivor about it; nothing is sent yet."},
        reveals={"another-service": "offered_service"},
    )
    offered_service = forms.SelectField(label="Which service?", called="which service")

    def __init__(self, *args, services: Iterable[Service], **kwargs):
        super().__init__(*args, **kwargs)
        self.services = {service.code: service for service in services}
        self.fields["offered_service"].choices = [
            (code, f"{service.name}, {service.team}") for code, service in self.services.items()
        ]
        if not pack().offered_instead:
            del self.fields["offered_instead"], self.fields["offered_service"]

    def clean(self):
        answers = super().clean()
        answers["offered_service"] = self.services.get(answers.get("offered_service") or "")
        return answers


class ReturnForm(forms.Form):
    reason = forms.RadiosField(
        label="Why do you give them back?",
        called="why you give them back",
        choices=terms("return_reasons"),
    )
    words = forms.TextAreaField(
        label="What should the sender know?", required=False, rows=3, max_length=2000
    )


class CloseServiceForm(forms.Form):
    """What becomes of those who wait for a service that closes."""

    what = forms.RadiosField(
        label="What becomes of those who wait?", called="what becomes of those who wait"
    )
    to_service = forms.SelectField(label="Which service?", called="which service")
    words = forms.TextAreaField(
        label="What should the senders know?", required=False, rows=3, max_length=2000
    )

    def __init__(self, *args, others: Iterable[Service], waiting: int, **kwargs):
        super().__init__(*args, **kwargs)
        elsewhere = [(str(one.pk), one.name) for one in others]
        asked = self.fields["what"]
        asked.choices = [("return", "They are given back to whoever referred them")]
        if elsewhere:
            asked.choices = [*asked.choices, ("move", "They wait for another service of ours")]
            asked.reveals = {"move": "to_service"}
            self.fields["to_service"].choices = elsewhere
        else:
            del self.fields["to_service"]
        if not waiting:
            for name in ("what", "to_service", "words"):
                self.fields.pop(name, None)

    def clean(self):
        return {"words": ""} | super().clean()


class WithdrawForm(forms.Form):
    reason = forms.RadiosField(
        label="Why do you withdraw it?",
        called="why you withdraw it",
        choices=terms("withdraw_reasons"),
    )
