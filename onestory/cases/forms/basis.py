"""What allows something to be passed on: the survivor's agreement, or a basis of the area pack."""

from collections.abc import Mapping

from onestory.agencies.area import Basis
from onestory.agencies.pack import pack
from onestory.cases.rules.decisions import Sharing
from onestory.kernel import forms


def basis_field(label: str) -> forms.RadiosField:
    """Consent first; the others after an “or”, each bringing out its reason where it wants one."""
    bases = sorted(pack().bases, key=lambda basis: not basis.consent)
    others = [basis for basis in bases if not basis.consent]
    return forms.RadiosField(
        label=label,
        called="whether the survivor agreed, or on what basis without",
        choices=[(basis.code, _choice(basis)) for basis in bases],
        hints={basis.code: basis.help for basis in bases if basis.help},
        reveals={basis.code: _reason(basis) for basis in bases if basis.needs_reason},
        divider_before=others[0].code if others else None,
    )


def reason_fields() -> dict[str, forms.TextField]:
    """The reasons, by name: each is asked for, and needed, only with its own basis."""
    return {
        _reason(basis): forms.TextField(
            label="Why, in a sentence", called="why this is passed on without agreement"
        )
        for basis in pack().bases
        if basis.needs_reason
    }


def sharing(answers: Mapping) -> Sharing:
    """The basis that was chosen, with its own reason."""
    basis = pack().bases[answers["basis"]]
    return Sharing(basis.code, answers.get(_reason(basis), ""))


def _choice(basis: Basis) -> str:
    return basis.name if basis.consent else f"Without agreement: {_small(basis.name)}"


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]


def _reason(basis: Basis) -> str:
    return f"reason-{basis.code}"
