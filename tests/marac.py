"""A table with agencies round it, and a case before it, for tests of MARAC.

name    team                      role
------  ------------------------  -----------------
cora    da-interventions          MARAC coordinator
chris   da-interventions          chair
pru     police-public-protection  MARAC lead
hal     hospital-safeguarding     MARAC lead

Petra (housing-safeguarding) refers; Ida (idva) is the survivor's advocate; Nell (pass) is never asked.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from onestory.agencies.models import Team
from onestory.kernel.ids import new_id
from onestory.kernel.opening import ONCE
from onestory.marac import actions
from onestory.marac.actions import Facts
from onestory.marac.models import Item, Meeting, Referral, Research
from onestory.people import actions as people
from onestory.people.actions import Facts as Who
from synthetic.world import World, take_on

TABLE = "da-interventions"
STAFF = {
    "cora": ("Cora Whitfield", TABLE, "marac-coordinator"),
    "chris": ("Chris Doyle", TABLE, "marac-chair"),
    "pru": ("Pru Lacey", "police-public-protection", "marac-lead"),
    "hal": ("Hal Dunmore", "hospital-safeguarding", "marac-lead"),
}
ASKED = ("police-public-protection", "idva", "hospital-safeguarding")
WHY = "He has threatened to kill her; each of these may hold what keeps her alive."


def seat(world: World) -> World:
    """Take on those who sit at the table."""
    take_on(world, STAFF)
    return world


def team(code: str) -> UUID:
    return Team.objects.get(code=code).pk


@dataclass(frozen=True)
class Pair:
    person_id: UUID
    abuser_id: UUID


def pair(as_, name: str = "Rosa", abuser_id: UUID | None = None, **born) -> Pair:
    """A survivor whom Petra knows, and who uses abuse against her."""
    with as_("petra") as by:
        facts = Who(name, "Lindqvist", born_on=date(1990, 5, 17), sex="female", **born)
        survivor = people.add_person(by=by, team_id=by.home_team_id, facts=facts)
        if abuser_id is None:
            him = Who("Karl", "Lindqvist", born_on=date(1984, 8, 2), sex="male")
            abuser_id = people.add_person(
                by=by, team_id=by.home_team_id, facts=him, kinds=("identity",)
            ).pk
        relate(by, survivor.pk, abuser_id)
    return Pair(survivor.pk, abuser_id)


def relate(by, person_id: UUID, abuser_id: UUID) -> None:
    people.relate(
        by=by, person_id=person_id, other_id=abuser_id, kind="husband-or-wife", uses_abuse=True
    )


def facts(**changes) -> Facts:
    """On professional judgement: no checklist has been asked."""
    values = {
        "criteria": ("professional-judgement",),
        "reason": "She whispers, and he stands in the doorway.",
        "words": "He has taken the telephone and says that she will not leave alive.",
        "why": WHY,
        "agrees": "yes",
        "told": True,
        "children": 2,
    }
    return Facts(**{**values, **changes})


def referred(as_, them: Pair, name: str = "petra", **changes) -> Referral:
    """Sent to the table by somebody who knows both."""
    changes.setdefault("abuser_id", them.abuser_id)
    with as_(name) as by:
        return actions.refer(
            by=by,
            team_id=by.home_team_id,
            person_id=them.person_id,
            referral_id=new_id(),
            facts=facts(**changes),
        )


def accepted(as_, case: Referral) -> Referral:
    with as_("cora") as by:
        return actions.accept_referral(by=by, referral_id=case.pk, version=case.version)


def ask(as_, case: Referral, *codes: str) -> dict[str, Research]:
    """The coordinator asks these agencies; by the code of the team."""
    with as_("cora") as by:
        made = actions.ask_agencies(
            by=by,
            referral_id=case.pk,
            team_ids=[team(code) for code in codes or ASKED],
            words=WHY,
        )
        return {row.team.code: row for row in made}


def planned(as_, days: int = 7, minutes: int = 240, minutes_a_case: int = 12) -> Meeting:
    with as_("cora") as by:
        return actions.plan_meeting(
            by=by,
            team_id=team(TABLE),
            meeting_id=new_id(),
            starts_at=timezone.now() + timedelta(days=days),
            minutes=minutes,
            minutes_a_case=minutes_a_case,
            place="Room 4",
        )


@dataclass(frozen=True)
class OnTheTable:
    """A case that is taken, on an agenda, and about which three agencies have been asked."""

    them: Pair
    case: Referral
    research: dict[str, Research]
    meeting: Meeting
    item: Item


def on_the_table(as_, them: Pair | None = None, **changes) -> OnTheTable:
    them = them or pair(as_)
    case = accepted(as_, referred(as_, them, **changes))
    research = ask(as_, case)
    meeting = planned(as_)
    with as_("cora") as by:
        item = actions.put_on_agenda(by=by, referral_id=case.pk, meeting_id=meeting.pk)
    return OnTheTable(them, case, research, meeting, item)


def minuted(as_, found: OnTheTable, words: str = "High. He knows the school.") -> None:
    """The chair writes the risk and goes on to the next case."""
    with as_("chris") as by:
        actions.save_minutes(by=by, item_id=found.item.pk, typed={"risk": [words]}, opening=ONCE)
        actions.end_hearing(by=by, item_id=found.item.pk)


def offered(as_, found: OnTheTable, code: str = "police-public-protection", **changes):
    """An action that an agency offers in the meeting."""
    values = {
        "action_id": new_id(),
        "team_id": team(code),
        "whom": "survivor",
        "words": "Mark her address for an immediate response",
        "due_on": timezone.localdate() + timedelta(days=14),
        "may_tell": True,
    }
    with as_("chris") as by:
        return actions.add_action(by=by, item_id=found.item.pk, **{**values, **changes})


def answered(as_, research: Research, name: str = "pru", **said) -> Research:
    values = {"holds": "something", "about_survivor": "Three calls since May."} | said
    with as_(name) as by:
        return actions.answer_research(by=by, research_id=research.pk, answer_id=new_id(), **values)


def put(as_, case: Referral, meeting: Meeting, reason: str = "") -> Item:
    """On the agenda of a meeting."""
    with as_("cora") as by:
        return actions.put_on_agenda(
            by=by, referral_id=case.pk, meeting_id=meeting.pk, reason=reason
        )


def closed(as_, case: Referral, outcome: str = "risk-lower") -> Referral:
    with as_("cora") as by:
        version = Referral.objects.get(pk=case.pk).version
        return actions.close_case(by=by, referral_id=case.pk, version=version, outcome=outcome)
