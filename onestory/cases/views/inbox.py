"""What other teams ask of this one: to answer, waiting, and no longer theirs; and closing a service."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actions import close_service
from onestory.agencies.guard import needs
from onestory.agencies.roles import Permission
from onestory.cases import actions
from onestory.cases.forms.referrals import CloseServiceForm
from onestory.cases.models import Referral
from onestory.cases.queries import inbox as queries
from onestory.cases.queries import worklist
from onestory.cases.queries.gone import gone
from onestory.cases.queries.queue import places
from onestory.cases.rules.states import is_escalated
from onestory.cases.views import words
from onestory.cases.views.asked import number
from onestory.kernel.components import Cell, WorkItem
from onestory.kernel.errors import Refused
from onestory.kernel.templatetags.pages import moment
from onestory.people.queries import names

TITLES = {"answer": "To answer", "waiting": "Waiting for us", "gone": "No longer with us"}
COLUMNS = ("Who", "Service", "Accepted", "Place", "What they were told")


@needs(Permission.REFERRAL_ANSWER)
def inbox(request: HttpRequest) -> HttpResponse:
    """One list at a time, chosen by `show`."""
    show = request.GET.get("show", "")
    show = show if show in TITLES else "answer"
    counts = queries.counts(request.actor)
    here = reverse("cases:inbox")
    context = {
        "title": TITLES[show],
        "show": show,
        "escalated": counts.escalated,
        "tabs": [
            {
                "label": label,
                "url": f"{here}?show={code}",
                "current": code == show,
                "count": getattr(counts, code, None),
            }
            for code, label in TITLES.items()
        ],
        **LISTS[show](request),
    }
    return render(request, "cases/inbox.html", context)


def _to_answer(request: HttpRequest) -> dict:
    page = worklist.referrals_to_answer(request.actor, **_where(request))
    known = names(request.actor, [row.person_id for row in page.rows]) if page.rows else {}
    return {"items": [_item(row, known) for row in page.rows], **_neighbours("answer", page)}


def _item(row: Referral, known: dict) -> WorkItem:
    late = is_escalated(row, timezone.now())
    tag = "Acknowledged" if row.acknowledged_at else "To acknowledge"
    return WorkItem(
        title=words.name(known, row.person_id),
        url=reverse("cases:referral", args=[row.pk]),
        rag=None,
        due=row.next_due,
        facts=[
            row.service.name if row.service else "",
            words.terms("needs", row.needs),
            f"From {row.from_team}",
        ],
        tag="Before your manager" if late else tag,
        tag_colour="red" if late else "blue" if row.acknowledged_at else "yellow",
    )


def _waiting(request: HttpRequest) -> dict:
    page = worklist.referrals_waiting(request.actor, **_where(request))
    known = names(request.actor, [row.person_id for row in page.rows]) if page.rows else {}
    queued = places(request.actor, [row.pk for row in page.rows])
    rows = [
        [
            Cell(words.name(known, row.person_id), reverse("cases:referral", args=[row.pk])),
            row.service.name if row.service else "",
            moment(timezone.localtime(row.accepted_at).date()),
            queued.get(row.pk, ""),
            words.promised(row),
        ]
        for row in page.rows
    ]
    return {"columns": COLUMNS, "rows": rows, **_neighbours("waiting", page)}


def _gone(request: HttpRequest) -> dict:
    return {"lines": [words.gone(one) for one in gone(request.actor)]}


LISTS = {"answer": _to_answer, "waiting": _waiting, "gone": _gone}


@needs(Permission.DIRECTORY_KEEP)
def close(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """Close a service: first it is said what becomes of those who wait for it."""
    by = request.actor
    service = queries.own_service(by, service_id)
    waiting = queries.waiting_for(by, service_id)
    form = CloseServiceForm(
        request.POST or None, others=queries.others_of_team(service), waiting=waiting
    )
    if form.is_bound and form.is_valid():
        try:
            # Together or not at all: nobody is given back by a service that then goes on.
            with transaction.atomic():
                done = _settle(by, service_id, form.cleaned_data)
                close_service(
                    by=by,
                    service_id=service_id,
                    version=number(request.POST.get("version", "")),
                    waiting=lambda key: queries.waiting_for(by, key),
                )
            told = f" {words.counted(done, 'sender', 'told')}." if done else ""
            messages.success(request, f"{service.name} is closed.{told}")
            return redirect("agencies:service", service_id)
        except Refused as refused:
            form.refuse(refused)
    context = {
        "form": form,
        "service": service,
        "waiting": waiting,
        "version": request.POST.get("version", service.version),
        "back": reverse("agencies:service", args=[service_id]),
    }
    return render(request, "cases/close_service.html", context)


def _settle(by, service_id: UUID, answers: dict) -> int:
    """Move or give back those who wait; how many that were."""
    told = {"by": by, "service_id": service_id, "words": answers["words"]}
    if to := answers.get("to_service"):
        return len(actions.move_waiting(**told, to_service_id=UUID(to)))
    return len(actions.return_waiting(**told))


def _where(request: HttpRequest) -> dict:
    return {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}


def _neighbours(show: str, page) -> dict:
    here = f"{reverse('cases:inbox')}?show={show}"
    return {
        "previous_url": f"{here}&before={page.previous}" if page.previous else "",
        "next_url": f"{here}&after={page.next}" if page.next else "",
    }
