"""How the record is sealed: digests, signatures, and entries that are not there yet. No database.

Entries are numbered when they are written, but seen only when their transaction ends: so at any
moment some numbers are missing, of transactions that still run or that were rolled back. A seal
keeps a list of them (`Gap`), and the next seals look for them again until they have come, or until
every transaction that ran at that time has ended.
"""

import hashlib
import hmac
import json
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

DIGEST_SIZE = 16


class Gap(NamedTuple):
    """Numbers of entries, first to last, that no transaction before `horizon` has shown yet."""

    first: int
    last: int
    horizon: int


class Content(NamedTuple):
    """What a seal says, and what its signature is over."""

    number: int
    sealed_at: datetime
    upto: int
    missing: list
    entries: list[int]
    digests: bytes
    previous: bytes
    key: str


def digest(line: str) -> bytes:
    """The digest of an entry, of which `line` is the one way to write it down."""
    return hashlib.sha256(line.encode()).digest()[:DIGEST_SIZE]


def split(digests: bytes) -> Iterator[bytes]:
    return (digests[i : i + DIGEST_SIZE] for i in range(0, len(digests), DIGEST_SIZE))


def name_of(key: str) -> str:
    """A name for a key that tells nothing of it."""
    return hmac.new(key.encode(), b"name of this key", hashlib.sha256).hexdigest()[:16]


def sign(key: str, content: Content) -> bytes:
    """The signature over everything that a seal says."""
    head = [
        content.number,
        content.sealed_at.astimezone(UTC).isoformat(),
        content.upto,
        [list(gap) for gap in content.missing],
        content.key,
        len(content.entries),
    ]
    message = b"".join(
        (
            json.dumps(head, separators=(",", ":")).encode(),
            struct.pack(f">{len(content.entries)}q", *content.entries),
            content.digests,
            content.previous,
        )
    )
    return hmac.digest(key.encode(), message, "sha256")


def still_missing(gaps: Iterable[Gap], found: Iterable[int], oldest_running: int) -> list[Gap]:
    """What is left of the gaps, without what was found and what can come no more.

    `oldest_running` is the oldest transaction that ran before the entries were looked for.
    """
    alive = [gap for gap in gaps if gap.horizon > oldest_running]
    found = sorted(found)
    return [rest for gap in alive for rest in _without(gap, found)]


def holes(after: int, found: list[int], horizon: int) -> list[Gap]:
    """The gaps between `after` and the entries found beyond it, which are in order.

    `horizon` is a transaction that began after they were looked for.
    """
    return [
        Gap(before + 1, number - 1, horizon)
        for before, number in zip([after, *found], found, strict=False)
        if number > before + 1
    ]


def is_in(number: int, gaps: Iterable[Iterable[int]]) -> bool:
    return any(first <= number <= last for first, last, _ in gaps)


def _without(gap: Gap, found: list[int]) -> Iterator[Gap]:
    first = gap.first
    for number in found[bisect_left(found, gap.first) : bisect_right(found, gap.last)]:
        if number > first:
            yield Gap(first, number - 1, gap.horizon)
        first = number + 1
    if first <= gap.last:
        yield Gap(first, gap.last, gap.horizon)
