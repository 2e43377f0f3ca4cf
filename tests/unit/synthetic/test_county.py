"""The county is loaded in bulk; here its rows are held against those that the actions leave."""

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from random import Random
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connections

from onestory.access import actions as access
from onestory.access import queries
from onestory.access.acting import acting
from onestory.agencies.actor import Actor, actor_of
from onestory.agencies.models import Service, Team, User
from onestory.cases import actions
from onestory.cases.models import Case, Contact, Referral
from onestory.cases.rules.decisions import Target
from onestory.kernel.calendar import local
from onestory.kernel.ids import new_id
from onestory.people import actions as people
from onestory.people.models import SafeContact
from onestory.support import actions as support
from onestory.support.actions.endings import Ended
from onestory.support.actions.sessions import Meeting
from synthetic.county import tables
from synthetic.county.episodes import OUTCOME, SESSION
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place
from synthetic.county.scribe import CONTACT_KINDS, TRIAGE, Scribe
from synthetic.county.stories import LENGTH, Deed, Heard, Referred, Story, Work, story
from synthetic.town import at

STORIES = 24
# Made by a key that counts on, not by us.
NUMBERED = {"people_searchkey", "access_entry"}
# A draft is empty once it is sent, a meeting is about nobody, and whoever reads is recorded: none of
# this is told by a story.
NOT_COMPARED = {"cases_draft", "marac_meeting"}
NOT_TOLD = {"read", "draft.start"}


def test_every_column_is_written():
    models = {model._meta.db_table: model for model in apps.get_models()}
    for table, columns in COLUMNS.items():
        there = {field.column for field in models[table]._meta.concrete_fields}
        assert set(columns) == there - ({"id"} if table in NUMBERED else set()), table


@pytest.fixture
def stories(county) -> list[Story]:
    random, length = Random("stories"), LENGTH / STORIES
    return [
        story(random, county, county.now - length * (STORIES - number) + length / 2, 6)
        for number in range(STORIES - 4)
    ] + [story(random, county, county.now - length / 2000 * (number + 1), 6) for number in range(4)]


@pytest.mark.slow
def test_bulk_loading_leaves_what_the_actions_leave(county, stories):
    people = compare(county, stories)
    assert people > len(stories)
    states_are_all_there(stories)


def compare(county: Place, stories: list[Story]) -> int:
    """Hold the rows of bulk loading against those of the actions; says of how many people."""
    before = everybody()
    for told in stories:
        Player(county).play(told)
    by_actions = everybody() - before
    load(county, stories)
    by_bulk = everybody() - before - by_actions
    assert len(by_bulk) == len(by_actions)
    expected, found = rows_about(by_actions), rows_about(by_bulk)
    for table in expected:
        assert list((expected[table] - found[table]).elements()) == [], f"{table}: not loaded"
        assert list((found[table] - expected[table]).elements()) == [], f"{table}: not made"
    return len(by_actions)


def states_are_all_there(stories: list[Story]) -> None:
    """So that the comparison above means something."""
    heard = [one for told in stories for one in told.heard]
    referred = [one for each in heard for one in each.referrals]
    assert {bool(one.graded) + bool(one.decided) for one in heard} == {0, 1, 2}
    assert {one.decision.outcome for one in heard if one.decision} == set(Contact.Outcome.values)
    assert {"accept", "decline"} <= {one.answer for one in referred}
    assert any(one.work and one.work.closed for one in [*heard, *referred])
    assert any(len(told.heard) > 1 for told in stories)
    assert any(one.told.home and one.told.home.confidential for one in heard)


@pytest.mark.slow
def test_what_was_taken_off_is_put_back(county, stories):
    whole = shape()
    bare = tables.Bare(list(COLUMNS))
    assert shape() != whole
    load(county, stories)
    bare.put_back(lambda: None)
    assert shape() == whole


def test_the_same_seed_makes_the_same_county(county):
    one, other = (story(Random("one"), county, county.now - LENGTH / 2, 6) for _ in range(2))
    assert one == other


class Player:
    """Lets the actions do what a story says, each by the one who did it, when they did it."""

    def __init__(self, where: Place):
        self.place = where

    def play(self, told: Story) -> None:
        first = told.heard[0]
        with self.acting(first.recorded) as by:
            team = self.team(first.team)
            self.person = people.add_person(by=by, team_id=team.pk, facts=told.who).pk
        for heard in told.heard:
            self.hear(heard)
        if told.barred:
            with self.acting(told.barred) as by:
                user = User.objects.get(pk=told.barred_user)
                access.bar(by=by, person_id=self.person, user=user, reason="They are related.")

    @contextmanager
    def acting(self, deed: Deed) -> Iterator[Actor]:
        actor = actor_of(User.objects.get(pk=deed.by))
        with at(deed.at), acting(actor, purpose="story") as scope:
            yield scope.actor

    def team(self, code: str) -> Team:
        return Team.objects.get(code=code)

    def hear(self, heard: Heard) -> None:
        with self.acting(heard.recorded) as by:
            seen = SafeContact.objects.filter(person=self.person, superseded_at=None).first()
            safe = replace(heard.told.safe, seen_id=seen and seen.pk)
            contact = actions.record_contact(
                by=by,
                team_id=self.team(heard.team).pk,
                told=replace(heard.told, safe=safe),
                person_id=self.person,
            )
        if heard.graded:
            how = {"version": 0, "rag": heard.rag, "reason": "As it was told."}
            self.do(heard.graded, actions.grade_contact, contact_id=contact.pk, **how)
        if heard.decided:
            self.decide(heard, contact)
        if heard.work:
            self.work(heard.told.to_team, heard.work, contact)
        if heard.taken_back:
            self.take_back(heard)
        if heard.acknowledged:
            self.do(heard.acknowledged, actions.acknowledge_decision, contact_id=contact.pk)

    def do(self, deed: Deed, action, **how):
        with self.acting(deed) as by:
            return action(by=by, **how)

    def decide(self, heard: Heard, contact: Contact) -> None:
        targets = tuple(
            Target(self.team(one.team), Service.objects.filter(code=one.service).first())
            for one in heard.referrals
        )
        decision = replace(heard.decision, targets=targets)
        how = {"contact_id": contact.pk, "version": 1, "decision": decision}
        self.do(heard.decided, actions.decide_contact, **how)
        for referred in heard.referrals:
            self.refer(referred, contact)

    def refer(self, referred: Referred, contact: Contact) -> None:
        if not (referred.acknowledged or referred.answered):
            return
        deed = referred.acknowledged or referred.answered
        with self.acting(deed):
            which = {"to_team__code": referred.team, "service__code": referred.service}
            referral = Referral.objects.get(contact=contact, **which)
        one = {"referral_id": referral.pk, "version": int(bool(referred.acknowledged))}
        if referred.acknowledged:
            how = {**one, "version": 0}
            self.do(referred.acknowledged, actions.acknowledge_referral, **how)
        if referred.answer == "accept":
            facts = referred.work and referred.work.facts
            self.do(referred.answered, actions.accept_referral, **one, case=facts)
            if facts:
                with self.acting(referred.answered):
                    case = Case.objects.get(referral=referral)
                end = self.see_through if referred.work.sessions else self.close
                end(referred.work, case)
        elif referred.answer:
            verb = {"decline": actions.decline_referral, "withdraw": actions.withdraw_referral}
            self.do(referred.answered, verb[referred.answer], **one, reason=referred.reason)
        if referred.seen:
            self.do(referred.seen, actions.see_answer, referral_id=referral.pk)

    def work(self, team: str, work: Work, contact: Contact) -> None:
        case = self.do(
            work.opened,
            actions.open_case,
            team_id=self.team(team).pk,
            person_id=self.person,
            facts=work.facts,
            contact=contact,
        )
        self.close(work, case)

    def close(self, work: Work, case: Case) -> None:
        if work.closed:
            day = local(work.closed.at).date()
            how = {"version": 0, "closed_on": day, "reason": work.close_reason}
            self.do(work.closed, actions.close_case, case_id=case.pk, **how)

    def see_through(self, work: Work, case: Case) -> None:
        kinds = [kind.code for kind in self.place.pack.session_kinds if kind.own]
        channel = self.place.codes("session_channels")[0]
        for number, deed in enumerate(work.sessions):
            when, kind = deed.at - SESSION, kinds[min(number, 1)]
            meeting = Meeting(kind, channel, when, UUID(deed.by), minutes=SESSION.seconds // 60)
            how = {"session_id": new_id(), "meeting": meeting, "attended": True}
            self.do(deed, support.record_session, case_id=case.pk, **how)
        day = local(work.closed.at).date()
        ended = Ended(day, work.close_reason, OUTCOME, told_survivor=True)
        how = {"version": len(work.sessions), "ended": ended}
        self.do(work.closed, support.end_case, case_id=case.pk, **how)

    def take_back(self, heard: Heard) -> None:
        with self.acting(heard.taken_back) as by:
            given = [
                grant.pk
                for grant in queries.grants_on(by, self.person)
                if grant.team.code == heard.told.to_team
                and (grant.purpose, grant.ended_at) == (TRIAGE, None)
                and grant.envelope.kind in CONTACT_KINDS
            ]
            for key in given:
                access.end_grant(by=by, grant_id=key, reason="consent withdrawn")


def load(where: Place, stories: list[Story]) -> None:
    """Into tables that have all their constraints, where they are there."""
    ledger = Ledger(Random("load"), 1, 1)
    scribe = Scribe(where, ledger)
    for told in stories:
        scribe.write(told)
    with tables.connect() as owner, owner.transaction():
        for table, rows in ledger.rows.items():
            tables.copy(owner, table, COLUMNS[table], rows)


def asked(sql: str, params=()) -> list:
    """What the owner of the tables sees."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def everybody() -> set[UUID]:
    return {key for (key,) in asked("SELECT id FROM people_person")}


def shape() -> tuple[list, list]:
    constraints = asked(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
        " FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2"
    )
    indexes = asked("SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1")
    return constraints, indexes


def rows_about(persons: set[UUID], known: "Names | None" = None) -> dict[str, Counter]:
    """Every row about these people, by table, with names in place of ids and without times."""
    known = known or Names(persons)
    return {
        table: Counter(
            known.row(table, columns, row)
            for row in asked(_query(table, columns), [list(persons)])
            if table != "access_entry" or row[columns.index("verb")] not in NOT_TOLD
        )
        for table, columns in COLUMNS.items()
        if table not in NOT_COMPARED
    }


def _query(table: str, columns: tuple[str, ...]) -> str:
    named = ", ".join(f't."{column}"' for column in columns)
    if table == "access_grant":
        whose = "t.envelope_id IN (SELECT id FROM access_envelope WHERE person_id = ANY(%s))"
    else:
        whose = f"t.{'id' if table == 'people_person' else 'person_id'} = ANY(%s)"
    return f"SELECT {named} FROM {table} t WHERE {whose}"


class Names:
    """What ids stand for, the same whoever made them: people by name, contacts by their order."""

    def __init__(self, persons: set[UUID]):
        ids = [list(persons)]
        about = "WHERE person_id = ANY(%s)"
        self.of = dict(asked("SELECT id, code FROM agencies_team"))
        self.of |= dict(asked("SELECT id, code FROM agencies_service"))
        self.of |= dict(asked("SELECT id, email FROM agencies_user"))
        for key, *facts in asked(
            f"SELECT person_id, given_name, family_name, born_on FROM people_identity {about}", ids
        ):
            self.of[key] = " ".join(map(str, facts))
        for key, whose, kind in asked(
            f"SELECT id, person_id, kind FROM access_envelope {about}", ids
        ):
            self.of[key] = f"{kind} of {self.of[whose]}"
        for key, whose, number in asked(
            "SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY received_at)"
            f" FROM cases_contact {about}",
            ids,
        ):
            self.of[key] = f"contact {number} of {self.of[whose]}"
        for key, contact, team, service in asked(
            f"SELECT id, contact_id, to_team_id, service_id FROM cases_referral {about}", ids
        ):
            to = self.of.get(service) or self.of[team]
            self.of[key] = f"{self.of[contact]}, referred to {to}"
        for key, team, came_by in asked(
            f"SELECT id, team_id, coalesce(referral_id, contact_id) FROM cases_case {about}", ids
        ):
            self.of[key] = f"case of {self.of[team]}, {self.of[came_by]}"
        for key, envelope, team in asked("SELECT id, envelope_id, team_id FROM access_grant"):
            if envelope in self.of:
                self.of[key] = f"{self.of[envelope]} for {self.of[team]}"

    def row(self, table: str, columns: tuple[str, ...], row: tuple) -> tuple:
        return tuple(
            (column, self._value(column, value))
            for column, value in zip(columns, row, strict=True)
            if column not in ("id", "reference", "transaction", "series")
        )

    def _value(self, column: str, value):
        if column == "subject":
            return value.partition(":")[0]
        if column == "detail":
            told = {k: v for k, v in json.loads(value).items() if k not in ("within", "told")}
            return str({k: self.of.get(_uuid(v), v) for k, v in sorted(told.items())})
        if isinstance(value, datetime):
            return "then"
        if isinstance(value, UUID):
            return self.of[value]
        if isinstance(value, list):
            names = [self.of[one] if isinstance(one, UUID) else one for one in value]
            return tuple(sorted(names))
        return value.isoformat() if isinstance(value, date) else value


def _uuid(value) -> UUID | None:
    try:
        return UUID(value)
    except (AttributeError, TypeError, ValueError):
        return None
