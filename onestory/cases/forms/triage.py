"""Grading and deciding."""

from onestory.access.models import Kind
from onestory.agencies.pack import pack
from onestory.cases.forms.basis import basis_field, reason_fields, sharing
from onestory.cases.forms.words import terms
from onestory.cases.models import Contact
from onestory.cases.queries.referrals import Offer
from onestory.cases.rules.decisions import SHARED_BY_DEFAULT, Decision, Sharing, Target
from onestory.kernel import forms

Outcome = Contact.Outcome


class GradeForm(forms.Form):
    rag = forms.RadiosField(
        label="How urgent is it?",
        called="how urgent it is",
        choices=lambda: [(grade.code, grade.name) for grade in pack().rag],
    )
    reason = forms.TextField(
        label="Why?", called="why", help_text="So that the next person understands this grade."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["rag"].widget.hints = {grade.code: grade.help for grade in pack().rag}


class DecideForm(forms.Form):
    """What is decided. Where to refer to is asked on the next page."""

    outcome = forms.RadiosField(
        label="What do you decide?",
        called="what you decide",
        choices=Outcome.choices,
        hints={
            Outcome.REFERRAL: "You choose to whom on the next page.",
            Outcome.CHILDRENS_SOCIAL_CARE: "You choose where and why on the next page.",
        },
        reveals={Outcome.NO_FURTHER_ACTION: "nfa_reason", Outcome.ADVICE: "advice_kind"},
    )
    nfa_reason = forms.SelectField(
        label="Reason", called="the reason for no further action", choices=terms("nfa_reasons")
    )
    advice_kind = forms.SelectField(
        label="About", called="what the advice was about", choices=terms("advice_kinds")
    )
    words = forms.TextAreaField(
        label="What should the sender know?", required=False, rows=3, max_length=2000
    )

    def decision(self) -> Decision:
        """The decision that the form says, once it is valid."""
        answers = self.cleaned_data
        return Decision(
            outcome=answers["outcome"],
            reason=answers["nfa_reason"] or answers["advice_kind"],
            words=answers["words"],
        )


class ReferForm(forms.Form):
    """Where to, what goes along, on what basis."""

    targets = forms.CheckboxesField(
        label="Refer to", called="at least one service or team to refer to", small=True
    )
    kinds = forms.CheckboxesField(
        label="What may they see?",
        help_text="Who the survivor is always goes along.",
        required=False,
        small=True,
    )
    words = forms.TextAreaField(
        label="What should they know?", required=False, rows=3, max_length=2000
    )

    def __init__(self, *args, offers: list[Offer], kinds: list[Kind], **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {offer.code: offer for offer in offers}
        asked = self.fields["targets"]
        asked.choices = [(offer.code, offer.name) for offer in offers]
        asked.widget.hints = {offer.code: _hint(offer) for offer in offers}
        ticked = [kind for kind in kinds if kind != Kind.IDENTITY]
        self.fields["kinds"].choices = [(kind.value, kind.label) for kind in ticked]
        self.fields["kinds"].initial = [k.value for k in ticked if k in SHARED_BY_DEFAULT]
        self.fields["basis"] = basis_field("Has the survivor agreed to this?")
        self.fields |= reason_fields()

    def chosen(self) -> tuple[Target, ...]:
        """The targets, each with the ticked kinds of knowledge."""
        kinds = frozenset({Kind.IDENTITY.value, *self.cleaned_data["kinds"]})
        offers = (self.offers[code] for code in self.cleaned_data["targets"])
        return tuple(Target(offer.team, offer.service, kinds) for offer in offers)

    def sharing(self) -> Sharing:
        return sharing(self.cleaned_data)


def _hint(offer: Offer) -> str:
    """Why it is among the first; the others are known by their names."""
    met = [pack().needs.name(code) for code in sorted(offer.met)]
    return f"{offer.about} Meets: {', '.join(met).lower()}." if met else ""
