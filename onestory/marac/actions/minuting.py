"""In the meeting: her wishes are brought, the risk is written, agencies offer what they will do."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.http import Http404
from django.utils import timezone

from onestory.agencies.actor import Actor
from onestory.agencies.models import Team
from onestory.agencies.roles import Permission
from onestory.kernel.errors import Refused
from onestory.kernel.opening import Opening, Typed, keep
from onestory.marac.actions.referring import write_down
from onestory.marac.models import RISK, Action, Item, Minutes, Referral, Research, Wishes
from onestory.marac.queries.cases import case as case_of
from onestory.marac.queries.cases import locked
from onestory.marac.queries.picture import speaks_for
from onestory.marac.rules.alike import alike
from onestory.people.actions.envelopes import written
from onestory.risk.rules.orders import leave_places_out

LONGEST = 4000


class AlreadyThere(Refused):
    """Another agency has offered what reads as the same. A person says whether it is."""

    def __init__(self, theirs: Action):
        super().__init__(
            "This reads as an action that is there already. Keep the one that is there, or add "
            "yours beside it."
        )
        self.theirs = theirs


@transaction.atomic
def bring_wishes(
    *, by: Actor, referral_id: UUID, wishes_id: UUID, words: str, agrees: str
) -> Wishes:
    """What the survivor wants the meeting to know, in her words; and whether she agrees to it now.
    Sent twice, it is there once."""
    case = case_of(by, referral_id)
    team_id = speaks_for(by, case)
    if team_id is None:
        raise Http404
    if there := Wishes.objects.filter(pk=wishes_id).first():
        return there
    if not words.strip():
        raise Refused("Write what the survivor wants; or that you could not ask, and why.")
    leave_places_out(words)
    if agrees not in Referral.Agrees:
        raise Refused("Say whether the survivor agrees.", about="agrees")
    if case.closed_at:
        raise Refused("The case is closed.")
    made = Wishes.objects.create(
        id=wishes_id,
        referral=case,
        team_id=team_id,
        words=words.strip(),
        agrees=agrees,
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("wishes", by, case, agrees=agrees)
    return made


@transaction.atomic
def save_minutes(*, by: Actor, item_id: UUID, typed: Typed, opening: Opening) -> Minutes:
    """Keep what is typed of the risk. `Stale` if a colleague has typed meanwhile: `theirs` is what
    stands there now, and nothing of either is lost."""
    item = _item_at_the_table(by, item_id)
    if item.heard_at:
        raise Refused("The case has been heard: its minutes stay as they are.")
    now = timezone.now()
    row, _ = Minutes.objects.select_for_update(of=("self",)).get_or_create(
        item=item,
        defaults={
            "referral": item.referral,
            "saved_at": now,
            "saved_by_id": by.user_id,
            **written(by=by, person_id=item.person_id, envelope_id=item.envelope_id),
        },
    )
    words = " ".join(typed.get(RISK, [""])).replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise Refused(
            f"Write at most {LONGEST:,} characters. You wrote {len(words):,}.", about="risk"
        )
    if keep(row.answers, RISK, typed, opening):
        row.words, row.saved_at, row.saved_by_id = words, now, by.user_id
        write_down("minute", by, item.referral)
    row.save(update_fields=["words", "answers", "saved_at", "saved_by"])
    return row


@transaction.atomic
def end_hearing(*, by: Actor, item_id: UUID) -> Item:
    """The case has been spoken about: on to the next. Its minutes stay as they are from now on."""
    item = _item_at_the_table(by, item_id)
    if item.heard_at:
        return item
    row = Minutes.objects.filter(item=item).first()
    if row is None or not row.words:
        raise Refused("Write the risk in one paragraph first.", about="risk")
    item.heard_at, item.heard_by_id = timezone.now(), by.user_id
    item.save(update_fields=["heard_at", "heard_by"])
    write_down("hear", by, item.referral)
    return item


@transaction.atomic
def add_action(
    *,
    by: Actor,
    item_id: UUID,
    action_id: UUID,
    team_id: UUID,
    whom: str,
    words: str,
    due_on: date,
    may_tell: bool = False,
    anyway: bool = False,
) -> Action:
    """Write down what an agency offers. Sent twice, it is there once. Where another reads as the
    same, `AlreadyThere` shows it, unless somebody has said `anyway` that they differ."""
    item = _item_at_the_table(by, item_id)
    if there := Action.objects.filter(pk=action_id).first():
        return there
    case = locked(by, item.referral_id)
    _must_stand(case, whom, words, due_on)
    offered = _offering(case, team_id)
    if not anyway:
        for other in Action.objects.filter(referral=case, item=item, whom=whom):
            if alike(other.words, words):
                raise AlreadyThere(other)
    made = Action.objects.create(
        id=action_id,
        referral=case,
        item=item,
        team=offered,
        to_team_id=case.to_team_id,
        whom=whom,
        words=words.strip(),
        due_on=due_on,
        may_tell=may_tell,
        **written(by=by, person_id=case.person_id, envelope_id=case.envelope_id),
    )
    write_down("action", by, case, team=offered.code, whom=whom)
    return made


def _must_stand(case: Referral, whom: str, words: str, due_on: date) -> None:
    if case.closed_at:
        raise Refused("The case is closed.")
    if whom not in Action.For:
        raise Refused("Choose whom it is for.", about="whom")
    if not words.strip():
        raise Refused("Write what will be done.")
    leave_places_out(words)
    if due_on < timezone.localdate():
        raise Refused("Choose a day that has not passed.", about="due_on")


def _offering(case: Referral, team_id: UUID) -> Team:
    """An agency that is asked about the case, who referred it, or the table itself."""
    asked = Research.objects.filter(referral=case).values_list("team_id", flat=True)
    if team_id not in {*asked, case.from_team_id, case.to_team_id}:
        raise Refused("Choose an agency that has been asked about this case.", about="team")
    return Team.objects.get(pk=team_id)


def _item_at_the_table(by: Actor, item_id: UUID) -> Item:
    item = Item.objects.select_related("referral").filter(pk=item_id, moved_at=None).first()
    if item is None:
        raise Http404
    if not by.may(Permission.MARAC_CHAIR, item.referral.to_team_id):
        by.must(Permission.MARAC_COORDINATE, item.referral.to_team_id)
    return item
