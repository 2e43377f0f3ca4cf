"""The floor under every table: found in the models and the catalogue, not listed here.

Everything is tried in plain SQL as the application's own role, on one connection that can also
change roles, and rolled back.
"""

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from psycopg import sql

from onestory import database
from onestory.access.models import Protected
from tests.access.held import LIVE, Held, as_admin

ROOT = Path(__file__).parents[2]
ROOMS = (
    "agencies",
    "access",
    "people",
    "assessment",
    "cases",
    "support",
    "conversations",
    "risk",
    "sealed",
    "portal",
    "reporting",
)
# Tables with an envelope that are not under the one rule, and where their own rule is tried.
OTHERWISE = {
    "access_grant": "test_grants",
    "people_accessrequest": "tests of asking",
    # The rule and more: the person asks and staff decide.
    "rights_correction": "test_corrections",
    # The rule and more: who may only read says that their team has seen it; what is hers alone.
    "risk_riskassessment": "test_risk",
    "risk_riskchangeseen": "test_risk",
    "risk_safetyplan": "test_risk",
    "risk_safetyplanstep": "test_risk",
    # The rule and more: it takes being a therapist, or of the team that is asked.
    "therapy_notesrequest": "test_therapy",
    "therapy_proceedings": "test_therapy",
    "therapy_therapynote": "test_therapy",
    # The rule and more: it takes a seat at the table, and being asked about the case.
    "marac_action": "test_marac",
    "marac_conductfinding": "test_marac",
    "marac_finding": "test_marac",
    "marac_foundrepeat": "test_marac",
    "marac_item": "test_marac",
    "marac_minutes": "test_marac",
    "marac_referral": "test_marac",
    "marac_research": "test_marac",
    "marac_telling": "test_marac",
    "marac_transferin": "test_marac",
    "marac_transferout": "test_marac",
    "marac_wishes": "test_marac",
}
POLICIES = "".join((ROOT / "onestory" / room / "policies.sql").read_text() for room in ROOMS[:-1])
PROTECTED = [
    model
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    if "envelope" in {field.name for field in model._meta.fields}
    and model._meta.db_table not in OTHERWISE
]
KEYED = [
    (model, field.column)
    for model in PROTECTED
    for field in model._meta.fields
    if field.column in ("id", "envelope_id", "person_id")
]
# Each a way in which a team or its member does not hold a live grant.
CLOSED = {
    "no grant": None,
    "ended": {"ends_at": "now()"},
    "not begun": {"starts_at": "now() + interval '1 second'"},
    "another team's": {"team_id": "(SELECT id FROM agencies_team WHERE code = 'idva')"},
    "a colleague's alone": {"user_id": "(SELECT id FROM agencies_user WHERE email LIKE 'mina%')"},
    "barred": LIVE,
    "membership ended": LIVE,
    "membership not begun": LIVE,
    "membership without cases": LIVE,
    "deactivated": LIVE,
    "nobody acting": LIVE,
}


@pytest.fixture
def db_as_admin(django_db_setup):
    with as_admin() as admin:
        yield admin


def situate(case, situation):
    """Put Tess and the grant into one of the CLOSED situations."""
    if CLOSED[situation] is not None:
        case.grant(**CLOSED[situation])
    day = "(now() AT TIME ZONE 'Europe/London')::date"
    change = {
        "membership ended": f"ends_on = {day} - 1, starts_on = {day} - 2",
        "membership not begun": f"starts_on = {day} + 1",
        "membership without cases": "works_cases = false",
    }.get(situation)
    if change:
        case.admin.execute(
            f"UPDATE agencies_membership SET {change} WHERE user_id = %s", [case.tess]
        )
    if situation == "deactivated":
        case.admin.execute("UPDATE agencies_user SET is_active = false WHERE id = %s", [case.tess])
    if situation == "barred":
        case._insert("access_barring", user_id=case.tess, person_id=case.person)
    case.act(nobody=situation == "nobody acting")


@pytest.mark.parametrize("situation", CLOSED)
@pytest.mark.parametrize("model", PROTECTED, ids=lambda m: m._meta.db_table)
def test_without_a_live_grant_there_is_nothing(db_as_admin, model, situation):
    case = Held(db_as_admin, model)
    situate(case, situation)
    assert case.select() == 0
    assert not case.update()
    assert case.insert() == 0
    assert case.delete() == 0


@pytest.mark.parametrize("model", PROTECTED, ids=lambda m: m._meta.db_table)
def test_with_a_live_grant_there_is(db_as_admin, model):
    """So that the test above cannot pass for another reason."""
    case = Held(db_as_admin, model)
    case.grant()
    case.act()
    assert case.select() == 1
    assert case.update() in (1, None)
    may_insert = db_as_admin.execute(
        "SELECT has_table_privilege('onestory_app', %s, 'INSERT')", [model._meta.db_table]
    ).fetchone()[0]
    assert case.insert() == int(may_insert)


@pytest.mark.parametrize("model", PROTECTED, ids=lambda m: m._meta.db_table)
def test_a_grant_to_read_is_not_one_to_write(db_as_admin, model):
    case = Held(db_as_admin, model)
    case.grant(may_write="false")
    case.act()
    assert case.select() == 1
    assert not case.update()
    assert case.insert() == 0
    assert case.delete() == 0


@pytest.mark.parametrize("model", PROTECTED, ids=lambda m: m._meta.db_table)
def test_no_row_can_be_moved_or_signed_for_another(db_as_admin, model):
    case = Held(db_as_admin, model)
    case.grant()
    other = db_as_admin.execute(
        "SELECT id FROM agencies_user WHERE id <> %s", [case.tess]
    ).fetchone()
    case.act()
    fixed = {"id", "envelope_id", "person_id", "recorded_at", "recorded_by_id"}
    for column in fixed & {field.column for field in model._meta.fields}:
        statement = sql.SQL("UPDATE {{}} SET {0} = {0}").format(sql.Identifier(column))
        assert case.tried(sql.SQL(statement.as_string())) == 0, column
    if "recorded_by_id" in case.row:
        case.row["recorded_by_id"] = other[0]
        assert case.insert() == 0


@pytest.mark.parametrize("model, column", KEYED, ids=lambda p: getattr(p, "__name__", p))
def test_keyed_reads_use_their_index(db_as_admin, model, column):
    """Under row-level security only an operator that leaks nothing may be looked up in an index."""
    held = Held(db_as_admin, model)
    held.act()
    db_as_admin.execute("SET LOCAL enable_seqscan = off")
    key = 1 if column == "id" and "id" not in held.row else uuid4()
    plan = db_as_admin.execute(
        sql.SQL("EXPLAIN SELECT * FROM {} WHERE {} = {}").format(
            held.table, sql.Identifier(column), sql.Literal(key)
        )
    ).fetchall()
    found = [line for (line,) in plan if "Index Cond: (" in line]
    assert any(f"({column} = " in line for line in found), plan


def test_every_protected_model_is_tried():
    of_rooms = {m for room in ROOMS for m in apps.get_app_config(room).get_models()}
    left = {m for m in of_rooms if issubclass(m, Protected)} - set(PROTECTED)
    assert {model._meta.db_table for model in left} <= OTHERWISE.keys()
    for model in PROTECTED:
        assert f"access_protect('{model._meta.db_table}')" in POLICIES


def test_every_table_with_an_envelope_is_known(db_as_admin):
    found = db_as_admin.execute(
        "SELECT conrelid::regclass::text FROM pg_constraint"
        " WHERE confrelid = 'access_envelope'::regclass AND contype = 'f'"
    ).fetchall()
    known = {model._meta.db_table for model in PROTECTED} | OTHERWISE.keys()
    assert {row[0] for row in found} == known


def exceptions(rule) -> set[str]:
    lint = tomllib.loads((ROOT / "pgrls.toml").read_text())["lint"]
    return {name.removeprefix("public.") for name in lint["rules"][rule]["allowlist"]}


def test_every_table_is_under_policies_or_said_not_to_be(db_as_admin):
    bare = db_as_admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND NOT relrowsecurity"
    ).fetchall()
    assert {row[0] for row in bare} == exceptions("SEC001")


def test_what_the_application_may_take_away(db_as_admin):
    found = db_as_admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p') AND (has_table_privilege('onestory_app', oid, 'DELETE')"
        " OR has_table_privilege('onestory_app', oid, 'TRUNCATE'))"
    ).fetchall()
    of_rooms = {row[0] for row in found if row[0].startswith(tuple(f"{r}_" for r in ROOMS))}
    of_sign_in = {"agencies_session", "agencies_signintries"}
    of_public_pages = {"public_asking", "public_knocks"}
    assert of_rooms - of_sign_in - of_public_pages == {
        "people_searchkey",
        "cases_draft",
        "cases_brokering",
    }


def test_the_application_and_the_figures_are_ordinary_roles(db_as_admin):
    found = db_as_admin.execute(
        "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication,"
        " (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid),"
        " (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid),"
        " has_schema_privilege(r.oid, 'public', 'CREATE')"
        " FROM pg_roles r WHERE rolname IN ('onestory_app', 'onestory_figures') ORDER BY rolname"
    ).fetchall()
    assert found == [("onestory_app", False, 0, 0, False), ("onestory_figures", False, 0, 0, False)]


def test_the_figures_see_their_views_alone(db_as_admin):
    relations = db_as_admin.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ('r', 'p', 'v', 'm', 'S') AND CASE relkind WHEN 'S'"
        " THEN has_sequence_privilege('onestory_figures', oid, 'USAGE, SELECT, UPDATE')"
        " ELSE has_any_column_privilege('onestory_figures', oid, 'SELECT, INSERT, UPDATE')"
        " OR has_table_privilege('onestory_figures', oid, 'DELETE, TRUNCATE') END"
    ).fetchall()
    assert relations
    assert all(name.startswith(("figures_", "snapshot_")) for (name,) in relations)
    routines = db_as_admin.execute(
        "SELECT proname, prosecdef FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND has_function_privilege('onestory_figures', oid, 'EXECUTE')"
    ).fetchall()
    # What the views work out with: nothing that reads more than it is given.
    assert all(name.startswith("figures_") and not definer for name, definer in routines)


def test_no_view_of_figures_tells_who_somebody_is(db_as_admin):
    columns = db_as_admin.execute(
        "SELECT table_name, column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name LIKE 'figures%'"
    ).fetchall()
    assert columns
    # Teams are public, and the only thing that a figure may name by its id.
    telling = [c for c in columns if c[2] == "uuid" or "name" in c[1] or "person" in c[1]]
    assert {column for _, column, _ in telling} <= {"team_id"}


def test_what_runs_as_the_owner_cannot_be_shadowed(db_as_admin):
    found = db_as_admin.execute(
        "SELECT proname, coalesce(array_to_string(proconfig, ' '), '') FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    ).fetchall()
    assert len(found) > 5
    assert not [name for name, config in found if not config.endswith("public, pg_temp")]


def test_a_table_of_ones_own_does_not_stand_in_for_a_real_one(db_as_admin):
    """A temporary table is looked at first, unless the search path says otherwise."""
    case = Held(db_as_admin, apps.get_model("people", "Identity"))
    case.grant(team_id="(SELECT id FROM agencies_team WHERE code = 'idva')")
    case.act()
    db_as_admin.execute(
        "CREATE TEMP TABLE agencies_membership AS SELECT u.id AS user_id, t.id AS team_id,"
        " 'guardian' AS role, true AS works_cases, date '2020-01-01' AS starts_on,"
        " NULL::date AS ends_on FROM agencies_user u, agencies_team t"
    )
    assert case.select() == 0
    assert db_as_admin.execute("SELECT actor_holds_role('guardian')").fetchone() == (False,)


@pytest.mark.slow
def test_the_linter_has_nothing_to_say(django_db_setup):
    """`pgrls` knows a good many ways to get policies wrong; pgrls.toml says why what is left is so."""
    admin = database.admin_settings()
    address = {"PGHOST": admin["host"], "PGPORT": admin["port"], "PGPASSWORD": admin["password"]}
    done = subprocess.run(
        [sys.executable, "-m", "pgrls", "lint", "--format", "json"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            **{name: value for name, value in address.items() if value},
            "DATABASE_URL": f"postgresql://{admin['user']}@/{connection.settings_dict['NAME']}",
        },
    )
    assert done.stdout, done.stderr
    said = json.loads(done.stdout[done.stdout.index("{") :])
    found = sorted(f"{v['rule_id']} {v['location']}" for v in said["violations"])
    assert not found, "\n".join(found)
    assert done.returncode == 0
