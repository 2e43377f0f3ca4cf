"""Setting up the area, and keeping the list of staff."""

from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.area import Pack
from onestory.agencies.models import Area, Membership, Organisation, Service, Team, User
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel import record
from onestory.kernel.errors import Refused

SYSTEM_EMAIL = "system@onestory.invalid"


@transaction.atomic
def load_area(*, pack: Pack) -> None:
    """Bring organisations, teams and services in line with the pack. What left it is ended.

    Raises `Refused` if the system was set up for another area.
    """
    area = Area.objects.first()
    if area and area.code != pack.code:
        raise Refused(f"This system is set up for {area.code}; it cannot become {pack.code}.")
    today = timezone.localdate()
    for organisation in pack.organisations:
        row, _ = Organisation.objects.update_or_create(
            code=organisation.code,
            defaults={"name": organisation.name, "kind": organisation.kind, "ended_on": None},
        )
        for team in organisation.teams:
            Team.objects.update_or_create(
                code=team.code,
                defaults={
                    "organisation": row,
                    "name": team.name,
                    "kind": team.kind,
                    "about": team.about,
                    "front_door": team.front_door,
                    "receives_referrals": team.receives_referrals,
                    "ended_on": None,
                },
            )
    teams = {team.code: team for team in Team.objects.all()}
    for service in pack.services.values():
        Service.objects.update_or_create(
            code=service.code,
            defaults={
                "team": teams[service.team],
                "name": service.name,
                "summary": service.summary,
                "for_whom": service.for_whom,
                "ended_on": None,
            },
        )
    _end_what_left(pack, today)
    Area.objects.update_or_create(
        code=pack.code, defaults={"digest": pack.digest, "loaded_at": timezone.now()}
    )
    _ensure_system_user()
    record.write("area.load", by=None, subject=f"area:{pack.code}", detail={"digest": pack.digest})


def _end_what_left(pack: Pack, today: date) -> None:
    for model, codes in (
        (Organisation, [o.code for o in pack.organisations]),
        (Team, list(pack.teams)),
        (Service, list(pack.services)),
    ):
        model.objects.exclude(code__in=codes).filter(ended_on=None).update(ended_on=today)


def _ensure_system_user() -> None:
    if not User.objects.filter(is_system=True).exists():
        User.objects.create(
            email=SYSTEM_EMAIL,
            name="OneStory",
            is_system=True,
            password=make_password(None),
            joined_at=timezone.now(),
        )


@transaction.atomic
def add_user(*, by: Actor, email: str, name: str, password: str | None = None) -> User:
    """Add someone who will sign in. Without a password they come by invitation or identity provider.

    Raises `Refused` if the address is taken.
    """
    _must_manage_staff(by)
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody with this e-mail address is there already.")
    user = User.objects.create(
        email=email.strip(),
        name=name.strip(),
        password=make_password(password),
        joined_at=timezone.now(),
    )
    record.write("user.add", by=by, subject=f"user:{user.pk}")
    return user


@transaction.atomic
def add_membership(
    *, by: Actor, user: User, team: Team, role: str, starts_on: date | None = None
) -> Membership:
    """Give someone a role in a team. They hold one role there at a time."""
    _must_manage_staff(by)
    if role not in ROLES:
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
    """End a role in a team, from the day after `on` (by default from tomorrow)."""
    _must_manage_staff(by)
    membership = Membership.objects.filter(pk=membership_id, ends_on=None).first()
    if membership is None:
        raise Http404
    membership.ends_on = max(on or timezone.localdate(), membership.starts_on)
    membership.save(update_fields=["ends_on"])
    record.write("membership.end", by=by, subject=f"user:{membership.user_id}")
    return membership


def _must_manage_staff(by: Actor) -> None:
    if not by.is_system:
        by.must(Permission.STAFF_MANAGE)
