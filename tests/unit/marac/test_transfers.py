"""A case goes to another area and comes from one: what travels, what stays, what is refused."""

from datetime import date, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.marac import actions
from onestory.marac.actions import Handover, Who
from onestory.marac.alerts import receipts
from onestory.marac.forms.transfers import SendForm
from onestory.marac.models import ConductFinding, Referral, TransferIn, TransferOut
from onestory.marac.queries.pairs import abusers
from onestory.marac.rules.transfer import Opened, new_phrase, unseal
from onestory.people.models import Identity, Person, SafeContact
from tests.marac import TABLE, accepted, minuted, offered, on_the_table, pair, referred, team

PHRASE = "0123-4567-89AB-CDEF"


def said(**changes) -> Handover:
    values = {
        "to_name": "Another MARAC",
        "to_contact": "marac@example.org",
        "basis": "marac",
        "reason": "She moves there, and he will follow.",
        "agrees": "yes",
        "words": "Ida has worked with her since May.",
        "told": True,
    }
    return Handover(**{**values, **changes})


def send(as_, case, name="cora", key=None, phrase=PHRASE, **changes) -> TransferOut:
    with as_(name) as by:
        return actions.send_transfer(
            by=by,
            referral_id=case.pk,
            transfer_id=key or new_id(),
            phrase=phrase,
            said=said(**changes),
        )


@pytest.fixture
def heard(as_):
    """A case with minutes, wishes and an action."""
    found = on_the_table(as_)
    with as_("ida") as by:
        actions.bring_wishes(
            by=by, referral_id=found.case.pk, wishes_id=new_id(), words="To stay.", agrees="yes"
        )
    offered(as_, found)
    minuted(as_, found)
    return found.case


def letter_of(row: TransferOut):
    return unseal(row.file.encode(), PHRASE)


def come(as_, opened: Opened, who=None, name="cora", **changes) -> Referral:
    told = {"told": True} | changes
    with as_(name) as by:
        return actions.open_transfer(
            by=by,
            team_id=team(TABLE),
            opened=opened,
            who=who or Who(relation="husband-or-wife"),
            **told,
        )


def test_what_was_agreed_and_said_goes_and_nothing_of_where_she_is(as_, heard):
    letter = letter_of(send(as_, heard)).transfer
    assert (letter.survivor.given_name, letter.abuser.given_name) == ("Rosa", "Karl")
    assert letter.risk[0].words == "High. He knows the school."
    assert letter.wishes[0].words == "To stay."
    [action] = letter.actions
    assert (action.outcome, action.whom) == ("Open", "The survivor")
    assert letter.contact == ""


def test_sent_twice_it_is_one_and_the_same_bytes(as_, heard):
    key = new_id()
    first = send(as_, heard, key=key)
    again = send(as_, heard, key=key, phrase=new_phrase())
    with as_("cora") as by:
        taken = [actions.take_file(by=by, transfer_id=key).file for _ in range(2)]
    assert {first.file, again.file, *taken} == {first.file}
    assert "Lindqvist" not in first.file_name


NEEDED = {
    "no address": {"to_contact": " "},
    "no reason": {"reason": ""},
    "no handover": {"words": ""},
    "another basis": {"basis": "because"},
    "agreement that is none": {"basis": "consent", "agrees": "no"},
    "not told, without a reason": {"told": False},
    "contact without words": {"contact": "agreed"},
    "contact without a reason": {"contact": "needed", "contact_words": "At her sister's"},
    "contact that does not go": {"contact_words": "At her sister's"},
}


@pytest.mark.parametrize("changes", NEEDED.values(), ids=NEEDED)
def test_what_must_be_said_first(as_, changes):
    case = accepted(as_, referred(as_, pair(as_)))
    with pytest.raises(Refused) as refusal:
        send(as_, case, **changes)
    assert refusal.value.about in SendForm.base_fields, "it stands beside the field"
    with as_("cora"):
        assert not TransferOut.objects.exists()


@pytest.mark.parametrize("name", ["chris", "pru", "petra", "nell"])
def test_only_the_coordinator_hands_over(as_, heard, name):
    with pytest.raises(Http404):
        send(as_, heard, name)


def test_how_she_is_reached_is_in_the_file_alone(as_, heard):
    where = "Ring the library on Tuesdays"
    row = send(as_, heard, contact="agreed", contact_words=where)
    assert letter_of(row).transfer.contact == where
    with as_("cora"):
        kept = TransferOut.objects.values().get()
    assert where not in str(kept)


def test_the_right_receipt_closes_it_and_the_file_goes(as_, heard):
    row = send(as_, heard)
    with as_("cora") as by, pytest.raises(Refused):
        actions.enter_receipt(by=by, transfer_id=row.pk, receipt="0000-0000")
    opened = letter_of(row)
    for _ in range(2):
        with as_("cora") as by:
            closed = actions.enter_receipt(by=by, transfer_id=row.pk, receipt=opened.receipt)
    assert closed.received_at and not closed.file
    with as_("cora") as by, pytest.raises(Refused):
        actions.take_file(by=by, transfer_id=row.pk)


def test_a_receipt_that_does_not_come_is_on_the_coordinators_worklist_alone(
    as_, heard, monkeypatch
):
    row = send(as_, heard)
    with as_("cora") as by:
        assert not list(receipts(by))
    later = row.due_at + timedelta(minutes=1)
    monkeypatch.setattr("onestory.marac.queries.transfers.timezone.now", lambda: later)
    with as_("cora") as by:
        [alert] = receipts(by)
        assert alert.person_id == heard.person_id and "Another MARAC" in alert.facts[0]
    with as_("pru") as by:
        assert not list(receipts(by))


def test_a_case_is_opened_with_somebody_new_and_kept_as_it_came(as_, heard):
    row = send(as_, heard, contact="agreed", contact_words="Ring the library")
    case = come(as_, letter_of(row))
    with as_("cora") as by:
        there = TransferIn.objects.get(referral=case)
        assert case.accepted_at and case.criteria == ["transfer"]
        assert "He knows the school." in there.risk and "Mark her address" in there.actions
        assert there.receipt == row.receipt and there.handover == row.handover
        assert str(Identity.objects.get(person=case.person_id)) == "Rosa Lindqvist"
        assert SafeContact.objects.get(person=case.person_id).when_safe == "Ring the library"
        assert abusers(by, case.person_id) == [case.abuser_id]


def test_orders_lie_with_his_conduct(as_, heard):
    opened = letter_of(send(as_, heard))
    order = {
        "kind": "Non-molestation order",
        "from_on": timezone.localdate(),
        "conditions": "Not to come near the school",
    }
    content = opened.transfer.model_copy(update={"orders": ()}).model_dump() | {"orders": [order]}
    letter = type(opened.transfer).model_validate(content)
    case = come(as_, opened._replace(transfer=letter))
    with as_("cora"):
        found = ConductFinding.objects.get(referral=case)
        assert found.person_id == case.abuser_id and "near the school" in found.words


def test_the_same_file_twice_is_once(as_, heard):
    opened = letter_of(send(as_, heard))
    first = come(as_, opened)
    with as_("cora"):
        people = Person.objects.count()
    assert come(as_, opened).pk == first.pk
    with as_("cora"):
        assert Person.objects.count() == people and TransferIn.objects.count() == 1


def test_for_somebody_known_an_open_case_is_left_to_be_joined(as_, heard):
    opened = letter_of(send(as_, heard))
    case = come(as_, opened, Who(heard.person_id, heard.abuser_id))
    assert (case.person_id, case.abuser_id) == (heard.person_id, heard.abuser_id)
    assert case.accepted_at is None
    with as_("cora") as by:
        actions.join_referral(by=by, referral_id=case.pk, version=case.version)


@pytest.mark.parametrize("name", ["chris", "pru", "petra"])
def test_only_the_coordinator_opens(as_, heard, name):
    opened = letter_of(send(as_, heard))
    with pytest.raises(Refused):
        come(as_, opened, name=name)
    with as_("cora"):
        assert not TransferIn.objects.exists()


def test_nothing_is_half_saved(as_, heard):
    opened = letter_of(send(as_, heard))
    with as_("cora"):
        before = Person.objects.count()
    with pytest.raises(Refused):
        come(as_, opened, Who(relation="nonsense"))
    with as_("cora"):
        assert Person.objects.count() == before and Referral.objects.count() == 1


def test_nobody_refers_on_a_transfer(as_):
    with pytest.raises(Refused):
        referred(as_, pair(as_), criteria=("transfer",))


@pytest.mark.parametrize(
    "born", [{"born_on": date(2013, 5, 1)}, {"born_on": None, "birth_year": 2013}]
)
def test_a_child_is_not_opened_as_a_case(as_, heard, born):
    """As at a referral; and nothing of the file stays."""
    opened = letter_of(send(as_, heard))
    with as_("cora"):
        before = Person.objects.count()
    survivor = opened.transfer.survivor.model_copy(update=born)
    letter = opened.transfer.model_copy(update={"survivor": survivor})
    with pytest.raises(Refused, match="a child to be protected"):
        come(as_, opened._replace(transfer=letter))
    with as_("cora"):
        assert Person.objects.count() == before and not TransferIn.objects.exists()
