"""What a review opens, to whom and until when: in raw SQL."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from onestory.access.actions import bar
from onestory.inquiries import actions
from onestory.kernel.errors import Refused
from tests import kept
from tests.access.raw import refused, rows
from tests.reviewed import confirmed, proposed

OPEN = "SELECT e.kind FROM access_envelope e WHERE e.person_id = %s"


@pytest.fixture
def sara(world):
    return world.id("sara")


def kinds(person):
    return {kind for (kind,) in rows(OPEN, [person])}


def test_before_it_is_confirmed_nothing_is_open(as_, sara):
    inquiry = proposed(as_, sara)
    with as_("dina"):
        assert kinds(sara) == set()
        assert rows("SELECT inquiries_rows(%s, 'people_identity')", [inquiry.pk]) == []


def test_confirmed_it_opens_what_a_review_needs_to_the_appointed_one_alone(as_, sara):
    inquiry = confirmed(as_, proposed(as_, sara))
    with as_("dina"):
        assert kinds(sara) >= {"identity", "story", "needs", "risk"}
        assert not {"therapy", "whereabouts", "safe-contact"} & kinds(sara)
        assert rows("SELECT count(*) FROM inquiries_rows(%s, 'cases_contact')", [inquiry.pk]) == [
            (1,)
        ]
        for table in ("people_safecontact", "access_grant", "therapy_therapynote", "agencies_user"):
            assert rows(f"SELECT inquiries_rows(%s, '{table}')", [inquiry.pk]) == []
    for who in ("theo", "mina", "gwen", "ida"):
        with as_(who):
            assert rows("SELECT inquiries_rows(%s, 'cases_contact')", [inquiry.pk]) == []
    with as_("theo"):
        # Of the appointed one's own team.
        assert kinds(sara) == set()


def test_it_opens_nothing_to_write_in_or_to_pass_on(as_, sara):
    confirmed(as_, proposed(as_, sara))
    with as_("dina"):
        found = rows(
            "SELECT DISTINCT g.may_write, g.may_share, g.basis FROM access_grant g"
            " JOIN access_envelope e ON e.id = g.envelope_id WHERE e.person_id = %s",
            [sara],
        )
        assert found == [(False, False, "review")]


def test_therapy_stays_with_its_therapists(as_, world):
    wren = kept.counselled(as_)
    kept.noted(as_, wren)
    with as_("dina") as by:
        values = {"by": by, "team_id": by.home_team_id, "person_id": wren, "part": "harmed"}
        values |= {"what": "adult", "their_reference": "SAR 1", "words": "The board"}
        inquiry = actions.propose(
            **values,
            handler_id=world.user("mina").pk,
            until_on=timezone.localdate() + timedelta(days=9),
        )
    confirmed(as_, inquiry)
    with as_("mina"):
        assert "identity" in kinds(wren) and "therapy" not in kinds(wren)
        for table in ("therapy_therapynote", "therapy_notesrequest", "therapy_proceedings"):
            assert rows(f"SELECT inquiries_rows(%s, '{table}')", [inquiry.pk]) == []


@pytest.mark.parametrize("who", ["mina", "dina", "ida", "olu", "adam"])
def test_nobody_but_a_guardian_confirms(as_, sara, who):
    inquiry = proposed(as_, sara)
    with as_(who):
        assert rows("SELECT inquiries_open(%s)", [inquiry.pk]) == [(None,)]
    with as_("dina"):
        assert kinds(sara) == set()


def test_nobody_confirms_by_writing_it(as_, sara):
    inquiry = proposed(as_, sara)
    with as_("gwen") as by:
        with refused():
            rows(
                "UPDATE inquiries_inquiry SET confirmed_at = now(), confirmed_by_id = %s",
                [by.user_id],
            )
        with refused():
            rows("UPDATE inquiries_inquiryperson SET opened_at = now()")
        with refused():
            rows("DELETE FROM inquiries_inquiry")
    assert inquiry.confirmed_at is None


def test_a_guardian_who_named_somebody_does_not_confirm_it(as_, world, sara):
    inquiry = proposed(as_, sara)
    with as_("gwen") as by:
        actions.add_person(by=by, inquiry_id=inquiry.pk, person_id=world.id("meera"), part="other")
        with pytest.raises(Refused, match="somebody else"):
            actions.confirm(by=by, inquiry_id=inquiry.pk)


def test_a_record_that_is_closed_to_the_appointed_one_stays_closed(as_, world, sara):
    inquiry = proposed(as_, sara)
    with as_("gwen") as by:
        bar(by=by, person_id=sara, user=world.user("dina"), reason="Her aunt.")
        with pytest.raises(Refused):
            actions.confirm(by=by, inquiry_id=inquiry.pk)


def test_to_whoever_is_barred_there_is_no_such_review(client, world, as_, sara):
    """Bart is of the team that proposes it, and her brother."""
    inquiry = proposed(as_, sara)
    with as_("bart"):
        assert rows("SELECT count(*) FROM inquiries_inquiry") == [(0,)]
        assert rows("SELECT count(*) FROM inquiries_inquiryperson") == [(0,)]
    client.force_login(world.user("tess"))
    assert client.get(f"/reviews/{inquiry.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["mina", "gwen", "theo", "ida", "olu", "adam"])
def test_the_chronology_is_there_for_nobody_else(client, world, as_, sara, who):
    inquiry = confirmed(as_, proposed(as_, sara))
    client.force_login(world.user(who))
    for page in ("chronology/", "chronology.docx", "chronology.pdf"):
        assert client.get(f"/reviews/{inquiry.pk}/{page}").status_code == 404
        assert client.get(f"/reviews/{uuid4()}/{page}").status_code == 404


def test_nobody_proposes_one_about_somebody_they_do_not_know(client, world, as_):
    client.force_login(world.user("mina"))
    assert client.get(f"/reviews/propose/{world.id('meera')}/").status_code == 404
    assert client.get(f"/reviews/propose/{uuid4()}/").status_code == 404


def test_when_it_has_ended_everything_is_closed(as_, sara):
    inquiry = confirmed(as_, proposed(as_, sara))
    with as_("dina") as by:
        actions.end(by=by, inquiry_id=inquiry.pk, why="Done.")
        assert kinds(sara) == set()
        assert rows("SELECT inquiries_rows(%s, 'cases_contact')", [inquiry.pk]) == []
