"""Cases without identity, for figures: read by the third role, which can read nothing else."""

from datetime import date

from django.db import connections

from onestory.analysis.cases import CaseRow

FIGURES = "figures"

_ROWS = """
    SELECT opened_on, category, area, "group", abuse, risk_assessment
    FROM figures_case WHERE team = %s AND opened_on >= %s AND opened_on <= %s
"""
_DAYS = "SELECT min(opened_on), max(opened_on) FROM figures_case WHERE team = %s"


def case_rows(team: str, from_: date, to: date) -> list[CaseRow]:
    """The cases that a team (by its code) opened from one day to another, both counted."""
    with connections[FIGURES].cursor() as cursor:
        cursor.execute(_ROWS, [team, from_, to])
        return [
            CaseRow(opened, category, area, group, frozenset(abuse), assessment or None)
            for opened, category, area, group, abuse, assessment in cursor.fetchall()
        ]


def days_with_cases(team: str) -> tuple[date, date] | None:
    """The days on which a team opened its first and its last case; None if it has none."""
    with connections[FIGURES].cursor() as cursor:
        cursor.execute(_DAYS, [team])
        first, last = cursor.fetchone()
    return (first, last) if first else None
