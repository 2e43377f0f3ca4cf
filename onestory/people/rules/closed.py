"""What of somebody is told by its being there, even if nothing of it is seen."""

from onestory.access.models import Kind

# That somebody is hidden, or in therapy, or has done harm. Who is not given it does not hear of it:
# they could not ask for it without having learnt it.
TELLING = frozenset({Kind.WHEREABOUTS, Kind.THERAPY, Kind.CONDUCT})


def may_be_asked_for(kind: str, *, gives_therapy: bool) -> bool:
    """Whether a team to which this is closed may hear that it is there, and ask for it. Therapists
    hear of other therapy, since both write apart."""
    return kind not in TELLING or (kind == Kind.THERAPY and gives_therapy)
