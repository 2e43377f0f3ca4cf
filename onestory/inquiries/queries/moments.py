"""When something happened, table by table: most rows tell of one moment, some of several events."""

from datetime import date, datetime
from typing import NamedTuple

from django.db import models

from onestory.access.models import Protected
from onestory.rights.words import TOLD

# When something happened, where its table says so: the first of these that it has.
HAPPENED = (
    "received_at",
    "received_on",
    "sent_at",
    "assessed_at",
    "starts_at",
    "at",
    "on",
    "from_on",
    "opened_on",
    "decided_on",
    "asked_on",
    "last_at",
    "recorded_at",
)
RECORDED = "recorded_by"


class Moment(NamedTuple):
    """An event that a row tells of. `on`: the columns that say when, the first that is not empty.

    `columns`: what is told of it; None is all. `who`: the column of whoever did it; empty where no
    column says. `needs`: a column without which it did not happen.
    """

    title: str
    on: tuple[str, ...]
    columns: frozenset[str] | None = None
    who: str = RECORDED
    needs: str = ""

    def when(self, row: models.Model) -> date | datetime:
        """A day, where no hour is known."""
        return next(found for name in self.on if (found := getattr(row, name, None)))

    def tells(self, column: str) -> bool:
        return self.columns is None or column in self.columns


def _event(title: str, on: str, columns: str, who: str = "", needs: str = "") -> Moment:
    return Moment(f"Clare’s Law: {title}", (on,), frozenset(columns.split()), who, needs)


def _result(title: str, needs: str, columns: str) -> Moment:
    """What nobody counted is not told: a result from outside has no answers of ours."""
    both = "assessed_at instrument computed threshold level reason"
    return Moment(title, ("assessed_at",), frozenset(f"{both} {columns}".split()), RECORDED, needs)


SEVERAL: dict[str, tuple[Moment, ...]] = {
    "risk.Disclosure": (
        _event("asked", "received_on", "route applicant applicant_words about words", RECORDED),
        _event("spoken to", "contacted_on", "danger_now contacted_words"),
        _event("met", "met_on", "identity_checked"),
        _event("decided", "decided_at", "decision to_whom to_whom_words what reason", "decided_by"),
        _event("a second person agreed", "agreed_at", "decision", "agreed_by"),
        _event("told", "told_on", "to_whom told_where said keeps_it", "finished_by"),
        _event(
            "not gone on with", "finished_at", "withdrawn_words", "finished_by", "withdrawn_words"
        ),
    ),
    "risk.DisclosureCheck": (_event("looked up", "on", "source found", RECORDED),),
    "risk.RiskAssessment": (
        _result("Checklist of danger", "sitting", "version yes no unknown not_asked"),
        _result("Checklist of danger, sent by others", "sent_by", "sent_by score"),
    ),
}


def moments(model: type[Protected]) -> tuple[Moment, ...]:
    """The events that a row of this table tells of."""
    label = model._meta.label
    if label in SEVERAL:
        return SEVERAL[label]
    told = TOLD[label].columns
    on = tuple(name for name in HAPPENED if name in told or name == "recorded_at")
    return (Moment(str(model._meta.verbose_name).capitalize(), on),)
