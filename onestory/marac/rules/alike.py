"""Whether two agencies offer the same action. No database."""

from rapidfuzz import fuzz

# Above this, two offers are shown beside each other; a person decides.
ALIKE = 80


def alike(one: str, other: str) -> bool:
    """Whether two actions read as the same, whatever the order of their words."""
    return fuzz.token_set_ratio(one.casefold(), other.casefold()) >= ALIKE
