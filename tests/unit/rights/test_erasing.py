"""Rowan's record is deleted: no word of hers is left anywhere, every figure is as it was."""

from contextlib import contextmanager

import pytest

from onestory.access.acting import acting
from onestory.rights import actions, queries, tasks
from tests import kept
from tests.access.held import as_admin
from tests.unit.rights.ending import end_everything

# Of hers, and of nobody else's.
WORDS = [
    "Rowan",
    "Bluebell",
    "7700900123",
    "taken her keys",
    "Maud",
    "the kitchen",
    "DC Harlow",
    "42/1234/26",
    "To sleep",
    "She will come",
    "Room 2",
    "It was the garden",
    kept.SEEN,
]
COUNTS = (
    "cases_contact",
    "cases_referral",
    "cases_case",
    "support_session",
    "support_call",
    "support_goal",
    "assessment_asking",
)


@pytest.fixture
def as_(own_database):
    """As in other tests, but what is done is committed, and other roles can see it."""

    @contextmanager
    def act(name):
        with acting(own_database.actor(name), purpose="test") as scope:
            yield scope.actor

    return act


def tables(admin) -> list[str]:
    found = admin.execute(
        "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r'"
        " AND c.relnamespace = 'public'::regnamespace"
    ).fetchall()
    return [name for (name,) in found]


def words_left(admin) -> set[str]:
    """Which of her words stand anywhere in the database."""
    left = set()
    for table in tables(admin):
        for word in WORDS:
            found = admin.execute(
                f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text LIKE %s)', [f"%{word}%"]
            ).fetchone()[0]
            left |= {word} if found else set()
    return left


def figures(admin) -> dict:
    """Every figure's view, and how many there are of what is counted."""
    views = admin.execute(
        "SELECT viewname FROM pg_views WHERE viewname LIKE 'figures%' ORDER BY 1"
    ).fetchall()
    shown = {
        name: sorted(map(str, admin.execute(f"SELECT * FROM {name}").fetchall()))
        for (name,) in views
    }
    counted = {
        name: admin.execute(f"SELECT count(*), count(DISTINCT person_id) FROM {name}").fetchone()
        for name in COUNTS
    }
    return shown | counted


def of_others(admin, person_id) -> str:
    """What is known of everybody else: Dean, Ben, Sara and all."""
    rows = admin.execute(
        "SELECT i::text FROM people_identity i WHERE person_id <> %s"
        " UNION ALL SELECT r::text FROM people_relationship r WHERE person_id <> %s"
        " UNION ALL SELECT c::text FROM cases_contact c WHERE person_id <> %s ORDER BY 1",
        [person_id] * 3,
    )
    return str(rows.fetchall())


def test_no_word_is_left_and_every_figure_is_as_it_was(as_, own_database):
    found = kept.whole(as_)
    kept.answered(as_, found.person_id)
    kept.said_to_be_wrong(as_, found.person_id)
    end_everything(as_, found)
    asked = kept.copy_confirmed(as_, found.person_id, who="tess")
    with as_("tess") as by:
        actions.answer_request(by=by, request_id=asked.pk, outcome="withdrawn", how="Not wanted")
    with as_admin() as admin:
        before, others = figures(admin), of_others(admin, found.person_id)
        assert words_left(admin) == set(WORDS)
    with as_("gwen") as by:
        reference = queries.reference_of(by, found.person_id)
        deletion = actions.decide_deletion(by=by, reason="She asked.", reference=reference)
    with as_("tess") as by:
        actions.confirm_deletion(by=by, deletion_id=deletion.pk)

    tasks.erase(deletion_id=str(deletion.pk))

    with as_admin() as admin:
        assert words_left(admin) == set()
        assert figures(admin) == before
        assert of_others(admin, found.person_id) == others
        live = "SELECT count(*) FROM access_grant g JOIN access_envelope e ON e.id = g.envelope_id"
        live += " WHERE e.person_id = %s AND (g.ends_at IS NULL OR g.ends_at > now())"
        assert admin.execute(live, [found.person_id]).fetchone()[0] == 0
    for who in ("nora", "tess", "theo", "olu"):
        with as_(who) as by:
            assert queries.copy_of(by, found.person_id).parts == []
    with as_("gwen") as by:
        left = queries.deletion(by, deletion.pk)
        assert left.reference == reference and left.done_at
        assert left.counts["people_identity"]["gone"] and left.counts["cases_contact"]["kept"]
    # Sent twice, it is done once.
    tasks.erase(deletion_id=str(deletion.pk))
