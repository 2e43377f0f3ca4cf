"""A report as a tagged PDF (PDF/UA-1), which screen readers can follow."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from onestory.analysis import charts
from onestory.analysis.report import Chart, Report, Section, Table

TEMPLATE = Path(__file__).parent / "report.typ"
STANDARD = "ua-1"


def render(report: Report) -> bytes:
    """The whole document. The compiler refuses to write one that breaks the standard."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        for chart in report.charts:
            (root / _file(chart)).write_text(charts.svg(chart), encoding="utf-8")
        (root / "report.json").write_text(json.dumps(_words(report)), encoding="utf-8")
        template = root / TEMPLATE.name
        template.write_bytes(TEMPLATE.read_bytes())
        return typst.compile(
            template, root=root, format="pdf", pdf_standards=STANDARD, ignore_system_fonts=True
        )


def _words(report: Report) -> dict:
    return {
        "title": report.title,
        "date": {part: getattr(report.made_at, part) for part in ("year", "month", "day")},
        "about": f"Cases opened {report.period}",
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
