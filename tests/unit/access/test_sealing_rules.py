"""Which entries a seal covers, and which are still to come."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestory.access.rules import sealing
from onestory.access.rules.sealing import Content, Gap

CONTENT = Content(
    number=2,
    sealed_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    upto=9,
    missing=[[4, 5, 77]],
    entries=[6, 7, 8, 9],
    digests=b"d" * 64,
    previous=b"p" * 32,
    key="k",
)


def test_what_is_missing_between_what_was_found():
    assert sealing.holes(3, [5, 6, 9], horizon=70) == [Gap(4, 4, 70), Gap(7, 8, 70)]
    assert sealing.holes(3, [4, 5], horizon=70) == []
    assert sealing.holes(3, [], horizon=70) == []


def test_what_has_come_leaves_the_gap():
    gap = Gap(4, 9, horizon=70)
    assert sealing.still_missing([gap], [4, 6, 9], oldest_running=60) == [
        Gap(5, 5, 70),
        Gap(7, 8, 70),
    ]
    assert sealing.still_missing([gap], range(4, 10), oldest_running=60) == []
    assert sealing.still_missing([gap], [3, 10], oldest_running=60) == [gap]


def test_a_gap_is_given_up_when_every_transaction_of_its_time_has_ended():
    gap = Gap(4, 9, horizon=70)
    assert sealing.still_missing([gap], [], oldest_running=69) == [gap]
    assert sealing.still_missing([gap], [], oldest_running=70) == []


@pytest.mark.parametrize("number, inside", [(3, False), (4, True), (5, True), (6, False)])
def test_whether_a_number_is_missing(number, inside):
    assert sealing.is_in(number, [[4, 5, 77]]) is inside


def test_the_signature_is_over_everything():
    first = sealing.sign("key", CONTENT)
    changes = {
        "number": 3,
        "sealed_at": CONTENT.sealed_at + timedelta(microseconds=1),
        "upto": 10,
        "missing": [[4, 4, 77]],
        "entries": [5, 7, 8, 9],
        "digests": b"e" * 64,
        "previous": b"q" * 32,
        "key": "l",
    }
    assert changes.keys() == set(Content._fields)
    signatures = {sealing.sign("key", CONTENT._replace(**{k: v})) for k, v in changes.items()}
    assert len(signatures | {first, sealing.sign("another", CONTENT)}) == len(changes) + 2


def test_the_signature_does_not_mind_clocks_and_containers():
    same = CONTENT._replace(
        sealed_at=CONTENT.sealed_at.astimezone(timezone(timedelta(hours=1))),
        missing=[Gap(4, 5, 77)],
    )
    assert sealing.sign("key", same) == sealing.sign("key", CONTENT)


def test_digests_come_apart_as_they_were_put_together():
    digests = [sealing.digest(line) for line in ("one", "two", "three")]
    assert list(sealing.split(b"".join(digests))) == digests
    assert {len(digest) for digest in digests} == {sealing.DIGEST_SIZE}


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.booleans()).map(lambda t: {"rounds": t[0], "keeps": t[1]}),
        max_size=40,
    ),
    st.integers(1, 6),
)
def test_every_entry_that_comes_is_covered_once(writers, a_round):
    """Writers number an entry in turn, each ends some rounds of sealing later, and keeps it or not."""
    upto, gaps, covered, there = 0, [], [], {}
    for number, writer in enumerate(writers, 1):
        there[number] = writer | {"begun": number, "ends": number // a_round + writer["rounds"]}
    for now in range(len(writers) + 10):
        begun = {n: w for n, w in there.items() if n // a_round <= now}
        running = [w["begun"] for w in begun.values() if w["ends"] > now]
        seen = [n for n, w in begun.items() if w["ends"] <= now and w["keeps"]]
        late = [n for n in seen if sealing.is_in(n, gaps)]
        new = [n for n in seen if n > upto]
        oldest = min(running, default=len(begun) + 1)
        gaps = sealing.still_missing(gaps, late, oldest)
        gaps += sealing.holes(upto, new, horizon=len(begun) + 1)
        covered += late + new
        upto = max([upto, *new])
    assert sorted(covered) == [n for n, w in there.items() if w["keeps"]]
    assert gaps == []
