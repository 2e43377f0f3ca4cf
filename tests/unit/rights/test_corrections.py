"""Something in a survivor's record is wrong: she says so, a team decides, she sees what became of it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from onestory.access.actions import end_grant
from onestory.access.models import Grant
from onestory.agencies.pack import pack
from onestory.cases.models import Contact
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people.models import Address
from onestory.rights import actions, queries
from onestory.rights.models import Correction
from onestory.rights.rules import clocks
from tests import kept
from tests.own_pages import as_her, invite, make_codes, quick_numbers, redeem, user_of

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
WRONG, RIGHT = "It was not a shove. مرحبا 🙂", "He pushed me down the stairs."


@pytest.fixture(scope="module")
def rowan(beforehand):
    return kept.whole(beforehand).person_id


@pytest.fixture
def hers(as_, rowan):
    """Rowan's user, who has not come in yet."""
    invite(as_, rowan, by="theo")
    return user_of(as_, rowan, by="theo")


def told_of(as_, rowan):
    """What Olu wrote when Rowan first told somebody."""
    with as_("olu"):
        return Contact.objects.get(person_id=rowan)


def asked(as_, hers, rowan, **said) -> Correction:
    row_id = said.pop("row_id", None) or told_of(as_, rowan).pk
    with as_her(hers) as her:
        said = {"wrong": WRONG, "right": RIGHT, **said}
        return actions.ask_correction(by=her, person_id=rowan, row_id=row_id, **said)


def test_it_goes_to_a_team_that_holds_it_and_may_decide_with_the_areas_clock(as_, hers, rowan):
    made = asked(as_, hers, rowan)
    assert (made.about, made.wrong, made.right) == ("Somebody told us", WRONG, RIGHT)
    assert made.due_on == clocks.correction_due(pack().rights_clocks, timezone.localdate())
    # Olu's team wrote it, and has officers alone, who decide nothing.
    assert made.team.code == "housing-safeguarding"


def test_the_clock_of_a_correction_is_not_that_of_a_copy():
    given = pack().rights_clocks
    assert {clock.code for clock in given} == {"copy", "correction"}
    assert clocks.correction_due(given, date(2026, 1, 31)) == date(2026, 2, 28)
    assert clocks.correction_due([], date(2026, 1, 31)) == date(2026, 2, 28)


def test_decided_and_she_sees_what_became_of_it(as_, hers, rowan):
    made = asked(as_, hers, rowan)
    change = {"correction_id": made.pk, "outcome": "beside"}
    with as_her(hers) as her:
        assert queries.answers_not_seen(her, rowan) == 0
    with as_("tess") as by:
        assert queries.corrections_waiting(by) == 1
        with pytest.raises(Refused, match="in plain words"):
            actions.decide_correction(by=by, **change)
        actions.decide_correction(by=by, **change, reason="Olu remembers a shove.")
        assert queries.corrections_waiting(by) == 0
        with pytest.raises(Refused, match="already"):
            actions.decide_correction(by=by, **change, reason="Twice.")
    with as_her(hers) as her:
        assert queries.answers_not_seen(her, rowan) == 1
        (row,) = queries.corrections_about(her, [rowan])
        assert (row.outcome, row.reason) == ("beside", "Olu remembers a shove.")
        actions.see_answers(by=her, person_id=rowan)
        assert queries.answers_not_seen(her, rowan) == 0
        said = [w for p in queries.copy_of(her, rowan).parts for _, w in p.lines]
        assert WRONG in said and RIGHT in said


def test_what_still_stands_is_not_said_to_be_put_right(as_, hers, rowan):
    with as_("olu") as by:
        address = Address.objects.filter(person_id=rowan, confidential=False).first()
    made = asked(as_, hers, rowan, row_id=address.pk)
    with as_("tess") as by:
        change = {"by": by, "correction_id": made.pk, "outcome": "corrected"}
        with pytest.raises(Refused, match="Change it first"):
            actions.decide_correction(**change)
        people.end_address(by=by, address_id=address.pk)
        assert actions.decide_correction(**change).outcome == "corrected"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"wrong": " \n"}, "Say what is wrong"),
        ({"wrong": "x" * 20_001}, "at most 20,000"),
        ({"right": "x" * 20_001}, "at most 20,000"),
    ],
)
def test_refusals_say_why(as_, hers, rowan, said, why):
    with pytest.raises(Refused, match=why):
        asked(as_, hers, rowan, **said)


def test_said_twice_is_asked_once(as_, hers, rowan):
    asked(as_, hers, rowan)
    with pytest.raises(Refused, match="looking at it"):
        asked(as_, hers, rowan)


def test_when_the_team_that_was_asked_goes_another_that_holds_it_decides(as_, hers, rowan):
    made = asked(as_, hers, rowan)
    with as_("theo") as by:
        assert queries.corrections_waiting(by) == 0
        with pytest.raises(Refused, match=str(made.team)):
            actions.decide_correction(
                by=by, correction_id=made.pk, outcome="unchanged", reason="No."
            )
    with as_("tess") as by:
        held = Grant.objects.filter(envelope_id=made.envelope_id, team_id=made.team_id)
        for grant in held:
            end_grant(by=by, grant_id=grant.pk, reason="The work has ended")
        assert queries.corrections_waiting(by) == 0
    with as_("theo") as by:
        assert queries.corrections_waiting(by) == 1
        actions.decide_correction(by=by, correction_id=made.pk, outcome="unchanged", reason="No.")


class TestHeldByNobody:
    """All work with her has ended: a guardian finds somebody, and the law's clock goes on."""

    @pytest.fixture
    def ended(self, as_, hers, rowan):
        row = told_of(as_, rowan)
        for who in ("theo", "nora", "tess"):
            with as_(who) as by:
                for grant in Grant.objects.filter(envelope_id=row.envelope_id):
                    end_grant(by=by, grant_id=grant.pk, reason="The work has ended")
        return row

    def test_she_is_heard_and_it_has_its_clock(self, as_, hers, rowan, ended):
        made = asked(as_, hers, rowan)
        assert made.due_on == clocks.correction_due(pack().rights_clocks, timezone.localdate())
        with as_("gwen") as by:
            (row,) = queries.unheld(by)
        assert (row.id, row.due_on, row.about) == (made.pk, made.due_on, "Somebody told us")

    def test_from_a_guardian_to_whoever_decides(self, as_, hers, rowan, ended, client, world):
        made = asked(as_, hers, rowan)
        client.force_login(world.user("gwen"))
        assert "nobody holds it" in client.get("/access/").content.decode()
        page = f"/rights/unheld/{made.pk}/"
        assert page in client.get("/rights/unheld/").content.decode()
        shown = client.get(page).content.decode()
        assert "Somebody told us" in shown
        assert WRONG not in shown and "Rowan" not in shown
        assert "Select who decides" in client.post(page, {}).content.decode()
        with as_("ida") as ida:
            chosen = {"who": f"{ida.user_id}/{ida.home_team_id}"}
        assert client.post(page, chosen).url == "/rights/unheld/"
        assert client.post(page, chosen).status_code == 404
        assert "nobody holds it" not in client.get("/access/").content.decode()
        client.force_login(world.user("ida"))
        assert "something in their record is wrong" in client.get("/").content.decode()
        theirs = f"/rights/wrong/{made.pk}/"
        assert WRONG in client.get(theirs).content.decode()
        sent = {"outcome": "beside", "reason": "Both are true."}
        assert client.post(theirs, sent).url == "/rights/wrong/"
        with as_her(hers) as her:
            (row,) = queries.corrections_about(her, [rowan])
            assert row.reason == "Both are true." and row.team.code == "idva"

    @pytest.mark.parametrize("who", ["tess", "ida", "mina", "adam", "olu"])
    def test_nobody_else_has_these_pages(self, as_, hers, rowan, ended, client, world, who):
        made = asked(as_, hers, rowan)
        client.force_login(world.user(who))
        for page in ("/rights/unheld/", f"/rights/unheld/{made.pk}/"):
            assert client.get(page).status_code == 404


class TestPages:
    @pytest.fixture
    def inside(self, as_, rowan):
        client = Client()
        redeem(client, invite(as_, rowan, by="theo"))
        make_codes(client)
        return client

    def test_from_her_page_to_the_team_and_back(self, as_, rowan, inside, world):
        contact = told_of(as_, rowan)
        path = f"/n/k/3/{contact.pk}/"
        assert path in inside.get("/n/c/1/").content.decode()
        assert "Say what is wrong" not in inside.get(path).content.decode()
        assert "Enter what is wrong" in inside.post(path, {"wrong": ""}).content.decode()
        shown = inside.post(path, {"wrong": WRONG, "right": ""}, follow=True).content.decode()
        assert WRONG in shown and "looks at it" in shown
        with as_("tess"):
            made = Correction.objects.get(person_id=rowan)
        client = Client()
        client.force_login(world.user("tess"))
        assert "something in their record is wrong" in client.get("/").content.decode()
        assert "Rowan" in client.get("/rights/wrong/").content.decode()
        page = f"/rights/wrong/{made.pk}/"
        assert contact.words in client.get(page).content.decode()
        assert "Select what becomes of it" in client.post(page, {}).content.decode()
        sent = {"outcome": "beside", "reason": "Both are true."}
        assert client.post(page, sent).url == "/rights/wrong/"
        assert client.post(page, sent).status_code == 404
        assert "They say otherwise" in client.get(f"/people/{rowan}/").content.decode()
        assert "Here is the answer" in inside.get("/n/").content.decode()
        assert "Both are true." in inside.get("/n/k/3/").content.decode()
        assert "Here is the answer" not in inside.get("/n/").content.decode()

    def test_where_nobody_answers_in_time_she_is_told_whom_to_ask(
        self, as_, rowan, inside, monkeypatch
    ):
        inside.post(f"/n/k/3/{told_of(as_, rowan).pk}/", {"wrong": WRONG, "right": ""})
        assert "They are late" not in inside.get("/n/k/3/").content.decode()
        with as_("tess"):
            late = Correction.objects.get(person_id=rowan).due_on + timedelta(days=1)
        monkeypatch.setattr(timezone, "localdate", lambda *_: late)
        assert "They are late" in inside.get("/n/k/3/").content.decode()

    def test_her_copy_as_a_word_document_is_her_page(self, rowan, inside):
        kept_as = inside.get("/n/c/1/?file=word")
        assert kept_as.headers["Content-Disposition"] == 'attachment; filename="notes.docx"'
        document = Document(BytesIO(kept_as.content))
        said = "\n".join(paragraph.text for paragraph in document.paragraphs)
        page = inside.get("/n/c/1/").content.decode()
        for part in ("Rowan", "Teale", "14 Dock Road", "To sleep", "Left out here"):
            assert part in said and part in page
        for other in ("OneStory", "Maud", "taken her keys", "Nora"):
            assert other not in said
        assert document.core_properties.title == "Notes"
        headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
        assert headings[0] == "Who you are" and headings[-1] == "Who knows"
