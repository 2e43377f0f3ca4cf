"""All of an action, or nothing of it."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
Made = TypeVar("Made")

_under_way: ContextVar[bool] = ContextVar("onestory_action", default=False)


def whole(action: Callable[P, Made]) -> Callable[P, Made]:
    """Decorate an action that others are made of: done as a whole, or not at all.

    Asked for by itself it has a savepoint, so that after a refusal the page can still be shown. As
    a step of another action it has none, since that one goes back as a whole: whoever caught a
    refusal in between and went on would be stopped by Django at the next query.
    """

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> Made:
        outermost = not _under_way.get()
        token = _under_way.set(True)
        try:
            with transaction.atomic(savepoint=outermost):
                return action(*args, **kwargs)
        finally:
            _under_way.reset(token)

    return done
