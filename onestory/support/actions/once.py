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
    """A new row with the id that the page gave."""
    try:
        with transaction.atomic():
            return model.objects.create(id=key, **fields)
    except IntegrityError as error:
        if "pkey" in (error.__cause__.diag.constraint_name or ""):
            raise Refused("This was sent already. Open the page again to add another.") from error
        raise
