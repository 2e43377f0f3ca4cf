"""Contacts, referrals and cases in plain words, for lists and rows of a page."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from onestory.agencies.pack import pack
from onestory.cases.models import Case, Contact, Referral
from onestory.cases.queries.contacts import Onward
from onestory.cases.queries.gone import Gone
from onestory.cases.queries.queue import Outlook
from onestory.cases.rules.states import (
    ContactState,
    ReferralState,
    contact_state,
    is_escalated,
    referral_state,
)
from onestory.cases.rules.waits import MEASURED, Estimate
from onestory.kernel.calendar import due_in_words, overdue
from onestory.kernel.components import Row
from onestory.kernel.templatetags.pages import moment, rag, tag
from onestory.people.models import Identity
from onestory.people.queries import Found, PersonView
from onestory.people.views.words import born, locality

NAMELESS = "Name not known"
# The words for a closed name: the contact is there, who it is about is not open.
CLOSED = "Name closed to you"
ASKED = {"yes": "Asked; they did not say", "not-yet": "Not asked yet"}
CONTACT_STATES = {
    ContactState.WAITING: ("Waiting", "yellow"),
    ContactState.GRADED: ("Graded, waiting", "yellow"),
    ContactState.DECIDED: ("Decided", "green"),
    ContactState.ACKNOWLEDGED: ("Decided", "grey"),
}
REFERRAL_STATES = {
    ReferralState.SENT: ("Sent", "yellow"),
    ReferralState.ACKNOWLEDGED: ("Acknowledged", "blue"),
    ReferralState.ACCEPTED: ("Accepted", "green"),
    ReferralState.BEGUN: ("Begun", "green"),
    ReferralState.ENDED: ("Ended", "grey"),
    ReferralState.DECLINED: ("Declined", "red"),
    ReferralState.RETURNED: ("Given back", "red"),
    ReferralState.WITHDRAWN: ("Withdrawn", "grey"),
}
# How a referral stands for the team that told of the contact.
ONWARD = {
    "sent": ("Sent", "yellow"),
    "acknowledged": ("Acknowledged", "blue"),
    "answered": ("Answered", "green"),
}


def name(names: dict[UUID, Identity], person_id: UUID | None) -> str:
    """Who it is about, as far as it is open."""
    if person_id is None:
        return "Without a name"
    return str(names[person_id]) if person_id in names else CLOSED


def terms(vocabulary: str, codes: Iterable[str]) -> str:
    """The names of some codes of the area pack, in a row."""
    words = pack().vocabulary(vocabulary)
    return ", ".join(words.name(code) for code in codes)


def found_facts(one: Found) -> list[str]:
    """What tells somebody found from the others."""
    return [
        fact for fact in (born(one.identity), locality(one.locality), one.person.reference) if fact
    ]


def contact_tag(contact: Contact) -> SafeString:
    return tag(*CONTACT_STATES[contact_state(contact)])


def referral_tag(referral: Referral) -> SafeString:
    return tag(*REFERRAL_STATES[referral_state(referral)])


def onward_tag(onward: Onward) -> SafeString:
    return tag(*ONWARD[onward.stands])


def outcome(contact: Contact) -> str:
    """What was decided, with its coded reason."""
    words = contact.get_outcome_display()
    if contact.outcome == Contact.Outcome.NO_FURTHER_ACTION:
        return f"{words}: {pack().nfa_reasons.name(contact.outcome_reason)}"
    if contact.outcome == Contact.Outcome.ADVICE:
        return f"{words}: {pack().advice_kinds.name(contact.outcome_reason)}"
    return words


def where_it_stands(contact: Contact, to: Iterable[Onward] = ()) -> str:
    """For whoever sent it, with those to whom it was referred on."""
    if not contact.decided_at:
        return CONTACT_STATES[contact_state(contact)][0]
    names = "; ".join(one.name for one in to)
    return f"{outcome(contact)}: {names}" if names else outcome(contact)


def contact_rows(contact: Contact) -> list[Row]:
    """What was told."""
    children = {True: "Yes", False: "No", None: "Not known"}[contact.children_in_home]
    rows = [
        Row("Kind of abuse", terms("abuse", contact.abuse)),
        Row("Needs first", pack().needs.name(contact.presenting_need)),
        Row("Needs as well", terms("needs", contact.contributory_needs)),
        Row("Children in the home", children),
        Row("What was told", contact.words),
        Row("What they want", contact.wishes or ASKED.get(contact.wishes_asked, "")),
        Row("Sent by", f"{contact.recorded_by}, {contact.from_team}"),
        Row("Received", moment(contact.received_at)),
        Row("Told by", f"{pack().sources.name(contact.source)} ({_channel(contact)})"),
        Row("Passed on because", basis(contact.basis, contact.basis_reason)),
    ]
    return [row for row in rows if row.value]


def basis(code: str, reason: str) -> str:
    """What allowed it to be passed on."""
    words = pack().bases[code].name if code in pack().bases else code
    return f"{words}: {reason}" if reason else words


def decision_rows(contact: Contact) -> list[Row]:
    """How it was graded and what was decided."""
    rows = []
    if contact.graded_at:
        grade = format_html("{} {}", rag(contact.rag), contact.rag_reason)
        rows += [
            Row("Grade", grade),
            Row("Graded by", f"{contact.graded_by}, {moment(contact.graded_at)}"),
        ]
    if contact.decided_at:
        rows += [
            Row("Decision", outcome(contact)),
            Row("For the sender", contact.outcome_words),
            Row("Decided by", f"{contact.decided_by}, {moment(contact.decided_at)}"),
        ]
    return [row for row in rows if row.value]


def referral_rows(referral: Referral) -> list[Row]:
    """What is asked of whom, and what came of it."""
    answered = referral.accepted_at or referral.declined_at
    rows = [
        Row("From", f"{referral.sent_by}, {referral.from_team}"),
        Row("To", referral_to(referral)),
        Row("Sent", moment(referral.sent_at)),
        Row("Needs", terms("needs", referral.needs)),
        Row("What they should know", referral.words),
        Row("Acknowledged", moment(referral.acknowledged_at)),
        Row("Answered", moment(answered)),
        Row("Declined because", _reason("decline_reasons", referral.decline_reason)),
        Row("Offered instead", offered(referral)),
        Row("Given back because", _reason("return_reasons", referral.return_reason)),
        Row("Moved from", referral.moved_from.name if referral.moved_from_id else ""),
        Row("Place told on accepting", promised(referral)),
        Row("First session", moment(referral.begun_on)),
        Row("Ended", moment(referral.ended_on)),
        Row("What the sender should know", referral.answer_words),
        Row("Withdrawn", moment(referral.withdrawn_at)),
        Row("Withdrawn because", _reason("withdraw_reasons", referral.withdraw_reason)),
    ]
    return [row for row in rows if row.value]


def referral_to(referral: Referral) -> str:
    """The service and its team, or the team alone."""
    service, team = referral.service, referral.to_team
    return f"{service.name}, {team.name}" if service else team.name


def offered(referral: Referral) -> str:
    """What was offered instead, and which service, if it was one."""
    said = _reason("offered_instead", referral.offered_instead)
    service = referral.offered_service if referral.offered_service_id else None
    return f"{said}: {service.name}" if service else said


def promised(referral: Referral) -> str:
    """The place and the wait that were told on accepting, and by whose word."""
    if referral.place is None:
        return ""
    estimate = Estimate(referral.estimate_days, referral.estimate_from)
    return f"Number {referral.place}. {wait_in_words(estimate)}"


def waiting(outlook: Outlook) -> str:
    """How many wait, how long it takes, and by whose word."""
    number = outlook.waiting
    said = {0: "Nobody waits", 1: "1 person waits"}.get(number, f"{number} people wait")
    return f"{said}. {wait_in_words(outlook.estimate)}"


def wait_in_words(estimate: Estimate) -> str:
    """'About 3 weeks, as the last 7 people waited', or as the service says; or nobody knows."""
    if estimate.days is None:
        return "How long it takes is not known."
    span = span_in_words(estimate.days)
    if estimate.source == MEASURED:
        people = f"the last {estimate.people} people" if estimate.people else "others lately"
        return f"{span}, as {people} waited."
    return f"{span}, as the service says."


def span_in_words(days: int) -> str:
    """So many days as people say it."""
    if days < 14:
        return "Less than a week" if days < 7 else "About a week"
    return f"About {round(days / 7)} weeks" if days < 70 else f"About {round(days / 30.4)} months"


def would_wait(outlook: Outlook) -> str:
    """What is told to somebody who is accepted now."""
    return f"They would be number {outlook.next_place}. {wait_in_words(outlook.estimate)}"


def gone(one: Gone) -> str:
    """That a referral is no longer open, and nothing of whom."""
    sent = moment(timezone.localtime(one.sent_at).date())
    when = moment(timezone.localtime(one.gone_at).date())
    what = f" for {one.service.name}" if one.service else ""
    how = {
        "withdrawn": f"was withdrawn on {when}",
        "declined": f"was declined by your team on {when}",
        "returned": f"was given back by your team on {when}",
    }.get(one.how, f"is no longer shared with your team since {when}")
    return f"A referral{what} that was sent to your team on {sent} {how}."


def lateness(referral: Referral, now: datetime) -> str:
    """What a team has let pass."""
    if is_escalated(referral, now):
        return "Not acknowledged, manager told"
    return "Not answered" if referral.acknowledged_at else "Not acknowledged"


def already(referral: Referral) -> str:
    """That a service was asked before, when and by whom."""
    day = moment(timezone.localtime(referral.sent_at).date())
    return f"{referral.service.name}: already sent on {day} by {referral.sent_by.name}"


def counted(number: int, noun: str, more: str) -> str:
    """'1 referral sent', '3 referrals sent'."""
    return f"{number} {noun}{'' if number == 1 else 's'} {more}"


def case_rows(case: Case) -> list[Row]:
    """What is counted of a case."""
    area = pack()
    rows = [
        Row("Team", case.team.name),
        Row("Opened", moment(case.opened_on)),
        Row("Category", area.categories.name(case.category)),
        Row("Area", area.localities.name(case.area)),
        Row("Survivor group", area.groups.name(case.group)),
        Row("Kind of abuse", terms("abuse", case.abuse)),
        Row("Risk assessment", _reason("risk_assessments", case.risk_assessment) or "Not done"),
        Row("Referred by", _reason("sources", case.referred_by)),
        Row("Closed", moment(case.closed_on)),
        Row("Closed because", _reason("close_reasons", case.close_reason)),
    ]
    return [row for row in rows if row.value]


def safe_to_call(person: PersonView) -> str:
    """yes, no or unknown: what is not known is never taken for yes."""
    return person.safe_contacts[0].safe_to_call if person.safe_contacts else "unknown"


def by_when(due: datetime) -> str:
    """A time to come, as a person would say it: "tomorrow 14:05"."""
    now = timezone.now()
    return moment(due) if overdue(due, now) else due_in_words(due, now).removeprefix("due ")


def person_url(person_id: UUID) -> str:
    return reverse("people:person", args=[person_id])


def _channel(contact: Contact) -> str:
    return pack().channels.name(contact.channel).lower()


def _reason(vocabulary: str, code: str) -> str:
    return pack().vocabulary(vocabulary).name(code) if code else ""
