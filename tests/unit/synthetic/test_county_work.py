"""Work put into a county's cases in bulk is as the actions would have counted it."""

from random import Random

import pytest
from django.db import connections, transaction
from django.utils import timezone

from synthetic.county import tables
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import place
from synthetic.county.scribe import Scribe
from synthetic.county.staff import add_staff
from synthetic.county.stories import LENGTH, story
from synthetic.county.work import STEPS, add_work

# Episodes that do not say what their sessions say, or that stand where nobody could be.
_WRONG = """
    SELECT count(*) FROM support_episode e JOIN cases_case c ON c.id = e.case_id
    CROSS JOIN LATERAL (SELECT count(*) AS attended, min(starts_at)::date AS first_on
      FROM support_session s WHERE s.case_id = e.case_id AND s.state = 'attended') AS s
    WHERE e.sessions_attended <> s.attended OR e.first_session_on IS DISTINCT FROM s.first_on
      OR e.ended_on IS DISTINCT FROM c.closed_on OR e.team_id <> c.team_id
      OR e.first_session_on < e.decided_on OR e.ended_on < e.first_session_on
"""


def asked(sql: str) -> int:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.slow
def test_every_case_about_somebody_has_its_episode(own_database):
    with transaction.atomic():
        add_staff()
    where, random, ledger = place(timezone.now()), Random("work"), Ledger(Random("load"), 1, 1)
    scribe = Scribe(where, ledger)
    for number in range(30):
        scribe.write(story(random, where, where.now - LENGTH * (number + 1) / 31, 6))
    with tables.connect() as owner, owner.transaction():
        for table, rows in ledger.rows.items():
            tables.copy(owner, table, COLUMNS[table], rows)
    steps = []
    add_work(where, lambda: steps.append(1))
    assert len(steps) == len(STEPS)
    cases = asked("SELECT count(*) FROM cases_case WHERE person_id IS NOT NULL")
    assert asked("SELECT count(*) FROM support_episode") == cases > 5
    assert asked("SELECT count(*) FROM support_session WHERE state = 'attended'") > cases
    assert asked("SELECT count(*) FROM support_goal") == asked(
        "SELECT count(*) FROM support_measure"
    )
    assert asked(_WRONG) == 0
