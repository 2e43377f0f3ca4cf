"""One tenth of a county and the whole, side by side: how long each page takes, and why."""

import multiprocessing
import os
import platform
import time
from collections import defaultdict
from datetime import date
from random import Random
from statistics import median, quantiles

import click
from rich.progress import Progress

from tests.bench import counties, page
from tests.bench.browser import Sample
from tests.bench.environment import PEOPLE, console
from tests.bench.worker import serve

# p95 of the server's time in milliseconds, at full size; and by how much ten times the data may
# lengthen it.
BUDGETS = {
    "worklist": 100,
    "person": 120,
    "who knows": 120,
    "contact": 120,
    "inbox": 100,
    "passport": 120,
    "services to choose": 120,
    "assessment": 120,
    "assessment: a page": 120,
    "search": 150,
    "record a contact: a page": 120,
    "record a contact: send": 150,
    "case list": 100,
    "my people": 100,
    "case at work": 120,
    "person with risk": 120,
    "checklist": 120,
    "MARAC: a case": 100,
    "MARAC: next case": 100,
    "MARAC: agenda": 100,
    "MARAC: the table": 100,
    "MARAC: an agency": 100,
    "MARAC: actions": 100,
    "yearly report": None,
}
GROWTH = 1.3
# Lists whose rows differ by less are compared with each other.
ROWS_ALIKE = 5
# The policies bind reading; these pages only read.
READING = (
    "worklist",
    "person",
    "who knows",
    "contact",
    "inbox",
    "passport",
    "services to choose",
    "assessment",
    "assessment: a page",
    "search",
    "case list",
    "my people",
    "case at work",
    "person with risk",
    "checklist",
    "MARAC: a case",
    "MARAC: agenda",
    "MARAC: the table",
    "MARAC: an agency",
    "MARAC: actions",
)
WARM, COSTED = 12, 25
# What a machine is like at the moment: so many squares, added up by Python, once a turn.
SQUARES = 200_000
# Visited in one turn of so many only: it takes longer, and few people ask for it.
SELDOM = {"yearly report": 5}

Samples = dict[str, list[Sample]]


@click.command()
@click.option("--requests", default=200, show_default=True, help="Of each kind, at each size.")
@click.option("--people", default=PEOPLE, show_default=True, help="In the whole county.")
@click.option("--write/--no-write", default=True, help="Into docs/benchmarks.md.")
@click.option("--only", multiple=True, help="Pages whose names begin so, and nothing written.")
def main(requests, people, write, only):
    """Measure, print, and write the table into docs/benchmarks.md."""
    kinds = [kind for kind in BUDGETS if not only or kind.startswith(only)]
    sizes = {"tenth": people // 10, "full": people}
    for number in sizes.values():
        counties.ensure(number)
    processes = {size: _start(size, number) for size, number in sizes.items()}
    orders = {size: channel for size, (_, channel) in processes.items()}
    samples, squares = _visit_all(orders, requests, kinds)
    costs = _costs(orders["full"], [kind for kind in READING if kind in kinds])
    for process, channel in processes.values():
        channel.send(None)
        process.join()
    for size in sizes:
        counties.drop(_copy_of(size))
    _print_and_write(samples, costs, squares, requests, write and not only)


def _copy_of(size: str) -> str:
    return f"onestory_bench_{size}_run"


def _start(size: str, people: int):
    """A process with a copy of this county, ready for orders."""
    name = _copy_of(size)
    counties.copy(people, name)
    os.environ.update(counties.environment(name))
    spawn = multiprocessing.get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    ours.recv()
    return process, ours


def _visit_all(
    orders: dict, requests: int, kinds: list[str]
) -> tuple[dict[str, Samples], list[Sample]]:
    """Visits to both sizes in turn, first the one and then the other, so that the machine's moods
    meet both alike; and how long it took for the squares, turn by turn."""
    random = Random(1)
    samples: dict[str, Samples] = {size: {kind: [] for kind in kinds} for size in orders}
    squares = []
    with Progress(console=console) as progress:
        bar = progress.add_task("visits", total=WARM + requests)
        for turn in range(WARM + requests):
            for kind in (kind for kind in kinds if turn % SELDOM.get(kind, 1) == 0):
                for size in random.sample(list(orders), len(orders)):
                    orders[size].send(("visit", kind))
                    sample = orders[size].recv()
                    if turn >= WARM:
                        samples[size][kind].append(sample)
            squares.append(_squares())
            progress.advance(bar)
    return samples, squares


def _squares() -> Sample:
    began = time.perf_counter()
    sum(number * number for number in range(SQUARES))
    return Sample(total=(time.perf_counter() - began) * 1000)


def _costs(order, kinds: list[str]) -> dict[str, list[tuple[float, float]]]:
    costs: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with Progress(console=console) as progress:
        bar = progress.add_task("policies", total=COSTED * len(kinds))
        for kind in kinds:
            for _ in range(COSTED):
                order.send(("cost", kind))
                costs[kind].append(order.recv())
                progress.advance(bar)
    return costs


def _print_and_write(samples, costs, squares, requests: int, write: bool) -> None:
    speed = [_speed_row(kind, samples) for kind in samples["full"]]
    policy = [_policy_row(kind, pairs) for kind, pairs in costs.items()]
    speed_columns = (
        "page",
        "p50 tenth",
        "p50 full",
        "p95 tenth",
        "p95 full",
        "p99 full",
        "growth",
        "rows",
        "queries",
        "in SQL",
        "budget",
        "kept",
    )
    policy_columns = ("page", "bound", "not bound", "ratio")
    page.show("Server time of a page, in milliseconds", speed_columns, speed)
    page.show(
        "SQL of a page with and without the policies, in milliseconds", policy_columns, policy
    )
    low, mid, high = (_percentile(squares, share) for share in (5, 50, 95))
    machine = f"Meanwhile Python took {mid:.0f} ms ({low:.0f} to {high:.0f}) to add up {SQUARES:,} squares."
    console.print(machine)
    if write:
        about = (
            f"Measured on {date.today():%d %B %Y}: {requests} visits of each kind at each size "
            f"({requests // SELDOM['yearly report']} of the yearly report), "
            f"{os.cpu_count()} processors, {_memory()} GB, Python {platform.python_version()}. {machine}"
        )
        tables = (page.markdown(speed_columns, speed), page.markdown(policy_columns, policy))
        page.write("bench", "\n\n".join((about, *tables)))


def _speed_row(kind: str, samples: dict[str, Samples]) -> list[str]:
    tenth, full = samples["tenth"][kind], samples["full"][kind]
    p95 = {size: _percentile(samples[size][kind], 95) for size in samples}
    growth = _growth(tenth, full)
    budget = BUDGETS[kind]
    kept = growth <= GROWTH and p95["full"] <= budget if budget else None
    return [
        kind,
        f"{_percentile(tenth, 50):.0f}",
        f"{_percentile(full, 50):.0f}",
        f"{p95['tenth']:.0f}",
        f"{p95['full']:.0f}",
        f"{_percentile(full, 99):.0f}",
        f"{growth:.2f}",
        _rows(tenth, full),
        f"{median(s.queries for s in full):.0f}",
        f"{sum(s.sql for s in full) / sum(s.total for s in full):.0%}",
        str(budget or "–"),
        {True: "yes", False: "no", None: "–"}[kept],
    ]


def _growth(tenth: list[Sample], full: list[Sample]) -> float:
    """How much longer the median visit takes to as many pages of either size that have about as
    many rows: where there is ten times as much to do, its lists are longer, and that is no growth."""
    few, many = _by_rows(tenth), _by_rows(full)
    alike = few.keys() & many.keys()
    pairs = [pair for like in alike for pair in zip(few[like], many[like], strict=False)]
    # Where no two are alike, all are compared, and the longer lists count as growth.
    pairs = pairs or list(zip(tenth, full, strict=True))
    shorter, longer = (median(s.total for s in side) for side in zip(*pairs, strict=True))
    return longer / shorter


def _rows(tenth: list[Sample], full: list[Sample]) -> str:
    """How many rows a list has on its page at either size; nothing for what is no list."""
    each = [sum(s.rows for s in side) / len(side) for side in (tenth, full)]
    return f"{each[0]:.0f} / {each[1]:.0f}" if any(each) else ""


def _by_rows(samples: list[Sample]) -> dict[tuple[str, int], list[Sample]]:
    found = defaultdict(list)
    for sample in samples:
        found[sample.show, sample.rows // ROWS_ALIKE].append(sample)
    return found


def _policy_row(kind: str, pairs: list[tuple[float, float]]) -> list[str]:
    bound, unbound = (median(times) for times in zip(*pairs, strict=True))
    ratio = median(one / two for one, two in pairs)
    return [kind, f"{bound:.1f}", f"{unbound:.1f}", f"{ratio:.2f}"]


def _percentile(samples: list[Sample], percent: int) -> float:
    return quantiles((s.total for s in samples), n=100, method="inclusive")[percent - 1]


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


if __name__ == "__main__":
    main()
