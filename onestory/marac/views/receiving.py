"""Opening a case that the MARAC of another area hands over.

Between looking into the file and opening the case nothing is saved: what was opened goes to the
browser and back, sealed so that only this system reads it, for this person alone.
"""

import json
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from onestory.access.views.pages import done
from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.agencies.sealed import seal, unseal
from onestory.kernel.forms.dates import in_words
from onestory.marac import actions
from onestory.marac.actions import Who
from onestory.marac.forms.transfers import NEW, OpenForm, ReceiveForm
from onestory.marac.queries.transfers import opened_before
from onestory.marac.rules.transfer import Opened, Somebody, Transfer
from onestory.marac.views.pages import coordinates
from onestory.marac.views.parcels import parcel_rows
from onestory.people import queries as people

SHOWN = 5
ALREADY = "This file was opened here before: this is the case."
LOST = "Choose the file again: too much time has passed."


@coordinates
@never_cache
@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """The file and its pass phrase. What is in it is shown, and nothing saved."""
    by, looked = request.actor, []
    form = ReceiveForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def look():
        given = form.cleaned_data
        content = given["file"].read()
        looked.append(
            actions.look_into(by=by, team_id=_team(by), content=content, phrase=given["phrase"])
        )

    if not done(form, look):
        return render(request, "marac/receive.html", {"form": form, "back": reverse("marac:home")})
    [opened] = looked
    if there := opened_before(by, opened.digest):
        messages.success(request, ALREADY)
        return redirect("marac:case", there.referral_id)
    return _look_page(request, opened, OpenForm(**_known(by, opened.transfer)))


@coordinates
@never_cache
@require_POST
def open_case(request: HttpRequest) -> HttpResponse:
    """A case is made of it."""
    by, made = request.actor, []
    opened = _unpacked(by, request.POST.get("opened", ""))
    if opened is None:
        messages.error(request, LOST)
        return redirect("marac:receive")
    form = OpenForm(request.POST, **_known(by, opened.transfer))

    def act():
        given = form.cleaned_data
        made.append(
            actions.open_transfer(
                by=by,
                team_id=_team(by),
                opened=opened,
                who=Who(
                    survivor_id=_key(given["survivor"]),
                    abuser_id=_key(given.get("abuser", NEW)),
                    relation=given.get("relation", ""),
                ),
                told=given["told"],
                not_told_reason=given["not_told_reason"],
            )
        )

    if done(form, act):
        messages.success(request, f"Opened. Give them this receipt by telephone: {opened.receipt}")
        return redirect("marac:case", made[0].pk)
    return _look_page(request, opened, form)


def _look_page(request: HttpRequest, opened: Opened, form: OpenForm) -> HttpResponse:
    letter = opened.transfer
    count = "Not known" if letter.children is None else str(letter.children)
    children = f"{count}. {letter.children_words}" if letter.children_words else count
    context = {
        "form": form,
        "letter": letter,
        "sent_on": in_words(letter.sent_on),
        "rows": parcel_rows(letter, said=letter.words, children=children),
        "opened": _packed(request.actor, opened),
        "back": reverse("marac:receive"),
    }
    return render(request, "marac/look.html", context)


def _known(by: Actor, letter: Transfer) -> dict[str, list | None]:
    """Who may be meant, of those that are open to the actor."""
    return {
        "survivors": _found(by, letter.survivor),
        "abusers": _found(by, letter.abuser) if letter.abuser else None,
    }


def _found(by: Actor, who: Somebody) -> list[tuple[str, str]]:
    born = f"{who.born_on:%d/%m/%Y}" if who.born_on else ""
    typed = " ".join(filter(None, (who.given_name, who.family_name, born)))
    found = people.find(by, typed, limit=SHOWN) if typed else []
    return [(str(one.person.pk), _words(one)) for one in found if one.verdict != "no"]


def _words(one: people.Found) -> str:
    who = one.identity
    called = str(who) if who else "Name closed to you"
    born = f", born {in_words(who.born_on)}" if who and who.born_on else ""
    return f"Yes: {called}{born} ({one.person.reference})"


def _team(by: Actor) -> UUID:
    """The table that the actor coordinates."""
    return by.teams_where(Permission.MARAC_COORDINATE)[0]


def _key(chosen: str) -> UUID | None:
    return None if chosen == NEW else UUID(chosen)


def _purpose(by: Actor) -> str:
    return f"transfer looked into by {by.user_id}"


def _packed(by: Actor, opened: Opened) -> str:
    letter = opened.transfer.model_dump_json()
    return seal(json.dumps([letter, opened.digest, opened.receipt]), _purpose(by))


def _unpacked(by: Actor, sealed: str) -> Opened | None:
    text = unseal(sealed, _purpose(by))
    if text is None:
        return None
    letter, digest, receipt = json.loads(text)
    return Opened(Transfer.model_validate_json(letter), digest, receipt)
