"""What was open to whom."""

from datetime import date
from uuid import UUID

import click

from onestory.access.acting import acting
from onestory.access.actions import look_up_known
from onestory.access.models import Kind
from onestory.access.queries import Known, person_called
from onestory.access.words import table_name
from onestory.agencies.actor import Actor, system_actor
from onestory.agencies.models import Team
from onestory.kernel.ids import read_reference
from onestory.kernel.templatetags.pages import moment


@click.group("access")
def command():
    """Say what was open to whom."""


@command.command("known")
@click.option("--person", required=True, metavar="REFERENCE", help="Like K7QF-2M9X.")
@click.option("--team", required=True, metavar="CODE", help="The code of the team.")
@click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="As 2026-04-01."
)
def known(person, team, on):
    """What did this team know of somebody on this day?

    Names and what was written are not shown, only what kinds of knowledge were open, on which basis,
    how much lay there, and who had read it until the day was over. That it was asked is on the record.
    """
    on = on.date()
    with acting(system_actor(), purpose="access known") as scope:
        told = look_up_known(
            by=scope.actor,
            person_id=_person(scope.actor, person),
            team_id=_team(team).pk,
            on=on,
        )
        click.echo("\n".join(_lines(told, person, on)))


def _person(by: Actor, text: str) -> UUID:
    found = person_called(by, read_reference(text) or "")
    if found is None:
        raise click.UsageError(f"There is no record with the reference '{text}'.")
    return found


def _team(code: str) -> Team:
    team = Team.objects.filter(code=code).first()
    if team is None:
        codes = ", ".join(Team.objects.order_by("code").values_list("code", flat=True))
        raise click.UsageError(f"There is no team '{code}'. The teams are: {codes}.")
    return team


def _lines(told: Known, person: str, on: date) -> list[str]:
    said = [f"{told.team} ({told.team.organisation}) and {person}, on {moment(on)}", ""]
    if not told.knowers:
        said.append("Nothing was open to this team on that day.")
    for knower in told.knowers:
        whose = f", to {knower.user} alone" if knower.user else ""
        until = moment(knower.until) if knower.until else "no end set"
        said += [
            f"Open{whose}: {', '.join(knower.titles)}",
            f"  {knower.basis_in_words}. {knower.purpose_in_words}.",
            f"  Since {moment(knower.since)}; until {until}. Given by {knower.given_by}.",
        ]
    if told.rows:
        said += ["", "What lay there:"]
    for kind, rows in told.rows.items():
        counts = ", ".join(f"{table_name(table)} {count}" for table, count in rows.items())
        said.append(f"  {Kind(kind).label}: {counts}")
    said += ["", "What it had read until the day was over:"]
    said += [
        f"  {moment(one.day)}: {one.who}, {', '.join(one.titles)}" for one in told.openings
    ] or ["  Nothing."]
    return said
