"""How often people are asked again: the line through the months, and its band."""

import lxml.html
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from onestory.assessment import queries
from onestory.assessment.queries import AskedAgain
from onestory.kernel.ids import new_id


def page(world, monkeypatch, *counted) -> lxml.html.HtmlElement:
    month = timezone.localdate().replace(day=1)
    found = [
        AskedAgain(new_id(), team, _before(month, back), asked, known, known)
        for team, back, asked, known in counted
    ]
    monkeypatch.setattr(queries, "asked_again", lambda team, start, end: found)
    client = Client()
    client.force_login(world.user("nora"))
    answer = client.get(reverse("reporting:asked_again"))
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.content)


def _before(month, back: int):
    number = month.year * 12 + month.month - 1 - back
    return month.replace(year=number // 12, month=number % 12 + 1)


def words(element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_services_are_summed_by_month_and_drawn_with_their_interval(world, monkeypatch):
    shown = page(world, monkeypatch, ("One", 1, 60, 24), ("Two", 1, 40, 16), ("One", 0, 50, 5))
    (drawing,) = shown.xpath("//*[@role='img']")
    assert "Answered before: 40% in" in words(shown)
    assert "The interval in" in words(shown)
    assert "Answered before: 10%" in words(drawing)
    by_month, by_service = shown.xpath("//table")
    assert [words(row) for row in by_month.xpath(".//tbody/tr")][0].endswith("100 40 40% 40")
    assert [words(row) for row in by_service.xpath(".//tbody/tr")] == [
        "One 110 29 26% 29",
        "Two 40 16 40% 16",
    ]


def test_one_month_makes_no_line(world, monkeypatch):
    shown = page(world, monkeypatch, ("One", 0, 60, 24))
    assert not shown.xpath("//*[@role='img']")
    assert len(shown.xpath("//table")) == 2


def test_nothing_asked(world, monkeypatch):
    assert "Nothing has been asked yet." in words(page(world, monkeypatch))
