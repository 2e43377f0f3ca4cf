"""The home page: what waits for the actor's teams, most urgent first."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.guard import signed_in
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.cases import alerts
from onestory.cases.forms.typed import typed_on
from onestory.cases.models import Contact, Draft, Referral
from onestory.cases.queries import worklist as queries
from onestory.cases.queries.brokering import choosing
from onestory.cases.queries.contacts import Onward, referred_to
from onestory.cases.queries.worklist import Counts
from onestory.cases.rules.states import is_escalated
from onestory.cases.views import words
from onestory.kernel.components import Cell, WorkItem
from onestory.kernel.keyset import Window
from onestory.kernel.templatetags.pages import due, moment
from onestory.people.models import Identity
from onestory.people.queries import names

Names = dict[UUID, Identity]
# Of what was sent, and waits for nobody, only what is recent is shown unless all of it is asked for.
HISTORY = ("sent", "referred")
RECENT = timedelta(days=28)


@signed_in
def worklist(request: HttpRequest) -> HttpResponse:
    """One list at a time, chosen by `show`; by default the first in which something waits."""
    by, now = request.actor, timezone.now()
    if not by.team_ids:
        return render(request, "cases/no_worklist.html")
    counts = queries.counts(by, now)
    show = _chosen(request.GET.get("show", ""), counts)
    page, said = _listed(request, show)
    first = alerts.alerts(by)
    about = [row.person_id for row in (*first, *page.rows)]
    known = names(by, about) if about else {}
    context = {
        "first": [alert.as_item(words.name(known, alert.person_id)) for alert in first],
        "tabs": _tabs(show, counts),
        "nothing_waits": not first and not any(getattr(counts, tab, 0) for tab in LISTS),
        "drafts": [_draft(draft) for draft in queries.drafts(by)],
        "choosing": _choosing(by),
        "counts": counts,
        "strip": _strip(counts),
        **SHOWN[show](page.rows, known),
        **_destinations(by, show, page.rows, known),
        **said,
    }
    return render(request, "cases/worklist.html", context)


def _listed(request: HttpRequest, show: str) -> tuple[Window, dict]:
    """A page of the list, and what is said of it: of what was sent, first what is recent."""
    here = f"{reverse('cases:worklist')}?show={show}"
    where = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    said = {"title": TITLES[show], "empty": EMPTY[show]}
    if show in HISTORY and "all" not in request.GET:
        where["since"] = timezone.now() - RECENT
        said["title"] += f" in the last {RECENT.days} days"
        said["empty"] = f"Nothing was sent in the last {RECENT.days} days."
        said["all_url"] = f"{here}&all=1"
    elif show in HISTORY:
        here += "&all=1"
    page = LISTS[show](request.actor, **where)
    return page, {**said, **_neighbours(here, page)}


LISTS = {
    "contacts": queries.contacts_to_decide,
    "referrals": queries.referrals_to_answer,
    "late": queries.referrals_late,
    "decisions": queries.decisions_to_see,
    "answers": queries.answers_to_see,
    "sent": queries.contacts_sent,
    "referred": queries.referrals_sent,
}
TITLES = {
    "contacts": "To decide",
    "referrals": "To answer",
    "late": "Late elsewhere",
    "decisions": "Decisions for you",
    "answers": "Answers for you",
    "sent": "Contacts sent",
    "referred": "Referrals sent",
}


EMPTY = {
    "contacts": "No contact waits for a decision.",
    "referrals": "No referral waits for an answer.",
    "late": "No team is late with an answer to you.",
    "decisions": "Nothing has been decided that you have not seen.",
    "answers": "Nothing has been answered that you have not seen.",
    "sent": "Your team has sent no contact yet.",
    "referred": "Your team has sent no referral yet.",
}


def _chosen(asked: str, counts: Counts) -> str:
    if asked in LISTS:
        return asked
    return next((show for show in LISTS if getattr(counts, show, 0)), "sent")


def _tabs(shown: str, counts: Counts) -> list[dict]:
    """Every list; those in which nothing can wait have no count."""
    return [
        {
            "label": label,
            "url": f"{reverse('cases:worklist')}?show={show}",
            "current": show == shown,
            "count": getattr(counts, show, None),
        }
        for show, label in TITLES.items()
    ]


def _strip(counts: Counts) -> list[tuple[str, int, str]]:
    """What waits for a decision or an answer, by how near it is due."""
    return [
        ("Overdue", counts.overdue, "overdue"),
        ("Due within 4 hours", counts.soon, "soon"),
        ("Later today", counts.today, "today"),
        ("After today", counts.later, "later"),
    ]


def _draft(draft: Draft) -> dict:
    typed = typed_on(draft.answers, "who")
    named = " ".join(filter(None, map(typed.get, ("given_name", "family_name"))))
    return {"draft": draft, "about": named}


def _choosing(by: Actor) -> list[dict]:
    """Services that are being chosen with somebody."""
    if not by.may(Permission.REFERRAL_SEND):
        return []
    begun = choosing(by)
    known = names(by, [one.person_id for one in begun]) if begun else {}
    return [{"choices": one, "about": words.name(known, one.person_id)} for one in begun]


def _neighbours(here: str, page: Window) -> dict:
    return {
        "previous_url": f"{here}&before={page.previous}" if page.previous else "",
        "next_url": f"{here}&after={page.next}" if page.next else "",
    }


def _contacts_to_decide(rows: Iterable[Contact], known: Names) -> dict:
    return {
        "items": [
            WorkItem(
                title=words.name(known, contact.person_id),
                url=reverse("cases:contact", args=[contact.pk]),
                rag=contact.rag,
                due=contact.due_at,
                facts=[
                    pack().needs.name(contact.presenting_need),
                    words.terms("abuse", contact.abuse),
                    f"From {contact.from_team}",
                    "Children in the home" if contact.children_in_home else "",
                ],
                tag="In danger now" if contact.danger_now else "",
                tag_colour="red",
            )
            for contact in rows
        ]
    }


def _referrals_to_answer(rows: Iterable[Referral], known: Names) -> dict:
    return {
        "items": [
            WorkItem(
                title=words.name(known, referral.person_id),
                url=reverse("cases:referral", args=[referral.pk]),
                rag=None,
                due=referral.next_due,
                facts=[
                    referral.service.name if referral.service else "",
                    words.terms("needs", referral.needs),
                    f"From {referral.from_team}",
                ],
                tag="Acknowledged" if referral.acknowledged_at else "To acknowledge",
                tag_colour="blue" if referral.acknowledged_at else "yellow",
            )
            for referral in rows
        ]
    }


def _referrals_late(rows: Iterable[Referral], known: Names) -> dict:
    now = timezone.now()
    return {
        "items": [
            WorkItem(
                title=words.name(known, referral.person_id),
                url=reverse("cases:referral", args=[referral.pk]),
                rag=None,
                due=referral.answer_by if referral.acknowledged_at else referral.acknowledge_by,
                facts=[words.referral_to(referral), f"Sent {moment(referral.sent_at)}"],
                tag=words.lateness(referral, now),
                tag_colour="red" if is_escalated(referral, now) else "orange",
            )
            for referral in rows
        ]
    }


def _destinations(by: Actor, show: str, rows: list, known: Names) -> dict:
    """Contacts once more, with where they were referred on."""
    if show not in ("decisions", "sent"):
        return {}
    return _contacts(rows, known, referred_to(by, rows))


def _contacts(
    rows: Iterable[Contact], known: Names, to: dict[UUID, list[Onward]] | None = None
) -> dict:
    to = to or {}
    return {
        "columns": ["Who", "Sent to", "Sent", "Where it stands", "Due"],
        "rows": [
            [
                Cell(
                    words.name(known, contact.person_id),
                    reverse("cases:contact", args=[contact.pk]),
                ),
                contact.to_team.name,
                moment(contact.received_at),
                words.where_it_stands(contact, to.get(contact.pk, ())),
                due(contact.due_at, contact.decided_at),
            ]
            for contact in rows
        ],
    }


def _referrals(rows: Iterable[Referral], known: Names) -> dict:
    return {
        "columns": ["Who", "Sent to", "Sent", "Where it stands", "Due"],
        "rows": [
            [
                Cell(
                    words.name(known, referral.person_id),
                    reverse("cases:referral", args=[referral.pk]),
                ),
                words.referral_to(referral),
                moment(referral.sent_at),
                words.referral_tag(referral),
                _answer_due(referral),
            ]
            for referral in rows
        ],
    }


def _answer_due(referral: Referral):
    if referral.withdrawn_at:
        return ""
    answered = referral.accepted_at or referral.declined_at or referral.returned_at
    return due(referral.answer_by, answered)


SHOWN = {
    "contacts": _contacts_to_decide,
    "referrals": _referrals_to_answer,
    "late": _referrals_late,
    "decisions": _contacts,
    "answers": _referrals,
    "sent": _contacts,
    "referred": _referrals,
}
