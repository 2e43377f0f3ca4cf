"""What a service may know to be there without seeing it."""

from collections.abc import Iterable

from onestory.access.models import Kind

# Nearly everybody who was ever helped has these, so that to know of them is to know nothing. That
# somebody is hidden, in therapy, at risk or has done harm is told by its envelope being there: of
# those a service hears nothing unless it was given them.
SAFE_TO_KNOW = frozenset({Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.NEEDS, Kind.STORY})


def closed_and_safe_to_know(covers: Iterable) -> list[str]:
    """The titles of what is there, is closed, and may be known to be there."""
    return [cover.title for cover in covers if not cover.is_open and cover.kind in SAFE_TO_KNOW]
