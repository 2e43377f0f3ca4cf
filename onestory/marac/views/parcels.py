"""What goes to another area, or came from one, in words."""

from onestory.kernel.components import Row
from onestory.kernel.forms.dates import in_words
from onestory.marac.actions.receiving import (
    action_words,
    assessed_words,
    order_words,
    said_words,
)
from onestory.marac.queries.transfers import Parcel
from onestory.marac.rules.transfer import Somebody, Transfer


def parcel_rows(goes: Parcel | Transfer, *, said: str, children: str) -> list[Row]:
    """Everything that is in it, part by part; what is empty says so."""
    return [
        Row("Survivor", somebody(goes.survivor)),
        Row("Person using abuse", somebody(goes.abuser) if goes.abuser else "Not known"),
        Row("What happened", said),
        Row("Children", children),
        Row("Risk by the checklist", assessed_words(goes) or "None"),
        Row("The risk in the minutes", said_words(goes.risk) or "None"),
        Row("What the survivor wants", said_words(goes.wishes) or "None"),
        Row("Actions", action_words(goes.actions) or "None"),
        Row("Orders in force", order_words(goes) or "None that this table holds"),
    ]


def somebody(who: Somebody) -> str:
    """A name with the birth, as far as it came."""
    called = " ".join(filter(None, (who.given_name, who.family_name))) or "Name not given"
    if who.born_on:
        return f"{called}, born {in_words(who.born_on)}"
    return f"{called}, born {who.birth_year}" if who.birth_year else called
