"""Cases without identity, for figures: read by the third role, which can read nothing else."""

from datetime import date

from django.db import connections
from django.utils import timezone

from onestory.agencies.models import Team
from onestory.analysis.cases import CaseRow
from onestory.kernel.calendar import financial_years

FIGURES = "figures"
# Of the first case and of the last.
Days = tuple[date, date]

# PostgreSQL counts as the tables do: the cases of each month, and those of each code in each
# financial year. The first day among them stands for all, so that it lies in the period.
_ROWS = """
    SELECT min(opened_on), category, area, "group", abuse, risk_assessment, count(*),
           grouping(category, area, "group", abuse)
    FROM (SELECT *, date_trunc('month', opened_on::timestamp) AS month,
                 width_bucket(opened_on, %(years)s) AS year
          FROM figures_case
          WHERE team_id = %(team)s AND opened_on >= %(since)s AND opened_on <= %(until)s) AS opened
    GROUP BY GROUPING SETS (
        (month), (year, category), (year, area), (year, "group"), (year, abuse, risk_assessment))
"""
# Which tables count a row, by the columns that it leaves out.
_TABLES = {
    0b1111: ("total", "month"),
    0b0111: ("category",),
    0b1011: ("area",),
    0b1101: ("group",),
    0b1110: ("risk", "sexual"),
}
_DAYS = "SELECT min(opened_on), max(opened_on) FROM figures_case WHERE team_id = %(team)s"


def case_rows(team: str, from_: date, to: date) -> list[CaseRow]:
    """The cases that a team (by its code) opened from one day to another, both counted, and not
    after today.

    They come counted by what the tables ask of them, so that a large team's report takes hardly
    longer than a small one's.
    """
    years = [year.start for year in financial_years(from_, to)]
    until = min(to, timezone.localdate())
    found = _read(_ROWS, team, years=years, since=from_, until=until)
    return [
        CaseRow(
            opened,
            category or "",
            area or "",
            group or "",
            frozenset(abuse or ()),
            assessment or None,
            number,
            _TABLES[left_out],
        )
        for opened, category, area, group, abuse, assessment, number, left_out in found
    ]


def days_with_cases(team: str) -> Days | None:
    """The days on which a team opened its first and its last case; None if it has none."""
    first, last = _read(_DAYS, team)[0]
    return (first, last) if first else None


def _read(statement: str, team: str, **asked: object) -> list[tuple]:
    team_id = Team.objects.values_list("id", flat=True).get(code=team)
    with connections[FIGURES].cursor() as cursor:
        cursor.execute(statement, {"team": team_id, **asked})
        return cursor.fetchall()
