"""What makes loading slow, taken off the tables before and put back after."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from onestory import database

AT_ONCE = 3

_FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE contype = 'f' AND conrelid > 0
      AND (conrelid = ANY(%(tables)s::regclass[]) OR confrelid = ANY(%(tables)s::regclass[]))
"""
_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype IN ('p', 'u') AND conrelid = ANY(%(tables)s::regclass[])
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = ANY(%(tables)s::regclass[])
      AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
"""


def connect() -> psycopg.Connection:
    """A connection as the owner of the tables."""
    admin = {**database.admin_settings(), "dbname": connection.settings_dict["NAME"]}
    options = f"-c role={database.OWNER} -c maintenance_work_mem=512MB -c synchronous_commit=off"
    return psycopg.connect(**admin, options=options, autocommit=True)


class Bare:
    """Tables without foreign keys, keys and indexes, and how to make these again."""

    def __init__(self, tables: list[str]):
        self.tables = tables
        with connect() as owner:
            named = {"tables": tables}
            self.foreign_keys = owner.execute(_FOREIGN_KEYS, named).fetchall()
            self.keys = owner.execute(_KEYS, named).fetchall()
            self.indexes = owner.execute(_INDEXES, named).fetchall()
            self._take_off(owner)

    def _take_off(self, owner: psycopg.Connection) -> None:
        with owner.transaction():
            for table, name, _ in self.foreign_keys + self.keys:
                owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
            for name, _ in self.indexes:
                owner.execute(f"DROP INDEX {name}")

    def steps(self) -> int:
        return len(self.keys) + len(self.indexes) + len(self.foreign_keys) + len(self.tables)

    def put_back(self, done) -> None:
        """Make them again, checking every row; `done` is called after each."""
        keys = [f"ALTER TABLE {t} ADD CONSTRAINT {name} {what}" for t, name, what in self.keys]
        _run(keys, done)
        _run([what for _, what in self.indexes], done)
        with connect() as owner:
            for table, name, what in self.foreign_keys:
                owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what} NOT VALID")
        _run([f"ALTER TABLE {t} VALIDATE CONSTRAINT {n}" for t, n, _ in self.foreign_keys], done)
        _run([f"VACUUM (ANALYZE) {table}" for table in self.tables], done)


@contextmanager
def bare_within(owner: psycopg.Connection, tables: list[str]) -> Iterator[None]:
    """Within a transaction: what these tables refer to is checked when all rows are there, table by
    table and not row by row, and indexes that keep nothing unique are made then.
    """
    named = {"tables": tables}
    keys = [key for key in owner.execute(_FOREIGN_KEYS, named).fetchall() if key[0] in tables]
    indexes = [one for one in owner.execute(_INDEXES, named).fetchall() if " UNIQUE " not in one[1]]
    for table, name, _ in keys:
        owner.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        owner.execute(f"DROP INDEX {name}")
    yield
    for _, what in indexes:
        owner.execute(what)
    for table, name, what in keys:
        owner.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {what}")


def _run(statements: list[str], done) -> None:
    def one(statement: str) -> None:
        with connect() as owner:
            owner.execute(statement)
        done()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, statements))


def copy(owner: psycopg.Connection, table: str, columns: tuple[str, ...], rows: list[list]) -> None:
    """Put rows into a table, quickly."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with owner.cursor() as cursor, cursor.copy(statement) as stream:
        for row in rows:
            stream.write_row(row)
