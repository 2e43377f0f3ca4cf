"""Two accounts are alike as much the one way as the other, and only by what both said."""

from hypothesis import given
from hypothesis import strategies as some

from onestory.agencies.area import load_pack, packs_dir
from onestory.kernel.errors import Refused
from onestory.sealed.rules.facts import Mark, alike, in_one_form, marks
from onestory.sealed.rules.names import LETTERS, as_drawn, code, names_somebody, pseudonym

FACTS = {fact.code: fact for fact in load_pack(packs_dir() / "thurrock").sealed_facts}
MARKS = some.sets(
    some.tuples(some.sampled_from(sorted(FACTS)), some.sampled_from("abcd")), max_size=8
).map(lambda pairs: [Mark(kind, mark, FACTS[kind].points) for kind, mark in sorted(pairs)])


@given(MARKS, MARKS)
def test_it_is_the_same_both_ways_and_no_more_than_either_holds(one, other):
    points = alike(one, other)
    assert points == alike(other, one)
    assert points == sum(mark.points for mark in one if mark in other)
    assert alike(one, one) == sum(mark.points for mark in one)


@given(some.from_regex(r"07[0-9]{9}", fullmatch=True), some.sampled_from(["", " ", "-", ") "]))
def test_a_number_is_the_same_however_it_is_written(number, gap):
    written = [
        number,
        f"+44{gap}{number[1:]}",
        f"{number[:5]}{gap}{number[5:]}",
        f"0044{number[1:]}",
    ]
    assert {in_one_form(FACTS["phone"], text) for text in written} == {number}


@given(some.text(max_size=40))
def test_whatever_is_typed_is_a_mark_or_refused(text):
    for fact in FACTS.values():
        try:
            found = marks([fact], {fact.code: text})
        except Refused:
            continue
        assert len(found) <= 1
        assert all(len(mark.mark) == 64 for mark in found)


@given(some.integers(0, 50))
def test_a_code_is_read_however_it_is_typed(_):
    drawn = code()
    assert set(drawn) <= {*LETTERS, "-"}
    assert as_drawn(drawn.lower().replace("-", " ")) == drawn
    assert not names_somebody(pseudonym())
