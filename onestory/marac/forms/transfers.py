"""Handing a case to another area, and opening one that comes from there."""

from collections.abc import Iterable

from onestory.agencies.pack import pack
from onestory.kernel.forms import (
    FileField,
    Form,
    RadiosField,
    SelectField,
    TextAreaField,
    TextField,
    YesNoField,
)
from onestory.marac.models import Referral, TransferOut
from onestory.marac.rules.transfer import LARGEST

ELSEWHERE = "elsewhere"
NEW = "new"


class SendForm(Form):
    """To whom a case goes, on what it rests, and what they must know."""

    to = RadiosField(
        label="Which MARAC receives it?",
        called="the MARAC that receives it",
        reveals={ELSEWHERE: "to_name"},
    )
    to_name = TextField(label="Its name", called="the name of the MARAC")
    to_contact = TextField(
        label="Its secure address",
        called="its secure address",
        required=False,
        help_text="Ring them first, on a number that you looked up yourself.",
    )
    basis = RadiosField(label="On what does it rest?", called="on what it rests")
    reason = TextAreaField(
        label="Why must they know, and no more than this?", called="why they must know", rows=3
    )
    agrees = RadiosField(
        label="Does the survivor agree?",
        called="whether the survivor agrees",
        choices=Referral.Agrees.choices,
    )
    told = YesNoField(
        label="Have you told the survivor?",
        called="whether you have told the survivor",
        reveals={"no": "not_told_reason"},
    )
    not_told_reason = TextAreaField(label="Why not?", called="why the survivor is not told", rows=2)
    words = TextAreaField(
        label="Handover",
        called="the handover",
        rows=6,
        help_text="What the IDVA there must know first: what the danger is now, who works with "
        "them, what was left open. Nothing of where they live.",
    )
    contact = RadiosField(
        label="Does the file say how they are safely reached?",
        called="whether the file says how they are reached",
        choices=TransferOut.Contact.choices,
        help_text="Not unless they agreed to exactly this, or could not be kept safe without it.",
    )
    contact_words = TextAreaField(
        label="How they are safely reached",
        rows=3,
        required=False,
        help_text="It goes into the file, and is kept nowhere here.",
    )
    contact_reason = TextAreaField(
        label="Why they could not be kept safe without it", rows=2, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        known = pack().marac_elsewhere
        self.fields["to"].choices = [*known.choices(), (ELSEWHERE, "Another one")]
        self.fields["to"].widget.hints = {
            one.code: one.contact or "No secure address of theirs is kept: type it below."
            for one in known
        }
        self.fields["basis"].choices = pack().bases.choices()

    @property
    def to_whom(self) -> dict[str, str]:
        """The name and the address, of the one in the pack or as they were typed."""
        given = self.cleaned_data
        known = pack().marac_elsewhere.get(given["to"])
        if known is None:
            return {"to_name": given["to_name"], "to_contact": given["to_contact"]}
        return {"to_name": known.name, "to_contact": given["to_contact"] or known.contact}


class ReceiptForm(Form):
    """What the other MARAC says when it has opened the file."""

    receipt = TextField(
        label="The receipt",
        called="the receipt",
        width="10",
        help_text="Eight letters and digits, as K7QF-2M9X.",
    )


class ReceiveForm(Form):
    """The file that came, and what was said on the telephone."""

    file = FileField(
        label="The file",
        called="the file",
        accept=["json"],
        max_megabytes=LARGEST // 1024**2,
        help_text="As it came, ending in .json.",
    )
    phrase = TextField(
        label="The pass phrase",
        called="the pass phrase",
        width="20",
        help_text="As you were told by telephone, not in the same message as the file.",
    )


class OpenForm(Form):
    """Who the two people are here. Those that were found: id and words."""

    survivor = RadiosField(label="Is the survivor known here?", called="who the survivor is")
    abuser = RadiosField(label="Is the person using abuse known here?", called="who uses abuse")
    relation = SelectField(
        label="What is the person using abuse to the survivor?",
        called="what they are to the survivor",
    )
    told = YesNoField(
        label="Has the survivor been told that the case is here now?",
        called="whether the survivor has been told",
        reveals={"no": "not_told_reason"},
    )
    not_told_reason = TextAreaField(label="Why not?", called="why the survivor is not told", rows=2)

    def __init__(
        self,
        *args,
        survivors: Iterable[tuple[str, str]],
        abusers: Iterable[tuple[str, str]] | None,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        anew = (NEW, "No: record them as somebody new")
        self.fields["survivor"].choices = [*survivors, anew]
        if abusers is None:
            del self.fields["abuser"], self.fields["relation"]
            return
        self.fields["abuser"].choices = [*abusers, anew]
        terms = [one for one in pack().relationships if one.person_using_abuse_possible]
        self.fields["relation"].choices = [("", "Choose"), *((t.code, t.name) for t in terms)]
