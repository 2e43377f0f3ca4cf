"""What the demonstration shows of orders and of Clare's Law, each page with something on it."""

from onestory.risk import queries
from onestory.risk.rules import disclosures as rules
from synthetic import conduct


def test_orders_are_held_from_both_sides_and_requests_are_at_different_stages(world, as_):
    conduct.add(world)
    with as_("nell") as by:
        assert [order.kind for order in queries.orders_to_see(by)] == ["police-bail"]
        assert queries.conduct_of(by, world.id("derek-participant")).breaches
    with as_("ida") as by:
        [him] = queries.against(by, [world.id("meera")])
        assert him.orders and him.breaches
    with as_("mina") as by:
        waits = queries.disclosures(by, finished=False).rows
        steps = {rules.next_step(row, checked=row.checked) for row in waits}
        assert steps == {rules.AGREE, rules.CHECKS}
        assert {row.route for row in waits} == {"ask", "know"}
        assert queries.disclosures(by, finished=True).rows
