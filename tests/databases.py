"""Databases for tests: one template, built once by the real setup, and quick copies of it."""

import hashlib
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import fasteners
import psycopg
from django.db import connections
from psycopg import sql

from onestory import database
from tests.environment import HOME, TEMPLATE

ROOT = Path(__file__).parent.parent
# What the template is made of: when any of it changes, it is made anew.
SOURCES = (
    "onestory/**/migrations/*.py",
    "onestory/**/*.sql",
    "onestory/**/actions*.py",
    "onestory/**/actions/*.py",
    "onestory/setup.py",
    "areas/**/*.toml",
    "synthetic/**/*.py",
)


def ensure_template() -> None:
    """Build the template database unless it is there and up to date."""
    with fasteners.InterProcessLock(HOME / "template.lock"):
        mark = HOME / "template.digest"
        digest = _digest()
        if mark.exists() and mark.read_text() == digest and _exists(TEMPLATE):
            return
        _hurry()
        drop(TEMPLATE)
        done = subprocess.run(
            [sys.executable, "-m", "tests.build_template"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(f"The template database could not be built:\n{done.stderr}")
        mark.write_text(digest)


def copy(name: str, template: str = TEMPLATE) -> None:
    drop(name)
    with _admin() as admin:
        admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop(name: str) -> None:
    with _admin() as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )


@contextmanager
def connected_to(name: str):
    """All of Django's connections lead to that database, for as long as this lasts."""
    before = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    connections.close_all()
    for alias in connections:
        connections[alias].settings_dict["NAME"] = name
    yield
    connections.close_all()
    for alias, database_before in before.items():
        connections[alias].settings_dict["NAME"] = database_before


def _exists(name: str) -> bool:
    with _admin() as admin:
        return bool(
            admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        )


def _hurry() -> None:
    """The embedded server need not survive a power cut: what it holds is made anew."""
    if not database.is_embedded():
        return
    with _admin() as admin:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            admin.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        admin.execute("SELECT pg_reload_conf()")


def _admin() -> psycopg.Connection:
    return psycopg.connect(**database.admin_settings(), autocommit=True)


def _digest() -> str:
    total = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            total.update(path.read_bytes())
    return total.hexdigest()
