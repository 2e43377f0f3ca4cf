"""Which cases come first, and which there is time for."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from onestory.marac.rules.agenda import Case, fill, in_order
from onestory.marac.rules.alike import alike

LEVELS = ("standard", "medium", "high")


def case(number: int, level: str = "high", repeat: bool = False, day: int = 1) -> Case:
    return Case(UUID(int=number), level, repeat, date(2026, 3, day))


def order(*cases: Case) -> list[int]:
    return [one.id.int for one in in_order(cases, LEVELS)]


def test_by_risk_then_repeats_then_who_has_waited_longest():
    assert order(case(1, "medium"), case(2), case(3, repeat=True), case(4, day=2)) == [3, 2, 4, 1]


def test_what_was_judged_without_a_level_stands_with_the_highest():
    assert order(case(1, "", day=2), case(2, "medium"), case(3, repeat=True)) == [3, 1, 2]


def test_what_there_is_no_time_for_goes_to_the_next():
    cases = [case(number) for number in range(1, 6)]
    assert fill(cases, taken=1, room=3) == (cases[:2], cases[2:])
    assert fill(cases, taken=4, room=3) == ([], cases)


def test_the_same_action_in_other_words_reads_as_the_same():
    assert alike(
        "Mark her address for immediate response", "mark address for an immediate response"
    )
    assert not alike("Mark her address for immediate response", "Tell the school who may collect")


def test_cases_that_were_put_somewhere_stay_and_others_come_by_their_risk():
    put = [replace(case(1), place=9), replace(case(2, "medium"), place=4)]
    assert order(*put) == [2, 1]
    assert order(*put, case(3, repeat=True)) == [3, 2, 1]
    assert order(*put, case(3, "medium", day=2), case(4, "standard")) == [2, 1, 3, 4]
