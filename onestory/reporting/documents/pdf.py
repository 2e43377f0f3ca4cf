"""A report as a tagged PDF (PDF/UA-1), which screen readers can follow."""

from pathlib import Path

from onestory.analysis import charts
from onestory.analysis.report import Chart, Report, Section, Table
from onestory.kernel import typeset

TEMPLATE = Path(__file__).parent / "report.typ"


def render(report: Report) -> bytes:
    """The whole document. The compiler refuses to write one that breaks the standard."""
    files = {_file(chart): charts.svg(chart) for chart in report.charts}
    return typeset.pdf(TEMPLATE, _words(report), files)


def _words(report: Report) -> dict:
    return {
        "title": report.title,
        "date": {part: getattr(report.made_at, part) for part in ("year", "month", "day")},
        "about": report.about,
        "subtitle": report.subtitle,
        "footer": report.warning or report.title,
        "warning": report.warning,
        "sections": [_section(section) for section in report.sections],
    }


def _section(section: Section) -> dict:
    return {
        "heading": section.title,
        "paragraphs": section.paragraphs,
        "comment": section.comment.splitlines(),
        "figures": [
            {"table": _table(table), "chart": _chart(chart) if chart else None}
            for table, chart in section.figures
        ],
        "notes": section.notes,
    }


def _chart(chart: Chart) -> dict:
    return {"file": _file(chart), "alt": chart.alt, "title": chart.title}


def _table(table: Table) -> dict:
    return {
        "title": table.title,
        "corner": table.corner,
        "columns": table.columns,
        "rows": [
            {"label": label, "cells": [cell.text for cell in cells], "total": label == "Total"}
            for label, cells in table.lines
        ],
        "about": table.about,
    }


def _file(chart: Chart) -> str:
    return f"{chart.name}.svg"
