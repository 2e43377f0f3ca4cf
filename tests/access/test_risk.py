"""Danger, in raw SQL: who judged it, plans, and who has seen a change. For the teams that hold it, and
of the plan for the survivor herself."""

from uuid import uuid4

import pytest

from onestory.access.actions import bar
from onestory.kernel.opening import ONCE
from onestory.risk.actions.drafts import keep_draft
from onestory.risk.models import SafetyPlanStep
from tests.access.raw import refused, rows
from tests.danger import changed, judged, of, planned, step
from tests.orders import open_to
from tests.own_pages import as_her, invite, quick_numbers, redeem, user_of

__all__ = ["quick_numbers"]
pytestmark = pytest.mark.usefixtures("quick_numbers")
TABLES = (
    "risk_riskassessment",
    "risk_safetyplan",
    "risk_safetyplanstep",
    "risk_riskchange",
    "risk_riskchangeseen",
)
EVERYBODY_ELSE = ["olu", "tess", "mina", "cass", "nell", "nora", "isla", "theo", "gwen", "adam"]


@pytest.fixture
def meera(as_, world):
    """Judged, with a plan of a shared step and one between her and Ida's team, and a change."""
    person = world.id("meera")
    with as_("ida") as by:
        judged(by, person)
        planned(by, person, step("Shared"), step("Between us", shared=False))
        changed(by, person)
    return person


def count(table, person):
    return rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])[0][0]


def words():
    return {row[0] for row in rows("SELECT words FROM risk_safetyplanstep")}


def insert(table, **values):
    names = ", ".join(values)
    marks = ", ".join(["%s"] * len(values))
    rows(f"INSERT INTO {table} ({names}) VALUES ({marks}) RETURNING 1", list(values.values()))


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_nobody_without_a_grant_sees_anything(as_, meera, who):
    with as_(who):
        assert [rows(f"SELECT count(*) FROM {table}")[0][0] for table in TABLES] == [0] * 5


def test_a_barred_colleague_sees_nothing(as_, world, meera):
    with as_("gwen") as by:
        bar(by=by, person_id=meera, user=world.user("ida"), reason="Her cousin.")
    with as_("ida"):
        assert [count(table, meera) for table in TABLES] == [0] * 5


def test_another_team_with_the_danger_sees_all_but_what_is_between_them(as_, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk", "support"])
    with as_("cass"):
        assert [count(table, meera) for table in TABLES] == [1, 1, 1, 1, 1]
        assert words() == {"Shared"}


def test_with_her_support_alone_nothing_of_it_is_seen(as_, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "support"], may_write=True)
    with as_("cass"):
        assert [count(table, meera) for table in TABLES] == [0] * 5


def test_she_sees_her_plan_and_no_judgement(as_, meera, client):
    redeem(client, invite(as_, meera))
    with as_her(user_of(as_, meera)):
        assert words() == {"Shared", "Between us"}
        assert count("risk_safetyplan", meera) == 1
        for table in ("risk_riskassessment", "risk_riskchange", "risk_riskchangeseen"):
            assert count(table, meera) == 0
        for table in ("risk_safetyplan", "risk_safetyplanstep"):
            with refused():
                rows(
                    f"UPDATE {table} SET team_id = team_id WHERE person_id = %s RETURNING 1",
                    [meera],
                )


def test_she_sees_the_plan_of_nobody_else(as_, world, meera, client):
    sara = world.id("sara")
    with as_("olu") as by:
        open_to(by, sara, "idva", ["identity", "risk", "support"], may_write=True)
    with as_("ida") as by:
        planned(by, sara, step("Sara’s"))
    redeem(client, invite(as_, meera))
    with as_her(user_of(as_, meera)):
        assert "Sara’s" not in words()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE risk_riskassessment SET level = 'standard' WHERE person_id = %s",
        "UPDATE risk_safetyplan SET paper = 'full' WHERE person_id = %s",
        "UPDATE risk_safetyplanstep SET words = 'x' WHERE person_id = %s",
        "UPDATE risk_safetyplanstep SET shared = true WHERE person_id = %s",
        "UPDATE risk_riskchange SET kind = 'other' WHERE person_id = %s",
        "UPDATE risk_riskchangeseen SET team_id = team_id WHERE person_id = %s",
        "DELETE FROM risk_riskassessment WHERE person_id = %s",
        "DELETE FROM risk_safetyplanstep WHERE person_id = %s",
        "DELETE FROM risk_riskchangeseen WHERE person_id = %s",
    ],
)
def test_what_is_written_is_never_changed_or_deleted(as_, meera, change):
    with as_("ida"), refused():
        rows(f"{change} RETURNING 1", [meera])


def test_a_step_lies_where_it_says(as_, meera):
    """A private step among what is known of the danger would be read by everybody who holds that."""
    with as_("ida") as by:
        shared = SafetyPlanStep.objects.get(shared=True)
        values = {"id": uuid4(), "person_id": meera, "envelope_id": shared.envelope_id}
        values |= {"team_id": by.home_team_id, "recorded_by_id": by.user_id}
        values |= {"recorded_at": shared.recorded_at, "heading": "home", "words": "x"}
        with refused():
            insert("risk_safetyplanstep", **values, suggestion="", shared=False)


def test_a_team_says_for_itself_alone_that_it_has_seen_a_change(as_, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk"])
        theirs, row = by.home_team_id, changed(by, meera)
    with as_("cass") as by:
        values = {"person_id": meera, "envelope_id": row.envelope_id, "change_id": row.pk}
        values |= {"recorded_by_id": by.user_id, "recorded_at": row.recorded_at}
        with refused():
            insert("risk_riskchangeseen", id=uuid4(), team_id=theirs, **values)
        insert("risk_riskchangeseen", id=uuid4(), team_id=by.home_team_id, **values)
    with as_("tess") as by, refused():
        insert("risk_riskchangeseen", id=uuid4(), team_id=by.home_team_id, **values)


def test_a_draft_is_the_teams_own(as_, meera):
    from_page = "SELECT count(*) FROM risk_draft WHERE person_id = %s"
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk"], may_write=True)
        keep_draft(**of(by, meera), page="plan", typed={"new-home": ["x"]}, opening=ONCE)
        assert rows(from_page, [meera]) == [(1,)]
    with as_("cass"):
        assert rows(from_page, [meera]) == [(0,)]
