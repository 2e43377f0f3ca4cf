"""Columns and constraints that several tables share."""

from django.db import models


def both(name: str, constraint: str) -> models.CheckConstraint:
    """`<name>_at` and `<name>_by` are set together."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{name}_at": None, f"{name}_by": None})
        | models.Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False}),
        name=constraint,
    )


def user(**extra) -> models.ForeignKey:
    """Somebody who works here."""
    return models.ForeignKey("agencies.User", on_delete=models.PROTECT, related_name="+", **extra)


def team(**extra) -> models.ForeignKey:
    """A team, of either side."""
    return models.ForeignKey("agencies.Team", on_delete=models.PROTECT, related_name="+", **extra)


def service(**extra) -> models.ForeignKey:
    """What a team offers."""
    return models.ForeignKey(
        "agencies.Service", on_delete=models.PROTECT, related_name="+", **extra
    )
