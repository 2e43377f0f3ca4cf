"""Keeping the list of staff: who may sign in, with which roles. For administrators."""

from datetime import date
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import Membership, Session, SignInTries, Team, User
from onestory.agencies.pack import pack
from onestory.agencies.reasons import LET_IN, RESET, SHUT_OUT
from onestory.agencies.roles import OWN_PAGES_TEAM, ROLES, STAFF_ROLES, Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused

NOT_ONESELF = "Ask another administrator: nobody does this for themselves."


@transaction.atomic
def add_user(*, by: Actor, email: str, name: str, password: str | None = None) -> User:
    """Add someone who will sign in. Without a password they come by invitation or identity provider.

    Raises `Refused` if the address is taken.
    """
    _must_manage_staff(by)
    user = User.objects.create(
        email=_free_address(email),
        name=name.strip(),
        password=make_password(password),
        joined_at=timezone.now(),
    )
    record.write("user.add", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def invite_user(*, by: Actor, email: str, name: str, team: Team, role: str) -> User:
    """Add someone in a team, to be handed the link that `queries.invitation` makes."""
    user = add_user(by=by, email=email, name=name)
    add_membership(by=by, user=user, team=team, role=role)
    return user


@transaction.atomic
def renew_invitation(*, by: Actor, user_id: UUID) -> User:
    """Make room for a new link: the old one, the password and every session end with this."""
    user = _another(by, user_id)
    if not user.is_active:
        raise Refused("Let them in again first: this person may not sign in.")
    user.password = make_password(None)
    user.save(update_fields=["password"])
    Session.objects.filter(user=user).delete()
    record.write("user.invite", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def change_user(*, by: Actor, user_id: UUID, email: str, name: str) -> User:
    """Change someone's name or the address that they sign in with."""
    user = _another(by, user_id)
    changed = [
        field
        for field, value in (("email", email.strip().lower()), ("name", name.strip()))
        if getattr(user, field) != value
    ]
    if "email" in changed:
        user.email = _free_address(email)
    user.name = name.strip()
    user.save(update_fields=["email", "name"])
    record.write("user.change", by=by, subject=f"user:{user.pk}", detail={"changed": changed})
    return user


@transaction.atomic
def set_active(*, by: Actor, user_id: UUID, active: bool, reason: str) -> User:
    """Shut someone out at once, or let them in again. Their memberships stay as they are.

    `reason` is a code of `reasons`.
    """
    user = _another(by, user_id)
    _must_be_one_of(LET_IN if active else SHUT_OUT, reason)
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        Session.objects.filter(user=user).delete()
        verb = "user.reactivate" if active else "user.deactivate"
        record.write(verb, by=by, subject=f"user:{user.pk}", detail={"reason": reason})
    return user


@transaction.atomic
def unlock_user(*, by: Actor, user_id: UUID) -> User:
    """Let someone try again who was locked out after too many failures."""
    user = _another(by, user_id)
    SignInTries.objects.filter(address=SignInTries.key(user.email)).delete()
    record.write("user.unlock", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def reset_second_factors(*, by: Actor, user_id: UUID, reason: str) -> User:
    """Take away every second factor of someone who has lost theirs; they set up a new one.

    `reason` is a code of `reasons`.
    """
    user = _another(by, user_id)
    _must_be_one_of(RESET, reason)
    factors = Authenticator.objects.filter(user=user)
    kinds = sorted(factors.values_list("type", flat=True))
    if not kinds:
        raise Refused(f"{user.name} has no second factor to reset.")
    factors.delete()
    Session.objects.filter(user=user).delete()
    record.write(
        "user.reset-second-factor",
        by=by,
        subject=f"user:{user.pk}",
        detail={"reason": reason, "kinds": kinds},
    )
    return user


@transaction.atomic
def add_membership(
    *, by: Actor, user: User, team: Team, role: str, starts_on: date | None = None
) -> Membership:
    """Give someone a role in a team. They hold one role there at a time.

    Nobody gives one to themselves; the policies say so too.
    """
    _must_manage_staff(by)
    if user.pk == by.user_id:
        raise Refused(NOT_ONESELF)
    if role not in STAFF_ROLES or team.pk == OWN_PAGES_TEAM:
        raise Refused("Choose a role.")
    if team.ended_on:
        raise Refused("This team has ended.")
    if Membership.objects.filter(user=user, team=team, ends_on=None).exists():
        raise Refused(f"{user.name} is in this team already. End that membership first.")
    membership = Membership.objects.create(
        user=user,
        team=team,
        role=role,
        works_cases=ROLES[role].works_cases,
        starts_on=starts_on or timezone.localdate(),
    )
    record.write(
        "membership.add",
        by=by,
        subject=f"user:{user.pk}",
        detail={"team": team.code, "role": role},
    )
    return membership


@transaction.atomic
def end_membership(*, by: Actor, membership_id: UUID, on: date | None = None) -> Membership:
    """End a role in a team, from the day after `on`: from tomorrow, unless that is said."""
    _must_manage_staff(by)
    membership = Membership.objects.filter(pk=membership_id, ends_on=None).first()
    if membership is None:
        raise Http404
    if on and on < membership.starts_on:
        raise Refused(
            "This role began today, so it can end with today at the earliest."
            " To shut somebody out at once, deactivate their account."
        )
    membership.ends_on = max(on or timezone.localdate(), membership.starts_on)
    membership.save(update_fields=["ends_on"])
    record.write("membership.end", by=by, subject=f"user:{membership.user_id}")
    return membership


@transaction.atomic
def create_admin(*, email: str, name: str, password: str) -> User:
    """Make an administrator, in the team that the area's first door belongs to.

    For the command line, where nobody has signed in yet: the system does it.
    """
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    by = system_actor()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onestory.actor', %s, true)", [str(by.user_id)])
    user = add_user(by=by, email=email, name=name, password=password)
    team = Team.objects.get(code=pack().default_front_door)
    add_membership(by=by, user=user, team=team, role="administrator")
    return user


def _another(by: Actor, user_id: UUID) -> User:
    """The member of staff to change, held until it is done; never the one who asks."""
    _must_manage_staff(by)
    user = User.objects.select_for_update().filter(pk=user_id, is_system=False).first()
    if user is None or user.memberships.filter(team=OWN_PAGES_TEAM).exists():
        raise Http404
    if user.pk == by.user_id:
        raise Refused(NOT_ONESELF)
    return user


def _free_address(email: str) -> str:
    email = email.strip().lower()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address is there already.")
    return email


def _must_be_one_of(reasons: dict[str, str], reason: str) -> None:
    if reason not in reasons:
        raise Refused("Choose the reason.")


def _must_manage_staff(by: Actor) -> None:
    if not by.is_system:
        by.must(Permission.STAFF_MANAGE)
