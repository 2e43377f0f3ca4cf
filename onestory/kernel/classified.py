"""Every column says who may see it, how long it is kept, and whether it may enter a snapshot.

A model carries ``CLASSIFIED``, a dict from column name to one of these; a test fails on a column
that is left out.
"""

from typing import NamedTuple


class Kept(NamedTuple):
    """`who`: who may see it. `how_long`: until when it is kept. `snapshot`: may figures use it."""

    who: str
    how_long: str
    snapshot: bool


# The classes in use, so that a reader learns a handful and not a hundred.
OF_ENVELOPE = Kept("teams with a grant on the envelope", "with the envelope", snapshot=False)
CODED = Kept("teams with a grant on the envelope", "with the envelope", snapshot=True)
OF_IDENTITY = Kept("teams with a grant on the identity envelope", "with the person", snapshot=False)
CODED_OF_IDENTITY = Kept(
    "teams with a grant on the identity envelope", "with the person", snapshot=True
)
# Which kind of knowledge was open to whom from when to when.
OUTSIDE = Kept("teams with a grant on the envelope", "as long as the record", snapshot=True)
# When a row was written, and since when another takes its place.
MOMENT = Kept("whoever sees the row", "with the row", snapshot=True)
LINK = Kept("whoever sees the row", "with the row", snapshot=False)
STAFF = Kept("signed-in staff", "until they leave, then with the record", snapshot=False)
SECRET = Kept("nobody; used to check a sign-in", "until replaced", snapshot=False)
PUBLIC = Kept("everybody", "while in use", snapshot=True)
RECORD = Kept("guardians", "as long as the record of access", snapshot=False)
OWN = Kept("the one who typed it", "until sent or thrown away", snapshot=False)
# What a team writes and the partnership prints: prose and figures that were released.
OF_REPORT = Kept(
    "those who write the team’s reports; everybody once it is published",
    "as long as the partnership’s reports",
    snapshot=False,
)
