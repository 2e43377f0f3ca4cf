"""A copy of a record: what a survivor takes by herself, and what is given on a request."""

from datetime import date, timedelta
from io import BytesIO

import lxml.html
import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from onestory.access import queries as access
from onestory.access.acting import acting
from onestory.access.actions import bar
from onestory.agencies.actor import actor_of
from onestory.kernel.errors import Refused
from onestory.rights import actions, documents, queries
from onestory.rights.queries.copy import NOT_READ
from onestory.rights.queries.telling import given, protected
from onestory.rights.words import How
from tests import kept
from tests.consenting import open_own_pages


@pytest.fixture(scope="module")
def rowan(beforehand):
    return kept.whole(beforehand).person_id


def words_of(parts) -> str:
    return "\n".join(words for part in parts for _, words in part.lines)


def by_key(parts) -> dict:
    return {part.key: part for part in parts}


def decide_all(by, asked) -> None:
    """Everything is given but what lies in therapy; one sentence in part."""
    draft = queries.draft_of(by, asked)
    for place in set(draft.undecided) - {"therapy"}:
        actions.choose(by=by, request_id=asked.pk, place=place, what="keep")
    if "therapy" in draft.apart:
        actions.choose(
            by=by, request_id=asked.pk, place="therapy", what="withhold", why="elsewhere"
        )


class TestTakenByHerself:
    def test_has_what_is_hers_and_nobody_elses_name(self, as_, rowan):
        account = open_own_pages(as_, rowan, by="theo")
        with acting(actor_of(account), purpose="portal:copy"):
            copy = queries.copy_of(actor_of(account), rowan)
        said = words_of(copy.parts)
        assert "Teale" in said and "To sleep" in said and "14 Dock Road" in said
        for other in ("Dean", "Ben", "Maud", "He has taken her keys", kept.NOTE, "Nora", "Theo"):
            assert other not in said
        assert NOT_READ in said
        assert not {"whereabouts", "therapy", "conduct", "risk"} & by_key(copy.parts).keys()

    def test_is_empty_for_somebody_who_holds_nothing(self, as_, rowan):
        with as_("ida") as by:
            assert queries.copy_of(by, rowan).parts == []


class TestRequest:
    def test_opens_nothing_before_a_guardian_confirms(self, as_, rowan):
        asked = kept.copy_asked(as_, rowan)
        with as_("nora") as by:
            assert queries.draft_of(by, asked).parts == []
            with pytest.raises(Http404):
                actions.choose(by=by, request_id=asked.pk, place="risk", what="keep")

    def test_due_a_month_later(self, as_, rowan):
        asked = kept.copy_asked(as_, rowan, received_on=date(2026, 1, 31))
        assert asked.due_on == date(2026, 2, 28)

    def test_opens_to_its_handler_what_other_teams_wrote(self, as_, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with as_("nora") as by:
            draft = queries.draft_of(by, queries.request(by, asked.pk))
            said = words_of(draft.parts)
            assert "He has taken her keys." in said
            assert kept.NOTE not in said
            assert "therapy" in draft.apart
            knowers = [one for one in access.who_knows(by, rowan) if one.basis == "subject-access"]
            assert knowers and all(one.team.code == "sericc-first-contact" for one in knowers)
        with as_("isla") as by, pytest.raises(Http404):
            queries.request(by, asked.pk)

    def test_is_not_finished_until_all_is_read(self, as_, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with as_("nora") as by:
            asked = queries.request(by, asked.pk)
            with pytest.raises(Refused, match="read through"):
                actions.answer_request(by=by, request_id=asked.pk, outcome="given", how="By hand")
            decide_all(by, asked)
            actions.answer_request(by=by, request_id=asked.pk, outcome="given", how="By hand")
            asked.refresh_from_db()
            assert queries.draft_of(by, asked).parts == []

    def test_gives_what_was_left_of_words_and_says_why(self, as_, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with as_("nora") as by:
            asked = queries.request(by, asked.pk)
            draft = queries.draft_of(by, asked)
            line = next(line for line in draft.to_read if "Maud" in line.words)
            keys = next(line for line in draft.to_read if "keys" in line.words)
            change = {"by": by, "request_id": asked.pk, "why": "third-party"}
            actions.choose(**change, place=line.place, what="part", words="Somebody must not know")
            actions.choose(**change, place=keys.place, what="withhold")
            said = words_of(queries.draft_of(by, asked).finished())
        assert "Somebody must not know" in said
        assert "Maud" not in said and "taken her keys" not in said
        assert "it is about somebody else" in said

    def test_nobody_confirms_their_own(self, as_, rowan):
        asked = kept.copy_asked(as_, rowan)
        with as_("nora") as by, pytest.raises(Refused):
            actions.confirm_request(by=by, request_id=asked.pk)

    def test_is_not_confirmed_for_a_handler_who_is_barred(self, as_, world, rowan):
        asked = kept.copy_asked(as_, rowan)
        with as_("gwen") as by:
            bar(by=by, person_id=rowan, user=world.user("nora"), reason="Her cousin.")
            with pytest.raises(Refused, match="somebody else named"):
                actions.confirm_request(by=by, request_id=asked.pk)

    def test_once_barred_the_handler_finds_nothing(self, as_, world, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with as_("gwen") as by:
            bar(by=by, person_id=rowan, user=world.user("nora"), reason="Her cousin.")
        with as_("nora") as by:
            with pytest.raises(Http404):
                queries.request(by, asked.pk)
            assert queries.draft_of(by, asked).parts == []

    def test_put_off_once_by_two_months_at_most(self, as_, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with as_("nora") as by:
            change = {"by": by, "request_id": asked.pk, "why": "Many teams."}
            with pytest.raises(Refused, match="at the latest"):
                actions.extend_request(**change, until=asked.due_on + timedelta(days=90))
            actions.extend_request(**change, until=asked.due_on + timedelta(days=40))
            with pytest.raises(Refused):
                actions.extend_request(**change, until=asked.due_on + timedelta(days=50))
            assert queries.request(by, asked.pk).due_on == asked.due_on + timedelta(days=40)

    def test_sent_back_and_put_right(self, as_, world, rowan):
        asked = kept.copy_asked(as_, rowan)
        with as_("gwen") as by:
            actions.send_back_request(by=by, request_id=asked.pk, words="Say what was seen.")
        with as_("nora") as by:
            assert queries.request(by, asked.pk).sent_back == "Say what was seen."
            actions.mend_request(
                by=by,
                request_id=asked.pk,
                handler_id=world.user("nora").pk,
                identity_checked="Passport",
            )
        with as_("gwen") as by:
            actions.confirm_request(by=by, request_id=asked.pk)

    def test_refusals_say_what_is_missing(self, as_, rowan):
        with pytest.raises(Refused, match="Say who asks for them"):
            kept.copy_asked(as_, rowan, asked_by="representative")
        with pytest.raises(Refused, match="how it was checked"):
            kept.copy_asked(as_, rowan, identity_checked=" ")
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(Refused, match="day to come"):
            kept.copy_asked(as_, rowan, received_on=tomorrow)
        kept.copy_asked(as_, rowan)
        with pytest.raises(Refused, match="open already"):
            kept.copy_asked(as_, rowan)

    def test_is_made_in_a_bounded_number_of_questions(self, as_, rowan):
        asked = kept.copy_confirmed(as_, rowan)
        with (
            as_("nora") as by,
            CaptureQueriesContext(
                connection,
            ) as asking,
        ):
            draft = queries.draft_of(by, queries.request(by, asked.pk))
        assert any(line.how == How.READ for line in draft.to_read)
        # Once for each table of which something is given, however many rows there are.
        tables = len(list(filter(given, protected())))
        assert len(asking) <= tables + 16


class TestAsAFile:
    """Every kind of file has the same words, and the same of them left out."""

    @pytest.fixture
    def page(self, as_, rowan, client, world):
        """Where Nora finds the files of Rowan's copy, with one line left out."""
        asked = kept.copy_confirmed(as_, rowan)
        with as_("nora") as by:
            asked = queries.request(by, asked.pk)
            lines = queries.draft_of(by, asked).to_read
            keys = next(line for line in lines if "keys" in line.words)
            decide_all(by, asked)
            change = {"by": by, "request_id": asked.pk, "place": keys.place}
            actions.choose(**change, what="withhold", why="third-party")
        client.force_login(world.user("nora"))
        return f"/rights/copies/{asked.pk}/"

    def test_word_has_what_the_page_has(self, client, page):
        html = lxml.html.fromstring(client.get(f"{page}copy.html").content)
        document = Document(BytesIO(client.get(f"{page}copy.docx").content))
        in_word = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
        on_page = [
            " ".join(one.text_content().split())
            for one in html.xpath("//h1 | //h2 | //h3 | //p | //li | //dt | //dd")
        ]
        assert [line for line in in_word if line] == on_page
        said = "\n".join(in_word)
        assert "To sleep" in said and "it is about somebody else" in said
        assert "taken her keys" not in said and kept.NOTE not in said
        assert document.core_properties.title == "Copy of your record"

    def test_pdf_names_pictures_and_says_so_where_it_cannot_show_a_letter(
        self, client, page, monkeypatch
    ):
        monkeypatch.setattr(documents, "ABOUT", "🙂")
        assert client.get(f"{page}copy.pdf").content.startswith(b"%PDF")
        monkeypatch.setattr(documents, "ABOUT", "雨の日曜日")
        shown = client.get(f"{page}copy.pdf", follow=True)
        assert shown.redirect_chain == [(page, 302)]
        assert "Take another kind of file" in shown.content.decode()
