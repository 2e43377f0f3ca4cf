"""Plans of statements are kept for the next user of a connection; what they may see is not."""

from uuid import UUID

from django.db import connection

from onestory.people.models import Person

# Often enough for plans to be kept.
OFTEN = 12
ZERO = UUID(int=0)
KEPT = """
    SELECT sum(generic_plans) FROM pg_prepared_statements
    WHERE statement LIKE '%FROM "people_person"%'
"""


def test_a_statement_is_planned_once_for_every_team(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("force_generic_plan",)


def test_a_kept_plan_asks_anew_who_acts(as_, world):
    known = {"olu": set(), "gwen": set(), "adam": set()}
    for _ in range(OFTEN):
        for name, answers in known.items():
            with as_(name):
                answers.add(frozenset(Person.objects.filter(pk__gt=ZERO)))
    assert {name: len(answers) for name, answers in known.items()} == dict.fromkeys(known, 1)
    assert len(set.union(*known.values())) == len(known)
    assert known["adam"] == {frozenset()}
    with as_("olu"), connection.cursor() as cursor:
        cursor.execute(KEPT)
        assert cursor.fetchone()[0] > 0
