"""A meeting is changed or called off, its cases are put in another order, an agency is asked again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onestory.access import queries as access
from onestory.access.actions import bar
from onestory.access.models import Entry
from onestory.kernel.errors import Refused, Stale
from onestory.marac import actions, queries
from onestory.marac.actions.opening import close
from onestory.marac.forms import meeting as meeting_forms
from onestory.marac.models import Finding, Item, Meeting, Referral, Research
from onestory.marac.queries.meetings import neighbours
from tests.marac import (
    accepted,
    answered,
    ask,
    closed,
    minuted,
    on_the_table,
    pair,
    planned,
    put,
    referred,
    team,
)

POLICE = "police-public-protection"


@pytest.fixture
def browser(world):
    def open_for(name):
        client = Client()
        client.force_login(world.user(name))
        return client

    return open_for


def url(name, *keys):
    return reverse(f"marac:{name}", args=keys)


def text(answer) -> str:
    return answer.content.decode()


def change(as_, row: Meeting, name="cora", **changes) -> Meeting:
    values = {
        "version": row.version,
        "starts_at": row.starts_at,
        "minutes": row.minutes,
        "minutes_a_case": row.minutes_a_case,
        "place": row.place,
    }
    with as_(name) as by:
        return actions.change_meeting(by=by, meeting_id=row.pk, **{**values, **changes})


def call_off(as_, row: Meeting, name="cora", reason="The room is flooded") -> Meeting:
    with as_(name) as by:
        return actions.call_off_meeting(
            by=by, meeting_id=row.pk, version=row.version, reason=reason
        )


@pytest.fixture
def three(as_):
    """Three cases on one agenda, police asked about each."""
    meeting, cases = planned(as_, minutes=24), []
    for name in ("Ana", "Bea", "Cleo"):
        cases.append(accepted(as_, referred(as_, pair(as_, name))))
        ask(as_, cases[-1], POLICE)
        put(as_, cases[-1], meeting)
    return meeting, cases


def on_agenda(by, meeting) -> list:
    return [line.case.pk for line in queries.agenda(by, meeting)]


# Changed


def test_a_meeting_moves_with_its_agenda_and_says_when_it_was_to_be(as_, three):
    meeting, cases = three
    later = meeting.starts_at + timedelta(days=3)
    moved = change(as_, meeting, starts_at=later, place="Room 9")
    assert (moved.moved_from, moved.version) == (meeting.starts_at, 1)
    with as_("pru") as by:
        assert queries.meeting(by, meeting.pk).place == "Room 9"
        assert on_agenda(by, moved) == [case.pk for case in cases]
    with as_("gwen"):
        entry = Entry.objects.get(verb="marac.change-meeting")
        assert entry.subject == f"meeting:{meeting.pk}"


def test_who_comes_is_told_on_their_worklist_until_the_day_has_passed(as_, three, browser):
    meeting, _ = three
    told = "1 meeting that is still to come was moved or called off."
    assert told not in text(browser("pru").get("/"))
    moved = change(as_, meeting, starts_at=meeting.starts_at + timedelta(days=3))
    assert told in text(browser("pru").get("/"))
    assert told not in text(browser("olu").get("/")), "who never comes to the meeting"
    call_off(as_, moved)
    assert told in text(browser("pru").get("/"))


def test_the_next_case_is_the_next_of_the_agenda(as_, three):
    meeting, _ = three
    with as_("cora") as by:
        lines = queries.agenda(by, meeting)
        items = [None, *(line.item.pk for line in lines), None]
        for number, line in enumerate(lines, 1):
            assert neighbours(by, line.item) == (items[number - 1], number, 3, items[number + 1])


def test_another_place_alone_moves_nothing(as_, three):
    meeting, _ = three
    assert change(as_, meeting, place="Room 9").moved_from is None


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"starts_at": timezone.now() - timedelta(days=1)}, "a time to come"),
        ({"minutes": 5}, "at least one case"),
        ({"version": 7}, "Somebody else"),
    ],
)
def test_to_what_a_meeting_is_not_changed(as_, three, changes, why):
    with pytest.raises(Refused, match=why):
        change(as_, three[0], **changes)


def test_two_meetings_are_not_at_one_time_unless_one_is_called_off(as_, three):
    meeting, _ = three
    other = planned(as_, days=21)
    with pytest.raises(Refused, match="at that time already"):
        change(as_, meeting, starts_at=other.starts_at)
    call_off(as_, other)
    assert change(as_, meeting, starts_at=other.starts_at).starts_at == other.starts_at


@pytest.mark.parametrize("step", [change, call_off])
@pytest.mark.parametrize("name", ["chris", "pru", "petra"])
def test_the_coordinator_alone_changes_it(as_, three, step, name):
    with pytest.raises(Refused, match="Your role"):
        step(as_, three[0], name=name)


# Called off


def test_called_off_its_cases_wait_again_and_every_page_says_so(as_, three, browser):
    meeting, cases = three
    call_off(as_, meeting)
    with as_("cora") as by:
        assert {case.pk for case in queries.waiting(by, meeting.team_id)} == {c.pk for c in cases}
        assert queries.proposal(by, queries.meeting(by, meeting.pk)) == ([], [])
        assert meeting.pk not in [row.pk for row in queries.ahead(by, meeting.team_id)]
        entry_of_all = set(Item.objects.values_list("envelope_id", flat=True))
    pru = browser("pru")
    said = "The room is flooded"
    assert "called off" in text(pru.get(url("home")))
    for address in (url("meetings"), url("meeting", meeting.pk), url("case", cases[0].pk)):
        assert said in text(pru.get(address)), address
    with as_("gwen"):
        entry = Entry.objects.get(verb="marac.call-off")
        assert set(entry.envelopes) == entry_of_all and len(entry_of_all) == 3
    later = planned(as_, days=21)
    with as_("cora") as by:
        assert len(actions.build_agenda(by=by, meeting_id=later.pk)[0]) == 3


def test_it_is_called_off_once_with_a_reason_and_not_when_it_has_begun(as_):
    found = on_the_table(as_)
    with pytest.raises(Refused, match="Say why"):
        call_off(as_, found.meeting, reason=" ")
    minuted(as_, found)
    with pytest.raises(Refused, match="has been heard"):
        call_off(as_, found.meeting)
    with pytest.raises(Refused, match="has been heard"):
        change(as_, found.meeting, starts_at=found.meeting.starts_at + timedelta(days=1))
    other = planned(as_, days=21)
    off = call_off(as_, other)
    assert call_off(as_, other, reason="Again").call_off_reason == off.call_off_reason
    for step in (
        lambda: put(as_, found.case, other),
        lambda: change(as_, off, place="Room 9"),
    ):
        with pytest.raises(Refused, match="called off"):
            step()


def test_a_case_that_is_barred_to_whoever_calls_it_off_waits_again_too(as_, three, world):
    meeting, cases = three
    with as_("chris") as by:
        bar(by=by, person_id=cases[1].person_id, user=world.user("cora"), reason="Her cousin.")
    call_off(as_, meeting)
    with as_("chris") as by:
        assert cases[1].pk in [case.pk for case in queries.waiting(by, meeting.team_id)]


# In another order


def order(as_, meeting, *item_ids, name="cora"):
    with as_(name) as by:
        return actions.order_agenda(by=by, meeting_id=meeting.pk, item_ids=item_ids)


def items_of(as_, meeting, cases) -> list:
    with as_("cora"):
        found = {item.referral_id: item.pk for item in Item.objects.filter(meeting=meeting)}
    return [found[case.pk] for case in cases]


def test_the_coordinator_orders_it_and_the_meeting_follows(as_, three, browser):
    meeting, cases = three
    ana, bea, cleo = items_of(as_, meeting, cases)
    cora = browser("cora")
    shown = text(cora.get(url("order", meeting.pk)))
    assert "Cleo Lindqvist" in shown and "There is time for 2." in shown
    sent = {str(ana): 1, str(bea): 2, str(cleo): 1}
    assert cora.post(url("order", meeting.pk), sent)["Location"] == url("meeting", meeting.pk)
    with as_("chris") as by:
        assert on_agenda(by, meeting) == [cases[2].pk, cases[0].pk, cases[1].pk]
        before, number, count, after = neighbours(by, Item.objects.get(pk=ana))
        assert (before, number, count, after) == (cleo, 2, 3, bea)
    page = text(cora.get(url("meeting", meeting.pk)))
    assert page.index("Cleo") < page.index("Ana") < page.index("Bea")
    assert "1 more is on it" in page and page.count("No time for it") == 1
    with as_("gwen"):
        assert Entry.objects.filter(verb="marac.order").count() == 1


@pytest.mark.parametrize(
    "given, expected",
    [
        ((3, 2, 3), "bca"),
        ((2, 2, 3), "bac"),
        ((1, 1, 3), "bac"),
        ((1, 2, 1), "cab"),
        ((1, 2, 3), "abc"),
    ],
)
def test_what_moves_pushes_the_others_up_or_down(given, expected):
    lines = [(key, key, number) for number, key in enumerate("abc", 1)]
    form = meeting_forms.OrderForm(dict(zip("abc", given, strict=True)), lines=lines)
    assert form.is_valid() and "".join(form.order) == expected


def test_who_is_barred_counts_no_gap_in_a_new_order_either(as_, three, world):
    """The numbers that are kept tell nothing: one that is missing leaves no hole."""
    meeting, cases = three
    keys = items_of(as_, meeting, cases)
    with as_("chris") as by:
        bar(by=by, person_id=cases[1].person_id, user=world.user("pru"), reason="Her cousin.")
    seen = set()
    for _ in range(2):
        order(as_, meeting, *reversed(keys))
        with as_("pru") as by:
            lines = queries.agenda(by, meeting)
            assert [(line.number, line.case.pk) for line in lines] == [
                (1, cases[2].pk),
                (2, cases[0].pk),
            ]
            seen.add(lines[1].item.place - lines[0].item.place)
    assert len(seen) == 2


def test_an_order_of_other_cases_is_refused(as_, three):
    meeting, cases = three
    keys = items_of(as_, meeting, cases)
    for wrong in (keys[:2], [*keys, keys[0]]):
        with pytest.raises(Stale, match="look at it again"):
            order(as_, meeting, *wrong)
    with pytest.raises(Refused, match="Your role"):
        order(as_, meeting, *keys, name="chris")


# Asked again


@pytest.fixture
def asked(as_):
    case = accepted(as_, referred(as_, pair(as_)))
    return case, ask(as_, case, POLICE)[POLICE]


def test_who_sees_the_case_and_has_not_answered_is_not_asked_again(as_, asked):
    with pytest.raises(Refused, match="has not been asked"):
        ask(as_, asked[0], POLICE)


def test_whose_share_has_lapsed_is_asked_again_and_sees_the_case_again(as_, asked, browser):
    case, first = asked
    with as_("cora") as by:
        close(by=by, shares=first.shares)
    with as_("pru") as by:
        assert not Referral.objects.exists() and queries.asked_of(by) == []
    assert "to it has lapsed: ask again" in text(browser("cora").get(url("case", case.pk)))
    assert "again: what was opened to it has lapsed" in text(
        browser("cora").get(url("ask", case.pk))
    )
    again = ask(as_, case, POLICE)[POLICE]
    assert again.pk != first.pk and again.answered_at is None
    with as_("pru") as by:
        assert [row.pk for row in queries.asked_of(by)] == [again.pk]
        assert set(access.open_envelopes(by, case.abuser_id)) == {"identity", "conduct"}
    with as_("cora"):
        assert Research.objects.get(pk=first.pk).closed_at


def test_who_has_answered_is_asked_anew_for_a_review_and_what_was_found_stays(as_, asked, browser):
    case, first = asked
    answered(as_, first)
    meeting = planned(as_)
    put(as_, case, meeting)
    assert "again: it answered on" in text(browser("cora").get(url("ask", case.pk)))
    sent = {"teams": [str(team(POLICE))], "words": "What has happened since?"}
    assert browser("cora").post(url("ask", case.pk), sent).status_code == 302
    with as_("cora") as by:
        [row] = queries.Picture(by, queries.case(by, case.pk)).research
        assert row.words == "What has happened since?" and row.answered_at is None
        assert [(line.asked, line.answered) for line in queries.agenda(by, meeting)] == [(1, 0)]
        assert Finding.objects.count() == 1
    answered(as_, row, about_survivor="Nothing since.")
    with as_("cora") as by:
        assert [(line.asked, line.answered) for line in queries.agenda(by, meeting)] == [(1, 1)]


# What was typed, when the case closes at that moment


def test_what_is_typed_when_a_colleague_has_gone_on_is_there_to_copy(as_, browser):
    found = on_the_table(as_)
    minuted(as_, found)
    typed = {"risk": "What Cora heard.", "tab": "a", "version": 0}
    answer = browser("cora").post(url("hear", found.item.pk), typed)
    assert "has been heard" in text(answer) and "What Cora heard." in text(answer)


def test_what_is_typed_of_a_case_that_is_gone_is_there_to_copy(as_, browser):
    found = on_the_table(as_)
    put(as_, found.case, planned(as_, days=21), reason="Moved")
    chris = browser("chris")
    answer = chris.post(url("hear", found.item.pk), {"risk": "What Chris heard."})
    assert answer.status_code == 404 and "What Chris heard." in text(answer)
    closed(as_, found.case, "died")
    for view, said in (
        ("answer", {"about_survivor": "Three calls.", "about_abuser": "A conviction."}),
        ("wishes", {"words": "Three calls. A conviction."}),
    ):
        answer = browser("pru").post(url(view, found.case.pk), said)
        assert answer.status_code == 404
        assert "Three calls." in text(answer) and "A conviction." in text(answer)
