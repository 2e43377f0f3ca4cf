"""MARAC in raw SQL: three locks on a case, for every table, past all Python."""

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import bar, share
from onestory.agencies.models import Team
from onestory.kernel.ids import new_id
from onestory.kernel.opening import ONCE
from onestory.marac import actions, models
from onestory.marac.actions.opening import close
from onestory.marac.models import Referral
from synthetic.world import take_on
from tests.access.raw import refused, rows
from tests.marac import accepted, ask, offered, on_the_table, pair, planned, referred, seat, team

# Every table that hangs on a case, and whether an agency that is asked sees its row.
TABLES = {
    "marac_referral": True,
    "marac_item": True,
    "marac_research": True,
    "marac_finding": True,
    "marac_conductfinding": True,
    "marac_wishes": True,
    "marac_minutes": True,
    "marac_action": True,
    "marac_telling": True,
    "marac_foundrepeat": False,
    "marac_transferin": True,
    "marac_transferout": False,
}


@pytest.fixture(autouse=True)
def seated(world):
    return seat(world)


@pytest.fixture
def whole(as_):
    """A case with a row in every table."""
    found = on_the_table(as_)
    key = found.case.pk
    asked = found.research["police-public-protection"]
    with as_("pru") as by:
        actions.answer_research(
            by=by,
            research_id=asked.pk,
            answer_id=new_id(),
            holds="something",
            about_survivor="Calls.",
            about_abuser="Convictions.",
        )
    with as_("ida") as by:
        said = {"by": by, "referral_id": key, "words": "To stay."}
        actions.bring_wishes(**said, wishes_id=new_id(), agrees="yes")
        actions.tell_survivor(**said, telling_id=new_id(), on=timezone.localdate())
    with as_("chris") as by:
        actions.save_minutes(by=by, item_id=found.item.pk, typed={"risk": ["High."]}, opening=ONCE)
    offered(as_, found)
    with as_("cora") as by:
        row = models.FoundRepeat(
            referral_id=key,
            person_id=found.case.person_id,
            envelope_id=found.case.envelope_id,
            on=timezone.localdate(),
            team_id=team("idva"),
            how="not",
            words="No.",
            recorded_at=timezone.now(),
            recorded_by_id=by.user_id,
        )
        row.save(force_insert=True)
        hand_over(by, found)
    return found


def hand_over(by, found):
    """It goes to another area, and came from one."""
    written = {
        "referral_id": found.case.pk,
        "person_id": found.case.person_id,
        "envelope_id": found.case.envelope_id,
        "recorded_at": timezone.now(),
        "recorded_by_id": by.user_id,
        "handover": "She moves.",
        "digest": "0" * 64,
        "receipt": "0000-0000",
    }
    models.TransferIn(
        **written, from_name="Elsewhere", sent_on=timezone.localdate(), referred_on="2026-01-01"
    ).save(force_insert=True)
    models.TransferOut(
        **written,
        to_team_id=found.case.to_team_id,
        to_name="Elsewhere",
        to_contact="marac@example.org",
        basis="marac",
        reason="She moves.",
        agrees="yes",
        not_told_reason="He reads her letters.",
        contact="no",
        file="{}",
        due_at=timezone.now(),
    ).save(force_insert=True)


def seen() -> dict[str, bool]:
    return {table: bool(rows(f"SELECT 1 FROM {table}")) for table in TABLES}


def test_every_table_is_tried():
    assert set(TABLES) == {
        model._meta.db_table
        for name in models.__all__
        if hasattr(model := getattr(models, name), "_meta") and name != "Meeting"
    }


def test_the_table_sees_all_and_an_agency_that_is_asked_its_case(as_, whole):
    with as_("cora"):
        assert all(seen().values())
    for name in ("pru", "ida", "hal"):
        with as_(name):
            assert seen() == TABLES


@pytest.mark.parametrize("name", ["nell", "tess", "olu", "gwen", "adam", "wren"])
def test_others_see_nothing(as_, whole, name):
    """Tess works in the team that referred: she may. Nobody else here."""
    with as_(name):
        found = seen()
        assert found["marac_referral"] is (name == "tess")
        if name != "tess":
            assert not any(found.values())


def test_a_grant_on_the_risk_is_not_enough(as_, whole, world):
    """Nora's team holds the survivor's risk for its own work, and is not asked."""
    with as_("petra") as by:
        opened = access.open_envelopes(by, whole.case.person_id)
        share(
            by=by,
            envelopes=[opened["identity"], opened["risk"]],
            team=Team.objects.get(code="sericc-first-contact"),
            purpose="support",
            basis="consent",
            may_write=True,
        )
    with as_("nora"):
        assert rows("SELECT 1 FROM access_envelope WHERE kind = 'risk'")
        assert not any(seen().values())


def test_being_asked_is_not_enough_without_a_grant(as_, whole):
    """The shares end while the question is open: there is nothing to see."""
    with as_("cora") as by:
        close(by=by, shares=whole.research["hospital-safeguarding"].shares)
    with as_("hal"):
        assert not any(seen().values())


def test_a_colleague_without_a_role_at_the_table_sees_nothing(as_, whole, world):
    """Olu's twin in the hospital team is an officer: not everybody there needs to know."""
    take_on(world, {"otto": ("Otto Vane", "hospital-safeguarding", "officer")})
    with as_("otto"):
        assert rows("SELECT 1 FROM access_envelope WHERE kind = 'risk'")
        assert not any(seen().values())


def test_who_is_barred_sees_nothing_of_either(as_, whole, world):
    with as_("cora") as by:
        bar(by=by, person_id=whole.case.person_id, user=world.user("pru"), reason="Cousin.")
    with as_("pru"):
        assert not any(seen().values())


def test_nobody_acting_sees_nothing(whole):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onestory.actor', '', true)")
        assert not any(seen().values())


def test_when_the_review_closes_the_agencies_see_nothing(as_, whole):
    with as_("cora") as by:
        version = Referral.objects.get().version
        actions.close_case(by=by, referral_id=whole.case.pk, version=version, outcome="died")
    for name in ("pru", "ida", "hal"):
        with as_(name):
            assert not any(seen().values())


CHANGES = {
    "a case cannot be taken by an agency": "UPDATE marac_referral SET accepted_at = now()",
    "nor closed by it": "UPDATE marac_referral SET outcome = 'died'",
    "an agenda cannot be changed by it": "UPDATE marac_item SET moved_at = now()",
    "minutes are not its to write": "UPDATE marac_minutes SET words = ''",
    "another's answer is not its own": "UPDATE marac_research SET holds = 'nothing'",
    "a receipt is not its to enter": "UPDATE marac_transferout SET file = '', received_at = now()",
    "nor another's action": "UPDATE marac_action SET evidence = 'x', done_at = now()",
}


@pytest.mark.parametrize("statement", CHANGES.values(), ids=CHANGES)
def test_what_an_agency_cannot_change(as_, whole, statement):
    """It finds no such row, or is refused."""
    with as_("hal"):
        others = f" WHERE team_id <> '{team('hospital-safeguarding')}'"
        try:
            with transaction.atomic():
                changed = rows(statement + (others if "research" in statement else ""))
        except ProgrammingError as error:
            assert "row-level security" in str(error)
        else:
            assert changed == 0


@pytest.mark.parametrize(
    "table",
    [t for t in TABLES if t not in ("marac_action", "marac_item", "marac_referral")],
)
def test_what_was_written_stays(as_, whole, table):
    with as_("cora"), refused():
        rows(f"UPDATE {table} SET recorded_at = now()")


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_deleted(as_, whole, table):
    with as_("cora"), refused():
        rows(f"DELETE FROM {table}")


def copy_of(table, **changes):
    """One more row like the one there is, with something changed."""
    columns = [
        name
        for (name,) in rows(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped ORDER BY attnum",
            [table],
        )
    ]
    put = ", ".join(changes.get(name, f'"{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({names}) SELECT {put} FROM {table} LIMIT 1"


ADDED = {
    "marac_research": {"id": "gen_random_uuid()", "recorded_by_id": "actor()"},
    "marac_item": {"id": "gen_random_uuid()", "recorded_by_id": "actor()", "moved_at": "now()"},
    "marac_minutes": {"id": "gen_random_uuid()", "recorded_by_id": "actor()"},
    "marac_action": {"id": "gen_random_uuid()", "recorded_by_id": "actor()"},
    "marac_transferin": {"id": "gen_random_uuid()", "recorded_by_id": "actor()", "digest": "'1'"},
}


@pytest.mark.parametrize("table", ADDED)
def test_what_an_agency_cannot_add(as_, whole, table):
    """Not even for its own team: a question, an item, minutes and an action are the table's."""
    with as_("pru"), refused("row-level security"):
        rows(copy_of(table, **ADDED[table]))


def test_a_file_stays_as_it_was_sealed_until_the_receipt(as_, whole):
    """Not even the table changes it, nor takes it away before; and afterwards nothing."""
    with as_("cora"), refused():
        rows("UPDATE marac_transferout SET digest = 'x'")
    for change in ("file = '{1}'", "file = ''"):
        with as_("cora"), refused("row-level security"):
            rows(f"UPDATE marac_transferout SET {change}")
    done = "UPDATE marac_transferout SET file = '', received_at = now(), received_by_id = actor()"
    with as_("cora"):
        assert rows(done) == 1
        assert rows(done) == 0


def test_nobody_refers_for_another_team(as_, whole):
    with as_("petra"), refused("row-level security"):
        rows(
            copy_of(
                "marac_referral", id="gen_random_uuid()", from_team_id=f"'{team('idva')}'::uuid"
            )
        )


def test_the_table_asks_only_about_the_two_of_the_case(as_, whole):
    """A question about another man would open more than the case."""
    other = pair(as_, "Mona")
    with as_("cora"), refused("row-level security"):
        rows(
            copy_of(
                "marac_research",
                id="gen_random_uuid()",
                recorded_by_id="actor()",
                answered_at="NULL",
                answered_by_id="NULL",
                team_id=f"'{team('probation')}'::uuid",
                abuser_id=f"'{other.abuser_id}'::uuid",
            )
        )


def test_meetings_are_known_to_those_who_come_and_planned_by_the_table(as_, whole):
    with as_("nell"):
        assert rows("SELECT 1 FROM marac_meeting")
        assert rows("UPDATE marac_meeting SET place = 'x'") == 0
    with as_("olu"):
        assert not rows("SELECT 1 FROM marac_meeting")


def test_found_repeats_are_for_the_table_alone(as_):
    case = accepted(as_, referred(as_, pair(as_)))
    ask(as_, case)
    planned(as_)
    for name in ("pru", "ida", "tess", "gwen"):
        with as_(name):
            assert rows("SELECT * FROM marac_found_repeats(12)") == []
    with as_("cora"):
        assert rows("SELECT * FROM marac_found_repeats(12)") == []


OFF = "UPDATE marac_meeting SET called_off_at = now(), called_off_by_id = {}, call_off_reason = 'x'"


@pytest.mark.parametrize("name", ["pru", "ida", "nell", "olu"])
def test_only_the_table_changes_a_meeting_or_clears_an_agenda(as_, whole, name):
    with as_(name):
        assert rows("UPDATE marac_meeting SET starts_at = now()") == 0
        assert rows(OFF.format("actor()")) == 0
        assert rows("SELECT marac_clear_agenda(%s, 'x')", [whole.meeting.pk]) == []
        assert rows("UPDATE marac_item SET place = 1") == 0


def test_an_agenda_is_cleared_only_by_whoever_calls_the_meeting_off(as_, whole, world):
    clear = "SELECT marac_clear_agenda(%s, 'x')"
    with as_("cora"):
        assert rows(clear, [whole.meeting.pk]) == []
    with as_("cora"), refused("row-level security"):
        rows(OFF.format(f"'{world.user('chris').pk}'::uuid"))
    with as_("cora"):
        assert rows(OFF.format("actor()")) == 1
    with as_("chris"):
        assert rows(clear, [whole.meeting.pk]) == []
    with as_("cora"):
        assert rows(clear, [whole.meeting.pk]) == [(whole.case.envelope_id,)]
        assert rows("UPDATE marac_meeting SET place = 'x'") == 0
