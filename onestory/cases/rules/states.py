"""Where a contact or a referral stands, and what may be done with it there."""

from enum import StrEnum


class ContactState(StrEnum):
    WAITING = "waiting"
    GRADED = "graded"
    DECIDED = "decided"
    ACKNOWLEDGED = "acknowledged"


def contact_state(contact) -> ContactState:
    """Where a contact stands, on the way from the telling to an acknowledged decision."""
    if contact.acknowledged_at:
        return ContactState.ACKNOWLEDGED
    if contact.decided_at:
        return ContactState.DECIDED
    return ContactState.GRADED if contact.graded_at else ContactState.WAITING


def rings(contact) -> bool:
    """Whether a contact rings on every page of the team: Red, or in danger and not graded."""
    if contact.decided_at:
        return False
    return contact.rag == "red" or (contact.danger_now and not contact.rag)


class ReferralState(StrEnum):
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    SEE = "see"


OF_RECEIVER = frozenset({Verb.ACKNOWLEDGE, Verb.ACCEPT, Verb.DECLINE})
OF_SENDER = frozenset({Verb.WITHDRAW, Verb.SEE})

# What may be done with a referral where it stands. Once answered or withdrawn it stays so: what
# comes after an acceptance is the case's, and a second attempt is a second referral.
ALLOWED: dict[ReferralState, frozenset[Verb]] = {
    ReferralState.SENT: OF_RECEIVER | {Verb.WITHDRAW},
    ReferralState.ACKNOWLEDGED: frozenset({Verb.ACCEPT, Verb.DECLINE, Verb.WITHDRAW}),
    ReferralState.ACCEPTED: frozenset({Verb.SEE}),
    ReferralState.DECLINED: frozenset({Verb.SEE}),
    ReferralState.WITHDRAWN: frozenset(),
}


def referral_state(referral) -> ReferralState:
    """Where a referral stands, between sender and receiver."""
    if referral.withdrawn_at:
        return ReferralState.WITHDRAWN
    if referral.declined_at:
        return ReferralState.DECLINED
    if referral.accepted_at:
        return ReferralState.ACCEPTED
    return ReferralState.ACKNOWLEDGED if referral.acknowledged_at else ReferralState.SENT


def verbs(referral, *, sender: bool, receiver: bool) -> frozenset[Verb]:
    """What the sending or the receiving team may do with a referral now."""
    mine = (OF_SENDER if sender else frozenset()) | (OF_RECEIVER if receiver else frozenset())
    done = {Verb.SEE} if referral.seen_at else set()
    return ALLOWED[referral_state(referral)] & mine - done
