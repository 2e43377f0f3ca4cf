"""Writes down the work in a case as support/actions leaves it: sessions, the episode, the ending."""

from dataclasses import dataclass
from datetime import date, timedelta

from onestory.agencies.area import Pack
from onestory.kernel.calendar import local
from onestory.support.actions.endings import ENDED
from synthetic.county import grants
from synthetic.county.ledger import Ledger, array
from synthetic.county.stories import Deed, Referred, Work

# A session is recorded when it is over.
SESSION = timedelta(minutes=50)
OUTCOME = "goals-reached"


@dataclass(slots=True)
class Worked:
    """A case that came by a referral: whose it is, where it lies, what had been opened for it."""

    person: str
    carrier: str
    team: str
    sender: str
    case: str
    referral: str
    service: str | None
    grants: list[list]


def write(ledger: Ledger, pack: Pack, of: Worked, referred: Referred) -> None:
    """All the sessions of a case, and its end if it has one."""
    work = referred.work
    kinds = [kind.code for kind in pack.session_kinds if kind.own]
    channel = next(iter(pack.session_channels)).code
    for number, deed in enumerate(work.sessions):
        row = ledger.add(
            "support_session",
            *_signed(ledger, deed, of),
            *(kinds[min(number, 1)], True, channel, "", deed.at - SESSION),
            *(SESSION.seconds // 60, deed.by, "attended", "", "", 0),
        )
        detail = {"attended": True}
        subject = f"session:{row[0]}"
        ledger.entry(deed, "session.record", of.person, [of.carrier], subject, detail)
    _episode(ledger, pack, of, referred)
    if work.closed:
        _ending(ledger, of, work)


def begun_on(work: Work | None) -> date | None:
    """The day of the first session."""
    return local(work.sessions[0].at - SESSION).date() if work and work.sessions else None


def _episode(ledger: Ledger, pack: Pack, of: Worked, referred: Referred) -> None:
    work, first = referred.work, referred.work.sessions[0]
    days = next(iter(pack.check_in_rhythms)).days
    last = local(work.sessions[-1].at - SESSION).date()
    ledger.add(
        "support_episode",
        *(ledger.new_id(first.at), of.carrier, first.at, first.by, of.person, of.team),
        *(None if of.sender == of.team else of.sender, of.case, of.referral, of.service),
        *(local(referred.answered.at).date(), None, days, last + timedelta(days=days)),
        *(begun_on(work), len(work.sessions), 0, None),
        *(work.closed and local(work.closed.at).date(), work.close_reason),
        len(work.sessions) + bool(work.closed),
    )


def _ending(ledger: Ledger, of: Worked, work: Work) -> None:
    deed, about = work.closed, (of.person, [of.carrier], f"case:{of.case}")
    opened = [grant[0] for grant in of.grants]
    ledger.add(
        "support_ending",
        *_signed(ledger, deed, of),
        *(work.close_reason, OUTCOME, "", True, ""),
        *(array([] if of.sender == of.team else [of.sender]), array(opened)),
        *("", None, deed.at if opened else None),
    )
    detail = {"reason": work.close_reason, "outcome": OUTCOME}
    ledger.entry(deed, "episode.end", *about, detail)
    for grant in reversed(of.grants):
        grants.end(ledger, deed, of.person, grant, ENDED)
    if opened:
        ledger.entry(deed, "case.close-record", *about)


def _signed(ledger: Ledger, deed: Deed, of: Worked) -> tuple:
    key = ledger.new_id(deed.at)
    return key, of.carrier, deed.at, deed.by, of.person, of.case, of.team
