"""A review: proposed, confirmed by another, its chronology on a page and as a file, ended."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.access.models import Entry
from onestory.access.queries import open_envelopes
from onestory.inquiries import actions, documents, queries
from onestory.inquiries.models import Inquiry
from onestory.inquiries.queries import Narrowed
from onestory.inquiries.queries.moments import SEVERAL
from onestory.kernel.errors import Refused
from onestory.people.actions import add_address
from onestory.people.actions.envelopes import written
from onestory.rights.models import Hold
from onestory.rights.words import TOLD, How
from onestory.risk.actions import disclosures
from onestory.risk.actions.checklists import receive_result
from onestory.risk.models import RiskChange
from tests import clares_law, marac, reviewed
from tests.reviewed import confirmed, proposed


@pytest.fixture
def sara(world):
    return world.id("sara")


ALL = Narrowed()


def chronology(as_, inquiry):
    with as_("dina") as by:
        return queries.chronology(by, queries.inquiry(by, inquiry.pk))


def told(as_, inquiry, wanted=ALL):
    """The chronology, and what of it is wanted in words."""
    with as_("dina") as by:
        whole = queries.chronology(by, queries.inquiry(by, inquiry.pk))
        return whole, whole.lines(whole.wanted(wanted))


def test_it_opens_to_the_appointed_one_alone_when_a_guardian_has_confirmed(as_, world, sara):
    inquiry = proposed(as_, sara)
    with as_("dina") as by:
        assert not queries.is_open_to(by, queries.inquiry(by, inquiry.pk))
    confirmed(as_, inquiry)
    with as_("dina") as by:
        assert queries.is_open_to(by, queries.inquiry(by, inquiry.pk))
    with as_("theo") as by, pytest.raises(Http404):
        queries.inquiry(by, inquiry.pk)
    with as_("gwen"):
        assert Hold.objects.filter(person_id=sara, lifted_at=None).count() == 1


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"what": "gossip"}, "what kind"),
        ({"their_reference": " "}, "Give its number"),
        ({"until_on": timezone.localdate()}, "from tomorrow on"),
        ({"until_on": timezone.localdate() + timedelta(days=551)}, "eighteen months"),
        ({"part": "witness"}, "what they are to it"),
    ],
)
def test_what_cannot_be_proposed_is_refused(as_, sara, changes, why):
    with pytest.raises(Refused, match=why):
        proposed(as_, sara, **changes)


def test_an_officer_is_not_appointed(as_, world, sara):
    with pytest.raises(Refused, match="practitioner or a manager"):
        proposed(as_, sara, handler_id=world.user("olu").pk)


def test_one_number_is_of_one_review(as_, sara):
    proposed(as_, sara)
    with pytest.raises(Refused, match="this number already"):
        proposed(as_, sara)


def test_somebody_is_named_once(as_, world, sara):
    inquiry = proposed(as_, sara)
    with as_("mina") as by, pytest.raises(Refused, match="named in it already"):
        actions.add_person(by=by, inquiry_id=inquiry.pk, person_id=sara, part="other")


def test_somebody_named_later_opens_when_that_is_confirmed(as_, world, sara):
    inquiry = confirmed(as_, proposed(as_, sara))
    with as_("mina") as by:
        actions.add_person(
            by=by, inquiry_id=inquiry.pk, person_id=world.id("derek"), part="used-abuse"
        )
    assert set(chronology(as_, inquiry).names.values()) == {"Sara Hollis"}
    confirmed(as_, inquiry)
    assert set(chronology(as_, inquiry).names.values()) == {"Sara Hollis", "Derek Hollis"}


@pytest.mark.parametrize("label", SEVERAL)
def test_the_events_of_a_row_tell_all_that_a_copy_does(label):
    said = {name for name, say in TOLD[label].columns.items() if say.how != How.SYSTEM}
    told_of = {
        name for moment in SEVERAL[label] for name in (*(moment.columns or said), *moment.on)
    }
    assert said - {"team"} <= told_of


class TestChronology:
    @pytest.fixture
    def inquiry(self, as_, sara):
        return confirmed(as_, proposed(as_, sara))

    def test_what_happened_and_who_knew_it_when(self, as_, inquiry):
        _, lines = told(as_, inquiry)
        contact = next(line for line in lines if line.title == "Contact")
        assert ("What was written", reviewed.TOLD) in {(f.label, f.words) for f in contact.facts}
        assert contact.who == "Olu Adeyemi" and contact.team.code == "tenancy-management"
        assert len(contact.at_once) == 2 and str(contact.team) in contact.at_once
        assert "What happened, contact" in contact.source
        opened = [line for line in lines if line.kind == "opened"]
        given = next(line for line in opened if "Housing" in line.title)
        # By whoever gave it, and not as one of those to whom it was given.
        assert given.to.code == "housing-safeguarding" and given.team is None
        moments = [line.moment for line in lines]
        assert moments == sorted(moments)

    def test_it_is_of_every_agency(self, as_, inquiry):
        whole = chronology(as_, inquiry)
        assert {entry.team.code for entry in whole.entries if entry.team} >= {
            "tenancy-management",
            "housing-safeguarding",
        }

    def test_where_somebody_is_and_therapy_are_left_out(self, as_, inquiry):
        said = documents.by_day(*told(as_, inquiry))
        assert "Harbour View" not in str(said) and "blue kettle" not in str(said)
        assert "Lambourne Close" in str(said)

    def test_what_the_review_itself_reads_is_not_in_it(self, as_, inquiry):
        told(as_, inquiry)
        _, lines = told(as_, inquiry)
        assert "Dina Rowe" not in {line.who for line in lines if line.kind == "read"}
        assert not [line for line in lines if "Dina" in line.title]

    def test_it_is_narrowed_by_person_agency_and_day(self, as_, world, inquiry, sara):
        whole = chronology(as_, inquiry)
        agency = whole.organisations[0][0]
        today = timezone.localdate()
        for wanted, still in (
            (Narrowed(person_id=sara), True),
            (Narrowed(person_id=world.id("meera")), False),
            (Narrowed(organisation_id=agency), True),
            (Narrowed(since=today + timedelta(days=1)), False),
            (Narrowed(until=today - timedelta(days=999)), False),
            (Narrowed(written_only=True), True),
        ):
            assert bool(whole.wanted(wanted)) == still
        assert {entry.kind for entry in whole.wanted(wanted)} == {"written"}

    def test_as_a_document_every_line_has_its_source(self, as_, inquiry):
        whole, lines = told(as_, inquiry)
        made = documents.docx(whole, lines, Narrowed())
        words = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
        assert reviewed.TOLD[:40] in words and words.count("Source") == len(lines)
        assert documents.pdf(whole, lines, Narrowed()).startswith(b"%PDF")

    def test_more_lines_take_no_more_questions(self, as_, inquiry, sara):
        def asked():
            with CaptureQueriesContext(connection) as captured:
                found = len(told(as_, inquiry)[1])
            return len(captured), found

        few, lines = asked()
        with as_("olu") as by:
            for number in range(5):
                add_address(
                    by=by,
                    person_id=sara,
                    lines=f"{number} Mill Row",
                    postcode="",
                    confidential=False,
                )
        many, more = asked()
        assert (many, more) == (few, lines + 5) and few <= 120

    def test_a_page_reads_the_rows_that_it_shows_and_no_more(self, as_, inquiry, sara, monkeypatch):
        with as_("olu") as by:
            signed = written(by=by, person_id=sara, envelope_id=open_envelopes(by, sara)["risk"].pk)
            change = {"team_id": by.home_team_id, "kind": "threat", "on": timezone.localdate()}
            RiskChange.objects.bulk_create(RiskChange(**signed, **change) for _ in range(50))
        loaded, load = [], RiskChange.from_db.__func__
        monkeypatch.setattr(
            RiskChange, "from_db", classmethod(lambda *given: loaded.append(1) or load(*given))
        )
        with as_("dina") as by:
            whole = queries.chronology(by, queries.inquiry(by, inquiry.pk))
            changes = [one for one in whole.entries if "RiskChange" in str(one.place)]
            shown = whole.lines(changes[:3])
        assert (len(changes), len(shown), len(loaded)) == (50, 3, 3)

    def test_what_was_asked_under_clares_law_is_told_step_by_step(self, as_):
        her, him = clares_law.two(as_)
        asked = clares_law.asked(as_, her, him)
        clares_law.checked(as_, asked)
        clares_law.decided(as_, asked)
        with as_("petra") as by:
            tell = {"where": "Civic Offices", "said": "What was decided.", "keeps_it": True}
            disclosures.tell_disclosure(
                by=by, disclosure_id=asked.pk, on=timezone.localdate(), **tell
            )
        _, lines = told(as_, confirmed(as_, proposed(as_, her, their_reference="DHR 9/2026")))
        steps = [line for line in lines if line.title.startswith("Clare")]
        assert {line.title.partition(": ")[2] for line in steps} == {
            *("asked", "spoken to", "met", "looked up", "decided", "a second person agreed", "told")
        }
        said = {line.title.partition(": ")[2]: line for line in steps}
        assert [said[step].who for step in ("asked", "decided", "a second person agreed")] == [
            *("Petra Lang", "Petra Lang", "Mina Kaur")
        ]
        assert ("What was to be told", "That he was convicted of assault.") in {
            (fact.label, fact.words) for fact in said["decided"].facts
        }

    def test_a_result_that_others_sent_has_no_answers_of_ours(self, as_):
        her, _ = clares_law.two(as_)
        with as_("petra") as by:
            receive_result(
                by=by,
                team_id=by.home_team_id,
                person_id=her,
                form="dara",
                sent_by="Essex Police",
                on=timezone.localdate(),
                level="high",
            )
        _, lines = told(as_, confirmed(as_, proposed(as_, her)))
        [line] = [one for one in lines if one.title.startswith("Checklist")]
        said = {fact.label: fact.words for fact in line.facts}
        assert said["Which questions"].startswith("DARA") and "Answered with yes" not in said

    def test_an_agency_that_was_asked_is_told_apart_from_the_one_that_asked(self, as_, world):
        marac.seat(world)
        found = marac.on_the_table(as_)
        _, lines = told(as_, confirmed(as_, proposed(as_, found.case.person_id)))
        asked = [line for line in lines if line.title == "Research"]
        assert {line.team.code for line in asked} == {marac.TABLE}
        named = {fact.words for line in asked for fact in line.facts}
        assert "Hospital safeguarding" in named

    def test_every_line_tells_something(self, as_, inquiry):
        assert all(line.facts for line in told(as_, inquiry)[1])

    def test_a_part_says_that_it_is_one(self, as_, inquiry):
        wanted = Narrowed(written_only=True)
        made = documents.docx(*told(as_, inquiry, wanted), wanted)
        words = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
        assert "This is a part of it: only what was written" in words


def test_its_making_is_on_the_record_of_everybody_in_it(client, world, as_, sara):
    inquiry = confirmed(as_, proposed(as_, sara))
    client.force_login(world.user("dina"))
    assert "Sara Hollis" in client.get(f"/reviews/{inquiry.pk}/").content.decode()
    page = f"/reviews/{inquiry.pk}/chronology"
    assert reviewed.TOLD[:40] in client.get(f"{page}/").content.decode()
    for kind in ("docx", "pdf"):
        assert client.get(f"{page}.{kind}").status_code == 200
    assert client.get(f"{page}.exe").status_code == 404
    # What cannot be understood is not taken for all of it.
    assert client.get(f"{page}.docx?since-day=32&since-month=1&since-year=2026").status_code == 302
    with as_("gwen"):
        made = Entry.objects.filter(person_id=sara, verb="review.make")
        assert {entry.detail["kind"] for entry in made} == {"docx", "pdf"}


def test_it_ends_and_everything_closes(client, world, as_, sara):
    inquiry = confirmed(as_, proposed(as_, sara))
    with as_("gwen") as by:
        ended = actions.end(by=by, inquiry_id=inquiry.pk, why="The report is out.")
        with pytest.raises(Refused, match="It has ended"):
            actions.end(by=by, inquiry_id=inquiry.pk, why="Again")
    assert ended.ended_at
    client.force_login(world.user("dina"))
    assert client.get(f"/reviews/{inquiry.pk}/chronology/").status_code == 404
    assert client.get(f"/people/{sara}/").status_code == 404


def test_from_her_page_to_the_guardian(client, world, as_, sara):
    client.force_login(world.user("mina"))
    until = timezone.localdate() + timedelta(days=90)
    sent = {
        "what": "homicide",
        "their_reference": "DHR 7/2026",
        "words": "The community safety partnership; the last five years",
        "part": "harmed",
        "handler_id": str(world.user("dina").pk),
        "until_on-day": until.day,
        "until_on-month": until.month,
        "until_on-year": until.year,
    }
    page = client.post(f"/reviews/propose/{sara}/", sent).headers["Location"]
    assert "Waits for a guardian" in client.get(page).content.decode()
    assert client.post(page).status_code == 404
    client.force_login(world.user("gwen"))
    seen = client.get(page).content.decode()
    assert "Confirm and open" in seen and "Hollis" not in seen
    assert client.post(page).status_code == 302
    assert Inquiry.objects.count() == 0  # Nobody acts here: nobody sees anything.
    assert "DHR 7/2026" in client.get("/reviews/").content.decode()
