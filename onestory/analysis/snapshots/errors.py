"""What is wrong with a snapshot, and where."""


class SnapshotError(Exception):
    """A snapshot cannot be made or read. The message is for whoever asked for it."""
