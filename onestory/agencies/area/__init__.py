"""Area packs: everything particular to one partnership, as data, checked on load."""

from onestory.agencies.area.faults import Fault, PackError
from onestory.agencies.area.load import load_pack, packs_dir
from onestory.agencies.area.schema import (
    Basis,
    CaseList,
    Column,
    Grade,
    Locality,
    Organisation,
    Pack,
    Published,
    Relationship,
    Report,
    RiskAssessment,
    Service,
    Team,
    Timescale,
)
from onestory.agencies.area.vocabulary import Term, Vocabulary

__all__ = [
    "Basis",
    "CaseList",
    "Column",
    "Fault",
    "Grade",
    "Locality",
    "Organisation",
    "Pack",
    "PackError",
    "Published",
    "Relationship",
    "Report",
    "RiskAssessment",
    "Service",
    "Team",
    "Term",
    "Timescale",
    "Vocabulary",
    "load_pack",
    "packs_dir",
]
