"""What each table and column is called in a copy of somebody's record, and how it is given.

A table that is missing here, or a column, is not given: the tests find it.
"""

from onestory.rights.words.cases import CASES
from onestory.rights.words.danger import DANGER
from onestory.rights.words.marac import MARAC
from onestory.rights.words.people import PEOPLE
from onestory.rights.words.support import SUPPORT
from onestory.rights.words.told import How, Say, Told, plain, read, system

__all__ = ["TOLD", "How", "Say", "Told"]

TOLD: dict[str, Told] = {
    **PEOPLE,
    **CASES,
    **SUPPORT,
    **DANGER,
    **MARAC,
    "portal.OwnPages": Told("Your own pages", {}, "That you have them, you know."),
    "portal.Invitation": Told(
        "An invitation to your own pages",
        {
            "team": plain("Team"),
            "how": plain("How"),
            "judged": read("How it was judged that you may have them"),
            "expires_at": plain("It could be used until"),
            "used_at": plain("Used"),
            "revoked_at": plain("Taken back"),
            **system("wrong_tries"),
        },
    ),
    "rights.Correction": Told(
        "Something that you said is wrong",
        {
            "about": plain("About"),
            "wrong": plain("What you said is wrong"),
            "right": plain("What you said is right"),
            "team": plain("Asked of"),
            "due_on": plain("To be answered by"),
            "outcome": plain("What came of it"),
            "reason": plain("Why"),
            "decided_at": plain("Decided"),
            **system("place", "seen_at"),
        },
    ),
    **dict.fromkeys(
        (
            "sealed.Account",
            "sealed.AgreedFact",
            "sealed.Echo",
            "sealed.Evidence",
            "sealed.Release",
            "sealed.Slip",
        ),
        Told("A sealed account", {}, "It is under a pseudonym: whoever has its code asks for it."),
    ),
}
