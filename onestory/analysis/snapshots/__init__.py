"""Snapshots: everything that figures are made of, as it was at one moment, in dated folders.

    from onestory.analysis import snapshots
    contacts = snapshots.latest(".onestory/snapshots").table("contacts")

A folder has a Parquet file for each of `analysis.tables.TABLES`, and `snapshot.json`, which says when
it was made, by which version, and what is in each file. A folder is there whole or not at all.
"""

from onestory.analysis.snapshots.errors import SnapshotError
from onestory.analysis.snapshots.reading import NAMED, Snapshot, latest, names
from onestory.analysis.snapshots.reading import opened as open  # noqa: A004
from onestory.analysis.snapshots.writing import keep, write

__all__ = ["NAMED", "Snapshot", "SnapshotError", "keep", "latest", "names", "open", "write"]
