import uuid

import pytest

from onestory.kernel.ids import ALPHABET, new_id, read_reference, reference


def test_ids_are_standard_uuids_that_sort_by_time():
    made = [new_id() for _ in range(100)]
    assert {type(identifier) for identifier in made} == {uuid.UUID}
    assert {identifier.version for identifier in made} == {7}
    assert made == sorted(made)
    assert len(set(made)) == 100


def test_a_reference_has_two_groups_of_four():
    assert reference(uuid.UUID(int=0)) == "0000-0000"
    assert reference(uuid.UUID(int=31)) == "0000-000Z"
    assert reference(uuid.UUID(int=31 << 35 | 1)) == "Z000-0001"


def test_a_reference_says_nothing_of_the_time():
    early = uuid.UUID("00000000-0001-7000-8000-0123456789ab")
    late = uuid.UUID("01ffffff-ffff-7fff-8fff-0123456789ab")
    assert reference(early) == reference(late)


def test_references_differ():
    assert len({reference(new_id()) for _ in range(1000)}) == 1000


@pytest.mark.parametrize(
    "typed",
    ["K0QF-1M9X", "k0qf-1m9x", " KOQF IM9X ", "koqflm9x", "K 0 Q F - 1 M 9 X", "K0QF\u20131M9X"],
)
def test_a_reference_is_read_as_people_type_it(typed):
    assert read_reference(typed) == "K0QF-1M9X"


@pytest.mark.parametrize(
    "typed", ["", "K0QF", "K0QF-1M9XX", "K0QF-1M9U", "\u0130\u0131QF1M9X", "🙂" * 8]
)
def test_what_is_no_reference_is_not_read(typed):
    assert read_reference(typed) is None


def test_reading_gives_back_what_was_written():
    for _ in range(100):
        written = reference(new_id())
        assert read_reference(written.replace("0", "o").replace("1", "i").lower()) == written
        assert set(written) <= {*ALPHABET, "-"}
