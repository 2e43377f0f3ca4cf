"""What guardians read in the record: who opened what, when, where, and what opened it to them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from onestory.access import actions, queries, words
from onestory.access.models import Entry
from onestory.kernel import record
from onestory.people.models import Identity, Person
from tests.access.raw import refused, rows

ROOT = Path(__file__).parents[2]
GUARDIANS_PAGES = ("record", "busy", "seals")


def entry(**changes):
    values = {
        "at": "clock_timestamp()",
        "transaction": "pg_current_xact_id()::text::bigint",
        "actor_id": "actor()",
        "verb": "'test.try'",
        "envelopes": "'{}'",
        "subject": "''",
        "detail": "'{}'",
    } | changes
    rows(f"INSERT INTO access_entry ({', '.join(values)}) VALUES ({', '.join(values.values())})")


def test_everybody_writes_in_their_own_name_and_now(as_, world):
    with as_("olu"):
        entry()
        for change in (
            {"actor_id": f"'{world.users['tess']}'"},
            {"actor_id": "NULL"},
            {"at": "now() - interval '1 second'"},
            {"transaction": "1"},
            {"id": "1"},
        ):
            with refused():
                entry(**change)


@pytest.mark.parametrize("who", ["olu", "tess", "mina", "ida", "adam"])
def test_nobody_reads_it_but_guardians(as_, world, who):
    with as_(who) as by:
        assert not Entry.objects.exists()
        assert not queries.entries_about(by, world.id("sara")).exists()
        assert rows("SELECT count(*) FROM access_behind(ARRAY[1, 2, 3, 4, 5])") == [(0,)]
        assert rows("SELECT count(*) FROM access_opened_by_staff('-infinity', 'infinity', 0)") == [
            (0,)
        ]
        assert rows("SELECT count(*) FROM access_seal") == [(0,)]


def test_no_table_can_be_emptied_or_rewritten(as_):
    with as_("gwen"):
        for table in ("access_entry", "access_seal", "access_grant"):
            for statement in (
                "DELETE FROM {}",
                "TRUNCATE {}",
                "ALTER TABLE {} DISABLE TRIGGER ALL",
            ):
                with refused("permission denied|must be owner"):
                    rows(statement.format(table))


def test_a_reading_says_who_when_what_where_and_under_what(as_, world):
    before = timezone.now()
    with as_("tess") as by:
        list(Identity.objects.filter(person_id=world.id("sara")))
    with as_("gwen") as by:
        found = queries.entries_about(by, world.id("sara")).filter(verb="read").latest("id")
        [line] = queries.lines(by, [found], of=world.id("sara"))
        reference = Person.objects.get(pk=world.id("sara")).reference
    assert line.who == "Tess Marlow"
    assert before <= line.entry.at <= timezone.now()
    assert line.about == {reference: ["Who they are"]}
    assert line.under == [("consent", "Housing Safeguarding Team")]
    said = words.line_of_person(line)
    assert said[1:] == [
        "Tess Marlow",
        "Read: Who they are",
        "Test",
        "The survivor agrees (Housing Safeguarding Team)",
    ]


def test_a_reading_of_many_is_shown_only_for_the_person_asked_about(as_, world):
    with as_("olu"):
        assert len(Identity.objects.all()) > 2
    with as_("gwen") as by:
        found = queries.entries_about(by, world.id("ellie")).filter(verb="read").latest("id")
        [line] = queries.lines(by, [found], of=world.id("ellie"))
        assert len(line.about) == 1
        [line] = queries.lines(by, [found])
        assert len(line.about) > 2


def test_it_shows_what_opened_it_then_and_not_now(as_, world):
    with as_("tess"):
        list(Identity.objects.filter(person_id=world.id("sara")))
    with as_("gwen") as by:
        [grant] = [
            g
            for g in queries.grants_on(by, world.id("sara"))
            if g.team.code == "housing-safeguarding" and g.envelope.kind == "identity"
        ]
        actions.end_grant(by=by, grant_id=grant.pk, reason="Done.")
        found = queries.entries_about(by, world.id("sara")).filter(verb="read").latest("id")
        [line] = queries.lines(by, [found], of=world.id("sara"))
    # Both fell in one transaction here, at whose start the grant was ended.
    assert line.under in ([], [("consent", "Housing Safeguarding Team")])


def test_that_one_looked_is_on_the_record(client, as_, world):
    client.force_login(world.user("gwen"))
    sara, olu = world.id("sara"), world.users["olu"]
    client.get(reverse("access:record-of-person", args=[sara]))
    client.get(reverse("access:record-of-staff", args=[olu]))
    client.get(reverse("access:busy"))
    client.post(reverse("access:seals"))
    with as_("gwen") as by:
        found = Entry.objects.filter(actor_id=by.user_id, verb__startswith="record.")
        assert [(e.verb, e.person_id, e.subject) for e in found.order_by("id")] == [
            ("record.look", sara, ""),
            ("record.look", None, f"user:{olu}"),
            ("record.look", None, "busy"),
            ("record.check", None, ""),
        ]


def test_many_records_on_one_day(as_, world, monkeypatch):
    monkeypatch.setattr(queries.record, "MANY", 2)
    with as_("olu") as by:
        everybody = dict(rows("SELECT person_id, id FROM access_envelope WHERE kind = 'identity'"))
        assert len(everybody) > 2
        # A list shows many at once, and is not counted.
        record.write("read", by=by, envelopes=everybody.values())
        today = timezone.localdate()
    with as_("gwen") as by:
        assert queries.busy(by, today, today) == []
    with as_("olu") as by:
        for envelope in everybody.values():
            record.write("read", by=by, envelopes=[envelope])
    with as_("gwen") as by:
        [found] = queries.busy(by, today, today)
        assert (found.user.name, found.day, found.people) == ("Olu Adeyemi", today, len(everybody))
        assert queries.busy(by, today - timedelta(days=9), today - timedelta(days=1)) == []


WRITTEN = re.compile(r"""record\.write\(\s*"([a-z.-]+)"|^VALUES.*?'([a-z]+\.[a-z]+)'""", re.M)
PREFIXED = re.compile(r"""record\.write\(\s*f"([a-z-]+)\.\{""")
VERB = re.compile(r"""_write(?:_down)?\(\s*"([a-z-]+)",""")


def test_every_verb_has_plain_words():
    missing = set()
    for path in (ROOT / "onestory").rglob("*.py"):
        text = path.read_text()
        found = {a or b for a, b in WRITTEN.findall(text)}
        for noun in PREFIXED.findall(text):
            found |= {f"{noun}.{verb}" for verb in VERB.findall(text)}
        missing |= found - words.VERBS.keys()
    assert not missing


def test_unknown_verbs_and_places_can_still_be_read():
    assert words.verb("safety-plan.begin") == "Safety plan: begin"
    assert words.place("risk:safety-plan") == "Safety plan"
    assert words.place("made-up world") == "Made up world"


# The pages


def test_no_survivors_name_is_on_a_guardians_page(client, as_, world):
    client.force_login(world.user("gwen"))
    with as_("olu"):
        names = {i.given_name for i in Identity.objects.all()} - {"Jack", "Ben", ""}
        reference = Person.objects.get(pk=world.id("sara")).reference
    urls = [reverse(f"access:{name}") for name in (*GUARDIANS_PAGES, "openings")]
    urls += [
        reverse("access:record-of-person", args=[world.id("sara")]),
        reverse("access:record-of-staff", args=[world.users["olu"]]),
    ]
    for url in urls:
        page = client.get(url)
        assert page.status_code == 200, url
        shown = page.content.decode()
        assert not [name for name in names if re.search(rf"\b{name}\b", shown)], url
    assert reference in shown


def test_by_reference_and_by_member_of_staff(client, as_, world):
    client.force_login(world.user("gwen"))
    with as_("olu"):
        reference = Person.objects.get(pk=world.id("sara")).reference
    url = reverse("access:record")
    page = client.post(url, {"by": "person", "person-reference": reference.replace("-", " ")})
    assert page.url == reverse("access:record-of-person", args=[world.id("sara")])
    page = client.post(url, {"by": "person", "person-reference": "2222-2222"})
    assert b"There is no record with this reference." in page.content
    page = client.post(url, {"by": "staff", "staff-user": world.users["olu"]})
    today = timezone.localdate()
    assert page.url.endswith(f"?since={today - timedelta(days=6)}&until={today}")
    assert reverse("access:record-of-staff", args=[world.users["olu"]]) in page.url
    page = client.get(page.url)
    assert b"Recorded and sent a contact" in page.content


def test_days_the_wrong_way_round(client, world):
    client.force_login(world.user("gwen"))
    day = {"staff-since-day": 9, "staff-since-month": 3, "staff-since-year": 2026}
    day |= {"staff-until-day": 8, "staff-until-month": 3, "staff-until-year": 2026}
    page = client.post(
        reverse("access:record"), {"by": "staff", "staff-user": world.users["olu"], **day}
    )
    assert b"must be the same as or after the first day" in page.content


def test_a_long_record_comes_a_page_at_a_time(client, as_, world, django_assert_max_num_queries):
    with as_("olu") as by:
        for number in range(60):
            record.write("test.try", by=by, person_id=world.id("sara"), detail={"n": number})
    client.force_login(world.user("gwen"))
    url, seen = reverse("access:record-of-person", args=[world.id("sara")]), 0
    for _ in range(2):
        with django_assert_max_num_queries(30):
            page = client.get(url)
        seen += page.content.decode().count("Test: try")
        url = url.partition("?")[0] + re.search(r'href="(\?after=[^"]+)"', page.content.decode())[1]
    assert seen == 50 - 1  # The first line is that one looked.


@pytest.mark.parametrize("who", ["olu", "tess", "mina", "adam"])
def test_the_record_is_for_guardians(client, world, who):
    client.force_login(world.user(who))
    urls = [reverse(f"access:{name}") for name in GUARDIANS_PAGES]
    urls.append(reverse("access:record-of-person", args=[world.id("sara")]))
    urls.append(reverse("access:record-of-staff", args=[world.users["olu"]]))
    assert {client.get(url).status_code for url in urls} == {404}


def test_nobody_is_let_in_without_signing_in(client, world):
    for name in (*GUARDIANS_PAGES, "openings", "barrings", "break-glass-by-reference"):
        page = client.get(reverse(f"access:{name}"))
        assert page.status_code == 302 and "/account/" in page.url


def test_what_is_not_there_is_not_there(client, world):
    client.force_login(world.user("gwen"))
    absent = "0190a000-0000-7000-8000-000000000000"
    for name in ("record-of-person", "record-of-staff", "bar", "opening", "lift"):
        assert client.get(reverse(f"access:{name}", args=[absent])).status_code == 404
