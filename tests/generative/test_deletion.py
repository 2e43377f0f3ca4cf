"""A deletion takes what it says from every table there is, and touches nobody else."""

import itertools
import json
from functools import cache
from uuid import uuid4

import pytest
from django.apps import apps
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg import sql

from onestory.access.models import Kind, Protected
from onestory.rights.rules import erasing
from tests.access.held import ANYTHING, as_admin

PLAN = {step.table: step for step in erasing.plan()}
MODELS = {
    model._meta.db_table: model
    for model in apps.get_models()
    if issubclass(model, Protected) and model._meta.db_table in PLAN
}
TABLES = sorted(MODELS)
# Somebody has one at most.
ONCE = {"portal_ownpages"}
KINDS = list(Kind.values)
# How often each table has a row of Rowan's and of somebody else, and in which envelope.
ROWS = st.fixed_dictionaries(
    {
        table: st.tuples(st.integers(0, 1 if table in ONCE else 2), st.integers(0, 1))
        for table in TABLES
    }
)
WORDS = "words of hers"
# Of a safety plan there is one of each.
VERSIONS = itertools.count(1)


@cache
def columns_of(admin, table):
    """Those that must have something."""
    return admin.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND attnotnull AND NOT atthasdef"
        " AND attidentity = '' AND attgenerated = ''",
        [table],
    ).fetchall()


def add(admin, table, **known):
    values = {name: ANYTHING[kind] for name, kind in columns_of(admin, table)}
    values |= {name: sql.Literal(value) for name, value in known.items()}
    admin.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
            sql.Identifier(table),
            sql.SQL(", ").join(map(sql.Identifier, values)),
            sql.SQL(", ").join(values.values()),
        )
    )


def somebody(admin, system) -> dict:
    """A person with every envelope there is."""
    who = {"person": uuid4(), "envelopes": {kind: uuid4() for kind in KINDS}}
    add(admin, "people_person", id=who["person"], reference=str(uuid4()), added_by_id=system)
    for kind, key in who["envelopes"].items():
        add(admin, "access_envelope", id=key, person_id=who["person"], kind=kind)
    return who


def row_of(admin, table, who) -> None:
    """A row with words in every column that is emptied. What must differ from row to row does."""
    names = {field.column for field in MODELS[table]._meta.concrete_fields}
    known = {"id": uuid4(), "envelope_id": who["envelopes"]["support"], "person_id": who["person"]}
    known |= {name: str(uuid4()) for name in ("reference", "code", "thread") if name in names}
    known |= {"question": str(uuid4()), "superseded_at": "2026-01-01", "superseded_by_id": uuid4()}
    if table == "rights_correction":
        known["place"] = uuid4()
    if table == "therapy_notesrequest":
        known |= {"view": "agrees", "viewed_at": "2026-01-01", "viewed_by_id": uuid4()}
    if table == "marac_transferin":
        known["digest"] = uuid4().hex
    if table in ("marac_referral", "marac_transferout"):
        known["not_told_reason"] = WORDS
    if table == "risk_riskassessment":
        known |= {"sent_by": WORDS, "level": "high"}
    if table == "risk_safetyplan":
        known["version"] = next(VERSIONS)
    words = [part.split(" = ")[0] for part in PLAN[table].sets.split(", ") if part.endswith("''")]
    known |= dict.fromkeys(words, WORDS)
    add(admin, table, **{name: value for name, value in known.items() if name in names})


def count(admin, table, who) -> int:
    return admin.execute(
        sql.SQL("SELECT count(*) FROM {} WHERE envelope_id = ANY (%s)").format(
            sql.Identifier(table)
        ),
        [list(who["envelopes"].values())],
    ).fetchone()[0]


def left(admin, who) -> str:
    """Everything that lies in these envelopes, as text."""
    return "".join(
        admin.execute(
            sql.SQL(
                "SELECT coalesce(string_agg(t::text, ''), '') FROM {} t WHERE envelope_id = ANY (%s)"
            ).format(sql.Identifier(table)),
            [list(who["envelopes"].values())],
        ).fetchone()[0]
        for table in TABLES
    )


def erase(admin, who, system) -> dict:
    deletion = uuid4()
    two = [
        row[0] for row in admin.execute("SELECT id FROM agencies_user WHERE NOT is_system LIMIT 2")
    ]
    add(
        admin,
        "rights_deletion",
        id=deletion,
        person_id=who["person"],
        reference="7777-7777",
        because="asked",
        decided_by_id=two[0],
        confirmed_by_id=two[1],
        confirmed_at="2026-01-01",
        counts="{}",
    )
    admin.execute("SET LOCAL session_replication_role = origin")
    admin.execute("SET LOCAL ROLE onestory_app")
    admin.execute("SELECT set_config('onestory.actor', %s, true)", [str(system)])
    done = admin.execute("SELECT rights_erase(%s)", [deletion]).fetchone()[0]
    admin.execute("RESET ROLE")
    return json.loads(done) if isinstance(done, str) else done


@pytest.mark.database
@settings(
    max_examples=4,
    # Each fills every table: what fails is shown as it was found.
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=ROWS)
def test_what_is_hers_goes_and_what_counts_stays(django_db_setup, django_db_blocker, rows):
    with django_db_blocker.unblock(), as_admin() as admin:
        system = admin.execute("SELECT id FROM agencies_user WHERE is_system").fetchone()[0]
        admin.execute("SET LOCAL session_replication_role = replica")
        hers, theirs = somebody(admin, system), somebody(admin, system)
        for table, (mine, other) in rows.items():
            for who, number in ((hers, mine), (theirs, other)):
                for _ in range(number):
                    row_of(admin, table, who)
        # A case or a contact that is open would stand in the way.
        admin.execute(
            "UPDATE cases_case SET closed_on = opened_on WHERE person_id = %s", [hers["person"]]
        )
        admin.execute(
            "UPDATE cases_contact SET rag = 'red', outcome = 'advice', graded_at = now(),"
            " graded_by_id = %s, decided_at = now(), decided_by_id = %s WHERE person_id = %s",
            [system, system, hers["person"]],
        )
        admin.execute(
            "UPDATE marac_referral SET closed_at = now(), closed_by_id = %s, outcome = 'died'"
            " WHERE person_id = %s",
            [system, hers["person"]],
        )
        before = {table: count(admin, table, hers) for table in TABLES}
        other = left(admin, theirs)

        done = erase(admin, hers, system)

        for table in TABLES:
            stays = before[table] if PLAN[table].sets else 0
            assert count(admin, table, hers) == stays, table
            told = done.get(table, {})
            assert sum(told.values()) == before[table], table
        assert WORDS not in left(admin, hers)
        assert left(admin, theirs) == other
