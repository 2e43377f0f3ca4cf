"""The reference pages, written from the definitions themselves, so that they cannot be out of date."""

from pathlib import Path

import click
from django.apps import apps
from django.conf import settings

from onestory.agencies.area import Pack, load_pack
from onestory.agencies.roles import ROLES, Permission
from onestory.analysis.measures import reference as measures
from onestory.analysis.tables import TABLES
from onestory.assessment.reference import instruments, questions
from onestory.reporting import reference as reports

ROOMS = ("agencies", "access", "people", "assessment", "cases")


@click.command("reference")
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=settings.ROOT / "docs" / "reference",
    show_default="docs/reference",
)
def command(output):
    """Write the reference pages of docs/reference from the definitions."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (output / name).write_text(text)
    click.echo(f"{len(pages())} pages in {output}")


def pages() -> dict[str, str]:
    """File name to text."""
    written = {
        "roles.md": roles(),
        "columns.md": columns(),
        "tables.md": tables(),
        "questions.md": questions(table),
        "instruments.md": instruments(table),
        "measures.md": measures.page(),
    }
    for folder in sorted(path for path in settings.AREAS.iterdir() if path.is_dir()):
        pack = load_pack(folder)
        written[f"area-{pack.code}.md"] = area(pack)
        if pack.compiled:
            written[f"reports-{pack.code}.md"] = reports.page(pack, table)
    return written


def table(headings: list[str], rows: list[list[object]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(_cell(c) for c in line)} |" for line in lines)


def _cell(value: object) -> str:
    if value in (None, ""):
        return " "
    return str(value).replace("|", "\\|").replace("\n", " ")


def roles() -> str:
    """Who may do what: `onestory/agencies/roles.py`."""
    listed = [
        [role.name, role.about, "yes" if role.works_cases else "no"] for role in ROLES.values()
    ]
    allowed = [
        [permission.value, *("yes" if permission in r.permissions else "" for r in ROLES.values())]
        for permission in Permission
    ]
    return "\n\n".join(
        [
            "# Roles",
            "A role is held in a team. Which records the team may see is decided by its grants.",
            table(["role", "what it is for", "opens records"], listed),
            "## What each may do",
            table(["permission", *(role.name for role in ROLES.values())], allowed) + "\n",
        ]
    )


def columns() -> str:
    """Every column: who may see it, how long it is kept, whether figures may use it."""
    parts = [
        "# Columns",
        "Who may see each column, how long it is kept, and whether figures may use it.",
    ]
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            about = (model.__doc__ or "").strip().splitlines()[0]
            rows = [
                [name, kept.who, kept.how_long, "yes" if kept.snapshot else ""]
                for name, kept in model.CLASSIFIED.items()
            ]
            parts += [
                f"## {model._meta.db_table}",
                about,
                table(["column", "who may see it", "kept", "in figures"], rows),
            ]
    return "\n\n".join(parts) + "\n"


def tables() -> str:
    """Every table of a snapshot: `onestory/analysis/tables/`."""
    about = (
        "What `onestory snapshot` copies, without identity. Each is a Parquet file of its name. "
        "Moments are in UTC, to the minute; days are those of the place. Codes are those of the "
        "area pack."
    )
    parts = ["# Tables of a snapshot", about]
    for code, one in TABLES.items():
        rows = [[c.code, c.type, "yes" if c.may_be_empty else "", c.words] for c in one.columns]
        named = f"A row is told by `{one.key}`." if one.key else "Its rows have no key."
        headings = ["column", "type", "may be missing", "what it says"]
        parts += [f"## {code}", f"{one.title}. {one.about} {named}", table(headings, rows)]
    return "\n\n".join(parts) + "\n"


def area(pack: Pack) -> str:
    """One area pack, as its practitioners would read it."""
    teams = [
        [organisation.name, team.name, team.code, "yes" if team.front_door else "", team.about]
        for organisation in pack.organisations
        for team in organisation.teams
    ]
    services = [
        [s.name, pack.teams[s.team].name, s.summary, s.for_whom] for s in pack.services.values()
    ]
    timescales = [
        [
            t.title,
            f"{t.hours:g} hours" if t.hours else f"{t.working_days} working days",
            t.from_,
            t.until,
            "yes" if t.verified else "no",
            t.source,
        ]
        for t in pack.timescales
    ]
    bases = [[b.name, "yes" if b.consent else "", b.law, b.help] for b in pack.bases]
    grades = [[g.name, g.help] for g in pack.rag]
    return "\n\n".join(
        [
            f"# {pack.title}",
            "Written from the area pack.",
            "## Teams",
            table(["organisation", "team", "code", "front door", "about"], teams),
            "## Services",
            table(["service", "team", "what", "for whom"], services),
            "## Grades",
            table(["grade", "means"], grades),
            "## Timescales",
            table(["what", "within", "from", "until", "verified", "source"], timescales),
            "## Bases for sharing",
            table(["basis", "consent", "law", "when"], bases) + "\n",
        ]
    )
