"""What an area pack is made of: every list, every field, and the whole that code reads."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from onestory.agencies.area.aiming import AIMING_VOCABULARIES, PartOfPackAiming
from onestory.agencies.area.asking import Asking, Helpline
from onestory.agencies.area.compiled import PartOfPackCompiled
from onestory.agencies.area.conduct import CONDUCT_VOCABULARIES, PartOfPackConduct
from onestory.agencies.area.guide import GuideLine
from onestory.agencies.area.listed import CaseList
from onestory.agencies.area.marac import MARAC_VOCABULARIES, PartOfPackMarac
from onestory.agencies.area.offered import Directory, Service
from onestory.agencies.area.pseudonyms import SEALED_VOCABULARIES, PartOfPackSealed
from onestory.agencies.area.publishing import PUBLISHING_VOCABULARIES, PartOfPackPublishing
from onestory.agencies.area.rights import RIGHTS_VOCABULARIES, PartOfPack
from onestory.agencies.area.risk import RISK_VOCABULARIES, PartOfPackRisk
from onestory.agencies.area.supporting import (
    SUPPORT_VOCABULARIES,
    AbsenceReason,
    EndingOutcome,
    FirstCall,
    Rhythm,
    SessionKind,
)
from onestory.agencies.area.vocabulary import (
    Code,
    Codes,
    Entry,
    Term,
    Text,
    Texts,
    Vocabulary,
)
from onestory.agencies.area.wording import Wording

OrganisationKind = Literal[
    "council", "charity", "police", "health", "probation", "education", "partnership", "other"
]
TeamKind = Literal[
    "housing",
    "multi-agency-hub",
    "childrens-social-care",
    "adults-social-care",
    "early-help",
    "domestic-abuse",
    "sexual-violence",
    "behaviour-change",
    "police",
    "health",
    "probation",
    "education",
    "governance",
    "other",
]
TimescaleCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]

# The code asks for these by name: an area may set them as it likes, but must set them.
NEEDED_TIMESCALES = (
    "contact_decision",
    "contact_acknowledge",
    "referral_acknowledge",
    "referral_decide",
)
RAG_GRADES = ("red", "amber", "green", "blue")


class Area(Entry):
    """The partnership itself, and where a disclosure goes when nobody says otherwise."""

    code: Code
    name: Text
    title: Text
    default_front_door: Code
    children_front_door: Code


class OrganisationEntry(Entry):
    code: Code
    name: Text
    kind: OrganisationKind
    source: str = ""


class Team(Entry):
    """The unit that works and that may know."""

    code: Code
    name: Text
    organisation: Code
    kind: TeamKind
    front_door: bool = False
    receives_referrals: bool = False
    about: str = ""
    source: str = ""


class Organisation(OrganisationEntry):
    """An organisation with its teams."""

    teams: tuple[Team, ...] = ()


class Locality(Term):
    inside: bool = True


class Sex(Term):
    """`said = false`: nobody has said which."""

    said: bool = True


class Relationship(Term):
    """What somebody is to the survivor."""

    child: bool = False
    person_using_abuse_possible: bool = True


class RiskAssessment(Term):
    """A form. `for_abuse`: the kinds of abuse where it stands instead of the usual forms.

    A form without `for_abuse` is a usual one.
    """

    for_abuse: Codes = ()


class Basis(Term):
    """What allows knowledge to be shared. `second_opinion`: who else must judge so first."""

    consent: bool
    needs_reason: bool
    second_opinion: Literal["none", "colleague", "guardian"] = "none"
    law: Text


class Grade(Term):
    """A RAG grade; without a timescale of its own, none runs for it."""

    help: Text
    timescale: TimescaleCode | None = None


class Timescale(Entry):
    """How soon, from which day until which (the last day in force)."""

    code: TimescaleCode
    title: Text
    hours: float | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)
    from_: date = Field(alias="from")
    until: date | None = None
    source: Text
    verified: bool

    @model_validator(mode="after")
    def _one_measure(self):
        if (self.hours is None) == (self.working_days is None):
            raise ValueError("give either 'hours' or 'working_days', one of the two")
        if self.until and self.until < self.from_:
            raise ValueError(f"'until' ({self.until}) is before 'from' ({self.from_})")
        return self


# The breakdowns of a report: each names codes of one vocabulary, in printed order.
REPORT_ROWS = {
    "areas": "localities",
    "groups": "groups",
    "categories": "categories",
    "abuses": "abuse",
}
PUBLISHED_ROWS = {"area": "areas", "share": "areas", "group": "groups", "category": "categories"}


class Published(Entry):
    """A figure that an earlier report printed, to be set beside the one that is now computed.

    `table` and `code` say which cell it was (no code: the whole), the days which cases it counted.
    """

    table: Literal["total", "mean", "month", "area", "share", "group", "category", "risk", "sexual"]
    code: Code | None = None
    from_: date = Field(alias="from")
    until: date
    value: int | float

    @model_validator(mode="after")
    def _in_order(self):
        if self.until < self.from_:
            raise ValueError(f"'until' ({self.until}) is before 'from' ({self.from_})")
        return self


Rows = Annotated[dict[Code, Text], Field(min_length=1)]


class Report(Entry):
    """The words of one yearly report; every number in it is counted from cases.

    `areas`, `groups`, `categories` and `abuses` go from a code to the label of its row, in the
    order in which they are printed. `sexual_abuse` is the kind of abuse counted by itself.
    """

    code: Code
    title: Text
    team: Code
    introduction: Texts = ()
    areas: Rows
    groups: Rows
    categories: Rows
    abuses: Rows
    sexual_abuse: Code
    published_in: str = ""
    published: tuple[Published, ...] = Field(default=(), strict=False)
    source: str = ""


VOCABULARIES: dict[str, type[Term]] = {
    "localities": Locality,
    "abuse": Term,
    "needs": Term,
    "sources": Term,
    "channels": Term,
    "housing": Term,
    "relationships": Relationship,
    "sexes": Sex,
    "groups": Term,
    "categories": Term,
    "risk_assessments": RiskAssessment,
    "rag": Grade,
    "advice_kinds": Term,
    "nfa_reasons": Term,
    "decline_reasons": Term,
    "withdraw_reasons": Term,
    "close_reasons": Term,
    "bases": Basis,
    "purposes": Term,
    "break_glass_reasons": Term,
    "offered_instead": Term,
    "return_reasons": Term,
    "languages": Term,
    **SUPPORT_VOCABULARIES,
    **RIGHTS_VOCABULARIES,
    **SEALED_VOCABULARIES,
    **PUBLISHING_VOCABULARIES,
    **AIMING_VOCABULARIES,
    **MARAC_VOCABULARIES,
    **CONDUCT_VOCABULARIES,
    **RISK_VOCABULARIES,
}


@dataclass(frozen=True, kw_only=True)
class Pack(
    PartOfPack,
    PartOfPackSealed,
    PartOfPackPublishing,
    PartOfPackAiming,
    PartOfPackConduct,
    PartOfPackMarac,
    PartOfPackRisk,
    PartOfPackCompiled,
):
    """Everything particular to one partnership, checked and ready to read."""

    code: str
    name: str
    title: str
    digest: str
    default_front_door: str
    children_front_door: str
    organisations: tuple[Organisation, ...]
    teams: dict[str, Team]
    services: dict[str, Service]
    timescales: tuple[Timescale, ...]
    case_list: CaseList
    reports: dict[str, Report]
    questions: tuple[Wording, ...]
    directory: Directory
    asking: Asking | None
    helplines: tuple[Helpline, ...]
    guide: tuple[GuideLine, ...]

    localities: Vocabulary[Locality]
    abuse: Vocabulary[Term]
    needs: Vocabulary[Term]
    sources: Vocabulary[Term]
    channels: Vocabulary[Term]
    housing: Vocabulary[Term]
    relationships: Vocabulary[Relationship]
    sexes: Vocabulary[Sex]
    groups: Vocabulary[Term]
    categories: Vocabulary[Term]
    risk_assessments: Vocabulary[RiskAssessment]
    rag: Vocabulary[Grade]
    advice_kinds: Vocabulary[Term]
    nfa_reasons: Vocabulary[Term]
    decline_reasons: Vocabulary[Term]
    withdraw_reasons: Vocabulary[Term]
    close_reasons: Vocabulary[Term]
    bases: Vocabulary[Basis]
    purposes: Vocabulary[Term]
    break_glass_reasons: Vocabulary[Term]
    offered_instead: Vocabulary[Term]
    return_reasons: Vocabulary[Term]
    languages: Vocabulary[Term]

    first_calls: dict[str, FirstCall]
    intakes: dict[str, str]  # of a service, the code of an instrument
    session_kinds: Vocabulary[SessionKind]
    session_channels: Vocabulary[Term]
    absence_reasons: Vocabulary[AbsenceReason]
    check_in_rhythms: Vocabulary[Rhythm]
    ending_outcomes: Vocabulary[EndingOutcome]
    keep_reasons: Vocabulary[Term]

    def vocabulary(self, name: str) -> Vocabulary:
        """The vocabulary that a column or a report table names."""
        if name not in VOCABULARIES:
            raise KeyError(name)
        return getattr(self, name)

    def timescale(self, code: str, on: date) -> Timescale:
        """The timescale of this code in force on that day."""
        for scale in self.timescales:
            if scale.code == code and scale.from_ <= on and (not scale.until or on <= scale.until):
                return scale
        raise LookupError(f"the area pack has no timescale '{code}' in force on {on}")
