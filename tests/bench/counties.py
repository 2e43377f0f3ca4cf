"""Counties: built once and kept, copied for each run, so that no run disturbs the next."""

import os
import subprocess
import sys

import psycopg
from psycopg import sql

from onestory import database
from tests.bench.environment import AREA, ROOT


def ensure(people: int) -> None:
    """Build the county of this size unless it is there and up to date (FRESH=1: in any case)."""
    line = [sys.executable, "-m", "synthetic.county", "--people", str(people), "--area", AREA]
    line += ["--fresh"] if os.environ.get("FRESH") else []
    subprocess.run(line, cwd=ROOT, env=environment(_kept(people)), check=True)


def copy(people: int, name: str) -> None:
    """Copy the county of this size to a database of this name."""
    drop(name)
    with _admin() as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(_kept(people))
            )
        )


def drop(name: str) -> None:
    with _admin() as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


def environment(name: str) -> dict[str, str]:
    """For a process that works on this database; it finds the embedded server running."""
    found = {**os.environ, "ONESTORY_DATABASE": name}
    if database.is_embedded():
        found[database.STARTED] = os.environ.get(database.STARTED) or database.started()
    return found


def owner(name: str) -> psycopg.Connection:
    """A connection as a role that no policy binds, to know what there is."""
    return psycopg.connect(**{**database.admin_settings(), "dbname": name}, autocommit=True)


def _kept(people: int) -> str:
    return f"onestory_bench_{people}"


def _admin() -> psycopg.Connection:
    return psycopg.connect(**database.admin_settings(), autocommit=True)
