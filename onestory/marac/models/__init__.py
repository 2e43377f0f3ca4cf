"""MARAC: referrals, meetings, research, minutes, actions and transfers."""

from onestory.marac.models.meetings import Item, Meeting
from onestory.marac.models.minutes import RISK, Action, Minutes, Wishes
from onestory.marac.models.referrals import FoundRepeat, Referral, Telling
from onestory.marac.models.research import ConductFinding, Finding, Research
from onestory.marac.models.transfers import TransferIn, TransferOut

__all__ = [
    "RISK",
    "Action",
    "ConductFinding",
    "Finding",
    "FoundRepeat",
    "Item",
    "Meeting",
    "Minutes",
    "Referral",
    "Research",
    "Telling",
    "TransferIn",
    "TransferOut",
    "Wishes",
]
