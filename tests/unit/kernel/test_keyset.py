"""Paging by neighbours: nothing shown twice, nothing left out, whatever comes between."""

import pytest

from onestory.agencies.models import Organisation
from onestory.kernel.keyset import window

pytestmark = pytest.mark.django_db
ORDER = ("kind", "-code")


def pages(rows, order=ORDER, size=2):
    after, found = "", []
    while True:
        page = window(rows, order, after=after, size=size)
        found.append(page)
        if not page.next:
            return found
        after = page.next


def codes(page):
    return [row.code for row in page.rows]


def in_order(rows):
    return [row.code for row in rows.order_by(*ORDER)]


def test_every_row_once_in_order():
    rows = Organisation.objects.all()
    assert sum(map(codes, pages(rows)), []) == in_order(rows)


def test_back_again_the_same_pages():
    rows = Organisation.objects.all()
    forward = pages(rows)
    back, page = [codes(forward[-1])], forward[-1]
    while page.previous:
        page = window(rows, ORDER, before=page.previous, size=2)
        back.append(codes(page))
    assert sum(reversed(back), []) == in_order(rows)


def test_one_page_has_no_neighbours():
    page = window(Organisation.objects.all(), ORDER, size=100)
    assert (page.previous, page.next) == ("", "")


@pytest.mark.parametrize("name", ["nonsense", "W10", "WzEsMl0", "eyJhIjoxfQ", "%%%", "W251bGwsMV0"])
def test_what_cannot_be_read_is_the_first_page(name):
    rows = Organisation.objects.all()
    first = window(rows, ("id", "code"), size=2)
    assert codes(window(rows, ("id", "code"), after=name, size=2)) == codes(first)


def test_one_query(django_assert_num_queries):
    first = window(Organisation.objects.all(), ORDER, size=2)
    with django_assert_num_queries(1):
        window(Organisation.objects.all(), ORDER, after=first.next, size=2)


def test_nor_backwards():
    rows = Organisation.objects.all()
    assert codes(window(rows, ORDER, before="nonsense", size=2)) == in_order(rows)[:2]
