"""What somebody is told to do who has just been told, by age and situation."""

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.cases.rules.guide import AGES, PARTS, SITUATIONS, Told, advice, fits

GUIDE = load_pack(packs_dir() / "thurrock").guide

# age | what is so | lines that must be there | lines that must not
TABLE = """
under-13 |                      | under-13 honest        | police-choice-child honest-adult
under-13 | danger               | call-999 stay under-13 | police-choice-child
under-13 | trusted              | trust parents-trusted  | parents
13-15    | competent            | police-choice-child    | not-judged not-competent under-13
13-15    | competent danger     | call-999 child-harm    | police-choice-child
13-15    | not-competent        | not-competent          | police-choice-child not-judged
13-15    |                      | not-judged parents     | police-choice-child
16-17    |                      | police-choice-16 parents-16 | parents under-13
16-17    | no-capacity          | no-capacity            | police-choice-16
adult    |                      | police-choice-adult honest-adult | honest child-harm lead
adult    | recent               | sarc-soon              | call-999
adult    | danger children      | call-999 life children-at-home | under-13
adult    | no-capacity          | no-capacity            | police-choice-adult
"""
CASES = [[cell.split() for cell in line.split("|")] for line in TABLE.strip().splitlines()]


@pytest.mark.parametrize("age, so, there, absent", CASES, ids=lambda cell: " ".join(cell) or "-")
def test_who_told_decides_what_is_to_be_done(age, so, there, absent):
    told = Told(age[0], frozenset(so))
    shown = {line.code for _, lines in advice(GUIDE, told) for line in lines}
    assert set(there) <= shown
    assert not set(absent) & shown


@pytest.mark.parametrize("age", [code for code, _ in AGES])
def test_everybody_is_told_to_ask_what_is_wanted(age):
    assert any(line.code == "wants" for line in GUIDE if fits(line, Told(age)))


def test_every_line_can_be_reached():
    """By some age, with what it asks for and nothing else."""
    unreached = [
        line.code
        for line in GUIDE
        if not any(fits(line, Told(age, frozenset(line.when))) for age, _ in AGES)
    ]
    assert not unreached


def test_every_line_stands_under_a_heading_and_asks_for_what_is_asked():
    asked = {code for code, _ in SITUATIONS} | {"competent", "not-competent"}
    for line in GUIDE:
        assert line.part in dict(PARTS)
        assert asked >= {*line.when, *line.unless}
