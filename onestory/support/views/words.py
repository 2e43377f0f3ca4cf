"""Calls, sessions, goals and waits in plain words, for rows and lists of a page."""

from django.urls import reverse
from django.utils.safestring import SafeString

from onestory.agencies.pack import pack
from onestory.kernel.components import Cell, Row
from onestory.kernel.templatetags.pages import moment, tag
from onestory.support.models import Call, Ending, Episode, Goal, Session, Step
from onestory.support.queries import CaseView, ClockOfCall, GoalNow
from onestory.support.rules.states import IN_WORDS, State
from onestory.support.rules.waiting import Wait

COLOURS = {
    State.WAITING: "yellow",
    State.PAUSED: "purple",
    State.STARTED: "green",
    State.ENDED: "grey",
}
NOBODY = "Nobody yet"


def state_tag(state: State) -> SafeString:
    return tag(IN_WORDS[state], COLOURS[state])


def days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def wait_rows(wait: Wait, episode: Episode | None) -> list[Row]:
    """The three figures of a wait, and what there was meanwhile."""
    first = episode.first_session_on if episode else None
    return [
        Row("In all", days(wait.days)),
        Row("Paused, as they asked", days(wait.paused_by_survivor)),
        Row("The service’s", days(wait.of_service)),
        Row("First session", moment(first) or "Not yet"),
        Row("Sessions", episode.sessions_attended if episode else 0),
        Row("Support while waiting", episode.support_attended if episode else 0),
    ]


def case_rows(view: CaseView) -> list[Row]:
    """Who holds it, and when they ask next."""
    episode = view.episode
    rows = [
        Row("Team", view.case.team.name),
        Row("Service", episode.service_now.name if episode and episode.service_now else ""),
        Row("Held by", episode.holder.name if episode and episode.holder else NOBODY),
        Row("Taken on", moment(episode.decided_on if episode else view.case.opened_on)),
    ]
    if episode and not episode.ended_on:
        rows.append(Row("Next check-in", moment(episode.check_in_on)))
    return [row for row in rows if row.value]


def episode_rows(episode: Episode) -> list[Row]:
    """How an episode stands, for whoever wanted to change it at the same time."""
    return [
        Row("Held by", episode.holder.name if episode.holder else NOBODY),
        Row("Asked how they are", f"Every {days(episode.check_in_days)}"),
        Row("Paused since", moment(episode.paused_since) or "Not paused"),
        Row("Ended", moment(episode.ended_on) or "Not ended"),
    ]


def session_kind(session: Session) -> str:
    return pack().session_kinds.name(session.kind)


def session_when(session: Session) -> Cell:
    """When it was, and the way to put right what was said of it."""
    return Cell(moment(session.starts_at), reverse("support:session", args=[session.pk]))


def session_how(session: Session) -> str:
    """'Face to face, Room 2'."""
    return ", ".join(filter(None, [pack().session_channels.name(session.channel), session.place]))


def session_came(session: Session) -> str:
    """Attended, with how long; or why not."""
    if session.state == Session.State.NOT_ATTENDED:
        return f"No: {pack().absence_reasons.name(session.absence)}"
    if session.state == Session.State.PLANNED:
        return session.get_state_display()
    return f"Yes, {session.minutes} minutes" if session.minutes else "Yes"


def session_rows(session: Session) -> list[Row]:
    rows = [
        Row("What", session_kind(session)),
        Row("When", moment(session.starts_at)),
        Row("How", session_how(session)),
        Row("With", session.worker.name),
        Row("Attended", session_came(session)),
        Row("A line for your team", session.words),
    ]
    return [row for row in rows if row.value]


def goal_rows(goal: Goal) -> list[Row]:
    rows = [Row("The goal", goal.words), Row("What came of it", goal.get_end_display())]
    return [row for row in rows if row.value]


def step_rows(step: Step) -> list[Row]:
    rows = [
        Row("What was agreed", step.words),
        Row("Who", step.who),
        Row("By", moment(step.by_on)),
        Row("Done", moment(step.done_on)),
    ]
    return [row for row in rows if row.value]


def nearness(one: GoalNow) -> str:
    """'3 at the start, 6 now', in the order in which it was said."""
    said = [f"{m.value:g} {m.get_at_display().lower()}, {moment(m.on)}" for m in one.measures]
    return "; ".join(said) or "Not measured yet"


def call_row(call: Call) -> list:
    left = f" {call.get_left_display()} was left." if call.left else ""
    return [
        moment(call.at),
        f"{call.get_outcome_display()}.{left}",
        call.said,
        call.recorded_by.name,
        moment(call.next_at),
    ]


def clock_rows(clock: ClockOfCall) -> list[Row]:
    """The clock that the attempts run on."""
    rows = [
        Row("Asked for by", f"{clock.referral.from_team}, {moment(clock.referral.sent_at)}"),
        Row("Attempts so far", clock.attempts),
        Row("Next attempt", moment(clock.next_at) or ("" if clock.reached_at else "Not planned")),
        Row("Reached", moment(clock.reached_at)),
    ]
    return [row for row in rows if row.value != ""]


def ending_rows(ending: Ending, episode: Episode) -> list[Row]:
    area = pack()
    kept = (
        f"Until {moment(ending.keep_until)}: {area.keep_reasons.name(ending.keep_reason)}"
        if ending.keep_until
        else ""
    )
    rows = [
        Row("Ended on", moment(episode.ended_on)),
        Row("Because", area.close_reasons.name(ending.reason)),
        Row("What came of it", area.ending_outcomes.name(ending.outcome)),
        Row("What should be known", ending.words),
        Row("Still open to your team", kept),
    ]
    return [row for row in rows if row.value]


def told_of_ending(ending: Ending, episode: Episode) -> list[list[str]]:
    """Who was told of the end, how and when."""
    if ending.told_survivor:
        rows = [["The survivor", f"By {ending.recorded_by}", moment(ending.recorded_at)]]
    else:
        rows = [["The survivor", f"Not told: {ending.not_told_because}", ""]]
    if episode.from_team_id in ending.told_teams:
        sees = "With where its referral stands, in OneStory"
        rows.append([episode.from_team.name, sees, moment(ending.recorded_at)])
    return rows


def case_url(case_id) -> str:
    return reverse("support:case", args=[case_id])
