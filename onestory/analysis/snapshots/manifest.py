"""`snapshot.json`: what lies in a snapshot, and how to tell that it is all there."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Self

from onestory.analysis.snapshots.errors import SnapshotError

NAME = "snapshot.json"
# One more whenever a table changes so that older snapshots can no longer be read as it.
VERSION = 1
MAKE_ANEW = "Make a new one with `onestory snapshot`."


@dataclass(frozen=True)
class File:
    """One table's file: how many rows, how long it is, its digest, its columns with their types."""

    rows: int
    bytes: int
    sha256: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Manifest:
    """`counted_to` is the last day of which anything is in it."""

    made_at: datetime
    counted_to: date
    area: str
    tables: Mapping[str, File]
    version: int = VERSION

    def save(self, folder: Path) -> None:
        said = asdict(self) | {
            "made_at": self.made_at.isoformat(),
            "counted_to": self.counted_to.isoformat(),
        }
        (folder / NAME).write_text(json.dumps(said, indent=1))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read it back. `SnapshotError` for one of another version, or that is none."""
        path = folder / NAME
        try:
            said = json.loads(path.read_text())
            version = said["version"]
        except FileNotFoundError:
            raise SnapshotError(f"{folder} is no snapshot: it has no {NAME}.") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SnapshotError(f"{path} cannot be read: it is damaged. {MAKE_ANEW}") from error
        if version != VERSION:
            raise SnapshotError(
                f"The snapshot in {folder} is of version {version}; this OneStory reads version "
                f"{VERSION}. {MAKE_ANEW}"
            )
        try:
            return cls(
                made_at=datetime.fromisoformat(said["made_at"]),
                counted_to=date.fromisoformat(said["counted_to"]),
                area=said["area"],
                tables={code: File(**file) for code, file in said["tables"].items()},
                version=version,
            )
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SnapshotError(f"{path} cannot be read: it is damaged. {MAKE_ANEW}") from error


def digest(path: Path) -> str:
    """The digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
