"""What pages of sealed accounts say, in words."""

from django.urls import reverse

from onestory.agencies.pack import pack
from onestory.cases.rules.guide import AGES
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment
from onestory.sealed.forms import soon
from onestory.sealed.models import Account, Evidence, Release


def line(one: Account) -> list:
    kept = moment(one.keep_until) if one.keep_until else "Nothing is kept"
    if one.keep_until and soon(one.keep_until):
        kept = f"{kept}: soon"
    return [
        Cell(one.pseudonym, reverse("sealed:account", args=[one.pk])),
        dict(AGES).get(one.age, one.age),
        _abuse(one),
        moment(one.recorded_at),
        kept,
    ]


def telling(one: Evidence) -> list[Row]:
    """What to say to whoever keeps it: by the number on it, and nothing of whose it is."""
    why = Evidence.Tell(one.tell or Evidence.Tell.NEAR)
    rows = [
        Row("Tell", one.held_by),
        Row("Number", one.mark or "None: say what it is, and since when they have it"),
        Row("What", pack().evidence_kinds.name(one.kind)),
        Row("Why", f"{why.label}. {TELL[why]}"),
        Row("Kept until", moment(one.keep_until)),
    ]
    return rows


TELL = {
    Evidence.Tell.NEAR: "Ask whether they can keep it longer, and ask the survivor if you can.",
    Evidence.Tell.RELEASED: "Ask them to keep it: others may need it now.",
    Evidence.Tell.DESTROYED: "Nobody will ask for it through us any more.",
}


def _abuse(one: Account) -> str:
    return ", ".join(pack().abuse.name(code) for code in one.abuse)


def account_rows(one: Account) -> list[Row]:
    return [
        Row("Age", dict(AGES).get(one.age, one.age)),
        Row("Kind of abuse", _abuse(one)),
        Row("In their words", one.words or "Nothing written"),
        Row("What they want", one.wants or "Not said"),
        Row("How to reach them", one.reach or "Nobody may reach them"),
        Row("Kept by", one.team),
    ]


def evidence_rows(one: Evidence) -> list[Row]:
    rows = [
        Row("What", pack().evidence_kinds.name(one.kind)),
        Row("Kept by", one.held_by),
        Row("Number", one.mark),
        Row("Until", moment(one.keep_until) + (" (soon)" if soon(one.keep_until) else "")),
        Row("What became of it", one.end_reason),
    ]
    return [row for row in rows if row.value]


def release_words(one: Release) -> str:
    what = f"A part ({one.slip})" if one.slip_id else "The account"
    by = f"{one.recorded_by.name}, {moment(one.recorded_at)}"
    until = "taken back" if one.ended_at else f"until {moment(one.until)}"
    return f"{what}: {one.to_team}, {one.to_team.organisation}. {pack().purposes.name(one.purpose)}, {until}. Released by {by}."
