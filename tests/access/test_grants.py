"""Who may open an envelope to whom, for how long, and what cannot be made of it afterwards."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404

from onestory.access import actions, queries
from onestory.access.acting import now
from onestory.access.models import Envelope, Grant
from onestory.agencies.models import Team, User
from onestory.cases.models import Case
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.people.models import Person
from tests.access.raw import refused, rows

IDVA, MASH = "idva", "mash"


def team(code):
    return Team.objects.get(code=code)


def story_of(world, name="sara"):
    return Envelope.objects.get(person_id=world.id(name), kind="story")


def grant(by, envelope, **changes):
    """A grant as Python would make it, past every rule that Python knows."""
    values = {
        "envelope_id": envelope,
        "team_id": by.home_team_id,
        "purpose": "support",
        "basis": "consent",
        "starts_at": now(),
        "given_by_id": by.user_id,
        "given_at": now(),
    }
    return Grant.objects.create(**values | changes)


@pytest.fixture
def whereabouts(as_, world):
    """Where Sara is: only those who recorded her know."""
    with as_("olu"):
        return Envelope.objects.get(person_id=world.id("sara"), kind="whereabouts").pk


def give(as_, envelope, to, **options):
    """Olu, whose team recorded her, opens it to a team."""
    with as_("olu") as by:
        return actions.share(
            by=by,
            envelopes=[Envelope.objects.get(pk=envelope)],
            team=team(to),
            purpose="support",
            basis="consent",
            **options,
        )


def sees(as_, who, envelope):
    with as_(who):
        return rows("SELECT count(*) FROM access_envelope WHERE id = %s", [envelope]) == [(1,)]


def test_giving_opens_it_at_once_to_that_team_alone(as_, whereabouts):
    give(as_, whereabouts, IDVA)
    assert sees(as_, "ida", whereabouts)
    assert not any(sees(as_, who, whereabouts) for who in ("tess", "cass", "nell", "gwen", "adam"))


def test_nobody_takes_a_grant(as_, whereabouts):
    for who in ("tess", "ida", "cass"):
        with as_(who) as by, refused():
            grant(by, whereabouts)


def test_who_may_only_read_cannot_pass_it_on(as_, whereabouts):
    give(as_, whereabouts, IDVA)
    with as_("ida") as by, refused():
        grant(by, whereabouts, team_id=team(MASH).pk)
    with as_("ida") as by, pytest.raises(Refused, match="may not share"):
        actions.share(
            by=by,
            envelopes=[Envelope.objects.get(pk=whereabouts)],
            team=team(MASH),
            purpose="support",
            basis="consent",
        )


def test_nobody_gives_more_than_they_hold(as_, whereabouts):
    """One who may share but not write cannot give writing, not even to themselves."""
    with as_("olu") as by:
        grant(by, whereabouts, team_id=team(IDVA).pk, may_share=True)
    with as_("ida") as by:
        grant(by, whereabouts, team_id=team(MASH).pk)
        for to in (MASH, IDVA):
            with refused():
                grant(by, whereabouts, team_id=team(to).pk, may_write=True)


def test_nobody_gives_for_longer_than_they_hold(as_, whereabouts):
    with as_("olu"):
        until = now() + timedelta(days=30)
    give(as_, whereabouts, IDVA, may_write=True, until=until)
    with as_("ida") as by:
        for ends_at in (None, until + timedelta(seconds=1)):
            with refused():
                grant(by, whereabouts, ends_at=ends_at)
        grant(by, whereabouts, team_id=team(MASH).pk, ends_at=until)


def test_sharing_ends_with_the_own_grant(as_, whereabouts):
    with as_("olu"):
        until = now() + timedelta(days=30)
    give(as_, whereabouts, IDVA, may_write=True, until=until)
    with as_("ida") as by:
        given = actions.share(
            by=by,
            envelopes=[Envelope.objects.get(pk=whereabouts)],
            team=team(MASH),
            purpose="support",
            basis="consent",
        )
    assert [g.ends_at for g in given] == [until]


def test_what_is_held_for_longer_stays_as_it_is(as_, whereabouts):
    with as_("olu"):
        soon, later = now() + timedelta(days=1), now() + timedelta(days=9)
    assert len(give(as_, whereabouts, IDVA, until=soon)) == 1
    assert len(give(as_, whereabouts, IDVA, until=soon)) == 0
    assert len(give(as_, whereabouts, IDVA, until=later)) == 1
    assert len(give(as_, whereabouts, IDVA)) == 1
    assert len(give(as_, whereabouts, IDVA, until=later)) == 0
    assert len(give(as_, whereabouts, IDVA, may_write=True)) == 1


def test_a_team_that_has_ended_gets_nothing(as_, whereabouts):
    Team.objects.filter(code=IDVA).update(ended_on="2020-01-01")
    with pytest.raises(Refused, match="has ended"):
        give(as_, whereabouts, IDVA)


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": "past"},
        {"given_at": "past"},
        {"given_by_id": "another"},
        {"ended_at": "now", "ended_by_id": "me"},
        {"end_reason": "it never was"},
    ],
    ids=lambda change: ", ".join(change),
)
def test_nobody_writes_history(as_, world, whereabouts, change):
    with as_("olu") as by:
        meant = {
            "past": now() - timedelta(days=1),
            "now": now(),
            "another": world.users["tess"],
            "me": by.user_id,
        }
        with refused():
            grant(
                by,
                whereabouts,
                team_id=team(IDVA).pk,
                **{name: meant.get(value, value) for name, value in change.items()},
            )


def test_a_grant_is_ended_and_not_otherwise_changed(as_, whereabouts):
    given = give(as_, whereabouts, IDVA)[0]
    for change in ("ends_at = NULL", "may_write = true", "team_id = team_id", "starts_at = now()"):
        for who in ("olu", "ida", "gwen"):
            with as_(who), refused():
                rows(f"UPDATE access_grant SET {change} WHERE id = %s", [given.pk])


@pytest.mark.parametrize("who", ["olu", "ida", "gwen"])
def test_giver_holder_and_guardian_may_end_it(as_, whereabouts, who):
    given = give(as_, whereabouts, IDVA)[0]
    with as_(who) as by:
        actions.end_grant(by=by, grant_id=given.pk, reason="Done.")
    assert not sees(as_, "ida", whereabouts)


@pytest.mark.parametrize("who", ["tess", "cass", "nell", "adam"])
def test_others_may_not_end_it(as_, whereabouts, who):
    given = give(as_, whereabouts, IDVA)[0]
    with as_(who) as by, pytest.raises(Http404):
        actions.end_grant(by=by, grant_id=given.pk, reason="I want to.")
    assert sees(as_, "ida", whereabouts)


def test_ending_what_has_ended_by_itself_changes_no_history(as_, whereabouts):
    """Else it would look as if the team had known until today."""
    with as_("olu"):
        given = give(as_, whereabouts, IDVA, until=now())[0]
    for who in ("olu", "gwen"):
        with as_(who) as by, pytest.raises(Http404):
            actions.end_grant(by=by, grant_id=given.pk, reason="Late.")


def test_who_ended_it_and_of_whom_is_on_the_record(as_, world, whereabouts):
    given = give(as_, whereabouts, IDVA)[0]
    with as_("olu") as by:
        actions.end_grant(by=by, grant_id=given.pk, reason="Done.")
    with as_("gwen") as by:
        entry = queries.entries_about(by, world.id("sara")).filter(verb="grant.end").get()
    assert (entry.person_id, entry.envelopes) == (world.id("sara"), [whereabouts])


def test_each_person_has_their_own_entry_of_what_was_opened(as_, world):
    with as_("olu") as by:
        ids = [world.id("sara"), world.id("ellie")]
        envelopes = list(Envelope.objects.filter(person_id__in=ids, kind="identity"))
        actions.share(
            by=by, envelopes=envelopes, team=team(IDVA), purpose="support", basis="consent"
        )
    with as_("gwen") as by:
        for envelope in envelopes:
            entry = queries.entries_about(by, envelope.person_id).filter(verb="grant.give")
            assert entry.latest("id").envelopes == [envelope.pk]


def make(by, person_id, kind="therapy", **changes):
    values = {"created_by_id": by.user_id, "created_at": now(), "person_id": person_id}
    return Envelope.objects.create(kind=kind, **values | changes)


def test_an_envelope_is_made_only_of_somebody_known(as_, world):
    """Else one could take the place of a kind that is missing, or learn which are there."""
    with as_("ida") as by:
        with refused():
            make(by, world.id("sara"))
        with refused():
            make(by, world.id("sara"), "story")
        make(by, world.id("meera"))


def test_an_envelope_is_made_now_and_in_ones_own_name(as_, world):
    with as_("ida") as by:
        with refused():
            make(by, world.id("meera"), created_by_id=world.users["olu"])
        with refused():
            make(by, world.id("meera"), created_at=now() - timedelta(days=1))


def test_the_maker_opens_it_to_their_own_team_once(as_, world):
    with as_("ida") as by:
        envelope = make(by, world.id("meera"))
        with refused():
            grant(by, envelope.pk, team_id=team(MASH).pk)
        first = grant(by, envelope.pk)
        actions.end_grant(by=by, grant_id=first.pk, reason="Done.")
        with refused():
            grant(by, envelope.pk)


def test_a_list_without_names_has_an_envelope_of_nobody(as_):
    with as_("ida") as by:
        made = actions.make_envelopes(
            by=by, person_id=None, kinds=["support"], team_id=by.home_team_id
        )["support"]
    assert sees(as_, "ida", made.pk)
    assert not sees(as_, "olu", made.pk)


def test_who_knows_is_told_to_those_who_know(as_, world, whereabouts):
    give(as_, whereabouts, IDVA)

    def told(who):
        with as_(who) as by:
            return {(g.envelope.kind, g.team.code) for g in queries.grants_on(by, world.id("sara"))}

    assert ("whereabouts", IDVA) in told("olu")
    assert told("ida") == {("whereabouts", IDVA), ("whereabouts", "tenancy-management")}
    assert told("cass") == told("bart") == set()
    assert told("gwen") >= told("olu")


def test_the_system_opens_nothing_but_for_the_team_it_names(as_, world):
    system = User.objects.get(is_system=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('onestory.actor', %s, true)", [str(system.pk)])
        cursor.execute("SELECT count(*) FROM people_identity")
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT set_config('onestory.team', %s, true)", [str(team("tenancy-management").pk)]
        )
        cursor.execute("SELECT count(*) > 0 FROM people_identity")
        assert cursor.fetchone() == (True,)
        # For anybody else the setting means nothing.
        cursor.execute("SELECT set_config('onestory.actor', %s, true)", [world.users["adam"]])
        cursor.execute("SELECT count(*) FROM people_identity")
        assert cursor.fetchone() == (0,)


def test_nobody_makes_up_an_envelope_for_a_person_who_is_not_there(as_):
    with as_("ida") as by, refused("row-level|foreign key"):
        make(by, new_id())
        rows("SET CONSTRAINTS ALL IMMEDIATE")


def test_nobody_puts_a_case_into_another_teams_figures(as_, world):
    with as_("tess") as by:
        envelope = story_of(world).pk

        def open_case(team_id):
            Case.objects.create(
                envelope_id=envelope,
                person_id=world.id("sara"),
                team_id=team_id,
                reference=str(new_id()),
                opened_on="2026-03-01",
                abuse=[],
                recorded_at=now(),
                recorded_by_id=by.user_id,
            )

        with refused():
            open_case(team(MASH).pk)
        open_case(by.home_team_id)
        with refused():
            Case.objects.filter(team_id=by.home_team_id).update(team_id=team(MASH).pk)


def test_nobody_joins_a_record_to_one_they_cannot_see(as_, world):
    with as_("ida"), refused():
        Person.objects.filter(pk=world.id("meera")).update(joined_into=world.id("sara"))
