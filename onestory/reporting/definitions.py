"""What an area pack says of its yearly reports, as `analysis` takes it."""

from onestory.agencies.area import Pack, Report
from onestory.analysis.cases import ALL, Assessment, ReportSettings, Selection

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
