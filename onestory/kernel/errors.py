"""What an action says when the rules say no."""


class Refused(Exception):
    """The rules say no; the reason is for the person who asked, in plain English."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class NobodyActing(RuntimeError):
    """Something protected was touched although nobody was named as acting: a fault in the code."""


class Stale(Refused):
    """Somebody else changed the same thing meanwhile; `theirs` is how it stands now."""

    def __init__(self, reason: str, theirs):
        super().__init__(reason)
        self.theirs = theirs
