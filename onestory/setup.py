"""Prepares an empty system, or brings one up to date: roles, database, tables, policies, area.

Everything here may be run again.
"""

from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction
from psycopg import sql

from onestory import database
from onestory.access.acting import acting
from onestory.agencies.actions import ensure_system_user, load_area
from onestory.agencies.actor import system_actor
from onestory.agencies.area import Pack, load_pack
from onestory.assessment import bank
from onestory.reporting import definitions
from onestory.rights.rules import erasing

ROOT = Path(__file__).parent
# In the order in which they build on each other.
POLICIES = (
    "access",
    "agencies",
    "people",
    "assessment",
    "cases",
    "support",
    "conversations",
    "risk",
    "sealed",
    "therapy",
    "marac",
    "rights",
    "inquiries",
    "reporting",
    "portal",
    "public",
)
# Rooms with views for snapshots.
FIGURES = ("agencies", "people", "assessment", "cases", "support", "risk", "marac")


def prepare_database() -> None:
    """Make the three roles and the database, where they are not there yet."""
    with _admin(database.admin_settings()["dbname"]) as admin:
        for role, options in (
            (database.OWNER, "NOLOGIN"),
            (database.APP, "LOGIN"),
            (database.FIGURES, "LOGIN"),
        ):
            _make_role(admin, role, options)
        admin.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(database.OWNER)))
        found = admin.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [database.name()]
        ).fetchone()
        if not found:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database.name())))
    with _admin(database.name()) as admin:
        admin.execute(
            sql.SQL(
                "ALTER SCHEMA public OWNER TO {owner};"
                "REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
                "GRANT USAGE ON SCHEMA public TO {app}, {figures};"
                # Nobody else on the same server comes in, and nobody makes temporary tables.
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC;"
                "GRANT CONNECT ON DATABASE {name} TO {app}, {figures};"
                # Compiling a query costs more than any of ours takes.
                "ALTER DATABASE {name} SET jit = off;"
                # A plan made once serves every team: weighing anew whether one for this team were
                # better takes longer than any of them, since policies are a part of each.
                "ALTER ROLE {app} SET plan_cache_mode = force_generic_plan"
            ).format(
                owner=sql.Identifier(database.OWNER),
                app=sql.Identifier(database.APP),
                figures=sql.Identifier(database.FIGURES),
                name=sql.Identifier(database.name()),
            )
        )


def drop_database() -> None:
    """Throw the database away, with everybody connected to it. For the demonstration only."""
    connections.close_all()
    with _admin("postgres") as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                sql.Identifier(database.name())
            )
        )


def migrate() -> None:
    """Bring the tables up to date, as their owner."""
    call_command("migrate", database="owner", interactive=False, verbosity=0)


def apply_policies() -> None:
    """Put every table under its policies, all in one transaction."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for room in POLICIES:
            cursor.execute((ROOT / room / "policies.sql").read_text().replace("%", "%%"), [])
        # What a snapshot copies is read through views that build on each other.
        for room in FIGURES:
            cursor.execute((ROOT / room / "figures.sql").read_text().replace("%", "%%"), [])
        # What is deleted with a record follows from how every column is classified.
        cursor.execute(erasing.as_function().replace("%", "%%"), [])


def load_pack_of(area: str) -> Pack:
    """Load the area pack `areas/<area>` into the database. Raises `PackError`, `Refused`."""
    pack = load_pack(settings.AREAS / area)
    bank.check(pack)
    definitions.check(pack)
    ensure_system_user()
    with acting(system_actor(), purpose="setup"):
        load_area(pack=pack)
    return pack


def _admin(dbname: str) -> psycopg.Connection:
    return psycopg.connect(**{**database.admin_settings(), "dbname": dbname}, autocommit=True)


def _make_role(admin: psycopg.Connection, role: str, options: str) -> None:
    known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = "ALTER" if known else "CREATE"
    admin.execute(sql.SQL(f"{verb} ROLE {{}} {options}").format(sql.Identifier(role)))
    if database.password(role) and options == "LOGIN":
        admin.execute(
            sql.SQL("ALTER ROLE {} PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(database.password(role))
            )
        )
