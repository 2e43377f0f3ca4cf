"""What a partnership has agreed about figures that leave it: which counts are too small to print, and
through which versions a report goes on its way out."""

from dataclasses import dataclass
from datetime import date

from pydantic import Field, model_validator

from onestory.agencies.area.vocabulary import Term, Text, Vocabulary


class DisclosureRule(Term):
    """Counts from `smallest` to `largest` are hidden, others rounded to the nearest `round_to`.

    `leaves`: so many numbers at least must stay possible for a hidden count, whatever else is
    published. `zeros_shown`: a real nought is printed. The rule holds from its `from` on, until the
    next one or until it has `ended`.
    """

    smallest: int = Field(default=1, ge=1)
    largest: int = Field(ge=1, le=100)
    round_to: int = Field(ge=1, le=100)
    leaves: int = Field(ge=2)
    zeros_shown: bool = True
    from_: date = Field(alias="from")

    @model_validator(mode="after")
    def _can_be_kept(self):
        if self.largest < self.smallest:
            raise ValueError(f"'largest' ({self.largest}) is below 'smallest' ({self.smallest})")
        hidden = self.largest - (self.smallest if self.zeros_shown else 0) + 1
        if self.leaves > hidden:
            raise ValueError(f"'leaves' is {self.leaves}, but only {hidden} counts are hidden")
        if self.round_to > 2 * self.largest + 2:
            raise ValueError(f"rounding to {self.round_to} would make nought of somebody")
        return self


class EditionVersion(Term):
    """A version of a report on its way, and `for` whom it is. They follow each other as listed."""

    for_: Text = Field(alias="for")


PUBLISHING_VOCABULARIES: dict[str, type[Term]] = {
    "disclosure_rules": DisclosureRule,
    "edition_versions": EditionVersion,
}
# Of an area that has agreed none.
DRAFT = EditionVersion.model_validate({"code": "draft", "name": "Draft", "for": "its authors"})


@dataclass(frozen=True, kw_only=True)
class PartOfPackPublishing:
    """What a pack has of these."""

    disclosure_rules: Vocabulary[DisclosureRule]
    edition_versions: Vocabulary[EditionVersion]

    @property
    def versions(self) -> tuple[EditionVersion, ...]:
        """The versions of a report, from its first draft to the one that is decided on."""
        return tuple(one for one in self.edition_versions if one.ended is None) or (DRAFT,)

    def disclosure_rule(self, on: date) -> DisclosureRule | None:
        """The rule in force on that day, if the partnership has agreed one."""
        known = [
            rule
            for rule in self.disclosure_rules
            if rule.from_ <= on and (rule.ended is None or on < rule.ended)
        ]
        return max(known, key=lambda rule: rule.from_, default=None)
