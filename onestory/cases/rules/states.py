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
    BEGUN = "begun"
    ENDED = "ended"
    DECLINED = "declined"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    ACKNOWLEDGE = "acknowledge"
    ACCEPT = "accept"
    DECLINE = "decline"
    RETURN = "return"
    WITHDRAW = "withdraw"
    SEE = "see"


OF_RECEIVER = frozenset({Verb.ACKNOWLEDGE, Verb.ACCEPT, Verb.DECLINE, Verb.RETURN})
OF_SENDER = frozenset({Verb.WITHDRAW, Verb.SEE})
_SEE = frozenset({Verb.SEE})

# What may be done with a referral where it stands. Once answered or withdrawn it stays so: what
# comes after an acceptance is the case's, and a second attempt is a second referral. Only whoever
# still waits can be given back.
ALLOWED: dict[ReferralState, frozenset[Verb]] = {
    ReferralState.SENT: OF_RECEIVER | {Verb.WITHDRAW},
    ReferralState.ACKNOWLEDGED: frozenset({Verb.ACCEPT, Verb.DECLINE, Verb.RETURN, Verb.WITHDRAW}),
    ReferralState.ACCEPTED: _SEE | {Verb.RETURN},
    ReferralState.BEGUN: _SEE,
    ReferralState.ENDED: _SEE,
    ReferralState.DECLINED: _SEE,
    ReferralState.RETURNED: _SEE,
    ReferralState.WITHDRAWN: frozenset(),
}
# It is not theirs any longer.
GONE = frozenset({ReferralState.DECLINED, ReferralState.RETURNED, ReferralState.WITHDRAWN})
# The service is still to say, or is still there for them: a second referral to it says nothing new.
LIVE = frozenset(
    {
        ReferralState.SENT,
        ReferralState.ACKNOWLEDGED,
        ReferralState.ACCEPTED,
        ReferralState.BEGUN,
    }
)


def referral_state(referral) -> ReferralState:
    """Where a referral stands, between sender and receiver."""
    if referral.withdrawn_at:
        return ReferralState.WITHDRAWN
    if referral.returned_at:
        return ReferralState.RETURNED
    if referral.declined_at:
        return ReferralState.DECLINED
    if referral.accepted_at:
        return _after_acceptance(referral)
    return ReferralState.ACKNOWLEDGED if referral.acknowledged_at else ReferralState.SENT


def _after_acceptance(referral) -> ReferralState:
    if referral.ended_on:
        return ReferralState.ENDED
    return ReferralState.BEGUN if referral.begun_on else ReferralState.ACCEPTED


def verbs(referral, *, sender: bool, receiver: bool) -> frozenset[Verb]:
    """What the sending or the receiving team may do with a referral now."""
    mine = (OF_SENDER if sender else frozenset()) | (OF_RECEIVER if receiver else frozenset())
    done = {Verb.SEE} if referral.seen_at else set()
    return ALLOWED[referral_state(referral)] & mine - done


def is_late(referral, now) -> bool:
    """Whether the receiver has let the time pass in which it was to acknowledge, or to answer."""
    state = referral_state(referral)
    if state is ReferralState.SENT:
        return referral.acknowledge_by < now
    return state is ReferralState.ACKNOWLEDGED and referral.answer_by < now


def is_escalated(referral, now) -> bool:
    """Whether nobody has acknowledged it, though the second timescale has passed as well."""
    state = referral_state(referral)
    return bool(state is ReferralState.SENT and referral.escalate_at and referral.escalate_at < now)
