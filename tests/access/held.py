"""Somebody's envelope with a row in it, and a member of a team that may hold a grant on it.

Made as the owner could, past every rule, on one connection that can change roles; nothing is kept.
"""

from contextlib import contextmanager
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql

from onestory import database

LIVE = {"starts_at": "now() - interval '1 hour'", "ends_at": "NULL", "may_write": "true"}


@contextmanager
def as_admin():
    """A connection that may change roles, on this test's database; nothing of it is kept."""
    settings = {**database.admin_settings(), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**settings) as admin:
        yield admin
        admin.rollback()


class Held:
    """A person with an envelope, a row in it, and Tess, whose team may hold a grant on it."""

    def __init__(self, admin, model):
        self.admin, self.table = admin, sql.Identifier(model._meta.db_table)
        self.tess, self.team = admin.execute(
            "SELECT m.user_id, m.team_id FROM agencies_membership m"
            " JOIN agencies_user u ON u.id = m.user_id WHERE u.email = 'tess@example.org'"
        ).fetchone()
        self.person, self.envelope = uuid4(), uuid4()
        admin.execute("SET LOCAL session_replication_role = replica")
        self._insert("people_person", id=self.person, reference="7777-7777")
        self._insert("access_envelope", id=self.envelope, person_id=self.person, kind="story")
        self.row = self._row(model)
        self._insert(model._meta.db_table, **self.row)

    def _row(self, model) -> dict:
        names = {field.column for field in model._meta.fields}
        keyed = model._meta.pk.get_internal_type() == "UUIDField"
        known = {"envelope_id": self.envelope, "person_id": self.person}
        known |= {"recorded_by_id": self.tess}
        known |= {name: self.team for name in names if name.endswith("team_id")}
        known |= {name: uuid4() for name in names if name == "id" and keyed}
        return {name: value for name, value in known.items() if name in names}

    def _insert(self, table, **known):
        """A row with something in every column that must have it."""
        columns = self.admin.execute(
            "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND attnotnull"
            " AND attidentity = '' AND NOT atthasdef",
            [table],
        ).fetchall()
        values = {name: ANYTHING[kind] for name, kind in columns} | {
            name: sql.Literal(value) for name, value in known.items()
        }
        self.admin.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, values)),
                sql.SQL(", ").join(values.values()),
            )
        )

    def grant(self, **changes):
        values = {"team_id": sql.Literal(self.team).as_string(), **LIVE, **changes}
        names = sql.SQL(", ").join(map(sql.Identifier, values))
        self.admin.execute(
            sql.SQL(
                "INSERT INTO access_grant (id, envelope_id, may_share, purpose, basis, reason,"
                " given_by_id, given_at, end_reason, {}) VALUES (gen_random_uuid(), {}, true,"
                " 'support', 'consent', '', {}, now() - interval '1 hour', '', {})"
            ).format(
                names,
                sql.Literal(self.envelope),
                sql.Literal(self.tess),
                sql.SQL(", ".join(values.values())),
            )
        )

    def act(self, nobody=False):
        self.admin.execute("SET LOCAL session_replication_role = origin")
        self.admin.execute("SET LOCAL ROLE onestory_app")
        self.admin.execute(
            "SELECT set_config('onestory.actor', %s, true)", ["" if nobody else str(self.tess)]
        )

    def tried(self, statement) -> int:
        """How many rows of the envelope a statement touches; 0 where PostgreSQL refuses it."""
        which = sql.SQL(" WHERE envelope_id = {}").format(sql.Literal(self.envelope))
        try:
            with self.admin.transaction():
                return self.admin.execute(statement.format(self.table) + which).rowcount
        except psycopg.errors.InsufficientPrivilege:
            return 0

    def select(self):
        return self.tried(sql.SQL("SELECT 1 FROM {}"))

    def update(self):
        column = self._changeable()
        if column is None:
            return None
        same = sql.SQL("UPDATE {{}} SET {0} = {0}").format(sql.Identifier(column))
        return self.tried(sql.SQL(same.as_string()))

    def insert(self):
        """One more row like the first."""
        more = {**self.row, "id": uuid4()} if "id" in self.row else self.row
        try:
            with self.admin.transaction():
                self._insert(self.table.as_string().strip('"'), **more)
                return 1
        except psycopg.errors.InsufficientPrivilege:
            return 0
        except psycopg.errors.UniqueViolation:
            return 1  # It came past the policy.

    def delete(self):
        return self.tried(sql.SQL("DELETE FROM {}"))

    def _changeable(self):
        found = self.admin.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
            " AND has_column_privilege('onestory_app', attrelid, attnum, 'UPDATE') LIMIT 1",
            [self.table.as_string()],
        ).fetchone()
        return found and found[0]


ANYTHING = {
    kind: sql.SQL(value)
    for kind, value in {
        "uuid": "gen_random_uuid()",
        "text": "''",
        "boolean": "false",
        "smallint": "0",
        "integer": "0",
        "bigint": "0",
        "double precision": "0",
        "date": "current_date",
        "timestamp with time zone": "now()",
        "jsonb": "'{}'",
        "text[]": "'{}'",
        "uuid[]": "'{}'",
        "timestamp with time zone[]": "'{}'",
        "bytea": "''",
    }.items()
}
