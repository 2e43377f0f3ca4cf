"""Who may bring in a case list, and who sees what came of it: the managers of its team only."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse

from onestory.agencies.models import Team
from onestory.cases.actions.case_list import import_case_list
from onestory.cases.actions.case_list_runs import (
    begin_import,
    cancel_import,
    check_case_list,
    import_at_once,
    queue_import,
    run_import,
)
from onestory.cases.models import Case
from onestory.cases.queries.case_list import find_import, imported_before, last_imports
from onestory.kernel.errors import Refused
from tests.team_lists import content, read, row

TEAM = "housing-safeguarding"
# Same team without the permission, another team of the council, another organisation, those who
# see no record at all.
COLLEAGUES = ["bart", "petra", "tess"]
STRANGERS = ["olu", "nell", "cass", "ida", "adam", "gwen"]
OTHERS = COLLEAGUES + STRANGERS
LIST = content(row("1"), row("2"))


@pytest.fixture
def checked(as_):
    with as_("mina") as by:
        return check_case_list(
            by=by, team_id=by.home_team_id, file_name="our list.csv", content=LIST
        )


@pytest.fixture
def imported(as_, checked):
    with as_("mina") as by:
        return import_at_once(by=by, import_id=checked.pk)


def count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return cursor.fetchone()[0]


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_may_import(as_, who):
    with as_(who) as by:
        team_id = Team.objects.get(code=TEAM).pk
        with pytest.raises(Refused):
            import_case_list(by=by, team_id=team_id, case_list=read(LIST))
        with pytest.raises(Refused):
            check_case_list(by=by, team_id=team_id, file_name="list.csv", content=LIST)
    with as_("mina"):
        assert Case.objects.count() == 0


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize(
    "act", [begin_import, run_import, queue_import, import_at_once, cancel_import]
)
def test_nobody_else_finds_the_list_to_act_on(as_, checked, who, act):
    with as_(who) as by, pytest.raises(Http404):
        act(by=by, import_id=checked.pk)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_finds_the_list_to_look_at(as_, imported, who):
    with as_(who) as by:
        with pytest.raises(Http404):
            find_import(by, imported.pk)
        assert last_imports(by) == []
        assert imported_before(by, imported) is None


@pytest.mark.parametrize("who", STRANGERS)
def test_postgresql_shows_strangers_no_list_and_no_case(as_, imported, who):
    with as_(who):
        assert count("cases_caselistimport") == count("cases_case") == 0


@pytest.mark.parametrize("who", COLLEAGUES)
def test_the_whole_team_sees_its_cases(as_, imported, who):
    with as_(who):
        assert count("cases_case") == 2


@pytest.mark.parametrize("who", STRANGERS)
def test_postgresql_lets_no_stranger_touch_a_list(as_, checked, who):
    with as_(who), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_caselistimport SET cancel_asked = true")
        assert cursor.rowcount == 0


def test_postgresql_lets_nobody_add_to_another_teams_envelope(as_, imported):
    with as_("mina"):
        case = Case.objects.get(reference="1")
    with as_("nell") as by, pytest.raises(DatabaseError), transaction.atomic():
        Case.objects.create(
            envelope_id=case.envelope_id,
            team_id=by.home_team_id,
            reference="3",
            opened_on=case.opened_on,
            abuse=[],
            recorded_at=case.recorded_at,
            recorded_by_id=by.user_id,
        )


def addresses(run):
    return [
        reverse("cases:case-list"),
        *(
            reverse(f"cases:case-list-{name}", args=[run.pk])
            for name in ("import", "start", "cancel", "faults")
        ),
    ]


@pytest.mark.parametrize("who", OTHERS)
def test_for_others_the_pages_do_not_exist(client, world, checked, who):
    client.force_login(world.user(who))
    for address in addresses(checked):
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)


def test_whoever_has_not_signed_in_is_asked_to(client, checked):
    address = reverse("cases:case-list")
    assert client.get(address).url.endswith(f"?next={address}")
