"""The menu: at most six daily places for each role, and all others under More."""

import re

import pytest
from django.urls import reverse

from onestory import menu
from synthetic.world import STAFF


def menu_of(page: str) -> list[tuple[str, str]]:
    """Of each item its text, with the count if it has one, and whether it is marked as current."""
    items = re.findall(r'<li class="govuk-service-navigation__item.*?</li>', page, re.DOTALL)
    return [
        (" ".join(re.sub(r"<[^>]+>", " ", item).split()), 'aria-current="true"' in item)
        for item in items
    ]


def shown(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


@pytest.fixture
def of(client, world):
    def sign_in(name):
        client.force_login(world.user(name))
        return client

    return sign_in


@pytest.mark.parametrize("name", STAFF)
def test_every_place_of_a_role_is_in_the_menu_or_under_more(of, world, name):
    client, actor = of(name), world.actor(name)
    own = [place for place in menu.PLACES if any(map(actor.may, place.permissions))]
    shown_first = [label for label, _ in menu_of(shown(client, "/"))]
    rest = shown(client, "/more/") if "More" in shown_first else ""
    assert shown_first[:6] == [place.label for place in own[:6]] and len(shown_first) <= 7
    for place in own[6:]:
        assert f'href="{reverse(place.view)}"' in rest and place.about in rest
    for place in own:
        marked = [
            label for label, current in menu_of(shown(client, reverse(place.view))) if current
        ]
        assert marked == [place.label if place in own[:6] else "More"]


def test_who_answers_referrals_has_the_inbox_at_hand(of):
    assert ("Inbox", True) in menu_of(shown(of("ida"), reverse("cases:inbox")))
    assert "Inbox" not in dict(menu_of(shown(of("olu"), "/")))


def test_more_counts_what_waits_behind_it(of, monkeypatch):
    place = next(place for place in menu.PLACES if place.view == "sealed:accounts")
    counted = [one._replace(waiting=lambda by: 3) if one is place else one for one in menu.PLACES]
    monkeypatch.setattr(menu, "PLACES", tuple(counted))
    page = shown(of("nora"), "/more/")
    assert ("More 3", True) in menu_of(page)
    assert re.search(r'Sealed accounts</a> <span class="os-count">3</span>', page)
    assert "More" in dict(menu_of(shown(of("tess"), "/")))


def test_where_nothing_is_left_there_is_no_more(of):
    assert [label for label, _ in menu_of(shown(of("adam"), "/"))] == ["Staff"]
    assert of("adam").get("/more/").status_code == 404
