"""Records of the past whose time would be over by now: a guardian has looked at them, and keeps them.

So what the figures count stays, as an area keeps it that means to count it again, and no guardian of
today finds hundreds of records to decide on.
"""

from datetime import timedelta

from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Membership
from onestory.rights import actions
from synthetic.county import tables

LONGER = timedelta(days=5 * 365)
REASON = "The needs assessment counts these years again."

# What `keep_longer` leaves, for all of them at once.
_DECIDE = """
    UPDATE rights_review SET decision = 'keep', reason = %(reason)s, keep_until = %(until)s,
      decided_at = now(), decided_by_id = %(guardian)s
    WHERE decided_at IS NULL
      AND person_id IN (SELECT id FROM people_person WHERE added_by_id = ANY(%(staff)s::uuid[]))
    RETURNING id, person_id
"""
_TELL = f"""
    WITH kept AS ({_DECIDE})
    INSERT INTO access_entry (at, transaction, actor_id, verb, person_id, envelopes, subject, detail)
    SELECT now(), pg_current_xact_id()::text::bigint, %(guardian)s, 'retention.decide', person_id,
      '{{}}', 'review:' || id, '{{"decision": "keep"}}'
    FROM kept
"""


def keep(staff: list[str]) -> int:
    """Keep what was added by these people and is due; how many records. Needs a guardian."""
    here = Membership.objects.filter(role="guardian", ends_on=None).order_by("user__email").first()
    if here is None:
        return 0
    today = timezone.localdate()
    with acting(system_actor(), purpose="made-up past") as scope:
        actions.find_due(by=scope.actor, today=today)
    asked = {"guardian": here.user_id, "staff": staff, "reason": REASON, "until": today + LONGER}
    with tables.connect() as owner:
        return owner.execute(_TELL, asked).rowcount
