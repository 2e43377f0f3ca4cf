"""Every question of the checklists, in its order, and what a count of them means."""

from datetime import date

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.assessment.definitions import NOT_SAID, UNKNOWN, load_bank
from onestory.assessment.rules.scores import Counted, counted, score
from onestory.risk.rules import levels

BANK = load_bank()
PACK = load_pack(packs_dir() / "thurrock")
TODAY = date(2026, 11, 22)

# Subject by subject, as the form of 2009 has them.
DASH_27 = {
    1: ("dash.injured", "now"),
    2: ("dash.fear", "now"),
    3: ("dash.feared", "now"),
    4: ("dash.isolated", "now"),
    5: ("dash.low", "now"),
    6: ("dash.separated", "now"),
    7: ("dash.contact", "now"),
    8: ("dash.stalked", "now"),
    9: ("dash.pregnant", "children"),
    10: ("dash.children-home", "children"),
    11: ("dash.children-harmed", "children"),
    12: ("dash.children-threatened", "children"),
    13: ("dash.more-often", "before"),
    14: ("dash.worse", "before"),
    15: ("dash.controls", "before"),
    16: ("dash.weapons", "before"),
    17: ("dash.threats-to-kill", "before"),
    18: ("dash.strangled", "before"),
    19: ("dash.sexual", "before"),
    20: ("dash.others-feared", "before"),
    21: ("dash.hurt-others", "before"),
    22: ("dash.animals", "before"),
    23: ("dash.money", "abuser"),
    24: ("dash.substances", "abuser"),
    25: ("dash.suicide", "abuser"),
    26: ("dash.breached", "abuser"),
    27: ("dash.record", "abuser"),
}
# What is asked on, where the question before it was answered with yes.
MORE = {
    "dash.first-injury": "dash.injured",
    "dash.feared-what": "dash.feared",
    "dash.others-feared-who": "dash.others-feared",
    "dash.hurt-whom": "dash.hurt-others",
    "dash.substances-which": "dash.substances",
    "dash.breached-which": "dash.breached",
    "dash.record-what": "dash.record",
}
S_DASH = [
    "s-dash.fear",
    "s-dash.before",
    "s-dash.damage",
    "s-dash.visits",
    "s-dash.loitering",
    "s-dash.threats",
    "s-dash.third-parties",
    "s-dash.violence-others",
    "s-dash.helpers",
    "s-dash.substances",
    "s-dash.past-violence",
]
CHECKLISTS = ["dash-24", "dash-27", "s-dash", "young-people-dash"]


def form(code, version=1):
    return BANK.instruments[code, version]


def counting(code):
    return [count.question for count in form(code).scoring.counts]


def level(code, yes, answered=None, on=TODAY):
    rule = levels.threshold(PACK, code, 1, on)
    return levels.computed(rule, yes, answered if answered is not None else 24).level


@pytest.mark.parametrize("number", DASH_27)
def test_each_question_of_the_27_stands_in_its_place_and_counts(number):
    code, group = DASH_27[number]
    assert counting("dash-27")[number - 1] == code
    asked = [ask.question for ask in form("dash-27").section(group).asks]
    assert code in asked
    assert BANK.questions[code].kind == "yes-no-unknown"
    assert BANK.questions[code].envelope == "risk"


def test_the_24_are_the_27_without_10_11_and_12():
    without = [code for number, (code, _) in DASH_27.items() if number not in (10, 11, 12)]
    assert counting("dash-24") == without


def test_both_forms_ask_in_the_order_in_which_they_count():
    for code in ("dash-24", "dash-27"):
        asked = [ask.question for ask in form(code).asks]
        assert [code for code in asked if code not in MORE] == counting(code)


@pytest.mark.parametrize("code", MORE)
def test_what_is_asked_on_counts_nothing_and_is_asked_only_after_a_yes(code):
    for which in ("dash-24", "dash-27"):
        asks = {ask.question: ask for ask in form(which).asks}
        assert asks[code].when == f'{MORE[code]} = "yes"'
        assert code not in counting(which)


def test_s_dash_has_its_eleven_questions_in_order():
    assert counting("s-dash") == [ask.question for ask in form("s-dash").asks] == S_DASH


def test_the_form_for_young_people_has_its_six_sections():
    titles = [section.code for section in form("young-people-dash").sections]
    assert titles == ["feelings", "now", "relationship", "before", "person", "professional"]
    # What the worker sees, and whether a grown-up knows, is no danger that counts.
    left_out = {"young-dash.professional", "young-dash.told"}
    asked = {ask.question for ask in form("young-people-dash").asks}
    assert asked - set(counting("young-people-dash")) == left_out


@pytest.mark.parametrize("code", CHECKLISTS)
def test_each_yes_counts_one_and_nothing_else_counts(code):
    for question in counting(code):
        for answer, points in (("yes", 1), ("no", 0), (UNKNOWN, 0), (NOT_SAID, 0)):
            found = score(form(code), BANK.questions, {question: answer})
            assert (found.points, found.band) == (points, None)


@pytest.mark.parametrize("code", CHECKLISTS)
def test_what_was_not_asked_stands_for_nothing(code):
    """A measure takes the rest for what is missing; a checklist never does."""
    first = counting(code)[0]
    assert score(form(code), BANK.questions, {first: "yes"}).points == 1
    assert score(form(code), BANK.questions, {}).points is None


def test_yes_no_not_known_and_not_asked_are_kept_apart():
    answers = {
        "dash.injured": "yes",
        "dash.fear": "no",
        "dash.low": UNKNOWN,
        "dash.stalked": NOT_SAID,
        # Asked, but nothing that counts.
        "dash.first-injury": "yes",
    }
    assert counted(form("dash-24"), answers) == Counted(yes=1, no=1, unknown=2, not_asked=20)
    assert counted(form("dash-27"), answers) == Counted(yes=1, no=1, unknown=2, not_asked=23)


@pytest.mark.parametrize(
    ("yes", "expected"),
    [
        (0, ""),
        (1, "standard"),
        (9, "standard"),
        (10, "medium"),
        (13, "medium"),
        (14, "high"),
        (24, "high"),
    ],
)
def test_the_local_bands_of_the_24(yes, expected):
    assert level("dash-24", yes) == expected


@pytest.mark.parametrize("code", ["dash-27", "s-dash", "young-people-dash", "dara", "vist"])
@pytest.mark.parametrize("yes", [1, 14, 27])
def test_the_bands_of_one_form_are_never_put_to_another(code, yes):
    assert level(code, yes, 27) == ""


def test_nor_to_another_version_of_the_same():
    assert levels.threshold(PACK, "dash-24", 2, TODAY) is None


def test_a_rule_holds_from_its_day():
    assert levels.threshold(PACK, "dash-24", 1, date(2014, 12, 31)) is None
    assert levels.threshold(PACK, "dash-24", 1, date(2015, 1, 1)).code == "dash-24-local"


def test_with_too_little_known_only_the_highest_level_is_said():
    assert level("dash-24", 5, answered=11) == ""
    assert level("dash-24", 5, answered=12) == "standard"
    assert level("dash-24", 14, answered=14) == "high"


@pytest.mark.parametrize(
    ("by_count", "judged", "reason", "stands"),
    [
        ("medium", "medium", "", True),
        ("medium", "high", "He has found her.", True),
        ("medium", "high", " ", False),
        ("medium", "standard", "She seems calm.", False),
        ("high", "medium", "She seems calm.", False),
        ("", "standard", "", False),
        ("", "standard", "She says so, and her sister too.", True),
        ("", "severe", "Very much so.", False),
    ],
)
def test_a_judgement_may_raise_with_a_reason_and_never_lower(by_count, judged, reason, stands):
    computed = levels.Computed(by_count, "dash-24-local" if by_count else "")
    assert bool(levels.fault(PACK, computed, judged, reason, has_rule=True)) is not stands


@pytest.mark.parametrize(
    ("years", "instead"), [(15, "young-people-dash"), (16, ""), (40, ""), (None, "")]
)
def test_a_child_of_15_is_asked_by_the_form_for_young_people(years, instead):
    assert levels.is_too_young(PACK, "dash-24", years) == instead
    assert levels.is_too_young(PACK, "young-people-dash", years) == ""


def test_stalking_offers_s_dash_and_isolation_asks_on_about_family_and_community():
    for code in ("dash-24", "dash-27"):
        prompts = {prompt.when: prompt for prompt in form(code).prompts}
        assert prompts['dash.stalked = "yes"'].instrument == "s-dash"
        assert "honour" in prompts['dash.isolated = "yes"'].words
        assert "honour" in prompts['dash.others-feared = "yes"'].words


def test_every_form_of_the_area_is_asked_here_or_comes_from_outside():
    for term in PACK.risk_forms:
        assert term.outside != any(code == term.code for code, _ in BANK.instruments)
        assert term.outside or term.before
    assert {term.code for term in PACK.risk_forms if not term.outside} == set(CHECKLISTS)


def test_every_suggestion_of_a_step_hangs_on_questions_that_there_are():
    for suggestion in PACK.plan_suggestions:
        assert suggestion.heading in PACK.plan_headings
        assert suggestion.questions
        for code in suggestion.questions:
            assert BANK.questions[code].kind == "yes-no-unknown"
