"""What is sent twice is there once: the page gives a row its id."""

from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, models, transaction

from onestory.kernel.errors import Refused

M = TypeVar("M", bound=models.Model)


def sent_before(model: type[M], key: UUID, **same) -> M | None:
    """The row that an earlier sending of the same page left, if one did."""
    return model.objects.filter(pk=key, **same).first()


def create_once(model: type[M], key: UUID, **fields) -> M:
    """A new row with the id that the page gave; or the one that another sending of it left while
    this one waited.
    """
    try:
        with transaction.atomic():
            return model.objects.create(id=key, **fields)
    except IntegrityError as error:
        if "pkey" not in (error.__cause__.diag.constraint_name or ""):
            raise
        same = {name: fields[name] for name in ("person_id", "team_id")}
        if before := sent_before(model, key, **same):
            return before
        raise Refused("Open the page again, and add it there.") from error
