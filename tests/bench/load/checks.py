"""After the work: what the database has to say, asked as a role that no policy binds."""

from dataclasses import dataclass
from datetime import datetime

import psycopg

from tests.bench.load.visitor import Visitor
from tests.bench.load.work import Done

# What a user may have seen: rows in envelopes that one of their teams held at any time since the
# beginning, of nobody who is barred to them; of referrals, those of their teams.
_HELD = """
    WITH teams AS (
      SELECT team_id FROM agencies_membership
      WHERE user_id = %(user)s AND works_cases AND (ends_on IS NULL OR ends_on >= current_date)
    ), held AS (
      SELECT DISTINCT g.envelope_id FROM access_grant g
      WHERE g.team_id IN (SELECT team_id FROM teams)
        AND (g.user_id IS NULL OR g.user_id = %(user)s)
        AND (g.ends_at IS NULL OR g.ends_at > %(since)s)
    ), barred AS (
      SELECT person_id FROM access_barring WHERE user_id = %(user)s AND ended_at IS NULL
    )
"""
_MAY_SEE = {
    "people": "SELECT e.person_id FROM access_envelope e JOIN held ON held.envelope_id = e.id"
    " WHERE e.person_id = ANY(%(ids)s::uuid[]) AND e.person_id NOT IN (SELECT person_id FROM barred)",
    "contacts": "SELECT c.id FROM cases_contact c JOIN held USING (envelope_id)"
    " WHERE c.id = ANY(%(ids)s::uuid[]) AND c.person_id NOT IN (SELECT person_id FROM barred)",
    "referrals": "SELECT r.id FROM cases_referral r JOIN held USING (envelope_id)"
    " WHERE r.id = ANY(%(ids)s::uuid[]) AND r.person_id NOT IN (SELECT person_id FROM barred)"
    " AND (r.from_team_id IN (SELECT team_id FROM teams)"
    "   OR r.to_team_id IN (SELECT team_id FROM teams))",
    "cases": "SELECT c.id FROM cases_case c JOIN held USING (envelope_id)"
    " WHERE c.id = ANY(%(ids)s::uuid[])",
    "marac/cases": "SELECT r.id FROM marac_referral r JOIN held USING (envelope_id)"
    " WHERE r.id = ANY(%(ids)s::uuid[]) AND r.person_id NOT IN (SELECT person_id FROM barred)"
    " AND (r.from_team_id IN (SELECT team_id FROM teams)"
    "   OR r.to_team_id IN (SELECT team_id FROM teams)"
    "   OR EXISTS (SELECT 1 FROM marac_research q WHERE q.person_id = r.person_id"
    "     AND q.team_id IN (SELECT team_id FROM teams)))",
}
_OF_REFERENCE = {
    "people": "SELECT id FROM people_person WHERE reference = ANY(%s)",
    "contacts": "SELECT id FROM cases_contact WHERE reference = ANY(%s)",
    "referrals": "SELECT id FROM cases_referral WHERE reference = ANY(%s)",
    "cases": "SELECT id FROM cases_case WHERE reference = ANY(%s)",
}


@dataclass
class Seen:
    """How many rows the pages named, to all users together, and how many of them were foreign."""

    rows: int = 0
    foreign: int = 0


def seen(owner: psycopg.Connection, visitors: list[Visitor], since: datetime) -> Seen:
    """Compare whom every user's pages named, by id and by reference, with whom they may see."""
    whole = Seen()
    for visitor in visitors:
        for kind, may_see in _MAY_SEE.items():
            named = []
            if kind in _OF_REFERENCE:
                query = owner.execute(_OF_REFERENCE[kind], [list(visitor.references)])
                named = query.fetchall()
            ids = visitor.ids[kind] | {str(key) for (key,) in named}
            values = {"user": visitor.user, "since": since, "ids": list(ids)}
            allowed = {str(key) for (key,) in owner.execute(_HELD + may_see, values)}
            whole.rows += len(ids)
            whole.foreign += len(ids - allowed)
    return whole


def contacts(owner: psycopg.Connection) -> int:
    return owner.execute("SELECT count(*) FROM cases_contact").fetchone()[0]


def writes(owner: psycopg.Connection, done: Done, before: int) -> list[tuple[str, int, int]]:
    """What the server said yes to, and how much of it is there: (of what, expected, found)."""
    marks = owner.execute(
        "SELECT words, array_agg(id::text) FROM cases_contact WHERE words = ANY(%s) GROUP BY words",
        [list(done.contacts)],
    ).fetchall()
    once = sum(ids == [done.contacts[mark]] for mark, ids in marks)
    decided = dict(
        owner.execute(
            "SELECT id::text, outcome FROM cases_contact WHERE id = ANY(%s::uuid[])",
            [list(done.decided)],
        ).fetchall()
    )
    referred = set(
        owner.execute(
            "SELECT r.contact_id::text, t.code FROM cases_referral r"
            " JOIN agencies_team t ON t.id = r.to_team_id WHERE r.contact_id = ANY(%s::uuid[])",
            [list(done.referred)],
        ).fetchall()
    )
    return [
        ("contacts, each just once", len(done.contacts), once),
        ("contacts in all", before + len(done.contacts), contacts(owner)),
        ("grades", len(done.graded), _set(owner, "cases_contact", "graded_at", done.graded)),
        (
            "decisions",
            len(done.decided),
            sum(decided.get(key) == outcome for key, outcome in done.decided.items()),
        ),
        ("referrals", len(done.referred), len(referred & set(done.referred.items()))),
        (
            "acknowledgements",
            len(done.acknowledged),
            _set(owner, "cases_referral", "acknowledged_at", done.acknowledged),
        ),
        ("minutes, as somebody wrote them", len(done.minuted), _minuted(owner, done)),
    ]


def _minuted(owner: psycopg.Connection, done: Done) -> int:
    """Of how many cases the minutes are just what one of those who wrote them sent."""
    rows = owner.execute(
        "SELECT item_id::text, words FROM marac_minutes WHERE item_id = ANY(%s::uuid[])",
        [list(done.minuted)],
    ).fetchall()
    return sum(words in done.minuted[item] for item, words in rows)


def _set(owner: psycopg.Connection, table: str, column: str, ids: set[str]) -> int:
    return owner.execute(
        f"SELECT count(*) FROM {table} WHERE id = ANY(%s::uuid[]) AND {column} IS NOT NULL",
        [list(ids)],
    ).fetchone()[0]
