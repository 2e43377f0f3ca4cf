"""Brokered referrals: who finds nothing of them, by page, function or SQL."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from onestory.access.actions import bar
from onestory.cases import actions
from onestory.cases.models import Brokering, Referral
from onestory.cases.queries.gone import gone, gone_one
from onestory.cases.queries.worklist import referrals_late
from onestory.kernel.ids import new_id
from onestory.people.models import Identity, Person
from tests.access.raw import refused, rows
from tests.brokering import accepted, brokered, share, tell

pytestmark = pytest.mark.django_db
EVERYBODY = ("olu", "tess", "mina", "petra", "cass", "nell", "ida", "isla", "gwen", "adam")


@pytest.fixture(scope="module")
def rowan(beforehand):
    with beforehand("nora") as by:
        return tell(by)


@pytest.fixture(scope="module")
def sent(rowan, beforehand):
    with beforehand("nora") as by:
        done = brokered(
            by, rowan, share("sexual-violence-counselling"), share("isva", agreed=False)
        )
    return done.sent[0]


@pytest.fixture(scope="module")
def choices(rowan, beforehand):
    with beforehand("nora") as by:
        return actions.begin_brokering(
            by=by, person_id=rowan, team_id=by.home_team_id, services=["refuge-place"]
        )


@pytest.mark.parametrize(
    ("who", "referrals", "refusals"),
    [("nora", 1, 1), ("theo", 1, 0), ("dina", 1, 0), *((name, 0, 0) for name in EVERYBODY[1:])],
)
def test_who_sees_which_rows(sent, as_, who, referrals, refusals):
    with as_(who):
        seen = [
            rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [sent.person_id])[0][0]
            for table in ("cases_referral", "cases_refusal")
        ]
    assert seen == [referrals, refusals]


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_address_is_absent(sent, choices, client, world, who):
    client.force_login(world.user(who))
    for name, *keys in (
        ("broker", sent.person_id),
        ("brokered", sent.person_id),
        ("broker-service", choices.pk, "refuge-place"),
        ("broker-check", choices.pk),
        ("broker-discard", choices.pk),
        ("referral", sent.pk),
        ("passport", sent.pk),
        ("referral-return", sent.pk),
        ("close-service", sent.service_id),
    ):
        assert client.get(reverse(f"cases:{name}", args=keys)).status_code == 404, name
    save = reverse("cases:broker-save", args=[choices.pk, "refuge-place"])
    assert client.post(save, {"version": 0, "tab": "a"}).status_code == 404


@pytest.mark.parametrize("who", ["theo", "isla", "tess", "gwen", "adam"])
def test_choices_are_nobody_elses(choices, as_, who):
    with as_(who), connection.cursor() as cursor:
        assert not Brokering.objects.exists()
        for statement in (
            "UPDATE cases_brokering SET answers = '{}'",
            "DELETE FROM cases_brokering",
        ):
            cursor.execute(statement)
            assert cursor.rowcount == 0


def test_a_refusal_is_written_for_ones_own_team_alone(sent, as_, world):
    with as_("theo") as by, refused():
        rows(
            "INSERT INTO cases_refusal (id, envelope_id, person_id, team_id, service_id, needs,"
            " recorded_at, recorded_by_id) SELECT %s, envelope_id, person_id, from_team_id,"
            " service_id, '{}', now(), %s FROM cases_referral WHERE id = %s",
            [new_id(), by.user_id, sent.pk],
        )
    with as_("nora"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        rows("DELETE FROM cases_refusal")


def test_the_queue_is_numbers_and_names_nobody(sent, as_):
    with as_("theo") as by:
        accepted(by, sent, waits=True)
    service = [sent.service_id]
    with as_("nora"):
        assert rows("SELECT waiting FROM cases_queues(%s)", [service]) == [(1,)]
        assert rows("SELECT place FROM cases_places(%s)", [[sent.pk]]) == [(1,)]
    for who in ("isla", "tess"):
        with as_(who):
            assert rows("SELECT place FROM cases_places(%s)", [[sent.pk]]) == []
            with refused():
                rows("SELECT * FROM cases_waiting(%s)", [service])
    assert rows("SELECT * FROM cases_queues(%s)", [service]) == []  # nobody acting


def test_who_is_barred_hears_nothing_of_what_is_gone(sent, as_, world):
    with as_("dina") as by:
        bar(by=by, person_id=sent.person_id, user=world.user("theo"), reason="A relative.")
    with as_("nora") as by:
        actions.withdraw_referral(
            by=by, referral_id=sent.pk, version=0, reason="survivor-changed-mind"
        )
    with as_("dina") as by:
        assert [one.referral_id for one in gone(by)] == [sent.pk]
        assert gone_one(by, sent.pk).how == "withdrawn"
    for who in ("theo", "isla", "tess", "nora"):
        with as_(who) as by:
            assert gone(by) == []
            assert gone_one(by, sent.pk) is None


def test_where_a_contact_went_is_told_to_its_sender_alone(as_, world):
    amina = world.id("amina-contact")
    asked = "SELECT stands FROM cases_referred_on(%s)"
    for who, told in (("olu", 1), ("nora", 0), ("ida", 0), ("cass", 0), ("gwen", 0)):
        with as_(who):
            assert len(rows(asked, [[amina]])) == told, who


def test_the_sender_of_a_contact_learns_that_it_was_answered_and_not_what(as_, world):
    amina = world.id("amina-contact")
    asked = "SELECT stands FROM cases_referred_on(%s)"
    with as_("ida") as by:
        one = Referral.objects.get(contact_id=amina)
        actions.decline_referral(by=by, referral_id=one.pk, version=one.version, reason="no-room")
    with as_("olu"):
        assert rows(asked, [[amina]]) == [("answered",)]
        assert not Referral.objects.filter(pk=one.pk).exists()


def test_nobody_is_late_with_what_was_taken_back(sent, as_):
    with as_("nora") as by:
        assert referrals_late(by).rows == []


def test_a_survivor_who_is_also_a_participant_or_a_child(as_, sent, world):
    """Another record of the same human being, known to another team, is not led to from this one."""
    twin = world.id("derek-participant")
    with as_("theo"):
        assert not Person.objects.filter(pk__in=[twin, world.id("ellie")]).exists()
        assert {row.person_id for row in Identity.objects.all()} == {sent.person_id}
    with as_("nell"):
        assert Person.objects.filter(pk=twin).exists()
        assert not Referral.objects.exists()
        assert not Person.objects.filter(pk=sent.person_id).exists()
