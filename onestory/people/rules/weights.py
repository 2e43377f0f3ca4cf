"""The weights of `weights.toml`, read once and checked."""

import tomllib
from math import isclose, log2
from pathlib import Path
from typing import NamedTuple


class Level(NamedTuple):
    """One way in which two records agree or differ in a field: what it weighs and how it is said."""

    weight: float
    words: str


def _read_levels(field: str, levels: dict[str, dict]) -> dict[str, Level]:
    for share in ("m", "u"):
        total = sum(level[share] for level in levels.values())
        if not isclose(total, 1, abs_tol=1e-9):
            raise ValueError(f"weights.toml: {share} of {field} comes to {total}, not to 1.")
    return {
        name: Level(log2(level["m"] / level["u"]), level["words"]) for name, level in levels.items()
    }


_DATA = tomllib.loads(Path(__file__).with_name("weights.toml").read_text(encoding="utf-8"))

VERSION: int = _DATA["version"]
KEYS: dict[str, float] = _DATA["keys"]
LEVELS = {field: _read_levels(field, levels) for field, levels in _DATA["fields"].items()}
SWAPPED = Level(_DATA["swapped"]["weight"], _DATA["swapped"]["words"])
PRIOR = log2(_DATA["prior"] / (1 - _DATA["prior"]))
LIKELY: float = _DATA["thresholds"]["likely"]
POSSIBLE: float = _DATA["thresholds"]["possible"]
ALIKE: float = _DATA["spelling"]["alike"]
LONG_ENOUGH: int = _DATA["spelling"]["long_enough_for_one_slip"]
COMMON = frozenset(_DATA["common_family_names"])
