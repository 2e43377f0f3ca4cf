"""All measures over ten years of a county, and some of them beside the same sums by hand in SQL.

`python -m tests.bench.measures`. The rows are drawn by chance: 2.5 million of them, of 250,000 people.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import click

from onestory.analysis import measures
from onestory.analysis.measures import MEASURES
from onestory.analysis.periods import Period
from tests.drawn_snapshot import MADE_AT, drawn

TEN_YEARS = Period(date(2016, 4, 1), date(2026, 3, 31), MADE_AT.date()).whole
WITHIN_SECONDS, AT_MOST = 5, 1.5
RUNS = 5
BETWEEN = "BETWEEN DATE '2016-04-01' AND DATE '2026-03-31'"
BY_HAND = {
    "contacts-received": f"""
        SELECT count(*), count(DISTINCT person) FROM contacts WHERE received_on {BETWEEN}""",
    "contacts-in-time": f"""
        SELECT count(*) FILTER (in_time), count(in_time),
            count(DISTINCT person) FILTER (in_time),
            count(DISTINCT person) FILTER (in_time IS NOT NULL)
        FROM contacts WHERE received_on {BETWEEN}""",
    "contacts-hours-to-decide": f"""
        SELECT median(epoch(decided_at) - epoch(received_at)) / 3600, count(DISTINCT person)
        FROM contacts WHERE received_on {BETWEEN}""",
    "referrals-declined-share": f"""
        SELECT count(*) FILTER (NOT accepted), count(accepted),
            count(DISTINCT person) FILTER (NOT accepted),
            count(DISTINCT person) FILTER (accepted IS NOT NULL)
        FROM referrals WHERE sent_on {BETWEEN}""",
    "cases-open": """
        SELECT count(*), count(DISTINCT person) FROM cases
        WHERE opened_on <= DATE '2026-03-31'
            AND (closed_on IS NULL OR closed_on > DATE '2026-03-31')""",
    "sessions-for-each-person": f"""
        SELECT count(*), count(DISTINCT person), count(DISTINCT person)
        FROM sessions WHERE attended AND starts_on {BETWEEN}""",
    "asking-again": f"""
        SELECT count(*) FILTER (held AND outcome <> 'confirmed'), count(*),
            count(DISTINCT person) FILTER (held AND outcome <> 'confirmed'),
            count(DISTINCT person)
        FROM askings WHERE asked_on {BETWEEN}""",
    "sharing-teams-that-know": """
        SELECT count(DISTINCT person || team), count(DISTINCT person) FROM knowers
        WHERE since <= DATE '2026-03-31' AND (until IS NULL OR until > DATE '2026-03-31')""",
}


@click.command()
@click.option("--share", default=1.0, help="Of the county's rows, for a quicker look.")
def main(share):
    """Measure and say whether it is quick enough."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = drawn(Path(folder), share)
        click.echo(f"{sum(snapshot.rows.values()):,} rows")
        everything = seconds(lambda: measures.run_all([*MEASURES.values()], snapshot, TEN_YEARS))
        click.echo(f"all {len(MEASURES)} measures: {everything:.2f} s (within {WITHIN_SECONDS} s)")
        ours = theirs = 0.0
        for code, sql in BY_HAND.items():
            one = seconds(lambda code=code: measures.run(MEASURES[code], snapshot, TEN_YEARS))
            hand = seconds(lambda sql=sql: snapshot.connection.con.execute(sql).fetchall())
            ours, theirs = ours + one, theirs + hand
            click.echo(f"{code:28} {one * 1000:6.0f} ms  by hand {hand * 1000:6.0f} ms")
        click.echo(f"together {ours / theirs:.2f} times the sums by hand (at most {AT_MOST})")
        raise SystemExit(everything > WITHIN_SECONDS or ours / theirs > AT_MOST)


def seconds(work: Callable[[], object]) -> float:
    """How long it takes: the middle of several runs, after one that does not count."""
    taken = []
    for _ in range(RUNS + 1):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken[1:])


if __name__ == "__main__":
    main()
