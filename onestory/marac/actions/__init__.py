"""Writes of this room: each verb one transaction and one entry of the record."""

from onestory.marac.actions.deciding import (
    accept_referral,
    decline_referral,
    go_on,
    join_referral,
)
from onestory.marac.actions.doing import close_case, do_action, leave_action, tell_survivor
from onestory.marac.actions.meetings import (
    build_agenda,
    call_off_meeting,
    change_meeting,
    order_agenda,
    plan_meeting,
    put_on_agenda,
)
from onestory.marac.actions.minuting import (
    AlreadyThere,
    add_action,
    bring_wishes,
    end_hearing,
    save_minutes,
)
from onestory.marac.actions.receiving import Who, look_into, open_transfer
from onestory.marac.actions.referring import Facts, refer
from onestory.marac.actions.repeating import bring_again, dismiss_repeat
from onestory.marac.actions.researching import answer_research, ask_agencies
from onestory.marac.actions.transferring import (
    Handover,
    enter_receipt,
    keep_handover,
    send_transfer,
    take_file,
)

__all__ = [
    "AlreadyThere",
    "Facts",
    "Handover",
    "Who",
    "accept_referral",
    "add_action",
    "answer_research",
    "ask_agencies",
    "bring_again",
    "bring_wishes",
    "build_agenda",
    "call_off_meeting",
    "change_meeting",
    "close_case",
    "decline_referral",
    "dismiss_repeat",
    "do_action",
    "end_hearing",
    "enter_receipt",
    "go_on",
    "join_referral",
    "keep_handover",
    "leave_action",
    "look_into",
    "open_transfer",
    "order_agenda",
    "plan_meeting",
    "put_on_agenda",
    "refer",
    "save_minutes",
    "send_transfer",
    "take_file",
    "tell_survivor",
]
