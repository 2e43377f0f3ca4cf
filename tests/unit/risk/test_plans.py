"""Safety plans: versions that stay readable, steps shared or not, two at once; changes of danger."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from onestory.cases.alerts import alerts
from onestory.kernel.errors import Refused, Stale
from onestory.kernel.ids import new_id
from onestory.people.actions.envelopes import written
from onestory.risk import queries
from onestory.risk.actions import changes
from onestory.risk.models import RiskChange, RiskChangeSeen, SafetyPlanStep
from onestory.risk.queries import waiting
from tests.danger import changed, of, planned, step
from tests.orders import open_to


@pytest.fixture
def meera(world):
    return world.id("meera")


def said(view):
    return [step.words for heading in view.headings for step in heading.steps]


def kept(row, **changes):
    values = {"heading": row.heading, "words": row.words, "shared": row.shared}
    return step(**(values | changes), step_id=row.pk)


def test_every_version_stays_readable(as_, meera):
    with as_("ida") as by:
        planned(by, meera, step("One"), step("Two", heading="out"))
        one = queries.plan(by, meera).headings[0].steps[0]
        planned(by, meera, kept(one, words="One, in other words"), step("Three"), seen=1)
        now, then = queries.plan(by, meera), queries.plan(by, meera, 1)
        assert said(now) == ["One, in other words", "Three"]
        assert said(then) == ["One", "Two"]
        assert (now.is_newest, then.is_newest) == (True, False)
        with pytest.raises(Http404):
            queries.plan(by, meera, 3)


def test_a_step_that_stays_is_the_same_row(as_, meera):
    with as_("ida") as by:
        planned(by, meera, step("One"))
        row = SafetyPlanStep.objects.get()
        planned(by, meera, kept(row), seen=1)
        assert SafetyPlanStep.objects.get() == row


def test_two_at_once_see_each_other(as_, meera):
    with as_("ida") as by:
        planned(by, meera, step("One"))
        with pytest.raises(Stale) as stale:
            planned(by, meera, step("Mine"), seen=0)
        assert stale.value.theirs.version == 1
        assert said(queries.plan(by, meera)) == ["One"]


def test_who_holds_the_danger_sees_what_is_shared_and_no_more(as_, meera):
    with as_("ida") as by:
        planned(by, meera, step("Shared"), step("Between us", shared=False))
        open_to(by, meera, "mash", ["identity", "risk", "support"], may_write=True)
    with as_("cass") as by:
        assert said(queries.plan(by, meera)) == ["Shared"]
        row = SafetyPlanStep.objects.get()
        planned(by, meera, kept(row, words="Shared anew"), seen=1)
    with as_("ida") as by:
        # What another team cannot see, it does not take out.
        assert sorted(said(queries.plan(by, meera))) == ["Between us", "Shared anew"]


def test_without_her_support_every_step_is_shared(as_, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk"], may_write=True)
    with as_("cass") as by:
        with pytest.raises(Refused, match="does not hold"):
            planned(by, meera, step("Between us", shared=False))
        assert planned(by, meera, step("Shared")).version == 1


@pytest.mark.parametrize(
    ("steps", "paper", "match"),
    [
        ([step("One")], "", "on paper"),
        ([step("  ")], "full", "few words"),
        ([step("x" * 501)], "full", "500 characters"),
        ([step("One", heading="nowhere")], "full", "what the step is about"),
    ],
)
def test_bad_plans_are_refused_in_plain_words(as_, meera, steps, paper, match):
    with as_("ida") as by, pytest.raises(Refused, match=match):
        planned(by, meera, *steps, paper=paper)


def test_a_change_reaches_every_team_until_it_has_seen_it(as_, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk"])
        row = changed(by, meera)
        assert not alerts(by)
    with as_("cass") as by:
        (alert,) = alerts(by)
        assert alert.person_id == meera and "Released from prison or custody" in alert.facts
        # A team that may only read may say that it has seen it.
        changes.see_change(by=by, change_id=row.pk)
        changes.see_change(by=by, change_id=row.pk)
        assert not alerts(by)
        assert RiskChangeSeen.objects.filter(change=row).count() == 2
    with as_("tess") as by:
        assert not alerts(by)
        with pytest.raises(Http404):
            changes.see_change(by=by, change_id=row.pk)


def test_whoever_learns_of_her_later_is_not_rung_for_what_was(as_, meera, monkeypatch):
    def an_hour_ago(**values):
        return {**written(**values), "recorded_at": timezone.now() - timedelta(hours=1)}

    with as_("ida") as by:
        with monkeypatch.context() as patch:
            patch.setattr(changes, "written", an_hour_ago)
            changed(by, meera)
        open_to(by, meera, "mash", ["identity", "risk"])
    with as_("cass") as by:
        assert list(queries.changes(by, [meera]))
        assert not alerts(by)


def test_after_a_change_the_plan_is_to_be_looked_at_again(as_, meera, monkeypatch):
    with as_("ida") as by:
        planned(by, meera, step("One"))
        assert not queries.plan(by, meera).must_be_reviewed
        changed(by, meera, "pregnant")
        assert queries.plan(by, meera).must_be_reviewed
        assert [alert.tag for alert in alerts(by)] == ["Safety plan to review"]
        with monkeypatch.context() as patch:
            patch.setattr(waiting, "SHOWN_FOR", -timedelta(days=400))
            assert not alerts(by), "one whose day was a year ago is on her page alone"
        planned(by, meera, kept(SafetyPlanStep.objects.get()), seen=1)
        assert not queries.plan(by, meera).must_be_reviewed
        assert not alerts(by)


@pytest.mark.parametrize(
    ("values", "match"),
    [
        ({"kind": "weather"}, "what has changed"),
        ({"on": timezone.localdate() + timedelta(days=2)}, "still to come"),
    ],
)
def test_bad_changes_are_refused_in_plain_words(as_, meera, values, match):
    with as_("ida") as by, pytest.raises(Refused, match=match):
        changed(by, meera, **values)


def test_a_change_sent_twice_is_one(as_, meera):
    key = new_id()
    with as_("ida") as by:
        for _ in range(2):
            changes.change_risk(**of(by, meera), change_id=key, kind="threat")
        assert RiskChange.objects.count() == 1
