"""The first page of MARAC, the list of cases, and one case."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from onestory.access.views.pages import done, sent
from onestory.agencies.models import Team
from onestory.agencies.roles import Permission
from onestory.kernel.closed import keeps_words
from onestory.kernel.components import Cell, WorkItem
from onestory.kernel.templatetags.pages import moment
from onestory.marac import actions, queries
from onestory.marac.forms.meeting import TellForm, WishesForm
from onestory.marac.forms.referring import AskForm, CloseForm
from onestory.marac.models import Referral
from onestory.marac.queries.pairs import open_case_of_pair
from onestory.marac.queries.picture import speaks_for
from onestory.marac.queries.transfers import received, transfers_of
from onestory.marac.views import words
from onestory.marac.views.pages import (
    attends,
    back_home,
    coordinates,
    decision,
    form_page,
    leads,
    page_id,
    survivor_name,
)
from onestory.people.queries import names

COLUMNS = ("Survivor", "Referred", "By", "Risk", "Where it stands")
ACTIONS = ("Due", "What", "Survivor", "For", "Agency", "Where it stands")
FOUND = ("Case", "Noticed on", "By", "", "")


@attends
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """What waits: questions to answer, actions to do, and for the table what is to be decided."""
    by = request.actor
    asked, mine = queries.asked_of(by), queries.actions(by, settled=False)
    at_the_table = bool(queries.tables_of(by))
    decide, late, review = queries.to_decide(by), queries.late(by), queries.reviews_due(by)
    found = queries.found_repeats(by) if by.may(Permission.MARAC_COORDINATE) else []
    cases = Referral.objects.in_bulk({one.referral_id for one in found}) if found else {}
    teams = Team.objects.in_bulk({one.team_id for one in found}) if found else {}
    ask = queries.to_ask(by)
    rows = (*asked, *mine.rows, *decide, *ask, *late, *review, *cases.values())
    people = {row.person_id for row in rows}
    known = names(by, people) if people else {}
    context = {
        "asked": [_asked(row, known) for row in asked],
        "mine": mine,
        "action_columns": ACTIONS,
        "actions": [words.action_line(row, known) for row in mine.rows],
        "at_the_table": at_the_table,
        "may_receive": by.may(Permission.MARAC_COORDINATE),
        "decide": [_to_decide(row, known) for row in decide],
        "ask": [_to_ask(row, known) for row in ask],
        "late": [_late(row, known) for row in late],
        "review": [_review(row, known) for row in review],
        "found_columns": FOUND,
        "found": [_found(one, cases, teams, known) for one in found if one.referral_id in cases],
        "overdue": queries.overdue_count(by),
        "meetings": queries.meetings(by, past=False).rows[:3],
    }
    return render(request, "marac/home.html", context)


@attends
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Every case that is open to the actor, or the closed ones."""
    closed = bool(request.GET.get("closed"))
    window = queries.cases(
        request.actor,
        closed=closed,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    known = names(request.actor, [row.person_id for row in window.rows]) if window.rows else {}
    table = [
        [
            Cell(words.name(known.get(row.person_id)), _url(row)),
            moment(row.referred_on),
            str(row.from_team),
            words.level(row),
            words.state(row),
        ]
        for row in window.rows
    ]
    context = {
        "window": window,
        "closed": closed,
        "columns": COLUMNS,
        "table": table,
        "back": back_home(),
    }
    return render(request, "marac/cases.html", context)


@attends
@require_GET
def case(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """One case, and what can be done with it."""
    by = request.actor
    found = queries.Picture(by, queries.case(by, referral_id))
    row = found.case
    coordinating = by.may(Permission.MARAC_COORDINATE, row.to_team_id)
    asking = coordinating and row.accepted_at and not row.closed_at
    undecided = not (row.accepted_at or row.declined_at or row.part_of_id)
    context = {
        "found": found,
        "case": row,
        "survivor": words.person(found.survivor),
        "abuser": words.person(found.abuser) if row.abuser_id else "Not known",
        "facts": words.facts(found),
        "children": words.children(row),
        "notes": words.notes(found),
        "agreed": words.agreed(found.now_agreed, by=by),
        "last_time": words.agreed(found.last_time),
        "agendas": [(item, words.of_agenda(item)) for item in found.items],
        "coordinating": coordinating,
        "may_close": found.may_coordinate and row.accepted_at and not row.closed_at,
        "undecided": undecided and coordinating,
        "twice": open_case_of_pair(by, row) if undecided and coordinating else None,
        "lapsed": [s.team.pk for s in queries.seats(by, row) if s.has_lapsed] if asking else [],
        "may_speak": speaks_for(by, row),
        "may_transfer": coordinating and row.accepted_at,
        "handed": transfers_of(by, row) if coordinating and row.accepted_at else [],
        "received": received(by, row),
        "back": back_home(),
    }
    return render(request, "marac/case.html", context)


@coordinates
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def ask(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Asking agencies what they hold."""
    by = request.actor
    row = queries.case(by, referral_id)
    found = queries.Picture(by, row)
    seats = [one for one in queries.seats(by, row) if one.can_be_asked]
    form = AskForm(sent(request), teams=[(str(one.team.pk), words.seat(one)) for one in seats])

    def act():
        given = form.cleaned_data
        actions.ask_agencies(
            by=by,
            referral_id=row.pk,
            team_ids=[UUID(key) for key in given["teams"]],
            words=given["words"],
            checked=given["checked"],
        )

    if done(form, act):
        messages.success(request, "Asked. Each sees this case from now until its review.")
        return redirect("marac:case", row.pk)
    return form_page(
        request,
        form,
        heading="Ask agencies",
        button="Ask them",
        back=reverse("marac:case", args=[row.pk]),
        name=words.name(found.survivor),
        alike=queries.namesakes(by, row, [one.team.pk for one in seats]),
        person_id=row.person_id,
    )


@attends
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def wishes(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Bringing what the survivor wants."""
    by = request.actor
    row = _spoken_for(request, referral_id)
    form, key = WishesForm(sent(request)), page_id(request)

    def act():
        actions.bring_wishes(by=by, referral_id=row.pk, wishes_id=key, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "Written down for the meeting.")
        return redirect("marac:case", row.pk)
    return form_page(
        request,
        form,
        heading="What the survivor wants",
        button="Save",
        back=reverse("marac:case", args=[row.pk]),
        name=survivor_name(by, row),
        id=key,
    )


@attends
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def tell(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """What the survivor was told: only what they may be told is on the page."""
    by = request.actor
    found = queries.Picture(by, _spoken_for(request, referral_id))
    form, key = TellForm(sent(request)), page_id(request)

    def act():
        actions.tell_survivor(by=by, referral_id=found.case.pk, telling_id=key, **form.cleaned_data)

    if done(form, act):
        messages.success(request, "Written down.")
        return redirect("marac:case", found.case.pk)
    return form_page(
        request,
        form,
        heading="Tell the survivor",
        button="Save",
        back=reverse("marac:case", args=[found.case.pk]),
        id=key,
        name=words.name(found.survivor),
        tellable=[row for row in found.now_agreed if row.may_tell],
        about="Use how it is safe to reach them. Tell nothing that the person using abuse must not "
        "learn.",
    )


@leads
@require_http_methods(["GET", "POST"])
@keeps_words("words")
def close(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """The review: how a case ends."""
    return decision(
        request,
        queries.case(request.actor, referral_id),
        CloseForm(sent(request)),
        actions.close_case,
        said="Closed. Everything that was opened to the agencies has ended.",
        heading="Review and close",
        button="Close the case",
        about="What was opened to the agencies for this case closes with it.",
    )


def _spoken_for(request: HttpRequest, referral_id: UUID) -> Referral:
    """A case in which the actor speaks for the survivor. `Http404` otherwise."""
    row = queries.case(request.actor, referral_id)
    if speaks_for(request.actor, row) is None:
        raise Http404
    return row


def _url(row: Referral) -> str:
    return reverse("marac:case", args=[row.pk])


def _asked(row, known: dict) -> WorkItem:
    answered = row.answered_at is not None
    return WorkItem(
        title=words.name(known.get(row.person_id)),
        url=reverse("marac:case" if answered else "marac:answer", args=[row.referral_id]),
        rag=None,
        due=None if answered else row.due_at,
        facts=(words.level(row.referral), f"Asked of {row.team}"),
        tag="Answered" if answered else "",
        tag_colour="green",
    )


def _to_decide(row: Referral, known: dict) -> WorkItem:
    return WorkItem(
        title=words.name(known.get(row.person_id)),
        url=_url(row),
        rag=None,
        facts=(words.level(row), f"From {row.from_team}, {moment(row.referred_on)}"),
        tag="To decide",
        tag_colour="orange",
    )


def _to_ask(row: Referral, known: dict) -> WorkItem:
    return WorkItem(
        title=words.name(known.get(row.person_id)),
        url=_url(row),
        rag=None,
        facts=(words.level(row), f"Taken {moment(row.accepted_at)}"),
        tag="Ask agencies",
        tag_colour="orange",
    )


def _late(row, known: dict) -> WorkItem:
    return WorkItem(
        title=f"{row.team}: {words.name(known.get(row.person_id))}",
        url=reverse("marac:case", args=[row.referral_id]),
        rag=None,
        due=row.due_at,
    )


def _review(item, known: dict) -> WorkItem:
    return WorkItem(
        title=words.name(known.get(item.person_id)),
        url=reverse("marac:case", args=[item.referral_id]),
        rag=None,
        facts=(f"Heard {moment(item.heard_at)}",),
        tag="Review",
        tag_colour="orange",
    )


def _found(one, cases: dict, teams: dict, known: dict) -> list:
    row, team = cases[one.referral_id], teams[one.team_id]
    args = [one.referral_id, one.day.isoformat(), one.team_id]
    return [
        Cell(words.name(known.get(row.person_id)), _url(row)),
        moment(one.day),
        team.name,
        Cell("A repeat", reverse("marac:again", args=args)) if row.closed_at else "Still open",
        Cell("No repeat", reverse("marac:dismiss", args=args)),
    ]
