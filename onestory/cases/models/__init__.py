"""Contacts and what is decided about them, referrals, cases, and the lists they come from."""

from onestory.cases.models.cases import Case, CaseListImport
from onestory.cases.models.contacts import Contact, Draft
from onestory.cases.models.referrals import Brokering, Referral, Refusal

__all__ = ["Brokering", "Case", "CaseListImport", "Contact", "Draft", "Referral", "Refusal"]
