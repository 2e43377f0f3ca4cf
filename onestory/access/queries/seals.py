"""Whether the record is as it was sealed."""

import json
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from onestory import database
from onestory.access.models import Entry, Seal
from onestory.access.rules import sealing
from onestory.agencies.actor import Actor

# The one way to write an entry down: every column, in a form that no setting changes and that can be
# read in one way only, since texts are quoted as JSON. (JSON for all of it takes four times as long.)
LINE = """concat_ws('|', id, (extract(epoch FROM at) * 1000000)::bigint, transaction,
    coalesce(actor_id::text, '-'), to_json(verb), coalesce(person_id::text, '-'), envelopes,
    to_json(subject), detail)"""
# So many seals are read at once, and so many entries compared.
SEALS, ENTRIES = 50, 20_000


@dataclass(frozen=True)
class Fault:
    """The first thing found wrong. `entry` is None where a seal itself is at fault."""

    what: str
    seal: int
    entry: int | None = None
    at: datetime | None = None
    verb: str = ""


@dataclass(frozen=True)
class Verdict:
    """What came of checking. `waiting` entries are not sealed yet, the first since `since`."""

    sealed: int
    seals: int
    fault: Fault | None
    waiting: int
    since: datetime | None
    last: Seal | None


class _Found(Exception):
    def __init__(self, what: str, seal: int, entry: int | None = None):
        self.fault = Fault(what, seal, entry)


def last_seal(by: Actor) -> Seal | None:
    return Seal.objects.order_by("-number").first()


def waiting(by: Actor) -> tuple[int, datetime | None]:
    """How many entries no seal covers yet, and since when the first of them waits."""
    last = last_seal(by)
    gaps = last.missing if last else []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), min(at) FROM access_entry WHERE id > %s OR EXISTS ("
            " SELECT 1 FROM unnest(%s::bigint[], %s::bigint[]) AS gap (first, last)"
            " WHERE id BETWEEN gap.first AND gap.last)",
            [last.upto if last else 0, [g[0] for g in gaps], [g[1] for g in gaps]],
        )
        return cursor.fetchone()


def verify(by: Actor, *, latest: int | None = None, told: Callable[[int], None] = id) -> Verdict:
    """Compare the record with its seals: all of them, or the `latest` so many.

    Stops at the first fault. `told` is called with the number of the entry that it has come to.
    Reads in pieces, so that the size of the record does not matter.
    """
    last = last_seal(by)
    first = max(1, last.number - latest + 1) if last and latest else 1
    walk = _Walk(by, first, told)
    fault = None
    try:
        walk.all()
        _compare_with_outside(by)
    except _Found as found:
        fault = _with_entry(found.fault)
    count, since = waiting(by)
    return Verdict(walk.sealed, walk.seals, fault, count, since, last_seal(by))


class _Walk:
    """Goes through the seals in order, and compares each with its entries."""

    def __init__(self, by: Actor, first: int, told: Callable[[int], None]):
        self.key = database.secret("seal")
        self.before = Seal.objects.filter(number=first - 1).first()
        self.next = first
        self.upto = self.before.upto if self.before else 0
        self.told = told
        self.sealed = self.seals = 0
        # Entries that have come, of numbers that were missing: a later seal must cover them.
        self.late: set[int] = set()

    def all(self) -> None:
        if self.next > 1 and self.before is None:
            raise _Found("the seal is missing", self.next - 1)
        for group in self._groups():
            lines = self._digests(group)
            numbers = sorted(lines)
            for seal in group:
                self._compare(seal, lines, numbers)
                self.seals += 1
                self.sealed += len(seal.entries)
            self.told(self.upto)

    def _groups(self) -> Iterator[list[Seal]]:
        """Seals in order, their own signatures checked, in groups of a bounded number of entries."""
        group, entries = [], 0
        while page := list(Seal.objects.filter(number__gte=self.next).order_by("number")[:SEALS]):
            for seal in page:
                try:
                    self._check(seal)
                except _Found:
                    # What lies before the broken seal is compared first.
                    if group:
                        yield group
                    raise
                group.append(seal)
                entries += len(seal.entries)
                if entries >= ENTRIES:
                    yield group
                    group, entries = [], 0
        if group:
            yield group

    def _check(self, seal: Seal) -> None:
        """Whether the seal follows the one before and says what was signed."""
        if seal.number != self.next:
            raise _Found("the seal is missing", self.next)
        if seal.key != sealing.name_of(self.key):
            raise _Found("the seal was made with another key", seal.number)
        content = sealing.Content(**{name: plain(seal, name) for name in sealing.Content._fields})
        if sealing.sign(self.key, content) != bytes(seal.signature):
            raise _Found("the seal was altered", seal.number)
        if content.previous != (bytes(self.before.signature) if self.before else b""):
            raise _Found("the seal does not follow the one before it", seal.number)
        self.before, self.next = seal, seal.number + 1

    def _digests(self, group: list[Seal]) -> dict[int, bytes]:
        """The digests, as they come out now, of every entry that these seals are about."""
        upto = group[-1].upto
        late = [n for seal in group for n in seal.entries if n <= self.upto]
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id, {LINE} FROM access_entry WHERE id > %s AND id <= %s"
                f" UNION ALL SELECT id, {LINE} FROM access_entry WHERE id = ANY (%s)",
                [self.upto, upto, late],
            )
            return {number: sealing.digest(line) for number, line in cursor.fetchall()}

    def _compare(self, seal: Seal, lines: dict[int, bytes], numbers: list[int]) -> None:
        sealed = dict(zip(seal.entries, sealing.split(bytes(seal.digests)), strict=True))
        reached = numbers[bisect_right(numbers, self.upto) : bisect_right(numbers, seal.upto)]
        self.late = (self.late | set(reached)) - sealed.keys()
        wrong = [n for n, digest in sealed.items() if lines.get(n) != digest]
        inserted = [n for n in self.late if not sealing.is_in(n, seal.missing)]
        if wrong or inserted:
            entry = min(wrong + inserted)
            if entry in inserted:
                raise _Found("it was put in afterwards", seal.number, entry)
            what = "its content was altered" if entry in lines else "it is missing"
            raise _Found(what, seal.number, entry)
        self.upto = seal.upto


def plain(seal: Seal, name: str):
    """A column of a seal as it was when it was signed."""
    value = getattr(seal, name)
    return bytes(value) if isinstance(value, memoryview) else value


def _compare_with_outside(by: Actor) -> None:
    """The last seal is known outside the database too: taking seals off the end is found out."""
    path = anchor_file()
    if not path.exists():
        return
    kept = json.loads(path.read_text())
    seal = Seal.objects.filter(number=kept["number"]).first()
    if seal is None:
        last = last_seal(by)
        raise _Found("the seal is missing", last.number + 1 if last else 1)
    if bytes(seal.signature).hex() != kept["signature"]:
        raise _Found("the seal is not the one that was made", seal.number)


def _with_entry(fault: Fault) -> Fault:
    entry = Entry.objects.filter(pk=fault.entry).first() if fault.entry else None
    if entry is None:
        return fault
    return Fault(fault.what, fault.seal, fault.entry, entry.at, entry.verb)


def anchor_file() -> Path:
    """Where the last signature is kept outside the database, one file for each database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname, oid FROM pg_database WHERE datname = current_database()")
        name, number = cursor.fetchone()
    return database.home() / f"last-seal-{name}-{number}.json"
