"""What was told is kept beside the system, so that later releases are held against it.

One file for a release, named by its content: the same figures published again are the same file.
It holds counts and codes, as a snapshot does, and nobody's identity; but it is not for readers.
"""

import json
import os
from functools import lru_cache
from hashlib import sha256
from math import inf
from pathlib import Path

from onestory.analysis.disclosure.counts import Name, Sum
from onestory.analysis.disclosure.hiding import Told
from onestory.analysis.disclosure.releasing import Release

VERSION = 1


def keep(folder: Path, release: Release) -> Path:
    """Write down what a release told. The file appears whole or not at all."""
    content = json.dumps(_plain(release.told), ensure_ascii=False, sort_keys=True)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{sha256(content.encode()).hexdigest()[:16]}.json"
    part = file.with_suffix(f".{os.getpid()}")
    part.write_text(content, encoding="utf-8")
    part.replace(file)
    return file


def kept(folder: Path) -> list[Path]:
    """The files of the releases that were kept there."""
    return sorted(folder.glob("*.json"))


@lru_cache(maxsize=128)
def told(file: Path) -> Release:
    """What an earlier release told. ValueError, naming the file, if it cannot be read any more.

    A file is named by its content and never changes: whoever asks again need not read it again.
    """
    try:
        plain = json.loads(file.read_text(encoding="utf-8"))
        if plain["version"] != VERSION:
            raise ValueError(f"it is of version {plain['version']}, not {VERSION}")
        return Release((), _told(plain))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise ValueError(
            f"{file}: what was published earlier cannot be read ({error}). Bring it back from a"
            " backup: without it nothing can be published safely."
        ) from error


def _plain(told: Told) -> dict:
    names = list(dict.fromkeys([*told.ranges, *(n for line in told.sums for n in line.members)]))
    places = {name: place for place, name in enumerate(names)}
    return {
        "version": VERSION,
        "counts": names,
        "ranges": {
            places[name]: [low, None if high == inf else high]
            for name, (low, high) in told.ranges.items()
        },
        "small": sorted(places[name] for name in told.small),
        "sums": [[places[line.total], [places[n] for n in line.parts]] for line in told.sums],
    }


def _told(plain: dict) -> Told:
    names: list[Name] = [(who, number) for who, number in plain["counts"]]
    return Told(
        {
            names[int(place)]: (low, inf if high is None else high)
            for place, (low, high) in plain["ranges"].items()
        },
        frozenset(names[place] for place in plain["small"]),
        tuple(
            Sum(names[total], tuple(names[part] for part in parts))
            for total, parts in plain["sums"]
        ),
    )
