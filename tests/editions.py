"""Editions of reports for tests: the yearly report of the made-up team, written by its secretary."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest

from onestory import database
from onestory.access.acting import acting
from onestory.agencies.actor import Actor
from onestory.analysis.frozen import fingerprint
from onestory.kernel.opening import Opening
from onestory.reporting.actions import editions, publishing
from onestory.reporting.models import Edition
from onestory.reporting.queries import editions as edition_queries
from synthetic.world import World
from tests.yearly_report import REPORT, bring_in_for_good

YEARS = (date(2015, 4, 1), date(2018, 3, 31))
WORDS = "Referrals rose when the new front door opened."


@pytest.fixture
def reported(own_database, tmp_path, monkeypatch) -> World:
    """A database of the test's own in which the team has its 685 cases."""
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    bring_in_for_good(own_database)
    return own_database


@contextmanager
def as_in(world: World, name: str) -> Iterator[Actor]:
    with acting(world.actor(name), purpose="test") as scope:
        yield scope.actor


def begin(by: Actor, period: tuple[date, date] = YEARS) -> Edition:
    return editions.begin(by=by, code=REPORT, from_=period[0], to=period[1])


def write(by: Actor, edition: Edition, words: str = WORDS, section: str = "area", **opening):
    """Typed at a page that was opened when nothing had been written there."""
    return editions.write(
        by=by,
        edition_id=edition.pk,
        section=section,
        words=words,
        opening=Opening(**{"tab": "one", "version": 0, "saving": 0} | opening),
    )


def freeze(by: Actor, edition: Edition):
    """Frozen as it is now."""
    report, _ = edition_queries.made(edition)
    return publishing.freeze(by=by, edition_id=edition.pk, seen=fingerprint(report))


def published(by: Actor, period: tuple[date, date] = YEARS) -> Edition:
    """An edition that has come to its end."""
    edition = begin(by, period)
    write(by, edition)
    freeze(by, edition)
    publishing.publish(by=by, edition_id=edition.pk)
    return edition
