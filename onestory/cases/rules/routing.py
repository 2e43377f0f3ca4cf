"""What is proposed before anybody says otherwise: who should act, who told, how."""

from onestory.agencies.area import Pack, Team


def front_door(pack: Pack, *, children: bool) -> str:
    """The front door to propose: the children's where there are children in the home."""
    return pack.children_front_door if children else pack.default_front_door


def source(pack: Pack, team: Team) -> str:
    """Who tells, seen from the front door: the sending team, as the pack knows it best.

    Its code, its name, its organisation or its kind of team may each be a word of the pack.
    """
    for word in (team.code, team.name, team.organisation, team.kind):
        if term := pack.sources.find(word):
            return term.code
    return next((term.code for term in pack.sources if term.code == "other"), "")


def channel(pack: Pack) -> str:
    """The first that the pack names."""
    return next((term.code for term in pack.channels), "")
