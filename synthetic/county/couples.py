"""Puts danger into a county: who can be brought to the table, meeting after meeting until today.

What is open is alike in a county of any size, since as many cases come to each meeting; the larger
one has the longer past.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

import psycopg
from django.utils import timezone

from onestory.agencies.area.marac import MaracRule
from onestory.agencies.roles import Permission
from onestory.assessment import bank
from onestory.kernel.calendar import LONDON
from synthetic.county import tables
from synthetic.county.danger import FORM, Danger, Dice, Meeting, bring, danger
from synthetic.county.judging import Couple, Judging
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place
from synthetic.county.stories import DAY, Deed
from synthetic.county.table import Table, meeting_row

SEED = "danger"
# One meeting for so many people on record, as far back as there is a rule.
PEOPLE_A_MEETING = 1_250
CASES, NEXT_CASES, REPEATS, TOLD = (18, 30), 30, 0.25, 0.8
# For the meeting after the next: taken and on no agenda yet; and not decided.
WAITING, UNDECIDED = 8, 5
# Whose danger was judged meanwhile, and who were not brought.
NOT_BROUGHT = 24
BEGINS, NEXT_IN, PLANNED = time(9, 30), timedelta(days=5), timedelta(days=40)
# So long before the meeting they are referred, in days.
REFERRED = (8, 13)
# A case comes again so much later than it was closed, and so soon after it was referred.
PAUSE, WITHIN = timedelta(days=20), timedelta(days=300)

# Survivors whose record was made with somebody who uses abuse against them, and who wrote it. Asked
# before there are indexes.
_COUPLES = """
    SELECT r.person_id::text, r.other_id::text, t.code, i.id::text, k.id::text, s.id::text,
      h.id::text, r.recorded_at
    FROM people_relationship r
      JOIN access_envelope i ON i.person_id = r.person_id AND i.kind = 'identity'
      JOIN access_envelope k ON k.person_id = r.person_id AND k.kind = 'risk'
      JOIN access_envelope s ON s.person_id = r.person_id AND s.kind = 'support'
      JOIN access_envelope h ON h.person_id = r.other_id AND h.kind = 'identity'
      JOIN access_grant g ON g.envelope_id = k.id AND g.basis = 'recorded'
      JOIN agencies_team t ON t.id = g.team_id
    WHERE r.uses_abuse AND r.superseded_at IS NULL AND t.code <> %s
    ORDER BY r.recorded_at, r.id
"""
_READ = ("people_relationship", "access_envelope", "access_grant", "agencies_team")


def add_danger(where: Place, people: int, done: Callable[[], None]) -> Counter:
    """Fill every meeting of a county of so many people; `done` is called after each. Says how many
    rows of which table that took."""
    rule = where.pack.marac_rule(timezone.localdate(where.now))
    counts: Counter = Counter()
    with tables.connect() as owner:
        for table in _READ:
            owner.execute(f"ANALYZE {table}")
        filling = Filling(where, rule, couples(owner, rule))
        for meeting in meetings(where, rule, people):
            with owner.transaction():
                number = owner.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()[0]
                ledger = Ledger(filling.random, 0, number)
                filling.fill(ledger, meeting)
                for table, rows in ledger.rows.items():
                    tables.copy(owner, table, COLUMNS[table], rows)
            counts += Counter({table: len(rows) for table, rows in ledger.rows.items()})
            done()
    return counts


def how_many(people: int) -> int:
    """How many meetings there have been, if the rule is old enough."""
    return max(people // PEOPLE_A_MEETING, 4)


def meetings(where: Place, rule: MaracRule, people: int) -> Iterator[Meeting]:
    """From the first to the one that is next."""
    ids, by = (
        Ledger(Random(SEED), 0, 1),
        where.who_may(rule.coordinators, Permission.MARAC_COORDINATE)[0],
    )
    for ago in range(how_many(people) - 1, -1, -1):
        day = timezone.localdate(where.now) + NEXT_IN - timedelta(days=rule.every_days) * ago
        starts_at = datetime.combine(day, BEGINS, LONDON)
        planned = Deed(starts_at - PLANNED, by)
        if planned.at.date() >= rule.from_:
            yield Meeting(ids.new_id(planned.at), starts_at, planned)


def couples(owner: psycopg.Connection, rule: MaracRule) -> list[tuple[datetime, Couple]]:
    """All who could be brought to the table by another team, and since when they are on record."""
    rows = owner.execute(_COUPLES, [rule.coordinators]).fetchall()
    return [(since, Couple(*ids)) for *ids, since in rows]


@dataclass
class Filling:
    """Chooses who comes to which meeting, and has it written down."""

    place: Place
    rule: MaracRule
    free: list[tuple[datetime, Couple]]
    random: Random = field(default_factory=lambda: Random(SEED))
    brought: list[Couple] = field(default_factory=list)

    def fill(self, ledger: Ledger, meeting: Meeting) -> None:
        """One meeting, its cases, and whose danger was judged in those weeks."""
        self.ledger = ledger
        meeting_row(ledger, self.place, self.rule, meeting)
        is_next = meeting.starts_at > self.place.now
        for _ in range(NEXT_CASES if is_next else self.random.randint(*CASES)):
            self._case(meeting.starts_at, meeting)
        for _ in range(NOT_BROUGHT):
            self._judged(self._somebody(meeting.starts_at), self._when(meeting.starts_at))
        for number in range(WAITING + UNDECIDED if is_next else 0):
            self._case(self.place.now + 6.5 * DAY, None, taken=number < WAITING)

    def _case(self, near: datetime, meeting: Meeting | None, *, taken: bool = True) -> None:
        at = self._when(near)
        couple = self._again(at) if self.random.random() < REPEATS else None
        again = couple is not None
        couple = couple or self._somebody(near)
        dice = self._dice(couple)
        told = danger(dice, at, questions(), again=again)
        bring(dice, told, meeting, again=again, taken=taken)
        write(self.ledger, self.place, self.rule, couple, told)
        if not again:
            self.brought.append(couple)

    def _judged(self, couple: Couple, at: datetime) -> None:
        told = danger(self._dice(couple), at, questions())
        write(self.ledger, self.place, self.rule, couple, told)

    def _dice(self, couple: Couple) -> Dice:
        return Dice(self.random, self.place, couple.team, self.rule, couple.told)

    def _when(self, near: datetime) -> datetime:
        return near - DAY * self.random.uniform(*REFERRED)

    def _somebody(self, near: datetime) -> Couple:
        """Somebody new who was on record a month before."""
        while True:
            place = self.random.randrange(len(self.free))
            since, couple = self.free[place]
            if since < near - 30 * DAY:
                self.free[place] = self.free[-1]
                self.free.pop()
                couple.told = self.random.random() < TOLD
                return couple

    def _again(self, at: datetime) -> Couple | None:
        """Somebody whose case was closed lately, if there is one."""
        lately = [
            couple
            for couple in self.brought[-500:]
            if couple.closed_at and couple.closed_at < at - PAUSE < at < couple.referred_at + WITHIN
        ]
        return self.random.choice(lately) if lately else None


def questions() -> int:
    """How many the checklist has that count."""
    return len(bank.instrument(FORM).scoring.counts)


def write(ledger: Ledger, place: Place, rule: MaracRule, couple: Couple, told: Danger) -> None:
    """All of one story."""
    judging = Judging(ledger, place, couple)
    judged = judging.write(told)
    table = Table(ledger, place, rule, couple)
    if told.brought:
        table.write(told.brought, judged)
    judging.change(told)
    for looked_at in told.looked_at:
        table.look_at(*looked_at)
