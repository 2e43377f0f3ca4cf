"""What somebody thinks of what a team did for them, kept so that nothing leads back to them."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.roles import Permission
from onestory.conversations import queries as conversations
from onestory.kernel import record
from onestory.kernel.errors import Refused
from onestory.portal.models import Feedback

ANSWERS = {"yes": "Yes", "partly": "Partly", "no": "No", "unsaid": "I would rather not say"}


@transaction.atomic
def give_feedback(
    *,
    by: Actor,
    person_id: UUID,
    team_id: UUID,
    heard: str,
    in_control: str,
    safer: str,
    words: str = "",
) -> Feedback:
    """Say what one thinks of a team. The record says that it was done, and neither of which team
    nor what was said."""
    by.must(Permission.OWN_PAGES)
    if not {heard, in_control, safer} <= ANSWERS.keys():
        raise Refused("Choose an answer, or “I would rather not say”.")
    if team_id not in {one.team_id for one in conversations.correspondents(by, person_id)}:
        raise Refused("Choose who this is about.")
    given = Feedback(
        id=uuid4(),
        team_id=team_id,
        month=timezone.localdate().replace(day=1),
        heard=heard,
        in_control=in_control,
        safer=safer,
        words=words.strip(),
    )
    given.save(force_insert=True)
    record.write("feedback.give", by=by)
    return given
