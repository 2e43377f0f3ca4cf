"""Bringing organisations, teams and services in line with the area pack."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from onestory.agencies.actor import system_actor
from onestory.agencies.area import Pack
from onestory.agencies.area import Service as Listed
from onestory.agencies.models import Area, Organisation, Service, Team, User
from onestory.agencies.roles import OWN_PAGES, OWN_PAGES_TEAM
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
        _load_service(service, teams)
    _end_what_left(pack, today)
    Area.objects.update_or_create(
        code=pack.code, defaults={"digest": pack.digest, "loaded_at": timezone.now()}
    )
    _ensure_own_pages()
    record.write(
        "area.load", by=system_actor(), subject=f"area:{pack.code}", detail={"digest": pack.digest}
    )


def _load_service(service: Listed, teams: dict[str, Team]) -> None:
    """An entry is brought in line until its team has kept it; one that they closed stays closed."""
    row = Service.objects.filter(code=service.code).first()
    given = {"name": service.name, "team": teams[service.team]}
    if row is None or row.checked_by_id is None:
        given |= {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in service.model_dump(exclude={"code", "name", "team"}).items()
        }
        given["places_per"] = service.places_per if service.places else ""
    if row is None or row.closed_by_id is None:
        given["ended_on"] = None
    Service.objects.update_or_create(code=service.code, defaults=given)


def _end_what_left(pack: Pack, today: date) -> None:
    for model, codes in (
        (Organisation, [o.code for o in pack.organisations]),
        (Team, list(pack.teams)),
        (Service, list(pack.services)),
    ):
        model.objects.exclude(code__in=[*codes, OWN_PAGES]).filter(ended_on=None).update(
            ended_on=today
        )


def _ensure_own_pages() -> None:
    """The team of the people themselves: in every area, in no pack."""
    organisation, _ = Organisation.objects.get_or_create(
        code=OWN_PAGES, defaults={"name": "The people themselves", "kind": OWN_PAGES}
    )
    Team.objects.get_or_create(
        id=OWN_PAGES_TEAM,
        defaults={
            "code": OWN_PAGES,
            "organisation": organisation,
            "name": "Own pages",
            "kind": OWN_PAGES,
            "about": "Each person, for themselves alone.",
        },
    )


def ensure_system_user() -> None:
    """The one that commands and jobs act as is there from the first setup on."""
    if not User.objects.filter(is_system=True).exists():
        User.objects.create(
            email=SYSTEM_EMAIL,
            name="OneStory",
            is_system=True,
            password=make_password(None),
            joined_at=timezone.now(),
        )
