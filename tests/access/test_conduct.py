"""From somebody who uses abuse nothing leads to anybody whom they harm: in raw SQL and on every page."""

from datetime import date
from uuid import uuid4

import pytest

from onestory.access.actions import bar
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.risk.models import Order
from onestory.risk.queries import against
from tests.access.raw import refused, rows
from tests.orders import broken, harmed_by, open_to, ordered

TABLES = ("risk_order", "risk_breach", "risk_conductnote")
HIS = ("identity", "conduct")
SURVIVORS = {"ida": "Joan", "isla": "Bea", "petra": "Carol"}


@pytest.fixture
def three(as_, world):
    """Three survivors of one man, each known to a team of her own; all three teams hold his conduct."""
    derek = world.id("derek-participant")
    with as_("nell") as by:
        order = ordered(by, derek)
        for team in ("idva", "sericc-isva", "housing-safeguarding"):
            open_to(by, derek, team, HIS)
        broken(by, order)
    survivors = {}
    for who, name in SURVIVORS.items():
        with as_(who) as by:
            survivors[who] = harmed_by(by, name, derek)
    return derek, order, survivors


def count(table, person):
    return rows(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person])[0][0]


def test_each_team_sees_his_orders_on_her_card_and_nobody_else(as_, three):
    derek, order, survivors = three
    for who, her in survivors.items():
        with as_(who) as by:
            found = against(by, [her])
            assert [one.person_id for one in found] == [derek]
            assert [one.pk for one in found[0].orders] == [order.pk]
            for other in set(survivors.values()) - {her}:
                assert against(by, [other]) == []
                assert rows("SELECT count(*) FROM people_person WHERE id = %s", [other]) == [(0,)]


def test_no_row_leads_from_him_to_more_than_one_holds_herself(as_, three):
    """The programme holds him alone; each team finds its own survivor, and not that there are others."""
    derek, _, survivors = three
    leading = "SELECT person_id FROM people_relationship WHERE other_id = %s"
    with as_("nell"):
        assert rows(leading, [derek]) == []
    for who, her in survivors.items():
        with as_(who):
            assert rows(leading, [derek]) == [(her,)]


def test_no_column_of_his_leads_to_anybody(as_, three):
    """Every key in what is kept of him is his own, a team's, or of somebody who works here."""
    derek, _, survivors = three
    hers = {str(key) for key in survivors.values()}
    with as_("nell"):
        for table in (*TABLES, "risk_orderseen"):
            said = "".join(row[0] for row in rows(f"SELECT t::text FROM {table} t"))
            assert not [key for key in hers if key in said]


@pytest.mark.parametrize("who", [*SURVIVORS, "nell"])
def test_no_page_of_his_names_her(client, world, as_, three, who):
    derek, order, survivors = three
    client.force_login(world.user(who))
    pages = (
        f"/risk/{derek}/conduct/",
        f"/risk/orders/{order.pk}/broken/",
        f"/people/{derek}/",
        f"/people/{derek}/who-knows/",
        "/people/find/?q=Derek+Hollis",
        "/",
    )
    for page in pages:
        answer = client.get(page)
        assert answer.status_code in (200, 302, 404), page
        said = answer.content.decode()
        for name, key in zip(SURVIVORS.values(), survivors.values(), strict=True):
            assert str(key) not in said, page
            assert f"{name} Tarrant" not in said, page


def test_whoever_holds_her_and_not_him_learns_nothing_of_his_conduct(as_, world, client):
    derek = world.id("derek-participant")
    with as_("nell") as by:
        ordered(by, derek)
        open_to(by, derek, "idva", ["identity"])
    with as_("ida") as by:
        her = harmed_by(by, "Joan", derek)
        assert [one.orders for one in against(by, [her])] == [[]]
        for table in TABLES:
            assert count(table, derek) == 0
    client.force_login(world.user("ida"))
    assert "None that is open to your team" in client.get(f"/people/{her}/").content.decode()
    assert "Non-molestation" not in client.get(f"/risk/{derek}/conduct/").content.decode()


def test_whoever_holds_him_and_not_her_cannot_use_her_pages(client, world, as_, three):
    derek, order, survivors = three
    client.force_login(world.user("nell"))
    for her in (*survivors.values(), uuid4()):
        for page in ("orders/", f"orders/{order.pk}/broken/", "clares-law/", "conduct/"):
            assert client.get(f"/risk/{her}/{page}").status_code == 404
    # Of him the same page has nothing: he is nobody's survivor.
    said = client.get(f"/risk/{derek}/orders/").content.decode()
    assert "Nobody is written down who uses abuse" in said
    assert not [key for key in survivors.values() if str(key) in said]


def test_somebody_barred_from_her_does_not_find_him_either(as_, world, three):
    """A brother who finds his orders among his team's records would know that she has told somebody."""
    derek, _, survivors = three
    with as_("gwen") as by:
        her = survivors["petra"]
        bar(by=by, person_id=her, user=world.user("tess"), reason="Her cousin.")
    with as_("tess"):
        assert [count(table, derek) for table in TABLES] == [0, 0, 0]
        assert rows("SELECT count(*) FROM risk_orderseen") == [(0,)]


def test_two_who_accuse_each_other_stay_apart(as_, world):
    """Ida supports Joan and keeps what is said of Max; Isla supports Max, and keeps what is said of
    Joan, in a record of its own. Neither finds the other's."""
    with as_("ida") as by:
        max_ = world.id("meera")
        joan = harmed_by(by, "Joan", max_)
    with as_("isla") as by:
        facts = Facts("Joan", "Tarrant", born_on=date(1990, 5, 17), sex="female")
        joan_as_said = people.add_person(
            by=by, team_id=by.home_team_id, facts=facts, kinds=["identity"]
        ).pk
        max_as_survivor = harmed_by(by, "Max", joan_as_said)
        ordered(by, joan_as_said)
    with as_("ida") as by:
        assert rows("SELECT count(*) FROM risk_order") == [(0,)]
        assert rows("SELECT count(*) FROM people_person WHERE id = %s", [max_as_survivor]) == [(0,)]
        assert [one.orders for one in against(by, [joan])] == [[]]
    with as_("isla") as by:
        assert len(against(by, [max_as_survivor])[0].orders) == 1
        assert rows("SELECT count(*) FROM people_person WHERE id = %s", [joan]) == [(0,)]


def test_what_was_said_of_an_order_is_never_changed_or_deleted(as_, three):
    with as_("nell"):
        for table, column in (("risk_order", "conditions"), ("risk_breach", "what")):
            with refused():
                rows(f"UPDATE {table} SET {column} = 'other'")
            with refused():
                rows(f"DELETE FROM {table}")
        with refused():
            rows("DELETE FROM risk_orderseen")


SEEN = (
    "INSERT INTO risk_orderseen (id, person_id, order_id, what, team_id, seen_by_id, seen_at)"
    " VALUES (%s, %s, %s, 'ending', %s, %s, now())"
)


def test_nobody_says_for_another_team_or_in_another_name_that_it_was_seen(as_, world, three):
    derek, order, _ = three
    with as_("ida") as by:
        mine = [uuid4(), derek, order.pk, by.home_team_id, by.user_id]
        with refused():
            rows(SEEN, [*mine[:3], world.actor("nell").home_team_id, mine[4]])
        with refused():
            rows(SEEN, [*mine[:4], world.user("nell").pk])
        assert rows(SEEN, mine) == 1
    with as_("cass") as by, refused():
        rows(SEEN, [uuid4(), derek, order.pk, by.home_team_id, by.user_id])


@pytest.mark.parametrize("who", ["olu", "cass", "theo", "gwen", "adam"])
def test_without_a_grant_on_his_conduct_there_is_nothing(client, world, as_, three, who):
    derek, order, _ = three
    with as_(who):
        assert [count(table, derek) for table in TABLES] == [0, 0, 0]
        assert not Order.objects.exists()
    client.force_login(world.user(who))
    for page in (f"/risk/{derek}/conduct/", f"/risk/orders/{order.pk}/change/"):
        assert client.get(page).status_code == 404
    assert client.post(f"/risk/orders/{order.pk}/seen/", {"what": "ending"}).status_code == 404
