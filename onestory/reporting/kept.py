"""What was worked out from a snapshot, kept inside its folder and thrown away with it.

A snapshot never changes, but what is asked of it may, and how the answer is worked out. So the name
of a file is a digest of all of these: whatever changed is worked out anew. A file that cannot be
read, or not be written, is as if it were not there.
"""

import json
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from onestory import analysis
from onestory.analysis.snapshots.manifest import NAME

FOLDER = "counted"
Answer = TypeVar("Answer")


def answered(
    snapshot: Path,
    asked: tuple,
    work: Callable[[], Answer],
    write: Callable[[Answer], str],
    read: Callable[[str], Answer],
) -> Answer:
    """The answer to what is asked of a snapshot: read if it is kept, else worked out and kept.

    `asked` is everything that the answer hangs on beside the snapshot and the code.
    """
    place = _place(snapshot, asked)
    with suppress(OSError, ValueError, KeyError, IndexError, TypeError, ArithmeticError):
        return read(_whole(place.read_text(encoding="utf-8")))
    answer = work()
    with suppress(OSError):
        _put(place, write(answer))
    return answer


def to_json(plain) -> str:
    """As short as it goes: files are read while somebody waits."""
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _place(snapshot: Path, asked: tuple) -> Path:
    of = (_snapshot(snapshot, (snapshot / NAME).stat().st_mtime_ns), _code(), repr(asked))
    return snapshot / FOLDER / sha256("\n".join(of).encode()).hexdigest()


@lru_cache(maxsize=64)
def _snapshot(path: Path, changed: int) -> str:
    """Another of the same name has another digest."""
    return sha256((path / NAME).read_bytes()).hexdigest()


@cache
def _code() -> str:
    """The digest of everything that counts, rounds, words and draws."""
    found = sha256()
    for path in sorted(Path(analysis.__file__).parent.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def _whole(text: str) -> str:
    """What stands beneath its digest. ValueError if that is not what was written."""
    digest, _, content = text.partition("\n")
    if digest != sha256(content.encode()).hexdigest():
        raise ValueError("damaged")
    return content


def _put(place: Path, text: str) -> None:
    """There whole or not at all; and not where the snapshot has been thrown away meanwhile."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    handle, part = tempfile.mkstemp(dir=place.parent, prefix=".")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(f"{sha256(text.encode()).hexdigest()}\n{text}")
        os.replace(part, place)
    except OSError:
        Path(part).unlink(missing_ok=True)
        raise
