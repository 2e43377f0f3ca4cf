"""Rows that carry a reference which can be read over the telephone."""

from typing import TypeVar

from django.db import IntegrityError, models, transaction

from onestory.kernel.ids import new_id, reference

M = TypeVar("M", bound=models.Model)
TRIES = 3


def create_with_reference(model: type[M], **fields) -> M:
    """A new row; with another id, should its reference be taken."""
    for left in reversed(range(TRIES)):
        key = new_id()
        try:
            with transaction.atomic():
                return model.objects.create(id=key, reference=reference(key), **fields)
        except IntegrityError as error:
            taken = "reference" in (error.__cause__.diag.constraint_name or "")
            if not (taken and left):
                raise
    raise AssertionError("unreachable")
