"""Questions and answers: who finds nothing, by page, query, action or SQL."""

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from onestory.access.actions import bar, share
from onestory.access.models import Envelope, Kind
from onestory.agencies.models import Team
from onestory.assessment import actions, queries
from onestory.assessment.actions import Given
from onestory.kernel.errors import Refused
from onestory.people.actions import Facts, add_person
from tests.access.raw import refused, rows

pytestmark = pytest.mark.django_db
TABLES = ("assessment_sitting", "assessment_answer", "assessment_asking")
# One question of each part of the record, and an answer.
SAID = {
    "needs": ("housing.now", "street"),
    "story": ("story.kinds", ["sexual"]),
    "risk": ("safety.now", "no"),
    "support": ("wishes.first", "Sleep"),
    "identity": ("about.sex", "male"),
}
ELSEWHERE = ("olu", "tess", "mina", "cass", "nell", "ida", "isla", "theo", "dina", "gwen", "adam")


@pytest.fixture(scope="module")
def ines(beforehand):
    """Known to Nora's team alone, who has asked her something of everything."""
    with beforehand("nora") as by:
        team = by.home_team_id
        person = add_person(by=by, team_id=team, facts=Facts("Ines", "Carver")).pk
        sitting = actions.begin_sitting(
            by=by, team_id=team, person_id=person, instrument="needs-assessment"
        )
        given = [Given(code, value) for code, value in SAID.values()]
        actions.save(by=by, sitting_id=sitting.pk, given=given)
    return person


def shared(as_, person_id, *kinds, may_write=False, team="sericc-isva"):
    with as_("nora") as by:
        share(
            by=by,
            envelopes=Envelope.objects.filter(person_id=person_id, kind__in=kinds),
            team=Team.objects.get(code=team),
            purpose="support",
            basis="consent",
            may_write=may_write,
        )


def count(table, person_id):
    return rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person_id])[0][0]


def pages(person_id, sitting_id, answer_id):
    sat = [sitting_id]
    return [
        reverse("assessment:overview", args=[person_id]),
        reverse("assessment:known", args=[person_id]),
        reverse("assessment:history", args=[answer_id]),
        reverse("assessment:sitting", args=sat),
        reverse("assessment:section", args=[*sat, "safety"]),
    ], [
        reverse("assessment:begin", args=[person_id, "needs-assessment"]),
        reverse("assessment:section", args=[*sat, "safety"]),
        reverse("assessment:save", args=[*sat, "safety"]),
        reverse("assessment:end", args=sat),
    ]


def test_nobody_acting_sees_nothing(ines):
    assert [count(table, ines) for table in TABLES] == [0, 0, 0]
    today = timezone.now()
    assert rows("SELECT * FROM assessment_asked_again(%s, %s)", [today.min, today.max]) == []


@pytest.mark.parametrize("who", ELSEWHERE)
def test_a_team_without_a_grant_finds_nothing(as_, who, ines):
    with as_(who) as by:
        assert [count(table, ines) for table in TABLES] == [0, 0, 0]
        assert queries.known(by, ines) == {} and queries.needs_found(by, ines) == []
        with pytest.raises(Http404):
            queries.picture(by, ines)


@pytest.mark.parametrize("who", ELSEWHERE)
def test_forbidden_is_as_absent(as_, who, ines, world, client):
    with as_("nora") as by:
        known = queries.known(by, ines)["housing.now"]
    looked, sent = pages(ines, known.sitting_id, known.answer_id)
    client.force_login(world.user(who))
    assert {client.get(url).status_code for url in looked} == {404}
    assert {client.post(url).status_code for url in sent} == {404}
    with as_("nora") as by:
        assert queries.sitting(by, known.sitting_id).ended_at is None


def test_whoever_has_not_signed_in_is_asked_to(ines, client, as_):
    with as_("nora") as by:
        known = queries.known(by, ines)["housing.now"]
    looked, sent = pages(ines, known.sitting_id, known.answer_id)
    for answer in [client.get(url) for url in looked] + [client.post(url) for url in sent]:
        assert answer.status_code == 302 and "sign-in" in answer["Location"]


@pytest.mark.parametrize("kind", SAID)
def test_a_team_sees_the_answers_of_what_is_open_to_it(as_, ines, kind):
    shared(as_, ines, kind)
    with as_("isla") as by:
        assert set(queries.known(by, ines)) == {SAID[kind][0]}
        assert count("assessment_answer", ines) == count("assessment_asking", ines) == 1
        others = {q.envelope for q in queries.missing(by, ines, "needs-assessment")}
    assert others <= {kind}


def test_a_part_that_is_closed_is_said_to_be_and_not_asked(as_, ines, world, client):
    shared(as_, ines, Kind.NEEDS, may_write=True)
    with as_("isla") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="needs-assessment"
        )
        with pytest.raises(Http404):
            actions.answer(by=by, sitting_id=sitting.pk, question="safety.now", value="yes")
        with pytest.raises(Http404):
            actions.leave(by=by, sitting_id=sitting.pk, question="story.told")
    client.force_login(world.user("isla"))
    page = client.get(reverse("assessment:sitting", args=[sitting.pk])).content.decode()
    assert "Closed to your team" in page
    url = reverse("assessment:section", args=[sitting.pk, "mental-health"])
    page = client.get(url).content.decode()
    assert "closed to your team" in page and "ending your life" not in page
    client.post(url, {"mental-health__suicidal": "now", "mental-health__lately": "3"})
    with as_("nora") as by:
        known = queries.known(by, ines)
    assert "mental-health.lately" in known and "mental-health.suicidal" not in known


def test_what_may_only_be_read_is_not_answered(as_, ines):
    shared(as_, ines, Kind.NEEDS)
    with as_("isla") as by, pytest.raises(Refused):
        actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="needs-assessment"
        )
    shared(as_, ines, Kind.SUPPORT, may_write=True)
    with as_("isla") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="needs-assessment"
        )
        with pytest.raises(Refused, match="read this, but not change it"):
            actions.answer(by=by, sitting_id=sitting.pk, question="housing.pets", value="no")


def test_a_team_does_not_go_on_with_the_sitting_of_another(as_, ines, world, client):
    shared(as_, ines, *SAID, may_write=True)
    with as_("nora") as by:
        sitting = queries.sittings(by, [ines])[0]
    with as_("isla") as by, pytest.raises(Http404):
        actions.end_sitting(by=by, sitting_id=sitting.pk)
    client.force_login(world.user("isla"))
    assert client.get(reverse("assessment:sitting", args=[sitting.pk])).status_code == 404


def test_withdrawn_while_the_page_is_open(as_, ines, world, client):
    """What is sent then is not written, and the page is not there any more."""
    shared(as_, ines, Kind.NEEDS, Kind.SUPPORT, may_write=True)
    with as_("isla") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="isva-intake"
        )
    client.force_login(world.user("isla"))
    url = reverse("assessment:section", args=[sitting.pk, "support"])
    assert client.get(url).status_code == 200
    with as_("nora"):
        rows(
            "SELECT access_end_grant(g.id, 'test') FROM access_who_knows(%s) g"
            " JOIN agencies_team t ON t.id = g.team_id WHERE t.code = 'sericc-isva'",
            [ines],
        )
    assert client.post(url, {"network__trusted": "friends"}).status_code == 404
    with as_("nora") as by:
        assert "network.trusted" not in queries.known(by, ines)


def test_a_part_withdrawn_while_the_page_is_open_is_said(as_, ines, world, client):
    shared(as_, ines, Kind.NEEDS, Kind.RISK, Kind.SUPPORT, may_write=True)
    with as_("isla") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="counselling-intake"
        )
    with as_("nora"):
        rows(
            "SELECT access_end_grant(g.id, 'test') FROM access_who_knows(%s) g"
            " JOIN agencies_team t ON t.id = g.team_id JOIN access_envelope e"
            " ON e.id = g.envelope_id WHERE t.code = 'sericc-isva' AND e.kind = 'risk'",
            [ines],
        )
    client.force_login(world.user("isla"))
    url = reverse("assessment:section", args=[sitting.pk, "now"])
    sent = {"mental-health__self-harm": "yes", "mental-health__lately": "3", "action": "later"}
    assert "closed to your team while" in client.post(url, sent, follow=True).content.decode()
    save = reverse("assessment:save", args=[sitting.pk, "now"])
    assert client.post(save, sent).status_code == 409
    with as_("nora") as by:
        known = queries.known(by, ines)
    assert "mental-health.lately" in known and "mental-health.self-harm" not in known


def test_somebody_barred_is_told_nothing(as_, ines, world):
    shared(as_, ines, *SAID)
    with as_("gwen") as by:
        bar(by=by, person_id=ines, user=world.user("isla"), reason="Her cousin.")
    with as_("isla") as by:
        assert queries.known(by, ines) == {}
        assert [count(table, ines) for table in TABLES] == [0, 0, 0]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM assessment_answer",
        "DELETE FROM assessment_asking",
        "UPDATE assessment_answer SET question = 'housing.pets'",
        "UPDATE assessment_answer SET how = 'told'",
        "UPDATE assessment_answer SET recorded_at = now()",
        "UPDATE assessment_answer SET team_id = (SELECT id FROM agencies_team LIMIT 1)",
        "UPDATE assessment_asking SET known = false, held = false",
        "UPDATE assessment_sitting SET instrument = 'isva-intake'",
    ],
)
def test_history_is_not_rewritten(as_, ines, statement):
    with as_("nora"), refused():
        rows(statement)


def test_an_answer_lies_in_an_envelope_of_the_same_person(as_, ines, world):
    """Even the owner of the tables cannot put it elsewhere."""
    with as_("nora") as by:
        other = add_person(by=by, team_id=by.home_team_id, facts=Facts("Mara", "Dunne")).pk
        with refused("envelope_is_of_person"):
            rows(
                "INSERT INTO assessment_asking (id, envelope_id, recorded_at, recorded_by_id,"
                " person_id, sitting_id, team_id, question, outcome, known, held)"
                " SELECT gen_random_uuid(), envelope_id, now(), recorded_by_id, %s, sitting_id,"
                " team_id, 'x.y', outcome, known, held FROM assessment_asking LIMIT 1",
                [other],
            )
            rows("SET CONSTRAINTS ALL IMMEDIATE")


def test_counts_are_shown_to_whoever_works_in_a_team_and_no_other(as_, ines, world, client):
    url = reverse("reporting:asked_again")
    today = timezone.localdate()
    for who, status, counted in (
        ("isla", 200, 5),
        ("mina", 200, 5),
        ("gwen", 404, 5),
        ("olu", 404, 5),
        ("adam", 404, 0),
    ):
        client.force_login(world.user(who))
        assert client.get(url).status_code == status, who
        with as_(who):
            found = queries.asked_again(None, today, today)
        assert sum(one.asked for one in found) == counted, who
