"""Who worked in the area then: they have left, so nobody of today has to do with what they did."""

from datetime import date, datetime

from onestory.access.acting import acting
from onestory.agencies.actions import add_membership, add_user, end_membership
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Membership, Team
from synthetic.county.place import Place, place_of

CAME, LEFT = date(2015, 4, 1), date(2024, 3, 31)

# Team -> (full name, role)
STAFF = {
    "mash": (
        ("Maud Ellery", "manager"),
        ("Hari Nandra", "triage"),
        ("Jo Whitlock", "triage"),
        ("Bea Sumner", "triage"),
    ),
    "childrens-social-care": (
        ("Lena Farrow", "practitioner"),
        ("Tom Achebe", "practitioner"),
        ("Rhian Pugh", "practitioner"),
    ),
    "pass": (("Sol Harding", "practitioner"), ("Amy Tranter", "practitioner")),
    "da-interventions": (
        ("Wilma Ashdown", "marac-coordinator"),
        ("Desmond Kerr", "marac-chair"),
    ),
    "police-public-protection": (
        ("Gail Rowntree", "practitioner"),
        ("Ned Calloway", "practitioner"),
    ),
    "idva": (("Sunita Marlow", "practitioner"), ("Kit Ferrand", "practitioner")),
    "hospital-safeguarding": (("Odette Lamb", "practitioner"),),
    "health-visiting": (("Moira Denholm", "practitioner"),),
    "adult-safeguarding": (("Ravi Thorne", "practitioner"),),
    "probation": (("Lyle Bassett", "practitioner"),),
    "change-programme": (("Una Prior", "practitioner"),),
    "refuge": (("Esme Tully", "practitioner"),),
    "housing-safeguarding": (("Ros Keating", "triage"), ("Vik Bhatt", "triage")),
    "sericc-first-contact": (("Fay Linton", "navigator"), ("Cleo Marsden", "navigator")),
    "sericc-isva": (("Ada Costello", "practitioner"), ("Nia Rowlands", "practitioner")),
    "sericc-counselling": (
        ("Ivy Sandford", "practitioner"),
        ("Paul Obi", "practitioner"),
        ("Greta Hollow", "practitioner"),
    ),
}


def add_staff() -> None:
    """Those who worked there, and their last day."""
    with acting(system_actor(), purpose="made-up past") as scope:
        teams = {team.code: team for team in Team.objects.filter(code__in=STAFF)}
        for code, people in STAFF.items():
            for name, role in people:
                user = add_user(by=scope.actor, email=mailbox(name), name=name)
                how = {"user": user, "team": teams[code], "role": role, "starts_on": CAME}
                held = add_membership(by=scope.actor, **how)
                end_membership(by=scope.actor, membership_id=held.pk, on=LEFT)


def is_there() -> bool:
    """Whether anybody of them is on the list of staff."""
    return _memberships().exists()


def place(now: datetime) -> Place:
    """The place that the database is set up for, as they worked in it."""
    return place_of(_memberships(), now)


def mailbox(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@example.org"


def _memberships():
    names = [name for people in STAFF.values() for name, _ in people]
    return Membership.objects.filter(user__email__in=list(map(mailbox, names)), ends_on=LEFT)
