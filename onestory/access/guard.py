"""Who may come in at all. The decorators need roles only, so they live in `agencies`."""

from onestory.agencies.guard import needs, public, signed_in

__all__ = ["needs", "public", "signed_in"]
