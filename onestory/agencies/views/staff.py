"""The list of staff, for administrators; and the roles, for everybody to read."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from onestory.agencies import actions, queries
from onestory.agencies.forms import (
    EndRoleForm,
    InviteForm,
    LetInForm,
    PersonForm,
    ResetForm,
    RoleForm,
    SearchForm,
    ShutOutForm,
)
from onestory.agencies.guard import needs, signed_in
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel.errors import Refused

INVITED = "invited"
get_or_post = require_http_methods(["GET", "POST"])


@signed_in
@require_GET
def roles(request):
    return render(request, "agencies/roles.html", {"roles": ROLES.values()})


@needs(Permission.STAFF_MANAGE)
@get_or_post
def people(request):
    """The list, or what a search found in it. A search is posted, to keep names out of addresses."""
    form = SearchForm(_sent(request))
    words = form.cleaned_data["words"] if form.is_valid() else ""
    try:
        after = UUID(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        raise Http404 from None
    page = queries.staff(request.actor, after=after, words=words)
    return render(request, "agencies/staff.html", {"form": form, "page": page, "words": words})


@needs(Permission.STAFF_MANAGE)
@require_GET
def member(request, user_id):
    person = queries.member(request.actor, user_id)
    context = {
        "person": person,
        "is_self": person.pk == request.actor.user_id,
        "roles": [(membership, ROLES[membership.role]) for membership in person.live],
        "factors": queries.second_factors(person),
        "locked": queries.is_locked_out(person),
    }
    return render(request, "agencies/member.html", context)


@needs(Permission.STAFF_MANAGE)
@get_or_post
def invite(request):
    form = InviteForm(_sent(request))
    if form.is_valid():
        given = form.cleaned_data
        invited = _try(form, lambda: actions.invite_user(by=request.actor, **given))
        if invited:
            return _show_invitation_once(request, invited)
    return render(request, "agencies/invite.html", {"form": form})


@needs(Permission.STAFF_MANAGE)
@get_or_post
def invitation(request, user_id):
    """The link to hand over, shown once; or a question whether to make a new one."""
    person = queries.member(request.actor, user_id)
    if request.method == "POST":
        try:
            actions.renew_invitation(by=request.actor, user_id=user_id)
        except Refused as refused:
            messages.error(request, refused.reason)
            return redirect("agencies:member", user_id)
        return _show_invitation_once(request, queries.member(request.actor, user_id))
    if request.session.get(INVITED) != str(user_id):
        return render(request, "agencies/new_invitation.html", {"person": person})
    del request.session[INVITED]
    link = request.build_absolute_uri(queries.invitation(person))
    return render(request, "agencies/invitation.html", {"person": person, "link": link})


def _show_invitation_once(request, person):
    request.session[INVITED] = str(person.pk)
    return redirect("agencies:invitation", person.pk)


@needs(Permission.STAFF_MANAGE)
@get_or_post
def change(request, user_id):
    person = queries.member(request.actor, user_id)
    form = PersonForm(_sent(request), initial={"name": person.name, "email": person.email})
    return _ask(
        request,
        person,
        form,
        lambda given: actions.change_user(by=request.actor, user_id=user_id, **given),
        title="Change name or address",
        button="Save",
    )


@needs(Permission.STAFF_MANAGE)
@get_or_post
def add_role(request, user_id):
    person = queries.member(request.actor, user_id)
    return _ask(
        request,
        person,
        RoleForm(_sent(request)),
        lambda given: actions.add_membership(by=request.actor, user=person, **given),
        title="Give a role",
        button="Give this role",
    )


@needs(Permission.STAFF_MANAGE)
@get_or_post
def end_role(request, user_id, membership_id):
    person = queries.member(request.actor, user_id)
    held = next((m for m in person.live if m.pk == membership_id and m.ends_on is None), None)
    if held is None:
        raise Http404
    today = timezone.localdate()
    last_day = {"today": today, "now": today - timedelta(days=1)}
    return _ask(
        request,
        person,
        EndRoleForm(_sent(request)),
        lambda given: actions.end_membership(
            by=request.actor, membership_id=membership_id, on=last_day[given["when"]]
        ),
        title=f"End the role of {ROLES[held.role].name.lower()} in {held.team.name}",
        button="End this role",
    )


@needs(Permission.STAFF_MANAGE)
@get_or_post
def shut_out(request, user_id):
    return _set_active(request, user_id, ShutOutForm, active=False)


@needs(Permission.STAFF_MANAGE)
@get_or_post
def let_in(request, user_id):
    return _set_active(request, user_id, LetInForm, active=True)


def _set_active(request, user_id, form_class, *, active: bool):
    return _ask(
        request,
        queries.member(request.actor, user_id),
        form_class(_sent(request)),
        lambda given: actions.set_active(by=request.actor, user_id=user_id, active=active, **given),
        title="Reactivate this account" if active else "Deactivate this account",
        about="They can sign in again, with the roles that they have."
        if active
        else "They are signed out at once, wherever they are, and cannot sign in.",
        button="Reactivate" if active else "Deactivate",
    )


@needs(Permission.STAFF_MANAGE)
@get_or_post
def unlock(request, user_id):
    return _ask(
        request,
        queries.member(request.actor, user_id),
        None,
        lambda given: actions.unlock_user(by=request.actor, user_id=user_id),
        title="Unlock",
        about="They can try again at once, instead of waiting for 15 minutes."
        " First make sure that it was they who tried: ask them, on a number that you know.",
        button="Unlock",
    )


@needs(Permission.STAFF_MANAGE)
@get_or_post
def reset(request, user_id):
    return _ask(
        request,
        queries.member(request.actor, user_id),
        ResetForm(_sent(request)),
        lambda given: actions.reset_second_factors(by=request.actor, user_id=user_id, **given),
        title="Reset the second factor",
        about="Their app, passkeys and recovery codes stop working, and they are signed out. When"
        " they next sign in they set up a new one. First make sure that it is they who ask: see"
        " them, or ring them on a number that you know.",
        button="Reset",
    )


def _sent(request):
    return request.POST if request.method == "POST" else None


def _ask(request, person, form, act, *, title: str, button: str, about: str = ""):
    """A page that asks before something is done to `person`, and does it when that is sent."""
    is_sent = request.method == "POST" and (form is None or form.is_valid())
    if is_sent and _try(form, lambda: act(form.cleaned_data if form else {}), request):
        messages.success(request, "Done")
        return redirect("agencies:member", person.pk)
    context = {"person": person, "form": form, "title": title, "about": about, "button": button}
    return render(request, "agencies/ask.html", context)


def _try(form, act, request=None):
    """What `act` makes; None where the rules say no, and then the page says why."""
    try:
        return act()
    except Refused as refused:
        if form is None:
            messages.error(request, refused.reason)
        else:
            form.refuse(refused)
        return None
