"""Area packs: everything particular to one partnership, as data, checked on load."""

from onestory.agencies.area.asking import Asking, Helpline
from onestory.agencies.area.faults import Fault, PackError
from onestory.agencies.area.listed import CaseList, Column
from onestory.agencies.area.load import load_pack, packs_dir
from onestory.agencies.area.offered import Directory, Service
from onestory.agencies.area.schema import (
    Basis,
    Grade,
    Locality,
    Organisation,
    Pack,
    Published,
    Relationship,
    Report,
    RiskAssessment,
    Team,
    Timescale,
)
from onestory.agencies.area.supporting import (
    AbsenceReason,
    EndingOutcome,
    FirstCall,
    Rhythm,
    SessionKind,
)
from onestory.agencies.area.vocabulary import Term, Vocabulary

__all__ = [
    "AbsenceReason",
    "Asking",
    "Basis",
    "CaseList",
    "Column",
    "Directory",
    "EndingOutcome",
    "Fault",
    "FirstCall",
    "Grade",
    "Helpline",
    "Locality",
    "Organisation",
    "Pack",
    "PackError",
    "Published",
    "Relationship",
    "Report",
    "Rhythm",
    "RiskAssessment",
    "Service",
    "SessionKind",
    "Team",
    "Term",
    "Timescale",
    "Vocabulary",
    "load_pack",
    "packs_dir",
]
