"""Danger put into a county in bulk is as the actions leave it when they are told the same."""

from collections import Counter
from contextlib import contextmanager
from datetime import date
from random import Random
from uuid import UUID

import pytest
from django.utils import timezone

from onestory.access.acting import acting
from onestory.agencies.actor import actor_of
from onestory.agencies.models import Team, User
from onestory.agencies.pack import pack
from onestory.agencies.roles import Permission
from onestory.assessment import actions as assessment
from onestory.assessment import bank
from onestory.kernel.calendar import local
from onestory.kernel.ids import new_id
from onestory.kernel.opening import ONCE
from onestory.marac import actions
from onestory.marac.models import Item, Referral, Research
from onestory.people import actions as people
from onestory.risk.actions.changes import change_risk, see_change
from onestory.risk.actions.checklists import assess, begin_checklist, receive_result
from onestory.risk.actions.orders import record_breach, record_order
from onestory.risk.actions.plans import Given, agree_plan
from onestory.risk.models import SafetyPlanStep
from synthetic.county import judging, table, tables
from synthetic.county.couples import couples, questions, write
from synthetic.county.danger import (
    FORM,
    FROM_POLICE,
    JUDGED,
    REVIEWED,
    STEPS,
    Asked,
    Brought,
    Danger,
    Dice,
    Meeting,
    bring,
    danger,
)
from synthetic.county.judging import Couple
from synthetic.county.ledger import COLUMNS, Ledger
from synthetic.county.place import Place
from synthetic.county.stories import DAY, Deed
from synthetic.town import at
from tests.unit.synthetic import test_county as whole

TEAM = "compass"
OURS = ("risk_", "marac_", "assessment_")
# One who comes twice, one whose case is not heard yet, one who is not brought at all.
AGO = ((80, 20), (4,), (30,))


@pytest.fixture
def rule():
    return pack().marac_rule(timezone.localdate())


@pytest.mark.slow
def test_bulk_loading_leaves_what_the_actions_leave(county, rule):
    made = {make_couple(county, number // 2) for number in range(2 * len(AGO))}
    with tables.connect() as owner:
        known = [of for _, of in couples(owner, rule) if of.person in made]
    assert len(known) == 2 * len(AGO)
    by_actions, in_bulk = known[::2], known[1::2]
    stories = [tell(county, rule, *these) for these in zip(AGO, by_actions, strict=True)]
    for couple, told in zip(by_actions, stories, strict=True):
        for one in told:
            Player(county, couple).play(one)
    ledger = Ledger(Random("bulk"), 0, 1)
    for couple, told in zip(in_bulk, stories, strict=True):
        for one in told:
            write(ledger, county, rule, couple, one)
    with tables.connect() as owner, owner.transaction():
        for name, rows in ledger.rows.items():
            tables.copy(owner, name, COLUMNS[name], rows)
    expected, found = rows_about(by_actions), rows_about(in_bulk)
    for name in expected:
        assert list((expected[name] - found[name]).elements()) == [], f"{name}: not loaded"
        assert list((found[name] - expected[name]).elements()) == [], f"{name}: not made"
    states_are_all_there(stories, found)


def states_are_all_there(stories: list[list[Danger]], found: dict[str, Counter]) -> None:
    """So that the comparison means something."""
    every = [one for told in stories for one in told]
    assert {bool(one.brought) for one in every} == {True, False}
    assert any(one.brought and one.brought.closed for one in every)
    assert any(one.changed and one.seen for one in every)
    for name in COLUMNS:
        if name.startswith(OURS) and name != "marac_meeting":
            assert found[name], f"{name}: nothing to compare"


def make_couple(where: Place, number: int) -> str:
    """Two people whom a team knows, the one by the other; and again, who are told of the same."""
    by = User.objects.get(pk=where.who_may(TEAM, Permission.ASSESS)[0])
    with acting(actor_of(by), purpose="story") as scope:
        how = {"by": scope.actor, "team_id": scope.actor.home_team_id}
        facts = people.Facts("Anna", f"Number {number}", born_on=date(1990, 5, 1), sex="female")
        her = people.add_person(**how, facts=facts)
        facts = people.Facts("Karl", f"Number {number}", born_on=date(1988, 5, 1), sex="male")
        him = people.add_person(**how, facts=facts, kinds=("identity",))
        kind = next(iter(where.using_abuse))
        people.relate(by=scope.actor, person_id=her.pk, other_id=him.pk, kind=kind, uses_abuse=True)
        return str(her.pk)


def tell(where: Place, rule, ago: tuple[int, ...], couple: Couple) -> list[Danger]:
    """A story for each time; all but the last kind are brought before a meeting."""
    told = []
    for number, days in enumerate(ago):
        again, random = number > 0, Random(f"danger {days}")
        dice = Dice(random, where, couple.team, rule, told=len(ago) > 1)
        one = danger(dice, where.now - DAY * days, questions(), again=again)
        if number == 0:
            one.ordered, one.broken = (dice.own(one.judged.at + DAY * n) for n in (0.06, 12))
            one.changed = dice.own(one.judged.at + 9 * DAY)
        one.answers = one.answers or ([] if again else ["yes"] * 5 + ["no"] * (questions() - 5))
        if days != AGO[-1][0]:
            bring(dice, one, plan(where, rule, days), again=again, taken=True)
        told.append(one)
    return told


def plan(where: Place, rule, days: int) -> Meeting:
    """A meeting ten days after that, planned by an action."""
    by = where.who_may(rule.coordinators, Permission.MARAC_COORDINATE)[0]
    planned, starts_at = Deed(where.now - 100 * DAY, by), where.now + DAY * (10 - days)
    meeting = Meeting(str(new_id()), starts_at, planned)
    hold_meeting(meeting)
    return meeting


def hold_meeting(meeting: Meeting) -> None:
    """Planned by an action."""
    with doing(meeting.planned) as actor:
        actions.plan_meeting(
            by=actor,
            team_id=actor.home_team_id,
            meeting_id=UUID(meeting.id),
            starts_at=meeting.starts_at,
            minutes=table.LASTS,
            minutes_a_case=table.A_CASE,
            place=table.WHERE,
        )


@contextmanager
def doing(deed: Deed):
    # Who works there has begun today.
    who = actor_of(User.objects.get(pk=deed.by))
    with at(deed.at), acting(who, purpose="story") as scope:
        yield scope.actor


class Player:
    """Lets the actions do what a story says of a couple, each by the one who did it."""

    def __init__(self, where: Place, of: Couple):
        self.place, self.of = where, of
        self.person, self.abuser = UUID(of.person), UUID(of.abuser)

    def play(self, told: Danger) -> None:
        self.judge(told)
        if told.ordered:
            self.order(told)
        if told.brought:
            self.bring(told.brought)
        if told.changed:
            self.change(told)
        self.look_at(told)
        if told.brought and told.brought.closed:
            self.close(told.brought)

    def judge(self, told: Danger) -> None:
        with doing(told.judged) as by:
            how = {"by": by, "team_id": by.home_team_id, "person_id": self.person}
            if told.answers:
                self.ask(how, told.answers)
            else:
                receive_result(
                    **how,
                    form=FROM_POLICE,
                    sent_by=judging.SENT_BY,
                    on=local(told.judged.at).date(),
                    level="high",
                    reason=judging.WHY,
                )
        if told.planned:
            self.plan(told)

    def ask(self, how: dict, answers: list[str]) -> None:
        sitting = begin_checklist(**how, instrument=FORM)
        codes = [count.question for count in bank.instrument(FORM).scoring.counts]
        given = [assessment.Given(*one) for one in zip(codes, answers, strict=True)]
        assessment.save(by=how["by"], sitting_id=sitting.pk, given=given)
        yes = answers.count("yes")
        level = "high" if yes >= 14 else "medium" if yes >= 10 else "standard"
        assess(by=how["by"], sitting_id=sitting.pk, level=level)

    def plan(self, told: Danger) -> None:
        steps = [Given(*step) for step in STEPS]
        for seen, deed in enumerate(filter(None, (told.planned, told.reviewed))):
            with doing(deed) as by:
                how = {"by": by, "team_id": by.home_team_id, "person_id": self.person}
                agree_plan(**how, seen=seen, paper="small", steps=steps)
                rows = SafetyPlanStep.objects.filter(person_id=self.person, superseded_at=None)
                kept = rows.exclude(words=STEPS[0][1])
                steps = [Given(r.heading, r.words, r.shared, step_id=r.pk) for r in kept]
                steps.append(Given(*REVIEWED))

    def order(self, told: Danger) -> None:
        with doing(told.ordered) as by:
            said = judging.terms(told.ordered)
            how = {"by": by, "team_id": by.home_team_id}
            order = record_order(**how, person_id=self.abuser, terms=said)
        if told.broken:
            with doing(told.broken) as by:
                record_breach(
                    by=by,
                    order_id=order.pk,
                    team_id=by.home_team_id,
                    on=local(told.broken.at).date(),
                    what=judging.BROKEN,
                    police_know=judging.POLICE,
                )

    def bring(self, told: Brought) -> None:
        key = self.refer(told)
        if told.accepted:
            with doing(told.accepted) as by:
                actions.accept_referral(by=by, referral_id=key, version=0)
                codes = [one.team for one in told.asked]
                teams = list(Team.objects.filter(code__in=codes).values_list("pk", flat=True))
                how = {"team_ids": teams, "words": table.WHY}
                actions.ask_agencies(by=by, referral_id=key, **how)
                actions.put_on_agenda(by=by, referral_id=key, meeting_id=UUID(told.meeting.id))
        for one in told.asked:
            if one.answered:
                self.answer(key, one)
        if told.wishes:
            how = {"referral_id": key, "words": table.WISHES, "agrees": "yes"}
            self.do(told.wishes, actions.bring_wishes, wishes_id=new_id(), **how)
        if told.minuted:
            self.minute(told, key)
        if told.told_after:
            how = {"on": local(told.told_after.at).date(), "words": table.TOLD_HER}
            tell = {"referral_id": key, "telling_id": new_id(), **how}
            self.do(told.told_after, actions.tell_survivor, **tell)

    def do(self, deed: Deed, action, **how):
        with doing(deed) as by:
            return action(by=by, **how)

    def refer(self, told: Brought) -> UUID:
        key = new_id()
        facts = actions.Facts(
            criteria=told.criteria,
            words=table.WORDS,
            why=table.WHY,
            agrees="yes" if told.told else "not-asked",
            reason=table.REASON if JUDGED in told.criteria else "",
            abuser_id=self.abuser,
            children=told.children,
            children_words=table.THEIR_WORDS[told.children],
            told=told.told,
            not_told_reason="" if told.told else table.NOT_TOLD,
        )
        with doing(told.referred) as by:
            how = {"team_id": by.home_team_id, "person_id": self.person, "facts": facts}
            actions.refer(by=by, referral_id=key, **how)
        return key

    def answer(self, key: UUID, one: Asked) -> None:
        found = one.about_her or one.about_him
        with doing(one.answered) as by:
            asked = Research.objects.get(referral_id=key, team_id=by.home_team_id)
            actions.answer_research(
                by=by,
                research_id=asked.pk,
                answer_id=new_id(),
                holds="something" if found else "nothing",
                about_survivor=one.about_her,
                about_abuser=one.about_him,
            )

    def minute(self, told: Brought, key: UUID) -> None:
        with doing(told.minuted) as by:
            item = Item.objects.get(referral_id=key).pk
            how = {"typed": {"risk": [table.MINUTES]}, "opening": ONCE}
            actions.save_minutes(by=by, item_id=item, **how)
        for offer in told.offers:
            how = {"whom": offer.whom, "words": offer.words, "due_on": offer.due_on}
            with doing(offer.at) as by:
                team = Team.objects.get(code=offer.team).pk
                ids = {"item_id": item, "action_id": new_id(), "team_id": team}
                made = actions.add_action(by=by, **ids, **how, may_tell=True)
            if offer.done:
                how = {"action_id": made.pk, "evidence": table.DONE}
                self.do(offer.done, actions.do_action, **how)
            if offer.left:
                how = {"action_id": made.pk, "reason": table.LEFT}
                self.do(offer.left, actions.leave_action, **how)
        self.do(told.heard, actions.end_hearing, item_id=item)

    def change(self, told: Danger) -> None:
        key = new_id()
        with doing(told.changed) as by:
            change_risk(
                by=by,
                team_id=by.home_team_id,
                person_id=self.person,
                change_id=key,
                kind=judging.CHANGE,
                words=judging.CHANGED,
            )
        for deed in told.seen.values():
            self.do(deed, see_change, change_id=key)

    def look_at(self, told: Danger) -> None:
        for day, deed in told.looked_at:
            with doing(deed) as by:
                case = Referral.objects.filter(person_id=self.person).latest("recorded_at")
                team = Team.objects.get(code=self.of.team).pk
                how = {"on": day, "team_id": team, "words": table.NO_REPEAT}
                actions.dismiss_repeat(by=by, referral_id=case.pk, **how)

    def close(self, told: Brought) -> None:
        with doing(told.closed) as by:
            case = Referral.objects.get(person_id=self.person, closed_at=None)
            how = {"version": case.version, "outcome": told.outcome}
            actions.close_case(by=by, referral_id=case.pk, **how)


def rows_about(them: list[Couple]) -> dict[str, Counter]:
    """Every row about these people, with names in place of ids, the same whoever made them."""
    persons = {UUID(key) for of in them for key in (of.person, of.abuser)}
    known = Named(persons)
    return whole.rows_about(persons, known)


class Named(whole.Names):
    """What else has an id: cases by their order, what was opened by to whom, all else by its table."""

    def __init__(self, persons: set[UUID]):
        super().__init__(persons)
        self.of |= dict(whole.asked("SELECT id, starts_at::text FROM marac_meeting"))
        for name, columns in COLUMNS.items():
            if {"id", "person_id"} <= {*columns} and name.startswith(OURS):
                self._name(name, "team_id" if "team_id" in columns else "person_id", persons)
        self._name("access_sharewithoutconsent", "to_team_id", persons)
        for key, whose, number in whole.asked(
            "SELECT id, person_id, row_number() OVER (PARTITION BY person_id ORDER BY recorded_at)"
            " FROM marac_referral WHERE person_id = ANY(%s)",
            [list(persons)],
        ):
            self.of[key] = f"case {number} of {self.of[whose]}"

    def _name(self, name: str, by: str, persons: set[UUID]) -> None:
        for key, whose, other in whole.asked(
            f"SELECT id, person_id, {by} FROM {name} WHERE person_id = ANY(%s)", [list(persons)]
        ):
            self.of[key] = f"{name} of {self.of[whose]}, {self.of[other]}"
