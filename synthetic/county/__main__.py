"""Makes the database that ONESTORY_DATABASE names, and fills it with a county."""

import os
from collections import Counter

import click
import django
import psycopg
from psycopg import sql
from rich.console import Console
from rich.table import Table

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onestory.settings")
django.setup()

from onestory import database, setup  # noqa: E402
from synthetic.county import load  # noqa: E402


@click.command()
@click.option("--people", default=250_000, show_default=True)
@click.option("--area", default="thurrock", show_default=True)
@click.option("--fresh", is_flag=True, help="Build it anew, even if it is there.")
def main(people, area, fresh):
    """Keep a county of so many people in the database; build it unless it is there."""
    if database.name() in {"onestory", database.admin_settings()["dbname"]}:
        raise click.UsageError("Name a database of its own in ONESTORY_DATABASE.")
    console, digest = Console(stderr=True), load.digest(area, people)
    if _mark() == digest and not fresh:
        setup.apply_policies()
        return
    setup.drop_database()
    console.print(f"Building {database.name()} (kept for next time)")
    counts = load.build(area=area, people=people, console=console)
    _set_mark(digest)
    _print(console, counts)


def _mark() -> str | None:
    """What is written on the database: the digest of what it was made with."""
    with _admin() as admin:
        row = admin.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s",
            [database.name()],
        ).fetchone()
    return row and row[0]


def _set_mark(digest: str) -> None:
    with _admin() as admin:
        admin.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(database.name()), sql.Literal(digest)
            )
        )


def _admin() -> psycopg.Connection:
    return psycopg.connect(**database.admin_settings(), autocommit=True)


def _print(console: Console, counts: Counter) -> None:
    table = Table("table", "rows", title="What is in it")
    table.columns[1].justify = "right"
    for name, number in sorted(counts.items(), key=lambda item: -item[1]):
        table.add_row(name, f"{number:,}")
    events = sum(counts[name] for name in load.EVENTS)
    table.add_section()
    table.add_row("events (contacts, referrals, cases, entries)", f"{events:,}")
    console.print(table)


if __name__ == "__main__":
    main()
