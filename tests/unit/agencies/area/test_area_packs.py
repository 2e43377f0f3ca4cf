"""The packs that we have load, say what the code asks of them, and fit their case list."""

import csv
import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from onestory.agencies.area import Published, load_pack, packs_dir
from onestory.agencies.area.listed import CASE_FIELDS
from onestory.agencies.area.load import LISTS, SINGLE
from onestory.agencies.area.schema import NEEDED_TIMESCALES

TESTS = Path(__file__).resolve().parents[3]
CASES = TESTS.parent / "synthetic" / "data" / "housing-safeguarding-cases.csv"
FIGURES = TESTS / "data" / "figures-housing-safeguarding.csv"


@pytest.fixture(scope="module")
def thurrock():
    return load_pack(packs_dir() / "thurrock")


@pytest.fixture(scope="module")
def tinyshire():
    return load_pack(TESTS / "areas" / "tinyshire")


def test_every_pack_in_the_folder_loads_and_is_named_after_its_folder():
    folders = [folder for folder in packs_dir().iterdir() if folder.is_dir()]
    assert folders
    assert [load_pack(folder).code for folder in folders] == [folder.name for folder in folders]


def test_two_packs_share_nothing_but_their_shape(thurrock, tinyshire):
    assert tinyshire.title == "Tinyshire help on the islands"
    assert not set(thurrock.teams) & set(tinyshire.teams)
    assert not {term.code for term in thurrock.localities} & {t.code for t in tinyshire.localities}
    assert tinyshire.rag.name("red") == "Storm"


def test_organisations_hold_their_teams(thurrock):
    organisations = {organisation.code: organisation for organisation in thurrock.organisations}
    council = {team.code for team in organisations["thurrock-council"].teams}
    assert {"housing-safeguarding", "mash", "pass"} <= council
    assert "refuge" not in council
    assert sum(len(o.teams) for o in thurrock.organisations) == len(thurrock.teams)


def test_front_doors_are_front_doors(thurrock, tinyshire):
    for pack in (thurrock, tinyshire):
        assert pack.teams[pack.default_front_door].front_door
        assert pack.teams[pack.children_front_door].front_door


def test_support_for_survivors_and_for_people_using_abuse_are_different_teams(thurrock):
    behaviour = {code for code, team in thurrock.teams.items() if team.kind == "behaviour-change"}
    ours = {s.team for s in thurrock.services.values() if "change-own-behaviour" in s.needs}
    others = {s.team for s in thurrock.services.values() if "safety-planning" in s.needs}
    assert ours
    assert ours <= behaviour
    assert not ours & others


def test_a_timescale_is_the_one_in_force_that_day(tinyshire):
    last, first = date(2019, 12, 31), date(2020, 1, 1)
    assert tinyshire.timescale("contact_decision", last).working_days == 3
    assert tinyshire.timescale("contact_decision", last).hours is None
    assert tinyshire.timescale("contact_decision", first).hours == 48
    assert tinyshire.timescale("storm", first).hours == 0.5
    with pytest.raises(LookupError, match="no timescale 'contact_decision' in force on 1999-12-31"):
        tinyshire.timescale("contact_decision", date(1999, 12, 31))
    with pytest.raises(LookupError, match="no timescale 'tea'"):
        tinyshire.timescale("tea", first)


def test_every_grade_of_thurrock_says_what_it_means_and_when_it_is_due(thurrock):
    for grade in thurrock.rag:
        assert grade.help
        assert grade.timescale is None or thurrock.timescale(grade.timescale, date(2022, 1, 1))
    assert thurrock.timescale("contact_decision", date(2022, 1, 1)).hours == 24
    assert thurrock.rag["blue"].timescale is None


def test_what_nobody_has_confirmed_says_so_with_its_source(thurrock):
    confirmed = {scale.code for scale in thurrock.timescales if scale.verified}
    assert confirmed == {"contact_decision", "first_call"}
    assert all(len(scale.source) > 20 for scale in thurrock.timescales)
    assert all(basis.law and basis.source and not basis.verified for basis in thurrock.bases)


def test_only_consent_needs_no_word_about_why_outside_ordinary_care(thurrock):
    without = {basis.code for basis in thurrock.bases if not basis.needs_reason}
    assert without == {"consent", "care", "homelessness-duty"}
    assert [basis.code for basis in thurrock.bases if basis.consent] == ["consent"]


def test_every_value_of_the_team_s_own_list_has_its_code(thurrock):
    columns = [column for column in thurrock.case_list.columns if column.vocabulary]
    seen = {column.field: set() for column in columns}
    with CASES.open(encoding=thurrock.case_list.encodings[0], newline="") as file:
        for row in csv.DictReader(file):
            for column in columns:
                several = column.kind == "terms"
                values = row[column.name].split(column.separator if several else "\0")
                found = {
                    value: thurrock.vocabulary(column.vocabulary).find(value)
                    for value in values
                    if value.strip()
                }
                assert None not in found.values(), (column.name, found)
                assert found or not column.required, row["ref"]
                seen[column.field] |= {term.code for term in found.values()}
    report = thurrock.reports["housing-safeguarding"]
    assert seen["locality"] == set(report.areas)
    assert seen["group"] == set(report.groups)
    assert seen["category"] == set(report.categories)
    assert seen["abuse"] <= set(report.abuses)
    assert seen["risk_assessment"] == {"dash", "sericc"}
    assert len(seen["source"]) == 8


def test_the_list_s_headings_are_those_of_the_pack(thurrock):
    with CASES.open(encoding=thurrock.case_list.encodings[0], newline="") as file:
        headings = next(csv.reader(file))
    assert headings == [column.name for column in thurrock.case_list.columns]


def test_the_report_s_rows_are_labelled_as_they_were_printed(thurrock):
    report = thurrock.reports["housing-safeguarding"]
    with FIGURES.open(encoding="utf-8", newline="") as file:
        subjects = {row["id"]: row["subject"] for row in csv.DictReader(file)}
    for field, table in (("areas", "area"), ("groups", "group"), ("categories", "category")):
        printed = [
            subject.removeprefix("Cases, ").removesuffix(", 2015/16")
            for figure, subject in subjects.items()
            if figure.startswith(f"HS-{table}-") and figure.endswith("-2015")
        ]
        assert list(getattr(report, field).values()) == printed
    grays = next(figure for figure in report.published if figure.code == "grays")
    assert grays == Published.model_validate(
        {
            "table": "share",
            "code": "grays",
            "from": date(2015, 4, 1),
            "until": date(2018, 3, 31),
            "value": 34,
        }
    )


def test_sexual_abuse_has_its_own_form_and_the_rest_the_usual_one(thurrock):
    forms = thurrock.risk_assessments
    assert [form.code for form in forms if not form.for_abuse] == ["dash"]
    assert forms["sericc"].for_abuse == ("sexual-abuse",)


def test_date_formats_are_written_for_people_and_read_by_strptime(thurrock, tinyshire):
    assert "%d/%m/%Y" in thurrock.case_list.date_formats
    assert tinyshire.case_list.date_formats == ("%Y.%m.%d",)


def test_the_digest_changes_with_any_letter_and_with_nothing_else(tmp_path, tinyshire):
    copy = tmp_path / "tinyshire"
    shutil.copytree(TESTS / "areas" / "tinyshire", copy)
    assert load_pack(copy).digest == tinyshire.digest
    words = copy / "words.toml"
    words.write_text(words.read_text("utf-8").replace("By radio", "By wireless"), "utf-8")
    assert load_pack(copy).digest != tinyshire.digest


def test_a_pack_cannot_be_changed_by_its_readers(thurrock):
    with pytest.raises(AttributeError):
        thurrock.name = "Elsewhere"
    with pytest.raises(ValueError, match="frozen"):
        thurrock.teams["mash"].front_door = False


def test_the_guide_names_all_that_a_pack_must_have_and_its_examples_can_be_read():
    guide = (packs_dir() / "README.md").read_text("utf-8")
    for name in (*SINGLE, *LISTS):
        assert any(form in guide for form in (f"`{name}`", f"`[{name}]`", f"`[[{name}]]`")), name
    for name in (*CASE_FIELDS, *NEEDED_TIMESCALES):
        assert f"`{name}`" in guide, name
    examples = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert len(examples) == 4
    assert all(set(tomllib.loads(example)) <= {*SINGLE, *LISTS} for example in examples)
