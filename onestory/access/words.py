"""The record in plain words: what each verb means, and where something was read."""

from django.utils import timezone

from onestory.access.queries.seals import Verdict
from onestory.kernel.components import day_in_words

VERBS = {
    "access.answer": "Answered a request to see more",
    "access.ask": "Asked to see more",
    "address.add": "Added an address",
    "address.end": "Ended an address",
    "area.load": "Loaded the area pack",
    "case-list.begin": "Began to import a case list",
    "case-list.cancel": "Cancelled an import",
    "case-list.check": "Checked a case list",
    "case-list.end": "Ended an import",
    "case-list.import": "Imported a case list",
    "case-list.queue": "Asked for a case list to be imported",
    "case.close": "Closed a case",
    "case.correct": "Corrected a case",
    "case.open": "Opened a case",
    "contact.acknowledge": "Saw the decision on a contact",
    "contact.decide": "Decided on a contact",
    "contact.grade": "Graded a contact",
    "contact.send": "Recorded and sent a contact",
    "draft.discard": "Threw a draft away",
    "draft.start": "Began a draft",
    "envelope.make": "Began a new part of the record",
    "glass.break": "Opened the record in an emergency",
    "glass.look": "Tried a reference in an emergency",
    "glass.review": "Reviewed an emergency opening",
    "grant.end": "Closed what was open to a team",
    "grant.give": "Opened it to a team",
    "identity.change": "Changed who somebody is",
    "match.tell": "Had others told of a likely match",
    "membership.add": "Gave somebody a role",
    "membership.end": "Ended somebody's role",
    "notice.settle": "Settled a likely match",
    "person.add": "Recorded a person",
    "person.bar": "Barred somebody from the record",
    "person.join": "Joined two records",
    "person.unbar": "Lifted a barring",
    "person.unjoin": "Took two joined records apart",
    "phone.add": "Added a telephone number",
    "phone.end": "Ended a telephone number",
    "read": "Read",
    "record.look": "Looked into this record",
    "referral.accept": "Accepted a referral",
    "referral.acknowledge": "Acknowledged a referral",
    "referral.decline": "Declined a referral",
    "referral.see": "Saw the answer to a referral",
    "referral.send": "Sent a referral",
    "referral.withdraw": "Withdrew a referral",
    "relationship.add": "Added a relationship",
    "relationship.end": "Ended a relationship",
    "safe-contact.set": "Changed how it is safe to reach them",
    "sign-in.confirm": "Confirmed who they are",
    "sign-in.failed": "Failed to sign in",
    "sign-in.locked": "Was locked out",
    "sign-out.everywhere": "Signed out everywhere",
    "user.add": "Added a member of staff",
    "user.change": "Changed a member of staff",
    "user.change-password": "Changed their password",
    "user.choose-password": "Chose a password",
    "user.invite": "Invited a member of staff",
    "user.reset-second-factor": "Took away a second factor",
    "user.unlock": "Let somebody in again",
}

# Where something was read: the page, or the command or job.
PLACES = {
    "access:break-glass": "Emergency opening",
    "audit verify": "Check of the record",
    "case list import": "Import of a case list",
    "cases:case": "Case",
    "cases:contact": "Contact",
    "cases:list": "List of cases",
    "cases:record": "Recording a contact",
    "cases:referral": "Referral",
    "cases:worklist": "Worklist",
    "people:find": "Search",
    "people:person": "Person's page",
}


def verb(code: str) -> str:
    """What was done, in plain words."""
    return VERBS.get(code) or code.replace(".", ": ").replace("-", " ").capitalize()


def place(purpose: str) -> str:
    """From where it was read, in plain words."""
    return PLACES.get(purpose) or purpose.partition(":")[2].replace("-", " ").capitalize()


def told(verdict: Verdict) -> str:
    """What came of checking the record."""
    sealed = f"{verdict.sealed:,} entries in {verdict.seals:,} seals"
    if verdict.fault is None:
        said = f"The record is as it was sealed: {sealed}."
    else:
        said = f"The record is not as it was sealed. {_fault(verdict)}\nUp to there, {sealed} hold."
    if verdict.waiting:
        said += f"\n{verdict.waiting:,} entries wait to be sealed, since {_moment(verdict.since)}."
    if verdict.last:
        signature = bytes(verdict.last.signature).hex()[:16]
        said += f"\nThe last seal is number {verdict.last.number:,}, {signature}…"
    return said


def _fault(verdict: Verdict) -> str:
    fault = verdict.fault
    if fault.entry is None:
        return f"Seal {fault.seal:,}: {fault.what}."
    entry = f"Entry {fault.entry:,} (seal {fault.seal:,}"
    if fault.at:
        entry += f", {_moment(fault.at)}, now ‘{verb(fault.verb)}’"
    return f"{entry}): {fault.what}."


def _moment(when) -> str:
    here = timezone.localtime(when)
    return f"{day_in_words(here.date())} at {here:%H:%M:%S}"
