"""Counting how often one connection does one thing, so that no machine can do it all day."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from onestory.agencies.sealed import digest
from onestory.kernel.errors import Refused

WITHIN = timedelta(hours=1)
# A library, a refuge or a telephone company is one connection for many people.
AT_MOST = {"save": 30, "send": 15, "open": 30}
TOO_OFTEN = "There were too many tries from this place. Please wait an hour, or call one of the numbers below."

# One statement, so that two at once are counted as two.
_COUNT = """
    INSERT INTO public_knocks AS k (mark, counted, since) VALUES (%(mark)s, 1, %(now)s)
    ON CONFLICT (mark) DO UPDATE SET
      counted = CASE WHEN k.since < %(from)s THEN 1 ELSE k.counted + 1 END,
      since = CASE WHEN k.since < %(from)s THEN %(now)s ELSE k.since END
    RETURNING counted
"""


@transaction.atomic
def knock(*, by: None, what: str, address: str) -> None:
    """Count that this address does this. `Refused` if it has done so too often within the hour.

    The mark is of the day as well, so that nobody can be followed from one day to the next.
    """
    now = timezone.now()
    mark = digest(f"{what} {address} {timezone.localdate()}", "public connections")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"mark": mark, "now": now, "from": now - WITHIN})
        (counted,) = cursor.fetchone()
    if counted > AT_MOST[what]:
        raise Refused(TOO_OFTEN)
