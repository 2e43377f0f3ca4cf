"""The page of a person: safe contact first, then what is known, what happened and who knows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.acting import now
from onestory.access.actions import RECORDED
from onestory.access.models import Answer, Consent, Grant, Kind
from onestory.access.queries.knowing import BASES, PURPOSES
from onestory.agencies.actor import Actor
from onestory.agencies.guard import needs
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.kernel.components import Event, Row
from onestory.kernel.templatetags.pages import moment, until
from onestory.people import cards, queries, timeline
from onestory.people.about import About
from onestory.people.models import Join
from onestory.people.queries import PersonView
from onestory.people.rules.closed import may_be_asked_for
from onestory.people.views import words

KNOWS_COLUMNS = ["Team", "What", "On what basis", "What for", "Since", "Until"]


@dataclass
class Card:
    """One kind of knowledge, as the page shows it."""

    kind: str
    title: str
    is_open: bool
    rows: list[Row] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    why: str = ""
    until: datetime | None = None
    ask_url: str = ""
    asked: str = ""

    @property
    def apart(self) -> bool:
        """Whereabouts must not be mistaken for an address that anybody may be told."""
        return self.kind == Kind.WHEREABOUTS and self.is_open


@needs(Permission.PERSON_FIND)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    by = request.actor
    view = queries.open_person(by, person_id)
    if view.person.pk != person_id:
        return redirect("people:person", view.person.pk)
    about = About(by, view.ids, frozenset(kind for kind in view.covers if view.is_open(kind)))
    shown = [_card(about, view, kind) for kind in view.covers if _is_heard_of(by, view, kind)]
    identity = view.identity
    sex = pack().sexes.name(identity.sex) if identity and identity.sex else ""
    context = {
        "view": view,
        "name": str(identity) if identity else "Name closed to you",
        "facts": list(filter(None, [words.born(identity), sex, view.person.reference])),
        "safe": _safe_contact(view),
        "cards": shown,
        "may_bar": by.may(Permission.PERSON_BAR),
        "may_refer": by.may(Permission.REFERRAL_SEND),
        "may_work": by.may(Permission.CASE_WORK),
        "may_judge": by.may(Permission.ASSESS)
        and (Kind.RISK not in view.covers or view.is_open(Kind.RISK)),
        "may_invite": by.may(Permission.OWN_PAGES_INVITE) and view.may_write(Kind.IDENTITY),
        "may_note": by.may(Permission.THERAPY_WORK),
        "may_rights": by.may(Permission.RIGHTS_WORK),
        "any_closed": not all(view.is_open(kind) for kind in view.covers),
        "joinings": [_joining(by, row) for row in view.joins if row.undone_at is None],
        "events": _events(about, view),
        "knows": _knows(view.who_knows),
        "knows_columns": KNOWS_COLUMNS,
        "back": {"url": reverse("people:find"), "text": "Find a person"},
    }
    return render(request, "people/person.html", context)


@needs(Permission.PERSON_FIND)
def code_word(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The code word, asked for by itself: not for whoever looks over a shoulder."""
    view = queries.open_person(request.actor, person_id)
    found = [row.code_word for row in view.safe_contacts if row.code_word]
    if not found:
        raise Http404
    context = {
        "words": found,
        "name": str(view.identity) if view.identity else "",
        "back": reverse("people:person", args=[view.person.pk]),
    }
    return render(request, "people/code_word.html", context)


def _safe_contact(view: PersonView) -> dict:
    """The strip at the very top. Where nothing is known, nothing is safe."""
    key = [view.person.pk]
    change_url = ""
    if view.may_write(Kind.SAFE_CONTACT):
        change_url = reverse("people:safe-contact", args=key)
    if view.safe_contacts:
        first = view.safe_contacts[0]
        return {
            "state": first.safe_to_call,
            "title": words.SAFE_TO_USE[first.safe_to_call],
            "strips": [_strip(view, row) for row in view.safe_contacts],
            "change_url": change_url,
            "change": "Change safe contact",
        }
    if view.is_open(Kind.SAFE_CONTACT):
        said = "Nobody has recorded it. Do not call, write or leave a message until it is known."
        title = "Not known whether it is safe to call"
        return {
            "state": "unknown",
            "title": title,
            "words": said,
            "change_url": change_url,
            "change": "Record safe contact",
        }
    said = "Do not call, write or leave a message. Ask for it, or talk to a team that knows."
    if Kind.SAFE_CONTACT not in view.covers:
        said = "Nothing is recorded. Do not call, write or leave a message until it is known."
    return {"state": "closed", "title": "You do not know whether it is safe to call", "words": said}


def _strip(view: PersonView, row) -> dict:
    facts = [
        ("Safe to call?", row.get_safe_to_call_display()),
        ("When", row.when_safe or words.NOT_KNOWN),
        ("Leave a message?", row.get_voicemail_display()),
        ("Send a text?", row.get_text_messages_display()),
        ("Must not know", row.must_not_know or words.NOT_KNOWN),
    ]
    url = reverse("people:code-word", args=[view.person.pk]) if row.code_word else ""
    return {"facts": facts, "code_word_url": url}


def _card(about: About, view: PersonView, kind: str) -> Card:
    card = Card(kind, Kind(kind).label, view.is_open(kind))
    if not card.is_open:
        return _closed(view, card)
    grant = _why_open(about.by, view, kind)
    card.why, card.until = (_basis(grant), grant.ends_at) if grant else ("", None)
    may_write = view.may_write(kind)
    card.rows = [*_rows(view, kind, may_write)]
    for source in cards.sources[kind]:
        card.rows += source(about)
    if may_write:
        card.links = [
            (label, reverse(f"people:{name}", args=[view.person.pk]))
            for label, name in LINKS.get(kind, ())
        ]
    return card


LINKS = {
    Kind.IDENTITY: [("Change who they are", "identity"), ("Add an address", "add-address")],
    Kind.SAFE_CONTACT: [("Add a telephone number", "add-phone")],
    Kind.WHEREABOUTS: [("Add an address", "add-address")],
    Kind.STORY: [("Add somebody in their life", "relate")],
}


def _is_heard_of(by: Actor, view: PersonView, kind: str) -> bool:
    """Whether it is said that this is there: if it is open, or may be asked for."""
    return view.is_open(kind) or may_be_asked_for(
        kind, gives_therapy=by.may(Permission.THERAPY_WORK)
    )


def _closed(view: PersonView, card: Card) -> Card:
    """Closed, with a way to ask; or what became of asking."""
    covers = view.covers[card.kind]
    closed = {cover.id for cover in covers.values()}
    asked = [r for r in view.requests if r.envelope_id in closed and r.answered_at is None]
    if asked:
        card.asked = f"{asked[0].team} asked for it on {moment(asked[0].asked_at)}, and waits."
    else:
        card.ask_url = reverse("people:ask", args=[next(iter(covers)), card.kind])
    return card


def _rows(view: PersonView, kind: str, may_write: bool) -> list[Row]:
    if kind == Kind.IDENTITY:
        rows = [row for identity in view.identities for row in words.identity_rows(identity)]
        return rows + [
            words.address_row(a, may_write) for a in view.addresses if not a.confidential
        ]
    if kind == Kind.WHEREABOUTS:
        return [words.address_row(a, may_write) for a in view.addresses if a.confidential]
    if kind == Kind.SAFE_CONTACT:
        return [words.phone_row(phone, may_write) for phone in view.phones]
    if kind == Kind.STORY:
        return [
            words.relationship_row(row, view.names.get(row.other_id), may_write)
            for row in view.relationships
        ]
    return []


def _why_open(by: Actor, view: PersonView, kind: str) -> Grant | None:
    """The grant by which the actor sees it: one without an end, or else the one that lasts longest."""
    mine = [
        grant
        for grant in view.who_knows
        if grant.team_id in by.team_ids and grant.envelope.kind == kind and _is_live(grant)
    ]
    endless = next((grant for grant in mine if grant.ends_at is None), None)
    return endless or max(mine, key=lambda grant: grant.ends_at, default=None)


def _is_live(grant: Grant) -> bool:
    return grant.starts_at <= now() and (grant.ends_at is None or grant.ends_at > now())


def _basis(grant: Grant) -> str:
    if grant.basis == RECORDED:
        return f"{grant.team} recorded it"
    return BASES.get(grant.basis) or pack().bases.name(grant.basis)


def _purpose(grant: Grant) -> str:
    if grant.purpose == RECORDED:
        return "Its own work"
    return PURPOSES.get(grant.purpose) or pack().purposes.name(grant.purpose)


def _knows(grants: list[Grant]) -> list[list[str]]:
    """Who knows, in plain words: grants given together are one line."""
    lines: dict[tuple, list[str]] = {}
    for grant in grants:
        who = f"{grant.team}, {grant.user} alone" if grant.user_id else str(grant.team)
        ends = until(grant.ends_at) or "No end set"
        if not _is_live(grant):
            ends = f"Ended {moment(grant.ends_at)}"
        key = (who, _basis(grant), _purpose(grant), moment(grant.starts_at), ends)
        lines.setdefault(key, []).append(grant.envelope.get_kind_display())
    return [
        [who, ", ".join(dict.fromkeys(kinds)), basis, purpose, since, ends]
        for (who, basis, purpose, since, ends), kinds in lines.items()
    ]


def _joining(by: Actor, row: Join) -> dict:
    undo_url = reverse("people:undo-join", args=[row.kept_id, row.pk])
    return {
        "words": f"The record {row.joined.reference} is joined to {row.kept.reference}. "
        f"{row.joined_by} joined them on {moment(row.joined_at)}: {row.reason}",
        "undo_url": undo_url if by.may(Permission.PERSON_JOIN) else "",
    }


def _events(about: About, view: PersonView) -> list[Event]:
    """What happened, newest first: of the records themselves, and from every later room."""
    events = [Event(record.added_at, f"Recorded as {record.reference}") for record in view.records]
    for row in view.joins:
        both = f"{row.joined.reference} and {row.kept.reference}"
        events.append(Event(row.joined_at, f"{both} joined", row.reason, str(row.joined_by)))
        if row.undone_at:
            events.append(
                Event(row.undone_at, f"{both} taken apart", row.undo_reason, str(row.undone_by))
            )
    for row in access.askings_of(about.by, view.ids):
        events += _asked(row)
    for source in timeline.sources:
        events += source(about)
    return sorted(events, key=_moment, reverse=True)


def _asked(consent: Consent) -> Iterable[Event]:
    """What they answered when they were asked to share, and what they took back."""
    said = "Yes" if consent.answer == Answer.GIVEN else "No"
    with_whom = f"to sharing with {consent.to_team}"
    who = f"{consent.asked_by}, {consent.team}"
    yield Event(consent.asked_at, f"{said} {with_whom}", _kinds(consent.kinds), who)
    for row in consent.withdrawals.all():
        title = f"Took back their yes {with_whom}"
        yield Event(row.withdrawn_at, title, _kinds(row.kinds), str(row.withdrawn_by))


def _kinds(codes: Iterable[str]) -> str:
    return ", ".join(Kind(code).label for code in codes)


def _moment(event: Event) -> datetime:
    if isinstance(event.when, date) and not isinstance(event.when, datetime):
        return timezone.make_aware(datetime.combine(event.when, time.min))
    return event.when
