"""An area's own words over the questions of the bank, where it holds a licence for them."""

from onestory.agencies.area.vocabulary import Code, Codes, Entry, Text


class Wording(Entry):
    """Other words for one question. `options` and `needs` go by the option's code."""

    code: str
    text: Text | None = None
    help: str | None = None
    options: dict[Code, Text] = {}
    needs: dict[Code, Codes] | None = None
    source: Text
    licence: str = ""
