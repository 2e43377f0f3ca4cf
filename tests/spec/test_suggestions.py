"""Which services are suggested, to whom, and why: the rule as a table.

Each line is one person with one need, one service of the directory below, and what is said of it:
`+` speaks for it, `-` shuts them out, `?` must be asked first.
"""

from datetime import UTC, date, datetime

import pytest

from onestory.agencies.area import load_pack, packs_dir
from onestory.agencies.models import Organisation, Service, Team
from onestory.agencies.rules.suggesting import WhoFor, suggestions

TODAY = date(2026, 3, 2)
SAID_LATELY, SAID_LONG_AGO = datetime(2026, 2, 20, tzinfo=UTC), datetime(2025, 6, 1, tzinfo=UTC)
PACK = load_pack(packs_dir() / "thurrock")
TEAM = Team(code="sericc-counselling", organisation=Organisation(name="SERICC"))


def service(name, needs="counselling", **more) -> Service:
    kinds = {"routes": ["self", "professional"], **more}
    return Service(name=name, team=TEAM, needs=needs.split(), **kinds)


DIRECTORY = {
    one.name: one
    for one in (
        service("Everybody"),
        service("Young people", age_from=13, age_to=25, residents_only=True),
        service("Grown-ups", age_from=18),
        service("Women's centre", sexes=["female"]),
        service("In Tilbury", localities=["tilbury"]),
        service(
            "Through social care", routes=["named-teams"], referred_by=["childrens-social-care"]
        ),
        service("Through professionals", routes=["professional"]),
        service("Their own way", routes=["self"]),
        service("Speaks Polish", languages=["pl"]),
        service("Interpreters", languages=["en"], interpreters=True),
        service("English only", languages=["en"]),
        service("No questions", no_recourse=True),
        service("Benefits needed", no_recourse=False),
        service("Full", accepting=False),
        service("Ran out", funded_until=date(2025, 9, 30)),
    )
}

# The person · the service · what is said
TABLE = """
age 17                     | Everybody             | + Helps with: Counselling or therapy
age 17                     | Young people          | + For people aged 13 to 25
age 31                     | Young people          | - For people aged 13 to 25; they are 31
                           | Young people          | ? For people aged 13 to 25: ask their age
age 25                     | Young people          | + For people aged 13 to 25
age 26                     | Young people          | - For people aged 13 to 25; they are 26
age 17                     | Grown-ups             | - For people aged 18 and over; they are 17
age 20 in tilbury          | Young people          | + For people aged 13 to 25
age 20 in outside-thurrock | Young people          | - Only for people who live in Thurrock
age 20                     | Young people          | ? Only for people who live in Thurrock: ask where they live
sex female                 | Women's centre        | + Only for people who are female
sex male                   | Women's centre        | - Only for people who are female
sex not-said               | Women's centre        | ? Only for people who are female: ask
in tilbury                 | In Tilbury            | + For people who live in Tilbury
in purfleet                | In Tilbury            | - Only for people who live in Tilbury
                           | In Tilbury            | ? Only for people who live in Tilbury: ask where they live
                           | Everybody             | + They can go there by themselves
                           | Through professionals | - Somebody has to refer them
from idva                  | Through social care   | - Takes referrals only from Children's Social Care
from childrens-social-care | Through social care   | + Helps with: Counselling or therapy
from idva                  | Their own way         | ? Takes no referrals: they go there by themselves
speaks pl                  | Speaks Polish         | + Somebody there speaks Polish
speaks pl                  | Interpreters          | + Interpreters for Polish can be booked
speaks pl                  | English only          | ? Nobody there is known to speak Polish: ask for an interpreter
nrpf yes                   | No questions          | + Can help somebody with no recourse to public funds
nrpf yes                   | Benefits needed       | - Cannot help somebody with no recourse to public funds
nrpf yes                   | Everybody             | ? Ask whether they can help somebody with no recourse to public funds
nrpf no                    | Benefits needed       | + Helps with: Counselling or therapy
                           | Full                  | - Takes nobody new at present
                           | Ran out               | ? Its funding was to end on 30 September 2025: ask whether it goes on
"""
LINES = [[part.strip() for part in line.split("|")] for line in TABLE.strip("\n").splitlines()]


def person(text: str) -> WhoFor:
    words = text.split()
    said = dict(zip(words[::2], words[1::2], strict=True))
    return WhoFor(
        age=int(said["age"]) if "age" in said else None,
        sex=said.get("sex", ""),
        locality=said.get("in", ""),
        language=said.get("speaks", ""),
        nrpf={"yes": True, "no": False}.get(said.get("nrpf")),
        from_team=said.get("from", ""),
    )


def judged(needs, about, *services):
    return suggestions(PACK, services or DIRECTORY.values(), needs, about, today=TODAY)


@pytest.mark.parametrize(("who", "name", "said"), LINES)
def test_what_is_said_of_a_service(who, name, said):
    (one,) = judged(["counselling"], person(who), DIRECTORY[name])
    sign, words = said[0], said[2:]
    assert words in {"+": one.why, "-": one.why_not, "?": one.ask}[sign]
    assert one.fits == (not one.why_not)
    assert sign != "-" or not one.fits


def test_what_meets_no_need_is_not_suggested():
    assert judged(["money"], WhoFor()) == []
    assert judged([], WhoFor()) == []


def names(needs, *services) -> list[str]:
    return [one.service.name for one in judged(needs, WhoFor(), *services)]


def test_the_presenting_need_goes_before_the_number_of_needs_and_that_before_the_wait():
    soon = service("Soon", "money legal", wait_days=2, wait_at=SAID_LATELY)
    first = service("First", "counselling", wait_days=90, wait_at=SAID_LATELY)
    most = service("Most", "money legal drugs", wait_days=90, wait_at=SAID_LATELY)
    later = service("Later", "money legal", wait_days=30, wait_at=SAID_LATELY)
    unknown = service("Unknown", "money legal")
    found = names(["counselling", "money", "legal", "drugs"], unknown, soon, later, first, most)
    assert found == ["First", "Most", "Soon", "Later", "Unknown"]


def test_what_does_not_fit_comes_last_whatever_it_meets():
    full = service("A full one", "counselling money", accepting=False)
    fits = service("Fits", "money")
    assert names(["counselling", "money"], full, fits) == ["Fits", "A full one"]


def test_a_wait_that_was_said_long_ago_is_not_told_as_the_present_one():
    (lately,) = judged(["counselling"], WhoFor(), service("A", wait_days=49, wait_at=SAID_LATELY))
    (long_ago,) = judged(
        ["counselling"], WhoFor(), service("B", wait_days=49, wait_at=SAID_LONG_AGO)
    )
    assert (lately.wait, long_ago.wait) == (49, None)


def test_the_children_of_the_needs_assessment():
    """Appendix 6 of 2019: counselling at 13 to 25; under 13 by children's social care only."""
    ours = [
        Service(
            name=s.name,
            team=Team(code=s.team),
            **s.model_dump(include={"needs", "age_from", "age_to", "routes", "referred_by"}),
        )
        for s in PACK.services.values()
        if s.team == "sericc-counselling"
    ]

    def fitting(age, team):
        found = judged(["child-wellbeing"], WhoFor(age=age, from_team=team), *ours)
        return {one.service.name for one in found if one.fits}

    assert "Young people's counselling" in fitting(16, "mash")
    assert "Young people's counselling" not in fitting(10, "mash")
    assert "Support for children under 13" in fitting(10, "childrens-social-care")
    assert "Support for children under 13" not in fitting(10, "mash")
