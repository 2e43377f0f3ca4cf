"""Conditions read and written, judged by another reading; histories of answers that keep everything."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.assessment.definitions import load_bank
from onestory.assessment.rules import conditions, scores, values

BANK = load_bank()
QUESTIONS = ("a.one", "a.two", "b.three")
WORDS = ("yes", "no", "p")
NUMBERS = st.integers(0, 3)
ANSWERS = st.dictionaries(
    st.sampled_from(QUESTIONS),
    st.one_of(
        st.sampled_from(WORDS), NUMBERS, st.lists(st.sampled_from(WORDS), min_size=1, unique=True)
    ),
)


def leaf(question):
    value = st.one_of(st.sampled_from(WORDS), NUMBERS)
    return st.one_of(
        st.just({"op": "known", "question": question}),
        st.builds(
            lambda op, v: {"op": op, "question": question, "value": v},
            st.sampled_from(("=", "!=")),
            value,
        ),
        st.builds(
            lambda op, v: {"op": op, "question": question, "value": v},
            st.sampled_from(("<", "<=", ">", ">=")),
            NUMBERS,
        ),
        st.builds(
            lambda v: {"op": "in", "question": question, "value": v},
            st.lists(value, min_size=1, max_size=3),
        ),
        st.builds(
            lambda v: {"op": "has", "question": question, "value": v}, st.sampled_from(WORDS)
        ),
    )


TREES = st.recursive(
    st.sampled_from(QUESTIONS).flatmap(leaf),
    lambda inner: st.one_of(
        st.builds(lambda part: {"op": "not", "of": [part]}, inner),
        st.builds(
            lambda op, parts: {"op": op, "of": parts},
            st.sampled_from(("and", "or")),
            st.lists(inner, min_size=2, max_size=3),
        ),
    ),
    max_leaves=8,
)


def judged(tree, answers) -> bool:
    """The meaning of a tree, put as sets of what an answer is and is not."""
    op = tree["op"]
    if op in ("and", "or", "not"):
        parts = [judged(part, answers) for part in tree["of"]]
        return {"and": all(parts), "or": any(parts), "not": not parts[0]}[op]
    if tree["question"] not in answers:
        return False
    answer, value = answers[tree["question"]], tree.get("value")
    marks = set(answer) if isinstance(answer, list) else {answer}
    number = answer if isinstance(answer, int) else float("nan")
    return {
        "known": True,
        "=": answer == value,
        "!=": answer != value,
        "in": bool(marks & set(value)) if op == "in" else None,
        "has": value in marks if op == "has" else None,
        "<": op == "<" and number < value,
        "<=": op == "<=" and number <= value,
        ">": op == ">" and number > value,
        ">=": op == ">=" and number >= value,
    }[op]


@settings(max_examples=50)
@given(TREES, ANSWERS)
def test_a_tree_means_what_it_says(tree, answers):
    assert conditions.holds(tree, answers) == judged(tree, answers)


@settings(max_examples=50)
@given(TREES)
def test_a_condition_survives_being_written_and_read(tree):
    text = conditions.in_words(tree)
    again = conditions.read(text)
    assert conditions.in_words(again) == text
    assert conditions.questions(again) == conditions.questions(tree)


@settings(max_examples=50)
@given(TREES, ANSWERS)
def test_written_and_read_it_means_the_same(tree, answers):
    assert conditions.holds(conditions.read(conditions.in_words(tree)), answers) == judged(
        tree, json.loads(json.dumps(answers))
    )


@given(st.data())
def test_a_score_lies_within_its_bounds_and_in_a_band(data):
    measure = BANK.newest("how-things-are")
    answers = {}
    for count in measure.scoring.counts:
        question = BANK.questions[count.question]
        scale = st.integers(question.low, question.high)
        coded = st.sampled_from([option.code for option in question.choices])
        answer = data.draw(st.none() | (scale if question.kind == "scale" else coded))
        if answer is not None:
            answers[question.code] = answer
    found = scores.score(measure, BANK.questions, answers)
    if found.answered < measure.scoring.fewest:
        assert found.points is None and found.band is None
    else:
        assert found.least <= found.points <= found.most
        assert found.band.from_ <= found.points <= found.band.to


@given(st.text(max_size=200))
def test_words_are_kept_as_they_are_but_for_blanks_around_them(text):
    question = BANK.questions["wishes.first"]
    try:
        kept = values.clean(question, text)
    except values.NoAnswer:
        assert not text.replace("\0", "").strip()
    else:
        kept.encode()
        assert values.clean(question, kept) == kept
