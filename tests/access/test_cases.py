"""Contacts, referrals and cases: who finds nothing, by page, query, action or SQL."""

import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.urls import reverse

from onestory.access.actions import bar
from onestory.access.models import Kind
from onestory.cases import actions
from onestory.cases.models import Case, Contact, Draft, Referral
from onestory.cases.queries import cases as case_queries
from onestory.cases.queries import worklist
from onestory.cases.queries.cases import Narrowed
from onestory.cases.rules.told import Home
from onestory.kernel.ids import new_id
from onestory.people.models import Relationship
from onestory.people.queries import find
from tests.disclosures import AGREED, case_facts, referring, target, told

pytestmark = pytest.mark.django_db
TABLES = ("cases_contact", "cases_referral", "cases_case")


def recorded(as_) -> Contact:
    """Rowan's, from Olu to the team that triages."""
    with as_("olu") as by:
        return actions.record_contact(by=by, team_id=by.home_team_id, told=told())


@pytest.fixture(scope="module")
def contact(beforehand):
    return recorded(beforehand)


@pytest.fixture(scope="module")
def referral(beforehand, contact):
    """From there to Ida."""
    how = {"contact_id": contact.pk}
    with beforehand("tess") as by:
        actions.grade_contact(by=by, **how, version=0, rag="red", reason="Knife.")
        actions.decide_contact(by=by, **how, version=1, decision=referring("idva"))
        return Referral.objects.get(contact_id=contact.pk)


@pytest.fixture(scope="module")
def case(beforehand, referral):
    """Ida's."""
    with beforehand("ida") as by:
        actions.accept_referral(by=by, referral_id=referral.pk, version=0, case=case_facts())
        return Case.objects.get(referral=referral)


def count(table: str, person_id) -> int:
    """In raw SQL, as the application's own role."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE person_id = %s", [person_id])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("who", "contacts", "referrals", "cases"),
    [
        ("olu", 1, 0, 0),  # told it: sees the contact, not where the survivor was referred
        ("tess", 1, 1, 0),
        ("petra", 1, 1, 0),
        ("ida", 0, 1, 1),  # was not given the story
        ("cass", 0, 0, 0),
        ("nell", 0, 0, 0),
        ("gwen", 0, 0, 0),
        ("adam", 0, 0, 0),
    ],
)
def test_who_sees_which_rows(case, as_, who, contacts, referrals, cases):
    with as_(who):
        seen = [count(table, case.person_id) for table in TABLES]
    assert seen == [contacts, referrals, cases]


def test_nobody_acting_sees_nothing(case):
    assert [count(table, case.person_id) for table in TABLES] == [0, 0, 0]


@pytest.mark.parametrize("who", ["cass", "nell", "gwen", "adam"])
def test_no_list_no_count_no_search_leads_there(case, as_, who):
    with as_(who) as by:
        assert not any(r.person_id == case.person_id for r in listed(by))
        assert not any(one.person.pk == case.person_id for one in find(by, "Rowan Teale"))
        if by.team_ids:
            everything = case_queries.cases(by, Narrowed()).rows
            assert case.pk not in {row.pk for row in everything}


def listed(by) -> list:
    """Every row of every list of the worklist."""
    lists = (
        worklist.contacts_to_decide,
        worklist.referrals_to_answer,
        worklist.decisions_to_see,
        worklist.answers_to_see,
        worklist.contacts_sent,
        worklist.referrals_sent,
    )
    return [row for rows in lists for row in rows(by).rows]


@pytest.mark.parametrize("who", ["cass", "nell", "gwen", "adam"])
def test_every_address_is_absent(case, referral, contact, client, world, who):
    client.force_login(world.user(who))
    for name, key in (
        ("contact", contact.pk),
        ("sent", contact.pk),
        ("referral", referral.pk),
        ("case", case.pk),
        ("case-correct", case.pk),
        ("case-close", case.pk),
        ("referral-accept", referral.pk),
        ("referral-decline", referral.pk),
        ("referral-withdraw", referral.pk),
        ("refer", contact.person_id),
        ("case-open", contact.person_id),
    ):
        assert client.get(reverse(f"cases:{name}", args=[key])).status_code == 404, name
    for name, key in (
        ("grade", contact.pk),
        ("decide", contact.pk),
        ("acknowledge", contact.pk),
        ("referral-acknowledge", referral.pk),
        ("referral-seen", referral.pk),
    ):
        sent = {
            "version": 0,
            "rag": "red",
            "reason": "x",
            "outcome": "advice",
            "advice_kind": "safety",
        }
        assert client.post(reverse(f"cases:{name}", args=[key]), sent).status_code == 404, name


@pytest.mark.parametrize("who", ["olu", "tess", "nell", "gwen"])
def test_an_absent_page_looks_like_a_forbidden_one(case, client, world, who):
    client.force_login(world.user(who))
    forbidden, absent = (
        client.get(reverse("cases:case", args=[key])) for key in (case.pk, new_id())
    )
    assert forbidden.status_code == absent.status_code == 404
    assert without_tokens(forbidden) == without_tokens(absent)


def without_tokens(page) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


@pytest.mark.parametrize("who", ["cass", "nell"])
def test_no_action_works_on_what_is_not_seen(case, referral, contact, as_, who):
    with as_(who) as by:
        for attempt in (
            lambda: actions.grade_contact(
                by=by, contact_id=contact.pk, version=2, rag="red", reason="x"
            ),
            lambda: actions.acknowledge_decision(by=by, contact_id=contact.pk),
            lambda: actions.accept_referral(by=by, referral_id=referral.pk, version=1),
            lambda: actions.withdraw_referral(
                by=by, referral_id=referral.pk, version=1, reason="sent-in-error"
            ),
            lambda: actions.close_case(
                by=by, case_id=case.pk, version=0, closed_on=case.opened_on, reason="died"
            ),
            lambda: actions.open_case(
                by=by, team_id=by.home_team_id, person_id=contact.person_id, facts=case_facts()
            ),
            lambda: actions.send_referral(
                by=by,
                team_id=by.home_team_id,
                person_id=contact.person_id,
                target=target("refuge"),
                sharing=AGREED,
            ),
            lambda: actions.start_draft(by=by, person_id=contact.person_id),
        ):
            with pytest.raises(Http404):
                attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_contact SET rag = 'blue' WHERE person_id = %s",
        "UPDATE cases_referral SET words = '' WHERE person_id = %s",
        "UPDATE cases_case SET area = 'grays' WHERE person_id = %s",
    ],
)
@pytest.mark.parametrize("who", ["cass", "nell", "gwen"])
def test_no_statement_changes_what_is_not_seen(case, as_, who, statement):
    with as_(who), connection.cursor() as cursor:
        cursor.execute(statement, [case.person_id])
        assert cursor.rowcount == 0


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_ever_deleted(case, as_, table):
    with as_("tess"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {table}")


def test_a_relative_in_the_team_is_barred_from_all_of_it(referral, contact, as_, world, client):
    with as_("mina") as by:
        bar(
            by=by,
            person_id=contact.person_id,
            user=world.user("bart"),
            reason="He is her brother.",
        )
    with as_("bart") as by:
        assert [count(table, contact.person_id) for table in TABLES] == [0, 0, 0]
        assert not any(r.person_id == contact.person_id for r in listed(by))
        assert not find(by, "Rowan Teale")
    client.force_login(world.user("bart"))
    assert client.get(reverse("cases:contact", args=[contact.pk])).status_code == 404


def test_the_red_alert_does_not_tell_the_barred(as_, world):
    contact = recorded(as_)
    with as_("bart") as by:
        before = worklist.ringing(by)
    with as_("tess") as by:
        actions.grade_contact(by=by, contact_id=contact.pk, version=0, rag="red", reason="Knife.")
    with as_("bart") as by:
        assert worklist.ringing(by) == before + 1
    with as_("mina") as by:
        bar(by=by, person_id=contact.person_id, user=world.user("bart"), reason="Brother.")
    with as_("bart") as by:
        assert worklist.ringing(by) == before


def test_whereabouts_go_with_no_referral_unless_ticked(graded_in_hiding, as_):
    contact = graded_in_hiding
    with as_("tess") as by:
        actions.decide_contact(by=by, contact_id=contact.pk, version=1, decision=referring("idva"))
    with as_("ida"):
        assert count("people_address", contact.person_id) == 0


def test_whereabouts_go_if_they_are_ticked(graded_in_hiding, as_):
    contact = graded_in_hiding
    with as_("tess") as by:
        there = target("idva", kinds=frozenset({Kind.WHEREABOUTS}))
        decision = referring(targets=(there,))
        actions.decide_contact(by=by, contact_id=contact.pk, version=1, decision=decision)
    with as_("ida"):
        assert count("people_address", contact.person_id) == 1


@pytest.fixture
def graded_in_hiding(as_):
    hiding = Home("2 Mill Lane", "SS17 0AA", "stanford", confidential=True)
    with as_("olu") as by:
        sent = actions.record_contact(
            by=by, team_id=by.home_team_id, told=told(home=hiding, share_whereabouts=True)
        )
    with as_("tess") as by:
        return actions.grade_contact(
            by=by, contact_id=sent.pk, version=0, rag="red", reason="Knife."
        )


def test_the_person_using_abuse_leads_nowhere(contact, as_):
    """From his record, for a team that knows nothing but him, there is no way to hers."""
    with as_("tess"):
        [he] = [row.other_id for row in relationships(contact.person_id) if row.uses_abuse]
    with as_("tess") as by:
        actions.send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=he,
            target=target("change-programme"),
            sharing=AGREED,
        )
        assert not Contact.objects.filter(person_id=he).exists()
        assert not relationships(he)


def relationships(person_id) -> list:
    return list(Relationship.objects.filter(person_id=person_id))


def test_a_draft_is_nobody_elses(as_):
    with as_("olu") as by:
        draft = actions.start_draft(by=by)
    for who in ("tess", "adam", "gwen", "cass"):
        with as_(who):
            assert not Draft.objects.filter(pk=draft.pk).exists()
            assert not Draft.objects.filter(pk=draft.pk).update(answers={})
