"""The question bank and every instrument, whole; and what is said of definitions that cannot be used."""

import shutil
from dataclasses import replace

import pytest

from onestory.access.models import Kind
from onestory.agencies.area import PackError, load_pack, packs_dir
from onestory.agencies.area.wording import Wording
from onestory.assessment import bank
from onestory.assessment.definitions import BankError, load_bank, reworded
from onestory.assessment.definitions.load import ROOM
from onestory.assessment.rules import conditions, scores, values

BANK = load_bank()
INSTRUMENTS = list(BANK.instruments.values())


def test_every_question_is_asked_by_some_instrument():
    asked = {ask.question for one in INSTRUMENTS for ask in one.asks}
    assert not set(BANK.questions) - asked


@pytest.mark.parametrize("one", INSTRUMENTS, ids=lambda one: f"{one.code}-{one.version}")
def test_every_instrument_asks_only_what_there_is(one):
    assert {ask.question for ask in one.asks} <= set(BANK.questions)
    assert one.source and one.licence


@pytest.mark.parametrize("question", BANK.questions.values(), ids=lambda q: q.code)
def test_every_question_can_be_answered_and_read(question):
    assert question.envelope in Kind.values and question.envelope not in ("whereabouts", "therapy")
    tried = {
        "text": "Words",
        "date": "2026-03-27",
        "number": question.low,
        "scale": question.high,
        "choices": [question.choices[0].code] if question.choices else [],
    }.get(question.kind, question.choices[0].code if question.choices else "")
    assert values.in_words(question, values.clean(question, tried))


@pytest.mark.parametrize("area", sorted(p.name for p in packs_dir().iterdir() if p.is_dir()))
def test_every_need_that_an_answer_means_is_a_need_of_the_area(area):
    pack = load_pack(packs_dir() / area)
    own = reworded(BANK, pack.questions)
    meant = {n for q in own.questions.values() for needs in q.needs.values() for n in needs}
    assert not {code for code in meant if code not in pack.needs}


def test_what_is_asked_only_if_reads_nothing_of_another_envelope():
    for one in INSTRUMENTS:
        for ask in one.asks:
            read = conditions.questions(ask.condition) if ask.condition else ()
            kinds = {BANK.questions[code].envelope for code in (ask.question, *read)}
            assert len(kinds) == 1, ask.question


def test_the_standard_lists_are_whole():
    ethnic = BANK.questions["about.ethnicity"]
    assert len(ethnic.options) == 19, "18 of 2011, and Roma"
    limits = [option.code for option in BANK.questions["health.condition-limits"].options]
    assert limits == ["a-lot", "a-little", "not-at-all"]
    for code in ("ethnicity", "sex", "gender-same", "orientation", "religion"):
        assert BANK.questions[f"about.{code}"].option("not-said")


def test_an_old_version_stays_readable_and_the_newest_is_used():
    assert BANK.newest("how-things-are").version == 2
    old = BANK.instruments["how-things-are", 1]
    answers = {ask.question: 4 for ask in old.asks}
    assert scores.score(old, BANK.questions, answers).points == 12


def test_every_score_falls_in_a_band():
    for one in INSTRUMENTS:
        if one.scoring and one.scoring.bands:
            least, most = scores.bounds(one.scoring, BANK.questions)
            for points in range(least, most + 1):
                assert sum(b.from_ <= points <= b.to for b in one.scoring.bands) == 1


def test_an_area_has_its_own_words_over_the_codes():
    own = Wording(
        code="housing.now",
        text="Where do you stay?",
        options={"street": "Outdoors"},
        needs={"street": ("boat",)},
        source="The Lighthouse",
        licence="By permission",
    )
    question = reworded(BANK, [own]).questions["housing.now"]
    assert (question.text, question.source) == ("Where do you stay?", "The Lighthouse")
    assert values.in_words(question, "street") == "Outdoors"
    assert list(values.needs_of(question, "street")) == ["boat"]
    assert BANK.questions["housing.now"].text != question.text


@pytest.mark.parametrize(
    ("wording", "said"),
    [
        ({"code": "housing.nwo"}, "no such question; did you mean 'housing.now'?"),
        ({"code": "housing.now", "options": {"castle": "A castle"}}, "no answer castle"),
        ({"code": "housing.now", "needs": {"castle": ("money",)}}, "no answer castle"),
    ],
)
def test_words_that_fit_nothing_are_refused(wording, said):
    with pytest.raises(BankError, match=said):
        reworded(BANK, [Wording(source="Somebody", **wording)])


def test_an_area_whose_words_fit_nothing_is_not_loaded():
    pack = load_pack(packs_dir() / "thurrock")
    bank.check(pack)
    wrong = replace(pack, questions=(Wording(code="housing.nwo", source="Somebody"),))
    with pytest.raises(PackError, match="no such question"):
        bank.check(wrong)


FAULTS = [
    (
        "questions/housing.toml",
        'code = "housing.now"',
        'code = "homes.now"',
        "must begin with 'housing.'",
    ),
    ("questions/housing.toml", 'envelope = "needs"', 'envelope = "nedes"', "not known"),
    (
        "questions/safety.toml",
        'low_means = "Not afraid"\n',
        "",
        "says what its two ends mean",
    ),
    (
        "questions/safety.toml",
        "needs = { no = [",
        "needs = { nope = [",
        "names no option: nope",
    ),
    (
        "instruments/needs-assessment-1.toml",
        '"money.own",',
        '"money.owned",',
        "no question 'money.owned'; did you mean 'money.own'",
    ),
    (
        "instruments/needs-assessment-1.toml",
        '"money.own",',
        '"money.essentials",',
        "'money.essentials' is asked twice",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'children.at-home has \"one\"'",
        "'has' is for questions with several answers",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'children.at-home >= 1 or'",
        "the code of a question was expected",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'children.parenting = \"yes\"'",
        "'children.parenting' is not asked before it",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'children.any = \"no\" and children.at-home >= 1'",
        "is never asked",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'children.any = \"maybe\"'",
        "cannot be answered 'maybe'",
    ),
    (
        "instruments/needs-assessment-1.toml",
        "if = 'children.at-home >= 1'",
        "if = 'safety.now = \"no\"'",
        "lies in another envelope (risk)",
    ),
    ("instruments/how-things-are-2.toml", "to = 11", "to = 10", "expected from 11"),
    ("instruments/how-things-are-2.toml", "to = 28", "to = 27", "the score goes up to 28"),
    ("instruments/how-things-are-2.toml", ", no = 0 }", " }", "the points must name each of"),
    ("instruments/how-things-are-2.toml", "fewest = 5", "fewest = 8", "only 7 questions count"),
    ("instruments/how-things-are-2.toml", "version = 2", "version = 3", "must be called"),
]


@pytest.mark.parametrize(("file", "before", "after", "said"), FAULTS, ids=lambda v: str(v)[:30])
def test_what_is_wrong_is_said_plainly(tmp_path, file, before, after, said):
    for folder in ("questions", "instruments"):
        shutil.copytree(ROOM / folder, tmp_path / folder)
    text = (tmp_path / file).read_text()
    assert before in text
    (tmp_path / file).write_text(text.replace(before, after, 1))
    with pytest.raises(BankError) as found:
        load_bank(tmp_path)
    assert said in str(found.value)
    assert file.partition("/")[2] in str(found.value)
