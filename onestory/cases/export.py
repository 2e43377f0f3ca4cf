"""Cases without identity, for figures: read by the third role, which can read nothing else."""

from datetime import date

from django.db import connections

from onestory.agencies.models import Team
from onestory.analysis.cases import CaseRow

FIGURES = "figures"
# Of the first case and of the last.
Days = tuple[date, date]

# Cases alike are counted here; of the day when one was opened only the month matters, and the first
# day stands for all, so that it lies in the period.
_ROWS = """
    SELECT min(opened_on), category, area, "group", abuse, risk_assessment, count(*)
    FROM figures_case WHERE team_id = %s AND opened_on >= %s AND opened_on <= %s
    GROUP BY date_trunc('month', opened_on::timestamp), category, area, "group", abuse, risk_assessment
"""
_DAYS = "SELECT min(opened_on), max(opened_on) FROM figures_case WHERE team_id = %s"


def case_rows(team: str, from_: date, to: date) -> list[CaseRow]:
    """The cases that a team (by its code) opened from one day to another, both counted.

    Those of a month that are alike come as one row: figures ask for no more.
    """
    return [
        CaseRow(opened, category, area, group, frozenset(abuse), assessment or None, number)
        for opened, category, area, group, abuse, assessment, number in _read(
            _ROWS, team, from_, to
        )
    ]


def days_with_cases(team: str) -> Days | None:
    """The days on which a team opened its first and its last case; None if it has none."""
    first, last = _read(_DAYS, team)[0]
    return (first, last) if first else None


def _read(statement: str, team: str, *days: date) -> list[tuple]:
    team_id = Team.objects.values_list("id", flat=True).get(code=team)
    with connections[FIGURES].cursor() as cursor:
        cursor.execute(statement, [team_id, *days])
        return cursor.fetchall()
