"""Drafts: nothing typed is lost, nothing is sent twice, a stale page is refused."""

import pytest
from django.http import Http404

from onestory.cases.actions import discard_draft, save_draft, send_contact, start_draft
from onestory.cases.forms.typed import faults
from onestory.cases.models import Contact, Draft
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.opening import Opening
from onestory.people.models import Identity, SafeContact
from tests.disclosures import typed

ONE = Opening("one")


def fill(by, draft, pages) -> Draft:
    for page, answers in pages.items():
        draft = save_draft(by=by, draft_id=draft.pk, page=page, typed=answers, opening=ONE)
    return draft


@pytest.fixture
def filled(as_):
    with as_("olu") as by:
        return fill(by, start_draft(by=by), typed())


def test_what_was_typed_comes_back_as_it_was_typed(as_):
    half = {"given_name": ["Sa"], "born_on-day": ["31"], "born_on-month": ["2"]}
    with as_("olu") as by:
        fill(by, start_draft(by=by), {"who": half})
    with as_("olu"):
        assert Draft.objects.get().answers["pages"]["who"]["typed"] == half


def test_a_draft_is_its_writers_own(filled, as_):
    for other in ("tess", "adam", "gwen"):
        with as_(other) as by:
            assert not Draft.objects.exists()
            with pytest.raises(Http404):
                send_contact(by=by, draft_id=filled.pk, version=filled.version)


def test_sending_makes_the_contact_and_empties_the_draft(filled, as_):
    with as_("olu") as by:
        contact = send_contact(by=by, draft_id=filled.pk, version=filled.version)
        kept = Draft.objects.get()
        assert (kept.answers, kept.contact_id) == ({}, contact.pk)
        assert contact.abuse == ["physical", "coercive-control"]
        assert contact.children_in_home
        name = Identity.objects.get(person_id=contact.person_id)
        assert (name.given_name, str(name.born_on)) == ("Rowan", "1991-05-17")


def test_sent_twice_it_is_one_contact(filled, as_):
    with as_("olu") as by:
        first = send_contact(by=by, draft_id=filled.pk, version=filled.version)
        again = send_contact(by=by, draft_id=filled.pk, version=filled.version)
        assert first.pk == again.pk
        assert Contact.objects.filter(person_id=first.person_id).count() == 1


def test_a_sent_draft_takes_no_more(filled, as_):
    with as_("olu") as by:
        send_contact(by=by, draft_id=filled.pk, version=filled.version)
        with pytest.raises(Refused, match="sent already"):
            fill(by, filled, {"who": {}})
        with pytest.raises(Refused, match="sent already"):
            discard_draft(by=by, draft_id=filled.pk)


def test_what_was_checked_is_what_is_sent(filled, as_):
    with as_("olu") as by:
        save_draft(by=by, draft_id=filled.pk, page="needs", typed={}, opening=Opening("two", 1))
        with pytest.raises(Stale, match="after you checked"):
            send_contact(by=by, draft_id=filled.pk, version=filled.version)


def save_name(by, draft, name, opening):
    typed = {"given_name": [name]}
    return save_draft(by=by, draft_id=draft.pk, page="who", typed=typed, opening=opening)


def test_one_tab_saves_again_and_again_another_is_refused(as_):
    with as_("olu") as by:
        draft = start_draft(by=by)

        save_name(by, draft, "S", ONE)
        save_name(by, draft, "Sara", ONE)
        with pytest.raises(Stale) as stale:
            save_name(by, draft, "Zara", Opening("two"))
        assert stale.value.theirs == {"given_name": ["Sara"]}


def test_what_arrives_late_does_not_take_the_place_of_newer_words(as_):
    """The page saves itself, is sent, and what it saved arrives behind what was sent."""
    with as_("olu") as by:
        draft = start_draft(by=by)
        save_name(by, draft, "S", Opening("one", saving=1))
        sent = save_name(by, draft, "Sara", Opening("one", saving=3))
        late = save_name(by, draft, "Sar", Opening("one", saving=2))
        assert (late.answers, late.version) == (sent.answers, sent.version)
        # Back on the same page, the same again and then another: what came last counts.
        save_name(by, draft, "Sara", Opening("one", saving=5))
        save_name(by, draft, "Zara", Opening("one", saving=4))
        assert save_name(by, draft, "Sarah", Opening("one", saving=6)).answers["pages"]["who"][
            "typed"
        ] == {"given_name": ["Sarah"]}


def test_the_page_opened_again_may_be_saved(as_):
    with as_("olu") as by:
        draft = fill(by, start_draft(by=by), {"who": {"given_name": ["Sara"]}})
        kept = draft.answers["pages"]["who"]
        save_name(by, draft, "Zara", Opening("two", kept["version"]))


def test_pages_do_not_stand_in_each_others_way(as_):
    with as_("olu") as by:
        draft = start_draft(by=by)
        for page, tab in (("who", "one"), ("safe", "two")):
            save_draft(
                by=by, draft_id=draft.pk, page=page, typed={"x": ["y"]}, opening=Opening(tab)
            )


@pytest.mark.parametrize(
    ("page", "missing"),
    [
        ("safe", "safe to call"),
        ("happened", "kind of abuse"),
        ("needs", "need that came first"),
        ("sharing", "who should act"),
    ],
)
def test_only_what_is_needed_is_missed(as_, page, missing):
    with as_("olu") as by:
        pages = {name: answers for name, answers in typed().items() if name != page}
        draft = fill(by, start_draft(by=by), pages)
        assert missing in " ".join(faults(draft.answers)[page])
        with pytest.raises(Refused, match="missing"):
            send_contact(by=by, draft_id=draft.pk, version=draft.version)


def test_nothing_need_be_known_of_the_survivor(as_):
    with as_("olu") as by:
        draft = fill(by, start_draft(by=by), typed() | {"who": {}, "household": {}})
        contact = send_contact(by=by, draft_id=draft.pk, version=draft.version)
        assert str(Identity.objects.get(person_id=contact.person_id)) == "Name not known"


def test_throwing_away(filled, as_):
    with as_("olu") as by:
        discard_draft(by=by, draft_id=filled.pk)
        assert not Draft.objects.exists()


def test_about_somebody_known(contact, as_):
    with as_("olu") as by:
        draft = fill(by, start_draft(by=by, person_id=contact.person_id), typed())
        again = send_contact(by=by, draft_id=draft.pk, version=draft.version)
        assert again.person_id == contact.person_id
        assert SafeContact.objects.filter(person_id=contact.person_id).count() == 2


def test_not_about_somebody_unseen(contact, as_):
    with as_("nell") as by, pytest.raises(Http404):
        start_draft(by=by, person_id=contact.person_id)


def test_sending_takes_few_queries(filled, as_, django_assert_max_num_queries):
    with as_("olu") as by, django_assert_max_num_queries(58):
        send_contact(by=by, draft_id=filled.pk, version=filled.version)
