"""What an area pack says of its reports, as `analysis` takes it."""

from collections.abc import Iterator

from onestory.agencies.area import Fault, Pack, PackError, Report
from onestory.agencies.area.compiled import (
    FOLDER,
    Compiled,
    CompiledRate,
    CompiledSection,
    CompiledTable,
)
from onestory.analysis import compiled
from onestory.analysis.cases import ALL, Assessment, ReportSettings, Selection
from onestory.analysis.compiled.definition import Rate, RatePopulation, Staff
from onestory.analysis.measures.measure import TIMES

SOURCE = "the cases that the team opened here or brought in from its case list"


def settings_of(report: Report, pack: Pack) -> ReportSettings:
    """The words of a report, the forms that count in it, and what was printed of it before."""
    return ReportSettings(
        title=report.title,
        team=pack.teams[report.team].name,
        areas=report.areas,
        groups=report.groups,
        categories=report.categories,
        abuses=report.abuses,
        sexual_abuse=report.sexual_abuse,
        assessments={
            form.code: Assessment(form.name, form.for_abuse) for form in pack.risk_assessments
        },
        source=SOURCE,
        introduction=report.introduction,
        published={
            Selection(
                figure.table, figure.code or ALL, figure.from_, figure.until
            ).key: figure.value
            for figure in report.published
        },
        published_in=report.published_in,
    )


def definition_of(report: Compiled, pack: Pack) -> compiled.Definition:
    """A compiled report: its sections and tables, and whose records it counts."""
    return compiled.Definition(
        code=report.code,
        title=report.title,
        owner=pack.teams[report.team].name,
        period=report.period,
        introduction=report.introduction,
        teams={code: pack.teams[code].name for code in report.teams},
        source=report.source,
        chapters=tuple(map(_chapter, report.sections)),
    )


def check(pack: Pack) -> None:
    """Raise `PackError` if a compiled report names what no measure, group or chart is."""
    if faults := [*faults_of(pack)]:
        raise PackError(pack.code, faults)


def faults_of(pack: Pack) -> Iterator[Fault]:
    """What is wrong with the compiled reports of a pack that reads well: measures, groups, charts."""
    targets = {target.code for target in pack.targets}
    for report in pack.compiled.values():
        for where, key, message in compiled.faults(definition_of(report, pack), targets):
            yield Fault(f"{FOLDER}/{report.code}.toml", where, key, f"'{key}': {message}")


def _chapter(section: CompiledSection) -> compiled.Chapter:
    return compiled.Chapter(
        key=section.key,
        heading=section.heading,
        words=section.words,
        parts=tuple(map(_part, section.tables)),
        entries=tuple(
            compiled.EntryTable(section=section.key, **entry.model_dump())
            for entry in section.entries
        ),
        rates=tuple(map(_rate, section.rates)),
    )


def _part(table: CompiledTable) -> compiled.Part:
    over_time = table.by in TIMES
    return compiled.Part(
        key=table.name,
        compared=not over_time if table.compared is None else table.compared,
        **table.model_dump(exclude={"key", "compared"}),
    )


def _rate(rate: CompiledRate) -> Rate:
    return Rate(
        populations=tuple(RatePopulation(**one.model_dump()) for one in rate.populations),
        staff=tuple(Staff(**one.model_dump()) for one in rate.staff),
        **rate.model_dump(exclude={"populations", "staff"}),
    )
