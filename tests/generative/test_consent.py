"""Whatever is agreed, taken back, lapsed or read, in whatever order: what is open to a team now, what it
knew on a day and what still holds of a consent are what a slow reading of the story in Python says.

Nobody can write history but the owner of the tables, so the story is written as the owner: each step
lies so many hours before now.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from onestory import database
from onestory.access import queries
from onestory.access.acting import acting
from onestory.agencies.models import Team
from onestory.kernel.calendar import LONDON
from onestory.kernel.ids import new_id

KINDS = ("identity", "safe-contact", "story")
TEAMS = ("idva", "sericc-isva")
WORKERS = {"idva": "ida", "sericc-isva": "isla"}
HOURS = st.integers(1, 96)
CONSENTS = st.lists(
    st.fixed_dictionaries(
        {
            "team": st.sampled_from(TEAMS),
            "kinds": st.sets(st.sampled_from(KINDS), min_size=1),
            "begins": HOURS,
            "lasts": st.none() | st.integers(1, 120),
            "taken_back": st.none() | HOURS,
            "part": st.sets(st.sampled_from(KINDS)),
        }
    ),
    max_size=5,
)
# Facts that lie in the story: recorded, and perhaps superseded some hours later.
FACTS = st.lists(st.tuples(HOURS, st.none() | st.integers(0, 96)), max_size=4)
READS = st.lists(st.tuples(st.sampled_from(TEAMS), st.integers(0, 96)), max_size=4)


class Story:
    """Somebody of whom Nora's team knows everything, and what became of it, by the clock of `now`."""

    def __init__(self, admin, world):
        self.admin, self.world = admin, world
        self.now = admin.execute("SELECT now()").fetchone()[0]
        self.person, self.nora = new_id(), world.users["nora"]
        self.envelopes = {kind: new_id() for kind in KINDS}
        self.teams = dict(Team.objects.values_list("code", "id"))
        self.open = defaultdict(list)
        self.facts, self.reads, self.consents = [], [], []
        self._put("people_person", reference=str(self.person)[-9:], added_by_id=self.nora)
        for kind, key in self.envelopes.items():
            values = {"id": key, "kind": kind, "created_by_id": self.nora, "created_at": self.now}
            self._put("access_envelope", **values)
            self._grant("sericc-first-contact", kind, self.ago(200), None)

    def ago(self, hours: int) -> datetime:
        return self.now - timedelta(hours=hours)

    def agree(self, step) -> None:
        key, begin = new_id(), self.ago(step["begins"])
        values = {"id": key, "kinds": sorted(step["kinds"]), "asked_by_id": self.nora}
        values |= {"asked_at": begin, "to_team_id": self.teams[step["team"]]}
        values |= {"team_id": self.teams["sericc-first-contact"], "purpose": "support"}
        texts = dict.fromkeys(("age_note", "words"), "")
        self._put(
            "access_consent", answer="given", how="spoken", capacity="adult", **values, **texts
        )
        lapses = begin + timedelta(hours=step["lasts"]) if step["lasts"] else None
        taken_back = max(begin, self.ago(step["taken_back"])) if step["taken_back"] else None
        gone = step["kinds"] & step["part"] if taken_back else set()
        if gone:
            row = {"id": new_id(), "consent_id": key, "kinds": sorted(gone), "how": "spoken"}
            row |= {"withdrawn_by_id": self.nora, "withdrawn_at": taken_back, "words": ""}
            self._put("access_withdrawal", person_id=None, **row)
        still = set()
        for kind in step["kinds"]:
            ended = taken_back if kind in gone and not (lapses and lapses <= taken_back) else None
            self._grant(step["team"], kind, begin, ended or lapses, ended=ended, consent_id=key)
            if (ended or lapses) is None or (ended or lapses) > self.now:
                still |= {kind} - gone
        self.consents.append((key, still))

    def record(self, recorded: int, lasts: int | None) -> None:
        begin = self.ago(recorded)
        end = begin + timedelta(hours=lasts) if lasts is not None else None
        self.facts.append((begin, end))
        values = {"id": new_id(), "envelope_id": self.envelopes["story"], "lines": ""}
        values |= {"recorded_at": begin, "recorded_by_id": self.nora, "superseded_at": end}
        values |= {"superseded_by_id": self.nora if end else None}
        texts = dict.fromkeys(("postcode", "locality", "housing"), "")
        self._put("people_address", confidential=False, **values, **texts)

    def read(self, team: str, hours: int) -> None:
        at = self.ago(hours)
        self.reads.append((team, at))
        values = {"at": at, "transaction": 0, "verb": "read", "subject": "", "detail": "{}"}
        values |= {"actor_id": self.world.users[WORKERS[team]], "person_id": None}
        self._put("access_entry", envelopes=list(self.envelopes.values()), **values)

    def _grant(self, team, kind, begin, end, ended=None, consent_id=None):
        self.open[team, kind].append((begin, end))
        values = {"id": new_id(), "envelope_id": self.envelopes[kind], "starts_at": begin}
        values |= {"team_id": self.teams[team], "ends_at": end, "ended_at": ended}
        values |= {"ended_by_id": self.nora if ended else None, "consent_id": consent_id}
        values |= {"given_by_id": self.nora, "given_at": begin, "end_reason": "", "reason": ""}
        may = dict.fromkeys(("may_write", "may_share"), consent_id is None)
        self._put(
            "access_grant", person_id=None, purpose="support", basis="consent", **values, **may
        )

    def _put(self, table, **values):
        own = "id" if table == "people_person" else "person_id"
        values = {own: self.person, **values}
        if table == "people_person":
            values["added_at"] = self.now
        values = {name: v for name, v in values.items() if v is not None}
        self.admin.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, values)),
                sql.SQL(", ").join(sql.Placeholder() * len(values)),
            ),
            list(values.values()),
        )


def day_of(day: date) -> tuple[datetime, datetime]:
    begin = datetime(day.year, day.month, day.day, tzinfo=LONDON)
    after = day + timedelta(days=1)
    return begin, datetime(after.year, after.month, after.day, tzinfo=LONDON)


def parts(story, team, kind, day) -> list[tuple[datetime, datetime]]:
    """The moments of the day in which a kind was open to a team."""
    since, until = day_of(day)
    cut = [(max(b, since), min(e or until, until)) for b, e in story.open[team, kind]]
    return [(b, e) for b, e in cut if b < e]


def facts_known(story, team, day) -> int:
    return sum(
        any(begin < e and (end is None or end > b) for b, e in parts(story, team, "story", day))
        for begin, end in story.facts
    )


def read_until(story, team, day) -> set[date]:
    """The days on which the team read something that was open to it then."""
    return {
        at.astimezone(LONDON).date()
        for who, at in story.reads
        if who == team and at < day_of(day)[1]
        for kind in KINDS
        if any(b <= at and (e is None or e > at) for b, e in story.open[team, kind])
    }


def is_open(story, team, kind) -> bool:
    return any(b <= story.now and (e is None or e > story.now) for b, e in story.open[team, kind])


@pytest.fixture
def told(own_database):
    """``told(consents, facts, reads)`` commits a story of somebody new."""
    settings = {**database.admin_settings(), "dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**settings, autocommit=True) as admin:
        admin.execute("UPDATE agencies_membership SET starts_on = starts_on - 30")

        def tell(consents, facts, reads):
            with admin.transaction():
                admin.execute("SET LOCAL session_replication_role = replica")
                story = Story(admin, own_database)
                for step in consents:
                    story.agree(step)
                for fact in facts:
                    story.record(*fact)
                for read in reads:
                    story.read(*read)
                return story

        yield tell


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(consents=CONSENTS, facts=FACTS, reads=READS, days=st.sets(st.integers(0, 5), max_size=3))
def test_what_was_known_is_what_the_story_says(told, own_database, consents, facts, reads, days):
    story = told(consents, facts, reads)
    with acting(own_database.actor("gwen"), purpose="test") as scope:
        for day in (story.now.astimezone(LONDON).date() - timedelta(days=ago) for ago in days):
            for team in TEAMS:
                known = queries.known_on(scope.actor, story.person, story.teams[team], day)
                assert known.kinds == [k for k in KINDS if parts(story, team, k, day)]
                count = known.rows.get("story", {}).get("people_address", 0)
                assert count == facts_known(story, team, day)
                assert {one.day for one in known.openings} == read_until(story, team, day)
    for team, who in WORKERS.items():
        with acting(own_database.actor(who), purpose="test") as scope:
            live = {kind for kind in KINDS if is_open(story, team, kind)}
            assert set(queries.open_envelopes(scope.actor, story.person)) == live
    with acting(own_database.actor("nora"), purpose="test") as scope:
        found = {s.consent.pk: set(s.open) for s in queries.consents(scope.actor, story.person)}
        assert found == dict(story.consents)
