"""Pages that save themselves: what is sent later counts, not what arrives later."""

from onestory.kernel.opening import ONCE, Opening


def test_of_one_opening_the_highest_number_counts():
    heard = {}
    numbers = (1, 3, 2, 3, 4)
    late = [Opening("a", saving=number).is_late(heard) for number in numbers]
    assert late == [False, False, True, False, False]
    assert heard == {"a": 4}


def test_openings_do_not_stand_in_each_others_way():
    heard = {}
    assert not Opening("a", saving=9).is_late(heard)
    assert not Opening("b", saving=1).is_late(heard)


def test_what_saves_only_when_told_to_is_never_late():
    heard = {"": 9, "a": 9}
    assert not ONCE.is_late(heard)
    assert not Opening("a").is_late(heard)
    assert heard == {"": 9, "a": 9}


def test_what_a_page_sends_is_read_without_trusting_it():
    assert Opening.of({"tab": "a", "version": "2", "saving": "17"}) == Opening("a", 2, 17)
    for nonsense in ("", "x", "-1", "²", "1" * 40):
        assert Opening.of({"version": nonsense, "saving": nonsense}) == Opening("", -1, 0)
