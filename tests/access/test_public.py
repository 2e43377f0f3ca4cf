"""The public pages: who comes where, and what nobody acting can read in SQL."""

import re

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Service
from onestory.public.urls import urlpatterns
from tests.askings import HERSELF, answer, page, shown_codes

pytestmark = pytest.mark.django_db

READ = ("home", "about", "next", "knows", "find")


def rows(statement: str, *values) -> list:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def test_every_public_page_says_so():
    assert {entry.callback.guard for entry in urlpatterns} == {"public"}


def test_pages_to_read_need_no_cookie_and_touch_no_other_place(client, world):
    refuge = Service.objects.get(code="refuge-place")
    pages = [reverse(f"public:{name}") for name in READ]
    pages.append(reverse("public:service", args=[refuge.pk]))
    for path in pages:
        answered = client.get(path)
        assert answered.status_code == 200
        assert not answered.cookies
        assert answered.headers["Cache-Control"] == "no-store"
        loaded = re.findall(r'(?:src|action|<link[^>]*href)="([^"]*)"', answered.content.decode())
        assert all(url.startswith("/") for url in loaded)
    assert client.post(reverse("public:find"), {"need": "counselling"}).status_code == 200
    assert not client.cookies


def test_titles_and_addresses_tell_nobody_what_was_read(client, world):
    answer(client, HERSELF, until="keep")
    telling = re.compile("abuse|violence|rape|refuge|safe|hurt|onestory|sexual", re.I)
    for entry in urlpatterns:
        if "<" in str(entry.pattern):
            continue
        path = reverse(f"public:{entry.name}")
        assert not telling.search(path)
        found = re.search(r"<title>(.*?)</title>", client.get(path).content.decode(), re.S)
        assert not found or not telling.search(found[1])
    title = re.search(r"<title>(.*?)</title>", client.get(page("what")).content.decode(), re.S)
    assert not telling.search(title[1])


def test_nobody_finds_where_a_confidential_place_is(client, world):
    assert rows("SELECT count(*) FROM agencies_service WHERE confidential") != [(0,)]
    where = "SELECT count(*) FROM agencies_service WHERE confidential AND address || postcode <> ''"
    assert rows(where) == [(0,)]
    ours = "UPDATE agencies_service SET confidential = true%s WHERE code = 'drop-in'"
    for change in (", address = '1 Dock Road'", ", postcode = 'RM17 6AA'"):
        with pytest.raises(DatabaseError), acting(system_actor(), purpose="test"):
            rows(f"{ours % change} RETURNING 1")
    with acting(system_actor(), purpose="test"):
        assert rows(f"{ours % ''} RETURNING 1") == [(1,)]
    refuge = Service.objects.get(code="refuge-place")
    shown = client.get(reverse("public:service", args=[refuge.pk])).content.decode()
    assert "kept secret" in shown


def test_what_is_not_for_everybody_is_absent(client, world):
    hidden = Service.objects.get(code="partner-support")
    assert client.get(reverse("public:service", args=[hidden.pk])).status_code == 404
    assert hidden.name not in client.get(reverse("public:find")).content.decode()
    with acting(world.actor("dina"), purpose="test"):
        Service.objects.filter(code="young-peoples-counselling").update(contract="No. 4711")
    ours = Service.objects.get(code="young-peoples-counselling")
    assert "4711" not in client.get(reverse("public:service", args=[ours.pk])).content.decode()


@pytest.fixture
def saved(client, world):
    """Reference and code of something that was saved and not sent."""
    answer(client, HERSELF, until="name")
    client.post(page("name"), {"save": "yes"})
    codes = shown_codes(client, "kept")
    forget_name()
    return codes


def forget_name() -> None:
    rows("SELECT set_config('onestory.asking', '', true)")


@pytest.mark.parametrize("name", [None, "tess", "mina", "gwen", "adam"])
def test_nobody_finds_what_was_saved(saved, world, name):
    def look():
        assert rows("SELECT count(*) FROM public_asking") == [(0,)]
        with connection.cursor() as cursor:
            cursor.execute("UPDATE public_asking SET sealed = ''")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM public_asking")
            assert cursor.rowcount == 0

    if name is None:
        look()
    else:
        with acting(world.actor(name), purpose="test"):
            look()


def test_whoever_has_the_reference_alone_reads_nothing(saved):
    reference, _ = saved
    rows("SELECT set_config('onestory.asking', %s, true)", reference)
    ((sealed, salt, proof),) = rows("SELECT sealed, salt, proof FROM public_asking")
    assert "hitting" not in sealed + salt + proof
    assert rows("SELECT public_state(%s, %s)", reference, "wrong") == [(None,)]
    assert rows("SELECT public_state(%s, %s)", reference, proof) == [(None,)]


def test_nobody_acting_reads_or_writes_anything_protected(saved):
    for table in ("cases_contact", "people_identity", "agencies_servicechange"):
        assert rows(f"SELECT count(*) FROM {table}") == [(0,)]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_service SET summary = 'changed by nobody'")
        assert cursor.rowcount == 0
