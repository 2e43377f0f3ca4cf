"""What an action says when the rules say no."""


class Refused(Exception):
    """The rules say no; the reason is for the person who asked, in plain English.

    `about` is what of all that was given is at fault, by the name that the action has for it; a form
    whose field is called so says it there.
    """

    def __init__(self, reason: str, about: str = ""):
        super().__init__(reason)
        self.reason, self.about = reason, about


class NobodyActing(RuntimeError):
    """Something protected was touched although nobody was named as acting: a fault in the code."""


class Stale(Refused):
    """Somebody else changed the same thing meanwhile; `theirs` is how it stands now."""

    def __init__(self, reason: str, theirs):
        super().__init__(reason)
        self.theirs = theirs
