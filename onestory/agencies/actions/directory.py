"""Keeping the directory: each entry by its own team, with what stood there before."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Service, ServiceChange
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.agencies.rules import listing
from onestory.kernel import record
from onestory.kernel.errors import Refused, Stale


@transaction.atomic
def keep_service(*, by: Actor, service_id: UUID, version: int, values: dict) -> Service:
    """Say anew what a service is; `values` has every field of `listing.FIELDS`.

    `version` is what the user saw; `Stale` if somebody has changed it meanwhile. Saving also
    confirms the entry, and that the wait is what it says.
    """
    service = _locked(by, service_id, version)
    listing.check(pack(), values)
    changed = listing.changes(service, values)
    for name in listing.FIELDS:
        setattr(service, name, values[name])
    _checked(by, service)
    return _kept(by, service, "keep", changed)


@transaction.atomic
def confirm_service(*, by: Actor, service_id: UUID, version: int) -> Service:
    """Say that the entry, with its wait, is still right."""
    service = _locked(by, service_id, version)
    _checked(by, service)
    return _kept(by, service, "confirm", {})


@transaction.atomic
def close_service(
    *, by: Actor, service_id: UUID, version: int, waiting: Callable[[UUID], int]
) -> Service:
    """Take a service out of the directory. Refused while somebody waits for it.

    Who waits is not this room's to know, so the caller brings the count.
    """
    service = _locked(by, service_id, version)
    if service.ended_on:
        raise Refused("This service is closed already.")
    if count := waiting(service_id):
        who = "1 person waits" if count == 1 else f"{count} people wait"
        raise Refused(f"{who} for this service. Say first what happens to them.")
    service.ended_on, service.closed_by_id = timezone.localdate(), by.user_id
    return _kept(by, service, "close", {})


@transaction.atomic
def reopen_service(*, by: Actor, service_id: UUID, version: int) -> Service:
    """Put a service that its team had closed back into the directory."""
    service = _locked(by, service_id, version)
    if service.closed_by_id is None:
        raise Refused("This service is not closed, or it left the partnership.")
    service.ended_on = service.closed_by_id = None
    _checked(by, service)
    return _kept(by, service, "reopen", {})


def _locked(by: Actor, service_id: UUID, version: int) -> Service:
    """The service of one of the actor's own teams, locked. `Http404` for any other."""
    mine = by.teams_where(Permission.DIRECTORY_KEEP)
    service = Service.objects.select_for_update().filter(pk=service_id, team__in=mine).first()
    if service is None:
        raise Http404
    if service.version != version:
        raise Stale("Somebody else has changed this entry while you were writing.", service)
    return service


def _checked(by: Actor, service: Service) -> None:
    now = timezone.now()
    service.checked_at, service.checked_by_id = now, by.user_id
    said = service.wait_days is not None
    service.wait_at, service.wait_by_id = (now, by.user_id) if said else (None, None)


def _kept(by: Actor, service: Service, verb: str, changed: dict) -> Service:
    service.version += 1
    service.save()
    ServiceChange.objects.create(
        service=service, at=timezone.now(), by_id=by.user_id, verb=verb, changed=changed
    )
    record.write(
        f"service.{verb}",
        by=by,
        subject=f"service:{service.pk}",
        detail={"changed": sorted(changed)},
    )
    return service
