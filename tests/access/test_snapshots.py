"""A snapshot says what happened, and never to whom."""

import re
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from unittest.mock import patch

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.db import DatabaseError, connection, connections
from django.db.models import TextField
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pyarrow import parquet

from onestory import database
from onestory.access.acting import acting
from onestory.access.models import Entry, Protected
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.analysis import snapshots
from onestory.analysis.tables import TABLES
from onestory.commands.snapshot_ import command
from onestory.kernel.classified import LINK
from onestory.reporting import tasks
from onestory.reporting.snapshots import FIGURES, make
from onestory.risk.actions.plans import agree_plan
from synthetic import danger
from tests import marac
from tests.access.held import as_admin
from tests.consenting import ask, decide, record_rosa
from tests.kept import whole

VIEWS = [f"snapshot_{code}" for code in TABLES]
# What the views stand on, read by nobody.
BETWEEN = ["people_one", "people_coded", "support_waits", "marac_equality", "marac_first_heard"]
PAGE = "/snapshots/"
CODE = re.compile(r"[a-z0-9_-]+")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")
# Columns that no snapshot may hold, of which something that it may hold is made.
TURNED = {
    ("people_identity", "born_on"): "an age in whole years",
    ("assessment_answer", "value"): "of MARAC cases: one of six groups, and two yes-or-nos",
}


@pytest.fixture
def kept(own_database, tmp_path, monkeypatch):
    """Everything that can be recorded of somebody, and a folder for snapshots of it."""

    @contextmanager
    def as_(name):
        with acting(own_database.actor(name), purpose="test") as scope:
            yield scope.actor

    monkeypatch.setattr(database, "home", lambda: tmp_path)
    rosa = record_rosa(as_)
    ask(as_, rosa)
    decide(as_, rosa)
    marac.seat(own_database)
    at_the_table(as_)
    danger.add(own_database)
    return whole(as_)


def at_the_table(as_) -> marac.OnTheTable:
    """A case heard, in which an agency found something and offered something."""
    found = marac.on_the_table(as_)
    marac.answered(as_, found.research["police-public-protection"])
    marac.offered(as_, found)
    marac.minuted(as_, found)
    return found


def cells(made, types=("text", "text[]")) -> set[str]:
    """Every text in a snapshot."""
    found = set()
    for code, table in TABLES.items():
        for column in table.columns:
            if column.type in types:
                for value in made.table(code)[column.code].to_pyarrow().to_pylist():
                    found.update(value if isinstance(value, list) else [value])
    return found - {None}


def words_of_people() -> set[str]:
    """Whatever is kept in words of anybody: names, numbers, addresses, what they said."""
    found = set()
    with as_admin() as admin:
        for model in apps.get_models():
            if not issubclass(model, Protected):
                continue
            for field in model._meta.concrete_fields:
                if isinstance(field, TextField) and not model.CLASSIFIED[field.name].snapshot:
                    found.update(
                        value
                        for (value,) in admin.execute(
                            f'SELECT "{field.column}" FROM {model._meta.db_table}'
                        )
                    )
    return {value for value in found if value and not CODE.fullmatch(value)}


def test_every_table_is_in_it_with_the_columns_and_types_that_it_says(kept):
    made = make()
    for code, table in TABLES.items():
        assert parquet.read_schema(made.file(code)) == table.schema
        assert made.table(code).columns == tuple(table.by_code)
    empty = {code for code, rows in made.rows.items() if not rows}
    assert empty == {"refusals"}


def test_nothing_in_it_says_of_whom_it_is(kept):
    told, kept_words = cells(make()), words_of_people()
    assert {"Rowan", "Teale", "14 Dock Road"} <= kept_words
    # Teams' names are everybody's to know.
    assert told & kept_words == set()
    assert not [text for text in told if UUID.search(text)]


def test_a_person_has_one_key_in_a_snapshot_and_another_in_the_next(kept):
    first = make()
    tomorrow = timezone.localtime() + timedelta(days=1)
    with patch("onestory.reporting.snapshots.timezone.localtime", return_value=tomorrow):
        second = make()
    keys = [set(s.table("people").person.to_pyarrow().to_pylist()) for s in (first, second)]
    assert len(keys[0]) == len(keys[1]) > 3
    assert not keys[0] & keys[1]
    assert not cells(first) & {k for k in cells(second) if re.fullmatch(r"[0-9a-f]{20}", k)}
    hers = {code: first.table(code).person.to_pyarrow().to_pylist() for code in ("cases", "goals")}
    assert set(hers["goals"]) <= set(hers["cases"]) <= keys[0] | {None}


def test_two_records_that_were_joined_are_one_person(kept, own_database):
    """Through a record between them, as when a joined one is joined once more."""
    chain = [own_database.id("sara-stranger"), own_database.id("derek"), kept.person_id]
    with as_admin() as admin:
        for joined, into in pairwise(chain):
            admin.execute(
                "UPDATE people_person SET joined_into_id = %s WHERE id = %s", [into, joined]
            )
        [(records,)] = admin.execute("SELECT count(*) FROM people_person").fetchall()
        admin.commit()
    made = make()
    assert made.rows["people"] == records - 2
    people = set(made.table("people").person.to_pyarrow().to_pylist())
    for code in ("contacts", "referrals", "sessions", "knowers"):
        assert set(made.table(code).person.to_pyarrow().to_pylist()) <= people


def test_it_says_what_is_known(kept):
    made = make()
    [contact] = (
        made.table("contacts")
        .filter(lambda t: t.from_team == "tenancy-management")
        .filter(lambda t: t.need == "risk-of-homelessness")
        .filter(lambda t: t.locality == "grays")
        .filter(lambda t: t.outcome == "referral")
        .filter(lambda t: t.grade == "amber")
        .to_pyarrow()
        .to_pylist()
    )[-1:]
    assert contact["sex"] == "female"
    born, day = date(1991, 5, 17), contact["received_on"]
    assert contact["age"] == day.year - 1991 - ((day.month, day.day) < (born.month, born.day))
    assert contact["contributory"] == ["money", "child-wellbeing"]
    assert contact["in_time"] is True
    assert contact["referred"] is True
    needs = made.table("contact_needs").filter(lambda t: t.contact == contact["contact"])
    assert needs.count().to_pyarrow().as_py() == 3
    referral = made.table("referrals").filter(lambda t: t.contact == contact["contact"])
    [referral] = referral.to_pyarrow().to_pylist()
    assert (referral["accepted"], referral["person"]) == (True, contact["person"])


def test_a_case_of_marac_has_what_the_dataset_asks_for_and_nobody_in_it(kept):
    """What was not asked of her is missing; of him only that he is no child is in it."""
    made = make()
    [case] = made.table("marac_cases").to_pyarrow().to_pylist()
    said = ("from_organisation", "from_police", "repeat", "sex", "harmed_by_child", "children")
    assert [case[name] for name in said] == ["thurrock-council", False, False, "female", False, 2]
    assert case["criteria"] == ["professional-judgement"]
    assert [case[name] for name in ("ethnicity_group", "disabled", "lgbt")] == [None] * 3
    counted = ("agencies_asked", "agencies_answered", "actions", "actions_done")
    assert [case[name] for name in counted] == [3, 1, 1, 0]
    assert not {"abuser", "locality", "words", "reason"} & set(case)
    [meeting] = made.table("marac_meetings").to_pyarrow().to_pylist()
    assert (meeting["heard"], meeting["held_on"]) == (1, case["heard_on"])


def test_of_danger_it_has_what_it_came_to_and_whether_the_plan_kept_up(kept, own_database):
    with acting(own_database.actor("ida"), purpose="test") as scope:
        by, meera = scope.actor, own_database.id("meera")
        of_her = {"by": by, "team_id": by.home_team_id, "person_id": meera}
        agree_plan(**of_her, seen=1, paper="none", steps=danger.STEPS[:1])
    made = make()
    results, plans, changes = (
        made.table(code).to_pyarrow().to_pylist()
        for code in ("risk_checklists", "safety_plans", "risk_changes")
    )
    [result] = [row for row in results if row["instrument"] == "dash-24"]
    said = ("yes", "no", "unknown", "not_asked", "computed", "level", "above", "from_outside")
    assert [result[name] for name in said] == [11, 5, 2, 6, "medium", "high", True, False]
    first, second = sorted(plans, key=lambda row: row["version"])
    assert (first["agreed_anew_on"], second["agreed_anew_on"]) == (second["agreed_on"], None)
    [change] = changes
    assert (change["had_plan"], change["plan_agreed_on"]) == (True, second["agreed_on"])
    assert {row["person"] for row in (first, second, change)} == {result["person"]}
    assert not {"locality", "reason", "words", "sent_by"} & {*result, *first, *change}


# Who may read what


def test_the_application_reads_no_view_of_figures(own_database):
    with connection.cursor() as cursor:
        for view in [*VIEWS, *BETWEEN]:
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [view])
            assert cursor.fetchone() == (False,), view
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM snapshot_contacts")


def test_the_third_role_does_not_read_what_the_views_stand_on(own_database):
    for view in BETWEEN:
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            connections[FIGURES].cursor() as cursor,
        ):
            cursor.execute(f"SELECT count(*) FROM {view}")


def test_without_the_word_of_a_snapshot_there_are_no_keys(kept):
    with connections[FIGURES].cursor() as cursor:
        cursor.execute("SELECT count(*), count(person), count(contact) FROM snapshot_contacts")
        rows, people, contacts = cursor.fetchone()
    assert (people, contacts) == (0, 0)
    assert rows


def test_no_view_uses_a_column_that_is_not_for_figures(own_database):
    """As PostgreSQL knows it, whatever the SQL says. Links are to find rows by and to make keys of:
    they are ids, and the snapshot holds none."""
    kept = {
        (model._meta.db_table, field.column): (model.CLASSIFIED[field.name], field)
        for model in apps.get_models()
        if hasattr(model, "CLASSIFIED")
        for field in model._meta.concrete_fields
    }
    with as_admin() as admin:
        used = admin.execute(
            "SELECT DISTINCT table_name, column_name FROM information_schema.view_column_usage"
            " WHERE view_schema = 'public' AND view_name = ANY (%s) AND table_name <> ALL (%s)",
            [[*VIEWS, *BETWEEN], BETWEEN],
        ).fetchall()
    assert len(used) > 100
    for column in used:
        kind, field = kept[column]
        link = kind == LINK or column[1].endswith("_by_id")
        is_id = field.get_internal_type() in ("UUIDField", "ForeignKey", "OneToOneField")
        assert kind.snapshot or (link and is_id) or column in TURNED, column


# The page and the jobs


@pytest.fixture
def analyst(world, as_):
    with as_("adam") as by:
        team = Team.objects.get(code="mash")
        add_membership(by=by, user=world.user("bart"), team=team, role="analyst")
    return world.user("bart")


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_an_analyst_asks_for_a_snapshot_once_at_a_time(analyst, as_, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    client = browser(analyst)
    assert "There is none yet" in client.get(PAGE).content.decode()
    said = [client.post(PAGE, follow=True).content.decode() for _ in range(2)]
    assert "A snapshot is being made." in said[0]
    assert "is being made already" in said[1]
    assert ProcrastinateJob.objects.filter(task_name=tasks.MAKE).count() == 1
    with as_("gwen"):
        assert Entry.objects.filter(verb="snapshot.ask", actor_id=analyst.pk).count() == 1


@pytest.mark.parametrize("name", ["olu", "mina", "gwen", "adam"])
def test_for_everybody_else_there_is_no_such_page(world, name):
    client = browser(world.user(name))
    assert client.get(PAGE).status_code == client.post(PAGE).status_code == 404


def test_whoever_has_not_signed_in_is_asked_to(db):
    assert Client().post(PAGE).url.startswith(reverse("account_login"))


def test_the_job_makes_one_and_writes_it_down(kept, own_database, monkeypatch):
    prepared = []
    monkeypatch.setattr(tasks, "prepare", lambda made, teams: prepared.append((made.path, teams)))
    tasks.make_nightly(timestamp=0)
    made = snapshots.latest(database.home() / "snapshots")
    assert prepared == [(made.path, pack().teams)]
    with acting(own_database.actor("gwen"), purpose="test"):
        entry = Entry.objects.filter(verb="snapshot.make").latest("id")
    assert entry.detail == {"name": made.path.name, "rows": sum(made.rows.values())}


# The command


def test_the_command_says_where_it_is(kept):
    done = CliRunner().invoke(command)
    assert done.exit_code == 0, done.output
    made = snapshots.latest(database.home() / "snapshots")
    assert f"{made.path}: {sum(made.rows.values()):,} rows" in done.output


def test_whoever_stops_the_command_finds_the_last_one_as_it_was(kept, monkeypatch):
    last = make()

    def stop(self, *args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("rich.progress.Progress.update", stop)
    done = CliRunner().invoke(command)
    assert done.exit_code == 130
    assert "Nothing was kept; earlier snapshots are as they were." in done.output
    folder = database.home() / "snapshots"
    assert {path.name for path in folder.iterdir()} == {".lock", last.path.name}
    assert snapshots.latest(folder) == last
