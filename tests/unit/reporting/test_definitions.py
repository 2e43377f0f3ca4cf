"""Compiled reports of areas: each is whole, and whatever is wrong with one is said with its place."""

import shutil

import pytest

from onestory.agencies.area import PackError, load_pack, packs_dir
from onestory.analysis.charts import KINDS
from onestory.analysis.measures import MEASURES
from onestory.reporting import definitions

AREA = packs_dir() / "thurrock"
EVERY = [
    (area.name, file.stem)
    for area in sorted(packs_dir().iterdir())
    for file in sorted((area / "reports").glob("*.toml"))
]


@pytest.fixture(scope="module")
def packs():
    return {area: load_pack(packs_dir() / area) for area in {area for area, _ in EVERY}}


@pytest.mark.parametrize(("area", "code"), EVERY)
def test_every_report_of_an_area_is_whole(packs, area, code):
    definitions.check(packs[area])
    report = packs[area].compiled[code]
    one = definitions.definition_of(report, packs[area])
    parts = [part for chapter in one.chapters for part in chapter.parts]
    assert parts
    for part in parts:
        assert set(part.measures) <= MEASURES.keys()
        assert all(not part.by or part.by in measure.cuts for measure in part.found)
        assert not part.chart or part.chart in KINDS
    assert len(one.source) > 20


def test_the_reports_that_the_area_has_printed_are_there(packs):
    assert set(packs["thurrock"].compiled) >= {
        "mash",
        "partnership-dataset",
        "rape-crisis",
        "community-safety",
    }


@pytest.fixture
def spoilt(tmp_path):
    """``spoilt(old, new)`` gives the faults of the area once this is put for that in one report."""
    folder = tmp_path / "thurrock"
    shutil.copytree(AREA, folder)
    file = folder / "reports" / "mash.toml"

    def spoil(old: str, new: str) -> list[str]:
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        with pytest.raises(PackError) as caught:
            definitions.check(load_pack(folder))
        return [str(fault) for fault in caught.value.faults]

    return spoil


GRADES = 'measures = ["contacts-red", "contacts-amber", "contacts-green", "contacts-blue"]'
SPOILT = [
    (
        'code = "mash"',
        'code = "hub"',
        "reports/mash.toml: 'code' is 'hub', by which the file must be called",
    ),
    (
        'team = "mash"',
        'team = "mush"',
        "reports/mash.toml: 'team' names 'mush', which is not in teams; did you mean 'mash'?",
    ),
    (
        'period = "year"',
        'period = "week"',
        "reports/mash.toml: 'period' is 'week', which is not known",
    ),
    (
        "Contacts rise and fall",
        "In 2 of 3 years contacts rise and fall",
        "holds a figure, and would go on saying it in every edition",
    ),
    (
        'measures = ["contacts-repeat"]',
        'measures = ["contact-repeat"]',
        "tables 'contact-repeat': 'measures': There is no measure 'contact-repeat'. Did you mean",
    ),
    (
        'by = "source"',
        'by = "sauce"',
        "sections 'sources', tables 'contacts-received-by-sauce': 'by': the measure 'contacts-rec",
    ),
    (
        'chart = "lines"',
        'chart = "pie"',
        "'chart': 'pie' is not known: a chart is one of bars, funnel, lines",
    ),
    (
        'chart = "bars"',
        'chart = "lines"',
        "'chart': lines are drawn over months, quarters or years",
    ),
    (
        GRADES,
        f"{GRADES}\ntarget = true",
        "'target': nothing is aimed for of the measure 'contacts-red'",
    ),
    (GRADES, 'measures = ["contacts-red", "contacts-received"]', "one table holds only counts"),
    ('key = "grades"', 'key = "contacts-in-all"', "'key': this key is used twice"),
    (
        'where = { abuse = "domestic-abuse" }',
        'where = { weather = "rain" }',
        "'where': the table 'contacts' has no column 'weather'",
    ),
    ('by = "month"', 'by = "month"\ncompared = true', "months and quarters are not set beside"),
    ('heading = "Contacts"', 'heeding = "Contacts"', "'sections, 1, heading' is missing"),
]


@pytest.mark.parametrize(("old", "new", "says"), SPOILT)
def test_a_fault_is_named_with_its_file_and_key(spoilt, old, new, says):
    said = spoilt(old, new)
    assert any(says in fault and "reports/mash.toml" in fault for fault in said), said
