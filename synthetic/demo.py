"""The made-up area: the small fixed world, a town at work, a team's case list of three years, and the
past that printed figures come from.
"""

from pathlib import Path

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from onestory import database
from onestory.access.acting import acting
from onestory.agencies.actions import add_membership
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.agencies.roles import ROLES
from onestory.cases.actions.case_list import import_case_list
from onestory.cases.case_list import read_case_list
from onestory.reporting import snapshots
from synthetic import (
    assessments,
    conduct,
    danger,
    directory,
    marac,
    own_pages,
    reviews,
    support,
    town,
    transfers,
    world,
)
from synthetic.past import load as past

CONTACTS = 60
# Whom only the demonstration needs.
FURTHER_STAFF = {"yara": ("Yara Benn", "housing-safeguarding", "analyst"), **marac.STAFF}
# The other teams whose reports Vera writes, so that each of the area's reports has a reader.
REPORTING = ("community-safety", "da-interventions", "mash", "sericc-first-contact")
CASE_LIST = Path(__file__).parent / "data" / "housing-safeguarding-cases.csv"


def load() -> None:
    """Fill an empty system, with a progress bar."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns) as progress:
        bar = progress.add_task("Making up an area", total=CONTACTS + 3 + past.STEPS + 2)

        def step() -> None:
            progress.advance(bar)

        made = world.build()
        world.take_on(made, FURTHER_STAFF)
        write_for_boards(made)
        directory.keep(made)
        assessments.add(made)
        own_pages.add(made)
        support.add(made)
        for part in (danger, conduct, marac, transfers, reviews):
            part.add(made)
        step()
        town.populate(made, contacts=CONTACTS, progress=step)
        town.answer_referrals(made)
        step()
        bring_in_case_list(made)
        step()
        # Last, so that nobody is told of likenesses with people of long ago.
        past.load(step)
        # What the dashboards and the printed figures are counted from; nightly from now on.
        snapshots.make()
        step()
        made.save(database.home() / "world.json")
        step()


def write_for_boards(made: world.World) -> None:
    """Vera is secretary in all teams that have a compiled report."""
    with acting(made.actor("adam"), purpose="made-up area") as scope:
        for team in Team.objects.filter(code__in=REPORTING):
            add_membership(by=scope.actor, user=made.user("vera"), team=team, role="secretary")


def bring_in_case_list(made: world.World) -> None:
    """The team manager brings in three years of cases, so that the yearly report has its numbers."""
    found = read_case_list(CASE_LIST, pack=pack(), today=timezone.localdate())
    with acting(made.actor("mina"), purpose="made-up area") as scope:
        import_case_list(by=scope.actor, team_id=scope.actor.home_team_id, case_list=found)


def print_sign_ins() -> None:
    """One way in for each role, and what the role is for."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Sign in as", "Role", "Team"):
        table.add_column(heading, no_wrap=True)
    shown = set()
    for name, (_, team, role) in {**world.STAFF, **FURTHER_STAFF}.items():
        if role not in shown:
            shown.add(role)
            table.add_row(f"{name}@example.org", ROLES[role].name, pack().teams[team].name)
    console = Console()
    console.print(table)
    console.print(f"Password for all of them: [bold]{world.PASSWORD}[/bold]")
    if code := _invitation():
        console.print(
            f"A survivor's own pages, within a day: /n/i/1/ with the code [bold]{code}[/bold]"
            f" and the word [bold]{own_pages.WORD}[/bold]",
            soft_wrap=True,
        )


def _invitation() -> str:
    """Of a demonstration that was loaded before there were any, there is none."""
    path = database.home() / "world.json"
    return world.World.load(path).things.get("meera-invitation", "") if path.exists() else ""
