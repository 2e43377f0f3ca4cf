"""Reports released: by the area's rule of the day, and with what was told before in mind."""

import fcntl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.utils import timezone

from onestory import database
from onestory.agencies.pack import pack
from onestory.analysis import disclosure
from onestory.analysis.disclosure import Release, Rule
from onestory.analysis.report import Report, Table
from onestory.kernel.errors import Refused

KEPT = 64


def rule_on(day: date) -> Rule:
    """The area's rule of that day; where it has agreed none, the usual one."""
    agreed = pack().disclosure_rule(day)
    if agreed is None:
        return Rule()
    fields = agreed.model_dump(
        include={"smallest", "largest", "round_to", "leaves", "zeros_shown", "from_", "source"}
    )
    return Rule(**fields)


def folder(code: str) -> Path:
    """Where it is kept what the publications of a report told."""
    return database.home() / "released" / code


def of_measures(table: str) -> Path:
    """Where it is kept what the pages of measures told of a table of snapshots."""
    return folder("measures") / table


def released(code: str, report: Report, beside: Iterable[Path] = ()) -> tuple[Report, Release]:
    """A report for readers who may not see the records, and what it tells: nothing is kept yet.

    It is held against what the same report told before, and what is kept `beside`. Raises `Refused`
    where it cannot be published.
    """
    rule = rule_on(timezone.localdate())
    earlier = tuple(file for kept in (folder(code), *beside) for file in disclosure.kept(kept))
    try:
        release = _released(report.tables, rule, earlier)
    except ValueError as error:
        raise Refused(f"This cannot be published: {error}") from error
    return disclosure.published(report, release, rule), release


@contextmanager
def one_at_a_time(kept: Path) -> Iterator[Path]:
    """The folder, for one at a time: each release is held against all that went before."""
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield kept


@lru_cache(maxsize=KEPT)
def _released(tables: tuple[Table, ...], rule: Rule, earlier: tuple[Path, ...]) -> Release:
    """Finding out what to hide takes a while; the same figures after the same releases, once."""
    return disclosure.release(tables, rule, [disclosure.told(file) for file in earlier])
