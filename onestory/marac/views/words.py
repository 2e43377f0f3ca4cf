"""Cases and what hangs on them in plain words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.components import Cell, Row
from onestory.kernel.inline import diary
from onestory.kernel.templatetags.pages import moment
from onestory.marac.models import Action, Item, Meeting, Referral
from onestory.marac.queries.asking import Seat
from onestory.marac.queries.meetings import Line
from onestory.marac.queries.picture import Picture, age
from onestory.marac.queries.tasks import is_overdue, is_to_do
from onestory.people.models import Identity

CLOSED_NAME = "Name closed to you"
AGENDA = ("", "Survivor", "Person using abuse", "Risk", "Answers", "Open actions", "")


def name(who: Identity | None) -> str:
    return str(who) if who else CLOSED_NAME


def person(who: Identity | None) -> str:
    """The name with the age, which the table must know: sixteen is not thirty."""
    years = age(who)
    return f"{name(who)}, {years}" if years is not None else name(who)


def level(case: Referral) -> str:
    words = pack().risk_levels.name(case.level) if case.level else "Not assessed"
    return f"{words}, repeat" if case.repeat_of_id else words


def state(case: Referral) -> str:
    """Where a case stands, in a word or two."""
    if case.closed_at:
        return f"Closed: {pack().marac_outcomes.name(case.outcome)}"
    if case.declined_at:
        return f"Not taken: {pack().marac_declines.name(case.decline_reason)}"
    if case.part_of_id:
        return "Heard with another referral of the same two people"
    return "Taken" if case.accepted_at else "Waits for the coordinator"


def agenda_line(line: Line, meeting: Meeting, *, at_the_table: bool) -> list:
    """A case as the agenda has it; whoever leads the meeting goes to its screen."""
    case, item = line.case, line.item
    view, key = ("marac:hear", item.pk) if at_the_table else ("marac:case", case.pk)
    notes = [
        "Heard" if item.heard_at else "",
        "No time for it" if at_the_table and line.number > meeting.room else "",
        "Each says that the other uses abuse" if line.mutual else "",
        f"{line.same_abuser} cases of the same person" if line.same_abuser > 1 else "",
    ]
    return [
        line.number,
        Cell(name(line.name), reverse(view, args=[key])),
        name(line.abuser) if case.abuser_id else "Not known",
        level(case),
        f"{line.answered} of {line.asked}" if at_the_table else "",
        line.open_actions or "",
        ". ".join(filter(None, notes)),
    ]


def in_sentence(label: str) -> str:
    """What is offered to choose from, in the middle of a line."""
    return label[:1].lower() + label[1:]


def seat(one: Seat) -> str:
    """An agency that can be asked, and what became of it the last time."""
    if one.before is None:
        return one.team.name
    if one.has_lapsed:
        return f"{one.team}, again: what was opened to it has lapsed"
    return f"{one.team}, again: it answered on {moment(one.before.answered_at)}"


def meeting_name(row: Meeting) -> str:
    return diary(row.starts_at)


def meeting_line(row: Meeting) -> list:
    takes = f"{row.room} cases in {row.minutes} minutes"
    return [
        Cell(meeting_name(row), reverse("marac:meeting", args=[row.pk])),
        row.place,
        ". ".join(filter(None, (takes if not row.called_off_at else "", changed(row)))),
    ]


def changed(row: Meeting) -> str:
    """What those who had noted a meeting must know of it."""
    if row.called_off_at:
        return f"Called off: {row.call_off_reason}"
    return f"Moved: it was to be {moment(row.moved_from)}" if row.moved_from else ""


def action_line(row: Action, names: dict | None = None) -> list:
    """An action in a list of several cases."""
    due = moment(row.due_on)
    if is_overdue(row, timezone.localdate()):
        due = f"{due}, overdue"
    return [
        due,
        Cell(row.words, reverse("marac:action", args=[row.pk])),
        name((names or {}).get(row.person_id)),
        row.get_whom_display(),
        str(row.team),
        row.what_came_of_it,
    ]


def agreed(rows: Iterable[Action], *, by: Actor | None = None) -> list[dict]:
    """Actions of one case, for its page and for the meeting's screen. Those that are the actor's to do
    lead to their pages.
    """
    today = timezone.localdate()
    return [
        {
            "row": row,
            "whom": in_sentence(row.get_whom_display()),
            "overdue": is_overdue(row, today),
            "outcome": row.what_came_of_it,
            "url": reverse("marac:action", args=[row.pk]) if by and is_to_do(by, row) else "",
        }
        for row in rows
    ]


def facts(found: Picture) -> list[Row]:
    """The head of a case: on what, how it was judged, what she says to it."""
    case = found.case
    rows = [
        Row("Referred", f"{moment(case.referred_on)} by {case.from_team}"),
        Row("On what", ", ".join(pack().marac_criteria.name(code) for code in case.criteria)),
        Row("The reason", case.reason),
        Row("Risk when referred", _risk(case)),
        Row("Risk by the latest checklist", _latest(found)),
        Row("Events known", case.events),
        Row("Repeat", _repeat(found)),
        Row("Survivor agrees", _agrees(found)),
        Row("Survivor told", "Yes" if _told(found) else f"No: {case.not_told_reason}"),
        Row("Goes on without agreement", case.goes_on_words),
        Row("Where it stands", state(case)),
    ]
    return [row for row in rows if row.value not in ("", None)]


def _risk(case: Referral) -> str:
    if not case.level:
        return ""
    form = pack().risk_forms.name(case.instrument)
    if not (case.yes or case.threshold):
        return f"{level(case)} ({form})"
    rule = f", by {pack().risk_thresholds.name(case.threshold)}" if case.threshold else ""
    return f"{level(case)} ({form}: {case.yes} answered with yes{rule})"


def _latest(found: Picture) -> str:
    row = found.latest
    if row is None or row.pk == found.case.assessment_id:
        return ""
    words = f"{pack().risk_levels.name(row.level)}, {moment(row.assessed_at)}"
    return f"{words} ({row.yes} answered with yes)" if row.yes else words


def _repeat(found: Picture) -> str:
    """By which rule: in the words of the area, or where it has none for it any more, as it was kept."""
    case = found.case
    if not case.repeat_of_id:
        return ""
    words = {rule.repeat_version: rule.repeat_words for rule in pack().marac_rules}
    return f"Yes: {words.get(case.repeat_rule, case.repeat_rule)}"


def _agrees(found: Picture) -> str:
    if found.wishes:
        last = found.wishes[0]
        return f"{last.get_agrees_display()} ({moment(last.recorded_at)})"
    said = found.case.get_agrees_display()
    return f"{said}: {found.case.agrees_words}" if found.case.agrees_words else said


def _told(found: Picture) -> bool:
    return found.case.told_at is not None or bool(found.tellings)


def children(case: Referral) -> str:
    if case.children is None:
        return case.children_words or "Not known"
    count = "None" if not case.children else f"{case.children} under 18 in the home"
    return f"{count}. {case.children_words}" if case.children_words else count


def notes(found: Picture) -> list[str]:
    """What nobody in the meeting may overlook."""
    said = []
    if found.has_said_no and not found.case.closed_at:
        said.append(
            "The survivor does not agree. Decide whether it goes on without, and why; or close it."
        )
    if found.is_mutual:
        said.append(
            "Each of the two says that the other uses abuse. Each case is heard by itself: who is "
            "afraid, who decides, who is hurt?"
        )
    if found.is_child:
        said.append("The survivor is under 18: children’s social care must be at the table.")
    if found.abuser_is_child:
        said.append(
            "The person using abuse is under 18, and a child in need of help too: ask children’s "
            "social care."
        )
    return said


def of_agenda(item: Item) -> str:
    moved = f", moved: {item.move_reason}" if item.moved_at else ""
    return f"{meeting_name(item.meeting)}{', heard' if item.heard_at else ''}{moved}"
