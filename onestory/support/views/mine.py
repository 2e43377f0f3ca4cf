"""Whom I hold and what is due: one list at a time, like the worklist."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases.views import words as cases
from onestory.kernel.components import WorkItem
from onestory.kernel.keyset import Window
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import names
from onestory.people.views.words import born
from onestory.support.queries import calling
from onestory.support.queries import mine as queries
from onestory.support.queries.cases import wait_of
from onestory.support.queries.gone import given_back
from onestory.support.queries.mine import MOST_COUNTED, Counts
from onestory.support.rules.states import IN_WORDS, state
from onestory.support.views.words import COLOURS, case_url, days

TITLES = {
    "people": "People I hold",
    "calls": "First calls",
    "nobodys": "Held by nobody",
    "late": "Late answers",
    "team": "The whole team",
}
EMPTY = {
    "people": "You hold nobody.",
    "calls": "Nobody waits for a first call.",
    "nobodys": "Everybody is held by somebody.",
    "late": "No referral of your team waits too long for an answer.",
    "team": "Nobody in your team holds anybody.",
}


@needs(Permission.CASE_WORK)
def mine(request: HttpRequest) -> HttpResponse:
    """The home of whoever works with survivors."""
    by, now = request.actor, timezone.now()
    counts = queries.counts(by, now, timezone.localdate())
    show = _chosen(request.GET.get("show", ""), counts)
    page = _list(by, show, request)
    items = ITEMS[show](by, page) if page.rows else []
    here = f"{reverse('support:mine')}?show={show}"
    context = {
        "tabs": _tabs(show, counts),
        "title": TITLES[show],
        "empty": EMPTY[show],
        "items": items,
        "due": counts.due,
        "given_back": given_back(by),
        "previous_url": f"{here}&before={page.previous}" if page.previous else "",
        "next_url": f"{here}&after={page.next}" if page.next else "",
    }
    return render(request, "support/mine.html", context)


def _list(by: Actor, show: str, request: HttpRequest) -> Window:
    where = {name: request.GET.get(name, "") for name in ("after", "before")}
    return LISTS[show](by, **where)


LISTS = {
    "people": queries.held,
    "calls": calling.first_calls,
    "nobodys": queries.nobodys,
    "late": queries.late,
    "team": queries.of_teams,
}


def _chosen(asked: str, counts: Counts) -> str:
    if asked in TITLES:
        return asked
    waits = (show for show in ("people", "calls", "nobodys", "late") if getattr(counts, show))
    return "calls" if counts.calls else next(waits, "people")


def _tabs(shown: str, counts: Counts) -> list[dict]:
    return [
        {
            "label": label,
            "url": f"{reverse('support:mine')}?show={show}",
            "current": show == shown,
            "count": _count(getattr(counts, show, 0)),
        }
        for show, label in TITLES.items()
    ]


def _count(number: int) -> str:
    return "" if not number else f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def _episodes(by: Actor, page: Window) -> list[WorkItem]:
    known = names(by, [row.person_id for row in page.rows])
    items = []
    for episode in page.rows:
        stands = state(episode)
        # How many days in all, whoever asked for a pause.
        wait = wait_of(episode, ())
        items.append(
            WorkItem(
                title=cases.name(known, episode.person_id),
                url=case_url(episode.case_id),
                rag=None,
                due=episode.check_in_on,
                facts=[
                    born(known.get(episode.person_id)),
                    (episode.service_now or episode.team).name,
                    f"Held by {episode.holder.name}" if episode.holder_id != by.user_id else "",
                    "" if wait.over else f"Waits {days(wait.days)}",
                    f"Next session {moment(episode.next_at)}"
                    if episode.next_at
                    else "No session planned",
                    "This service has closed" if _is_closed(episode) else "",
                    _moved(episode),
                ],
                tag=IN_WORDS[stands],
                tag_colour=COLOURS[stands],
            )
        )
    return items


def _is_closed(episode) -> bool:
    return bool(episode.service_now and episode.service_now.ended_on)


def _moved(episode) -> str:
    """Where they waited before their service closed."""
    before = episode.referral.moved_from if episode.referral_id else None
    return f"Waited for {before.name} before" if before else ""


def _first_calls(by: Actor, page: Window) -> list[WorkItem]:
    known = names(by, [row.person_id for row in page.rows])
    made = calling.latest_calls(page.rows)
    items = []
    for referral in page.rows:
        of_person = [call for call in made if call.person_id == referral.person_id]
        clock = calling.clock(referral, of_person)
        tried = "once" if clock.attempts == 1 else f"{clock.attempts} times"
        items.append(
            WorkItem(
                title=cases.name(known, referral.person_id),
                url=reverse("support:call", args=[referral.person_id]),
                rag=None,
                due=clock.due_at,
                facts=[
                    born(known.get(referral.person_id)),
                    f"From {referral.from_team}",
                    f"Tried {tried}" if clock.attempts else "Not tried yet",
                    f"Next attempt {moment(clock.next_at)}" if clock.next_at else "",
                ],
            )
        )
    return items


def _cases(by: Actor, page: Window) -> list[WorkItem]:
    known = names(by, [row.person_id for row in page.rows])
    return [
        WorkItem(
            title=cases.name(known, case.person_id),
            url=case_url(case.pk),
            rag=None,
            facts=[
                born(known.get(case.person_id)),
                f"Case {case.reference}",
                case.team.name,
                f"Opened {moment(case.opened_on)}",
            ],
            tag="Held by nobody",
            tag_colour="orange",
        )
        for case in page.rows
    ]


def _late(by: Actor, page: Window) -> list[WorkItem]:
    known = names(by, [row.person_id for row in page.rows])
    return [
        WorkItem(
            title=cases.name(known, referral.person_id),
            url=reverse("support:journey", args=[referral.person_id]),
            rag=None,
            due=referral.answer_by if referral.acknowledged_at else referral.acknowledge_by,
            facts=[f"To {cases.referral_to(referral)}"],
            tag="Not answered" if referral.acknowledged_at else "Not acknowledged",
            tag_colour="yellow",
        )
        for referral in page.rows
    ]


ITEMS = {
    "people": _episodes,
    "calls": _first_calls,
    "nobodys": _cases,
    "late": _late,
    "team": _episodes,
}
