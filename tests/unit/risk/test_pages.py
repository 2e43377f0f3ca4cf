"""The pages of danger as a browser without a script asks for them."""

import html
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from onestory.access.actions import bar
from onestory.assessment import actions as assessment
from onestory.assessment.actions import Given
from onestory.people.actions import Facts, add_person
from onestory.risk import queries
from onestory.risk.models import SafetyPlanStep
from tests.danger import answers, asked, changed, judged, planned, step
from tests.orders import open_to
from tests.own_pages import invite, make_codes, quick_numbers, redeem

__all__ = ["quick_numbers"]

MOST_QUERIES = 45


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def ida(client, world):
    client.force_login(world.user("ida"))
    return client


def at(view, *args):
    return reverse(f"risk:{view}", args=args)


def hidden(page, *names):
    found = {}
    for name in names or ("seen", "tab", "version", "shown"):
        found[name] = html.unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])
    return found


def day_on(page):
    return dict(re.findall(r'name="(on-\w+)" type="text"[^>]*value="(\d+)"', page))


def read(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_a_high_score_means_is_said_before_anything_is_asked(ida, meera):
    url = at("checklist", meera, "dash-24")
    before = read(ida, url)
    assert "Say this before you ask" in before and "MARAC" in before
    assert "never lower it" in before and "dash__fear" not in before
    assert ida.post(url)["Location"] == url
    page = read(ida, url)
    assert page.count("data-question=") == 31
    assert "24. Do you know whether the person has been in trouble" in page
    assert "0 yes, 0 no, 0 not known, 24 not asked" in page


def test_a_form_without_a_number_says_so(ida, meera):
    assert "no number of its own" in read(ida, at("checklist", meera, "dash-27"))


def test_known_answers_are_there_to_confirm_with_who_and_when(ida, as_, meera):
    with as_("ida") as by:
        judged(by, meera, 2, 20, "standard")
        sitting = assessment.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=meera, instrument="needs-assessment"
        )
        assessment.save(
            by=by,
            sitting_id=sitting.pk,
            given=[Given("safety.worse", "yes"), Given("story.strangled", "yes")],
        )
        asked(by, meera, "s-dash", damage="yes")
    url = at("checklist", meera, "dash-27")
    ida.post(url)
    page = read(ida, url)
    assert "Told to Ida Brennan, Independent Domestic Violence Advisors (IDVA), on" in page
    assert page.count("Does this still hold?") == 22
    # 0 yet: what is known counts once it is confirmed.
    assert "0 yes, 0 no, 0 not known, 27 not asked" in page
    sent = {**hidden(page), "dash__fear-holds": "yes", "dash__record": "yes", "action": "count"}
    assert ida.post(url, sent).status_code == 302
    page = read(ida, url)
    assert "2 yes, 0 no, 0 not known, 25 not asked" in page and "Confirmed now" in page


def test_what_another_question_tells_is_shown_beside_and_counts_nothing(ida, as_, meera):
    with as_("ida") as by:
        sitting = assessment.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=meera, instrument="needs-assessment"
        )
        assessment.save(by=by, sitting_id=sitting.pk, given=[Given("safety.worse", "yes")])
    url = at("checklist", meera, "dash-24")
    ida.post(url)
    page = read(ida, url)
    assert "Known already: “Is it getting worse, or happening more often?”" in page
    assert "0 yes" in page


def test_from_answers_to_a_judgement_that_is_raised(ida, as_, meera):
    url = at("checklist", meera, "dash-24")
    ida.post(url)
    given = {f"dash__{code.replace('_', '-')}": value for code, value in answers(10, 6).items()}
    page = read(ida, url)
    lowered = ida.post(url, {**hidden(page), **given, "level": "standard", "action": "assess"})
    page = lowered.content.decode()
    assert "never lower it. By the count it is at least medium" in page
    assert "10 yes, 6 no, 0 not known, 8 not asked" in page
    sent = {**hidden(page), **given, "level": "high", "action": "assess"}
    page = ida.post(url, sent).content.decode()
    assert "Say why you judge it higher than the count" in page
    sent = {**hidden(page), **given, "level": "high", "reason": "He knows.", "action": "assess"}
    answer = ida.post(url, sent)
    with as_("ida") as by:
        row = queries.latest(by, meera)
        assert answer["Location"] == at("assessment", row.pk)
        assert (row.computed, row.level, row.reason) == ("medium", "high", "He knows.")
    shown = read(ida, answer["Location"])
    assert "He knows." in shown and "Are you very frightened?" in shown
    assert "1 to 9 standard" in shown and "Refer to MARAC" in shown
    page = read(ida, reverse("people:person", args=[meera]))
    assert at("person", meera) in page and "High, " in page and "Danger judged: high" in page


def test_answers_lead_to_prompts_and_to_steps(ida, meera):
    url = at("checklist", meera, "dash-24")
    ida.post(url)
    page = read(ida, url)
    sent = {**hidden(page), "dash__stalked": "yes", "dash__isolated": "yes", "action": "count"}
    ida.post(url, sent)
    page = read(ida, url)
    told = re.findall(r'risk-told"[^>]*?( hidden)?>(.*?)</div>', page)
    shown = [words for gone, words in told if not gone]
    assert len(shown) == 2 and at("checklist", meera, "s-dash") in "".join(shown)
    steps = re.findall(r'<li class="risk-step"[^>]*?( hidden)?>(.*?)</li>', page)
    assert any("I write down each time" in words for gone, words in steps if not gone)
    assert any("held by the neck" in words for gone, words in steps if gone)
    plan = read(ida, at("plan-write", meera))
    assert plan.index("I write down each time") < plan.index("If an order or bail is broken")


def test_it_saves_itself_the_judgement_too(ida, as_, meera):
    url = at("checklist", meera, "dash-24")
    ida.post(url)
    page = read(ida, url)
    with as_("ida"):
        save = at("checklist-save", re.search(r"risk/sitting/([0-9a-f-]+)/save", page)[1])
    sent = {**hidden(page), "dash__fear": "yes", "reason": "Half a thou", "saving": "2"}
    assert ida.post(save, sent).status_code == 204
    # What was overtaken on its way changes nothing.
    late = {**sent, "reason": "Half", "dash__fear": "no", "saving": "1"}
    assert ida.post(save, late).status_code == 204
    page = read(ida, url)
    assert "Half a thou" in page and "1 yes, 0 no" in page


def test_two_at_one_checklist_see_each_other(ida, as_, meera):
    url = at("checklist", meera, "dash-24")
    ida.post(url)
    page = read(ida, url)
    with as_("ida") as by:
        asked(by, meera, fear="no")
    typed = {"dash__fear": "yes", "reason": "As I see it", "level": "high"}
    answer = ida.post(url, {**hidden(page), **typed, "action": "assess"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "answered meanwhile: No. Save again" in page and "As I see it" in page
    assert re.search(r'name="dash__fear" value="yes"[^>]*checked', page)
    ida.post(url, {**hidden(page), **typed, "action": "count"})
    assert "1 yes, 0 no" in read(ida, url)


def test_what_is_typed_after_the_result_is_kept(ida, as_, meera):
    url = at("checklist", meera, "s-dash")
    ida.post(url)
    page = read(ida, url)
    sent = {**hidden(page), "s-dash__fear": "yes", "level": "medium", "reason": "As she says"}
    assert ida.post(url, {**sent, "action": "assess"}).status_code == 302
    late = {**sent, "s-dash__damage": "yes", "reason": "And more besides", "action": "assess"}
    page = ida.post(url, late).content.decode()
    assert "was written down meanwhile" in page and "And more besides" in page
    assert re.search(r'name="s-dash__damage" value="yes"[^>]*checked', page)
    with as_("ida") as by:
        assert queries.assessments(by, meera).count() == 1


def test_a_child_of_15_is_shown_the_other_form(ida, as_, meera):
    with as_("ida") as by:
        born = timezone.localdate() - timedelta(days=15 * 366)
        amy = add_person(
            by=by, team_id=by.home_team_id, facts=Facts("Amy", "Lowe", born_on=born)
        ).pk
    url = at("checklist", amy, "dash-24")
    page = read(ida, url)
    assert at("checklist", amy, "young-people-dash") in page and ">Begin<" not in page
    assert "16 and over" in ida.post(url).content.decode()


def test_a_result_of_the_police_is_written_down(ida, as_, meera):
    url = at("result", meera)
    sent = {"form": "dara", "sent_by": "Essex Police, 4411", "on-day": "1", "on-month": "3"}
    sent |= {"on-year": "2026", "level": "high"}
    page = ida.post(url, {**sent, "sent_by": ""}).content.decode()
    assert "Enter who sent it" in page
    assert ida.post(url, sent).status_code == 302
    assert "DARA, from the police" in read(ida, at("person", meera))


def test_a_plan_is_agreed_printed_small_and_looked_at_again(ida, as_, meera):
    url = at("plan-write", meera)
    page = read(ida, url)
    sent = {"add-bag": "own", "new-home": "One\nTwo\n", "new-who-home": "shared", "paper": "small"}
    assert ida.post(url, {**hidden(page, "seen", "tab", "version"), **sent}).status_code == 302
    page = read(ida, at("plan", meera))
    assert "Version 1" in page and page.count("For her and us alone") == 1
    paper = read(ida, at("plan-print", meera))
    assert "Notes" in paper and "Two" in paper
    for word in ("OneStory", "safety", "Safety", "IDVA", "Meera", "abuse"):
        assert word not in re.sub(r"<[^>]+>", " ", paper).replace("Back to the plan", "")
    with as_("ida") as by:
        changed(by, meera, "moved-in")
    assert "To look at again" in read(ida, at("plan", meera))
    page = read(ida, url)
    with as_("ida") as by:
        keys = [str(one.pk) for one in SafetyPlanStep.objects.all()]
    kept = {f"step-{key}": f"Step {n}" for n, key in enumerate(keys)}
    kept |= {f"who-{key}": "shared" for key in keys} | {"paper": "none"}
    assert ida.post(url, {**hidden(page, "seen", "tab", "version"), **kept}).status_code == 302
    page = read(ida, at("plan", meera))
    assert "Step 0" in page and "Paper is not safe for her" in page
    assert ida.get(at("plan-print", meera)).status_code == 404
    assert "Two" in read(ida, at("plan-version", meera, 1))


def test_a_plan_being_typed_is_kept_and_two_at_once_see_each_other(ida, as_, meera):
    with as_("ida") as by:
        planned(by, meera, step("One"))
        key = SafetyPlanStep.objects.get().pk
    url = at("plan-write", meera)
    page = read(ida, url)
    typed = {f"step-{key}": "One, as I put it", f"who-{key}": "shared", "paper": "full"}
    sent = {**hidden(page, "seen", "tab", "version"), **typed}
    assert ida.post(at("plan-save", meera), {**sent, "saving": "1"}).status_code == 204
    assert "One, as I put it" in read(ida, url)
    with as_("ida") as by:
        planned(by, meera, step("Another"), seen=1)
    answer = ida.post(url, sent)
    page = answer.content.decode()
    assert "agreed version 2 meanwhile" in page and "Another" in page and "One, as I put it" in page


def test_a_change_takes_two_clicks_and_is_seen_in_one(ida, client, as_, world, meera):
    with as_("ida") as by:
        open_to(by, meera, "mash", ["identity", "risk"])
    page = read(ida, at("person", meera))
    assert at("change", meera) in page
    page = read(ida, at("change", meera))
    day = day_on(page)
    sent = {"change": hidden(page, "change")["change"], "kind": "released", **day}
    for _ in range(2):
        assert ida.post(at("change", meera), sent).status_code == 302
    client.force_login(world.user("cass"))
    page = read(client, reverse("cases:worklist"))
    assert "Before anything else" in page and "Released from prison or custody" in page
    url = re.search(r"/risk/change/[0-9a-f-]+/", page)[0]
    assert "We have seen it" in read(client, url)
    assert client.post(url).status_code == 302
    assert "Before anything else" not in read(client, reverse("cases:worklist"))


def test_another_page_leads_to_a_change_with_its_kind_and_day(ida, meera):
    page = read(ida, f"{at('change', meera)}?kind=breach&on=2026-03-02")
    assert re.search(r'govuk-button"[^>]*name="kind" value="breach"', page)
    assert day_on(page) == {"on-day": "2", "on-month": "3", "on-year": "2026"}


@pytest.fixture
def everything(as_, meera):
    """Every page of danger about Meera, to read; and every address that only takes what is sent."""
    with as_("ida") as by:
        row, change = judged(by, meera), changed(by, meera)
        planned(by, meera)
        sitting = asked(by, meera, fear="yes")
    views = ("person", "result", "change", "plan", "plan-write", "plan-print")
    urls = [at(view, meera) for view in views]
    urls += [at("checklist", meera, "dash-24"), at("plan-version", meera, 1)]
    urls += [at("assessment", row.pk), at("changed", change.pk)]
    posted = [at("checklist-save", sitting.pk), at("plan-save", meera), at("changed", change.pk)]
    return urls, posted


def test_whoever_holds_it_finds_all(ida, everything):
    assert {url: ida.get(url).status_code for url in everything[0]} == dict.fromkeys(
        everything[0], 200
    )


@pytest.mark.parametrize("who", ["tess", "olu", "nell", "gwen", "adam", "ida"])
def test_other_teams_and_whoever_is_barred_find_nothing(client, as_, world, meera, everything, who):
    with as_("gwen") as by:
        bar(by=by, person_id=meera, user=world.user("ida"), reason="Her cousin.")
    client.force_login(world.user(who))
    urls, posted = everything
    assert {client.get(url).status_code for url in urls} == {404}
    assert {client.post(url).status_code for url in posted} == {404}


def test_she_reads_her_plan_on_her_own_pages(as_, meera, quick_numbers):
    with as_("ida") as by:
        judged(by, meera, 14, 5, "high")
        planned(by, meera, step("Shared"), step("Between us", shared=False), paper="none")
    her = Client()
    redeem(her, invite(as_, meera))
    make_codes(her)
    page = read(her, "/n/v/")
    assert "Shared" in page and "Between us" in page
    assert "Only you and Independent Domestic Violence Advisors (IDVA) can see this" in page
    assert "High" not in page
    assert her.get(at("plan", meera)).status_code in (302, 404)


def test_who_knows_her_but_not_the_danger_finds_nothing(client, as_, world, meera):
    with as_("ida") as by:
        judged(by, meera)
        planned(by, meera)
        open_to(by, meera, "mash", ["identity", "needs", "support"], may_write=True)
    client.force_login(world.user("cass"))
    urls = [at(view, meera) for view in ("person", "result", "change", "plan", "plan-write")]
    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(at("plan-save", meera)).status_code == 404


def test_pages_ask_a_bounded_number_of_queries(ida, as_, meera):
    with as_("ida") as by:
        for _ in range(3):
            judged(by, meera, 12, 8, "medium")
        planned(by, meera, *(step(f"Step {n}") for n in range(20)))
        asked(by, meera, **answers(12, 8))
    for view in ("person", "plan", "plan-write"):
        with CaptureQueriesContext(connection) as found:
            read(ida, at(view, meera))
        assert len(found) <= MOST_QUERIES, (view, len(found))
    with CaptureQueriesContext(connection) as found:
        read(ida, at("checklist", meera, "dash-24"))
    assert len(found) <= MOST_QUERIES, len(found)
