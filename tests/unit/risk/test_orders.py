"""Orders: written down, changed, ended, broken; bad input is refused in plain words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.access.models import Entry
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused
from onestory.risk import queries
from onestory.risk.actions import orders as actions
from onestory.risk.models import Order
from onestory.risk.rules import orders as rules
from tests.orders import broken, harmed_by, open_to, ordered, terms


@pytest.fixture
def derek(world):
    return world.id("derek-participant")


@pytest.fixture
def today():
    return timezone.localdate()


def act(by):
    return {"by": by, "team_id": by.home_team_id}


def test_an_order_that_changes_leaves_what_it_said(as_, derek, today):
    with as_("nell") as by:
        first = ordered(by, derek)
        later = terms(until_on=today + timedelta(days=400))
        second = actions.change_order(order_id=first.pk, terms=later, **act(by))
        found = queries.conduct_of(by, derek)
    assert [one.pk for one in found.orders] == [second.pk]
    assert [one.until_on for one in found.before[first.series]] == [first.until_on]


def test_what_was_done_against_it_stays_with_it_when_it_changes(as_, derek, today):
    with as_("nell") as by:
        first = ordered(by, derek)
        broken(by, first)
        actions.change_order(
            order_id=first.pk, terms=terms(until_on=today + timedelta(days=9)), **act(by)
        )
        found = queries.conduct_of(by, derek)
    assert [one.what for one in found.breaches[first.series]] == ["Stood across the road."]


def test_it_ends_before_its_day(as_, derek, today):
    with as_("nell") as by:
        order = ordered(by, derek)
        ended = actions.end_order(order_id=order.pk, how="lifted", on=today, **act(by))
        assert ended.until_on == today and ended.get_ended_display().startswith("Lifted")
        with pytest.raises(Refused, match="It has ended"):
            actions.change_order(order_id=ended.pk, terms=terms(), **act(by))


def test_what_was_never_so_goes_from_the_page_and_stays_in_the_table(as_, derek):
    with as_("nell") as by:
        order = ordered(by, derek)
        actions.take_back_order(by=by, order_id=order.pk)
        assert queries.orders_of(by, derek) == []
        assert Order.objects.filter(pk=order.pk).exists()


def test_one_with_breaches_was_so(as_, derek):
    with as_("nell") as by:
        order = ordered(by, derek)
        broken(by, order)
        with pytest.raises(Refused, match="Breaches are written down against it"):
            actions.take_back_order(by=by, order_id=order.pk)


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"kind": "parking"}, "what kind"),
        ({"made_by": " "}, "Say which court"),
        ({"conditions": " "}, "must do or not do"),
        ({"protects": "her"}, "whom it protects"),
        ({"until_on": timezone.localdate() - timedelta(days=31)}, "before its first"),
        ({"from_on": timezone.localdate() + timedelta(days=367), "until_on": None}, "year again"),
        ({"kind": "dvpo", "until_on": None}, "28 days at most"),
        ({"kind": "dvpo"}, "28 days at most"),
        ({"conditions": "Not to go to 12 Mill Row, RM17 6SL"}, "Leave postcodes"),
    ],
)
def test_what_cannot_be_so_is_refused(as_, derek, changes, why):
    with as_("nell") as by, pytest.raises(Refused, match=why):
        ordered(by, derek, **changes)


def test_the_same_order_is_written_down_once(as_, derek):
    with as_("nell") as by:
        ordered(by, derek)
        with pytest.raises(Refused, match="here already"):
            ordered(by, derek, conditions="In other words.")


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"on": timezone.localdate() + timedelta(days=1)}, "day to come"),
        ({"on": timezone.localdate() - timedelta(days=31)}, "not in force"),
        ({"what": " "}, "what was done"),
        ({"police_know": "perhaps"}, "whether the police know"),
        ({"what": "Came to RM17 6SL"}, "Leave postcodes"),
    ],
)
def test_a_breach_that_cannot_be_so_is_refused(as_, derek, changes, why):
    with as_("nell") as by:
        order = ordered(by, derek)
        with pytest.raises(Refused, match=why):
            broken(by, order, **changes)


def test_a_breach_sent_twice_is_there_once(as_, derek):
    with as_("nell") as by:
        order = ordered(by, derek)
        broken(by, order)
        with pytest.raises(Refused, match="here already"):
            broken(by, order)


def test_nothing_of_conduct_is_kept_in_a_survivors_record(as_, world):
    """A couple with mutual allegations: each is a survivor in one record, and said to have harmed in
    another."""
    with as_("ida") as by, pytest.raises(Refused, match="record as a survivor"):
        ordered(by, world.id("meera"))


def test_where_another_team_keeps_it_the_refusal_says_whom_to_ask(as_, derek):
    """Isla knows who he is, and not what is known of his conduct."""
    with as_("nell") as by:
        open_to(by, derek, "sericc-isva", ["identity"], may_write=True)
    with as_("isla") as by, pytest.raises(Refused, match="Ask that team"):
        ordered(by, derek)


@pytest.mark.parametrize(
    "from_days, until_days, stands",
    [
        (1, 9, rules.NOT_BEGUN),
        (0, None, rules.IN_FORCE),
        (-9, 43, rules.IN_FORCE),
        (-9, 42, rules.ENDS_SOON),
        (-9, 0, rules.ENDS_SOON),
        (-9, -1, rules.ENDED),
    ],
)
def test_where_it_stands(db, today, from_days, until_days, stands):
    until = None if until_days is None else today + timedelta(days=until_days)
    order = terms(from_on=today + timedelta(days=from_days), until_on=until)
    assert rules.state(order, pack().order_kinds, today) == stands


class TestWhatIsSeen:
    def test_an_end_that_is_near_is_told_until_the_team_has_seen_it(self, as_, derek, today):
        with as_("nell") as by:
            far = ordered(by, derek)
            near = ordered(by, derek, kind="court-bail", until_on=today + timedelta(days=6))
            assert [one.pk for one in queries.orders_to_see(by)] == [near.pk]
            see = {"order_id": near.pk, "what": "ending", **act(by)}
            actions.see_order(**see)
            actions.see_order(**see)
            assert queries.orders_to_see(by) == []
            actions.end_order(order_id=far.pk, how="lifted", on=today, **act(by))

    def test_its_end_is_told_once_more_when_it_has_come(self, as_, derek, today):
        with as_("nell") as by:
            order = ordered(by, derek, until_on=today + timedelta(days=2))
            actions.see_order(order_id=order.pk, what="ending", **act(by))
            changed = terms(until_on=today)
            order = actions.change_order(order_id=order.pk, terms=changed, **act(by))
            assert [one.what for one in queries.orders_to_see(by)] == ["ending"]

    def test_one_that_was_over_when_it_was_written_down_is_no_news(self, as_, derek, today):
        with as_("nell") as by:
            ordered(by, derek, until_on=today - timedelta(days=2))
            assert queries.orders_to_see(by) == []

    def test_however_many_wait_each_is_found_on_its_own_page(self, as_, derek, today):
        with as_("nell") as by:
            days = [today + timedelta(days=left) for left in (2, 3)]
            ends = {ordered(by, derek, until_on=day).pk: "ending" for day in days}
            assert len(queries.orders_to_see(by, most=1)) == 1
            assert queries.unseen(by, [derek]) == (ends, set())

    def test_a_breach_is_told_to_other_teams_that_hold_it(self, as_, derek):
        with as_("nell") as by:
            order = ordered(by, derek)
            open_to(by, derek, "idva", ["identity", "conduct"])
            breach = broken(by, order)
            assert queries.breaches_to_see(by) == []
        with as_("ida") as by:
            assert [one.pk for one in queries.breaches_to_see(by)] == [breach.pk]
            see = {"order_id": order.pk, "what": "broken", "breach_id": breach.pk}
            actions.see_order(**see, **act(by))
            assert queries.breaches_to_see(by) == []

    def test_nobody_says_that_they_have_seen_what_they_cannot(self, as_, derek):
        with as_("nell") as by:
            order = ordered(by, derek)
        with as_("ida") as by, pytest.raises(Http404):
            actions.see_order(order_id=order.pk, what="ending", **act(by))


def test_all_of_it_is_on_the_record(as_, derek):
    with as_("nell") as by:
        order = ordered(by, derek)
        broken(by, order)
    with as_("gwen"):
        verbs = set(Entry.objects.filter(person_id=derek).values_list("verb", flat=True))
    assert {"order.record", "order.break"} <= verbs


class TestPages:
    def test_an_order_is_written_down_changed_and_broken(self, client, world, derek, today):
        client.force_login(world.user("nell"))
        day = {"day": today.day, "month": today.month, "year": today.year}
        first = {f"from_on-{part}": value for part, value in day.items()}
        sent = {
            "kind": "restraining",
            "made_by": "Basildon",
            "protects": "partner",
            "conditions": "Not to contact her",
        }
        page = client.post(f"/risk/{derek}/conduct/order/", sent)
        assert page.status_code == 200 and "Enter the first day" in page.content.decode()
        answer = client.post(f"/risk/{derek}/conduct/order/", sent | first)
        assert answer.headers["Location"] == f"/risk/{derek}/conduct/"
        shown = client.get(f"/risk/{derek}/conduct/").content.decode()
        assert "Restraining order" in shown and "That is a crime by itself" in shown

    def test_the_page_asks_as_few_questions_for_many_as_for_one(self, client, world, as_, derek):
        def asked():
            client.get(f"/risk/{derek}/conduct/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get(f"/risk/{derek}/conduct/").status_code == 200
            return len(captured)

        client.force_login(world.user("nell"))
        with as_("nell") as by:
            broken(by, ordered(by, derek))
        few = asked()
        with as_("nell") as by:
            for kind in ("restraining", "occupation", "stalking"):
                broken(by, ordered(by, derek, kind=kind))
        assert asked() == few <= 30

    def test_it_stands_on_the_worklist_until_it_is_seen(self, client, world, as_, derek, today):
        client.force_login(world.user("nell"))
        with as_("nell") as by:
            order = ordered(by, derek, until_on=today)
        assert "Order ends soon" in client.get("/").content.decode()
        answer = client.post(f"/risk/orders/{order.pk}/seen/", {"what": "ending"})
        assert answer.status_code == 302
        assert "Order ends soon" not in client.get("/").content.decode()

    def test_from_her_side_a_breach_leads_to_a_change_of_her_risk(self, client, world, as_, derek):
        client.force_login(world.user("nell"))
        with as_("nell") as by:
            her = harmed_by(by, "Joan", derek)
            order = ordered(by, derek)
        today = timezone.localdate()
        assert "Orders against Derek Hollis" in client.get(f"/people/{her}/").content.decode()
        sent = {"what": "Rang her at night.", "police_know": "no"}
        sent |= {"on-day": today.day, "on-month": today.month, "on-year": today.year}
        answer = client.post(f"/risk/{her}/orders/{order.pk}/broken/", sent)
        assert answer.headers["Location"] == f"/risk/{her}/orders/"
        assert "Rang her at night." in client.get(f"/risk/{her}/orders/").content.decode()
