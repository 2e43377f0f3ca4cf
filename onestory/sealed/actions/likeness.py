"""Likeness: facts about the person using abuse are compared, and both sides of a pair are told."""

from collections.abc import Mapping
from uuid import UUID

from django.db import connection, transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused
from onestory.sealed.actions.held import own, write
from onestory.sealed.models import AgreedFact, Echo
from onestory.sealed.rules import facts as rules


@transaction.atomic
def add_facts(*, by: Actor, account_id: UUID, given: Mapping[str, str]) -> int:
    """Keep marks of facts about the person using abuse, and tell both sides of a pair.

    `given` goes from codes of the area pack's `sealed_facts` to what was said. Answers how many
    other accounts are alike and were not so before. Raises `Refused` if a fact cannot be read.
    """
    account = own(by, account_id)
    found = rules.marks(pack().sealed_facts, given)
    if not found:
        raise Refused("Give at least one fact.")
    known = set(AgreedFact.objects.filter(account=account).values_list("kind", "mark"))
    AgreedFact.objects.bulk_create(
        AgreedFact(
            envelope_id=account.envelope_id,
            account=account,
            kind=mark.kind,
            mark=mark.mark,
            points=mark.points,
            recorded_at=timezone.now(),
            recorded_by_id=by.user_id,
        )
        for mark in found
        if (mark.kind, mark.mark) not in known
    )
    write("compare", by, account, kinds=sorted(mark.kind for mark in found))
    with connection.cursor() as cursor:
        needed = pack().sealed.points_needed
        cursor.execute("SELECT sealed_tell_alike(%s, %s)", [account.pk, needed])
        return cursor.fetchone()[0]


@transaction.atomic
def answer_echo(*, by: Actor, echo_id: UUID, willing: bool) -> Echo:
    """What the survivor said when she was told that there is another. She may change her mind."""
    echo = (
        Echo.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(pk=echo_id)
        .first()
    )
    if echo is None:
        raise Http404
    own(by, echo.account_id)
    echo.willing, echo.answered_at, echo.answered_by_id = willing, timezone.now(), by.user_id
    echo.save(update_fields=["willing", "answered_at", "answered_by"])
    write("answer-echo", by, echo.account, willing=willing)
    return echo
