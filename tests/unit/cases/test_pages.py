"""The pages of the front door, as a browser asks for them."""

import re
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from onestory.cases import alerts
from onestory.cases.actions import decide_contact, open_case, record_contact
from onestory.cases.models import Case, Contact, Draft, Referral
from onestory.cases.rules.decisions import Decision
from tests.disclosures import case_facts, told, typed

ADVICE = Decision("advice", "safety", "Told her how to leave safely.")


@pytest.fixture
def browse(world, client):
    """``browse("olu")`` is a browser in which Olu has signed in."""

    def sign_in(name):
        client.force_login(world.user(name))
        return client

    return sign_in


def fill(browser, draft_id, pages=None):
    """Fill in the whole flow as it comes."""
    for page, answers in (pages or typed()).items():
        url = reverse("cases:record-page", args=[draft_id, page])
        shown = browser.get(url).content.decode()
        hidden = {
            name: re.search(rf'name="{name}" value="([^"]*)"', shown)[1]
            for name in ("version", "tab")
        }
        answer = browser.post(url, {**answers, **hidden, "action": "next"})
        assert answer.status_code == 302, page
    return answer["Location"]


def start(browser, text="Rowan Teale 17/5/1991"):
    browser.post(reverse("cases:record"), {"text": text})
    started = browser.post(reverse("cases:record-start"))
    return UUID(started["Location"].split("/")[2])


def test_from_the_first_call_to_an_acknowledged_decision(browse, as_):
    browser = browse("olu")
    assert (
        "Nobody found"
        in browser.post(
            reverse("cases:record"), {"text": "Rowan Teale"}, follow=True
        ).content.decode()
    )
    draft = start(browser)
    check = fill(browser, draft)
    page = browser.get(check).content.decode()
    assert "Rowan" in page and "Send to Housing Safeguarding Team" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    sent = browser.post(check, {"version": version}, follow=True).content.decode()
    assert "Contact sent" in sent and "Housing Safeguarding Team decides" in sent
    with as_("olu"):
        contact = Contact.objects.get(draft__id=draft)

    browser = browse("tess")
    assert "Rowan Teale" in browser.get("/").content.decode()
    url = reverse("cases:contact", args=[contact.pk])
    assert "Safe contact" in browser.get(url).content.decode()
    browser.post(
        reverse("cases:grade", args=[contact.pk]),
        {"version": 0, "rag": "amber", "reason": "He is at home."},
    )
    decided = browser.post(
        reverse("cases:decide", args=[contact.pk]),
        {"version": 1, "outcome": "advice", "advice_kind": "safety", "words": "Done."},
        follow=True,
    )
    assert "Advice: How to keep safe" in decided.content.decode()

    browser = browse("olu")
    waiting = browser.get("/").content.decode()
    assert "Decisions for you" in waiting and "Rowan Teale" in waiting
    browser.post(reverse("cases:acknowledge", args=[contact.pk]))
    with as_("olu"):
        assert Contact.objects.get(pk=contact.pk).acknowledged_at


def test_what_was_searched_for_is_not_typed_again(browse):
    browser = browse("olu")
    draft = start(browser, "rowan teale 17/5/1991 07700 900123")
    page = browser.get(reverse("cases:record-page", args=[draft, "who"])).content.decode()
    for value in ("Rowan", "Teale", "1991", "07700900123"):
        assert f'value="{value}"' in page


def test_drafts_save_themselves_and_a_second_window_is_refused(browse):
    browser = browse("olu")
    draft = start(browser)
    save = reverse("cases:record-save", args=[draft, "who"])
    one = {"given_name": "Rowan", "version": "0", "tab": "one"}
    assert browser.post(save, one).status_code == 204
    assert browser.post(save, one | {"given_name": "Rowena"}).status_code == 204
    assert browser.post(save, one | {"tab": "two"}).status_code == 409
    page = browser.post(
        reverse("cases:record-page", args=[draft, "who"]),
        {"given_name": "Zoe", "version": "0", "tab": "two", "action": "next"},
    ).content.decode()
    assert "changed in another window" in page
    assert "Rowena" in page and 'value="Zoe"' in page
    assert "unfinished contact about Rowena" in browser.get("/").content.decode()


def test_a_missing_answer_is_told_and_nothing_typed_is_lost(browse):
    browser = browse("olu")
    draft = start(browser)
    url = reverse("cases:record-page", args=[draft, "happened"])
    page = browser.post(
        url, {"words": "He has taken her keys.", "version": "0", "tab": "one", "action": "next"}
    ).content.decode()
    assert "Select at least one kind of abuse" in page
    assert "He has taken her keys." in page
    check = browser.get(reverse("cases:record-check", args=[draft])).content.decode()
    assert "There is a problem" in check


def test_more_people_than_one(browse):
    browser = browse("olu")
    url = reverse("cases:record-page", args=[start(browser), "household"])
    page = browser.post(
        url,
        {"count": "1", "p0-given_name": "Ben", "version": "0", "tab": "one", "action": "add"},
    ).content.decode()
    assert "Person 2" in page and 'value="Ben"' in page


def test_throwing_away_asks_first(browse, as_):
    browser = browse("olu")
    draft = start(browser)
    url = reverse("cases:record-discard", args=[draft])
    assert "Throw" in browser.get(url).content.decode()
    browser.post(url)
    with as_("olu"):
        assert not Draft.objects.filter(pk=draft).exists()


def test_deciding_to_refer(browse, graded, as_):
    browser = browse("tess")
    form = browser.post(
        reverse("cases:decide", args=[graded.pk]),
        {"version": 1, "outcome": "referral", "words": "High risk."},
    ).content.decode()
    assert "High risk." in form
    url = reverse("cases:refer-contact", args=[graded.pk, "referral"])
    nothing = browser.post(url, {"version": 1}).content.decode()
    assert "Select at least one service or team" in nothing
    done = browser.post(
        url,
        {
            "version": 1,
            "targets": ["idva:high-risk-advocacy", "pass:family-support"],
            "kinds": ["safe-contact"],
            "basis": "consent",
            "words": "High risk.",
        },
        follow=True,
    )
    assert done.status_code == 200
    with as_("tess"):
        sent = Referral.objects.filter(contact_id=graded.pk)
        assert {r.to_team.code for r in sent} == {"idva", "pass"}


def test_the_second_to_decide_sees_what_the_first_did(browse, graded, as_):
    with as_("mina") as by:
        decide_contact(by=by, contact_id=graded.pk, version=1, decision=ADVICE)
    page = (
        browse("tess")
        .post(
            reverse("cases:decide", args=[graded.pk]),
            {"version": 1, "outcome": "no-further-action", "nfa_reason": "for-information"},
        )
        .content.decode()
    )
    assert "Mina Kaur has decided this already: advice" in page


def test_a_referral_is_answered_and_a_case_opened(browse, referral, as_):
    browser = browse("ida")
    assert "Rowan Teale" in browser.get("/").content.decode()
    url = reverse("cases:referral", args=[referral.pk])
    assert "Acknowledge" in browser.get(url).content.decode()
    browser.post(reverse("cases:referral-acknowledge", args=[referral.pk]), {"version": 0})
    accept = reverse("cases:referral-accept", args=[referral.pk])
    assert browser.get(accept).status_code == 200
    facts = {
        "case-opened_on-day": "5",
        "case-opened_on-month": "1",
        "case-opened_on-year": "2026",
        "case-area": "grays",
        "case-group": "female",
        "case-abuse": ["domestic-abuse"],
    }
    wrong = browser.post(accept, {"version": 1, "opens": "yes", **facts}).content.decode()
    assert "Select the category" in wrong
    answer = browser.post(
        accept, {"version": 1, "opens": "yes", "case-category": "casework", **facts}
    )
    assert answer.status_code == 302
    with as_("ida"):
        case = Case.objects.get(referral_id=referral.pk)
    assert case.reference in browser.get(reverse("cases:list")).content.decode()
    assert "Casework" in browser.get(reverse("cases:case", args=[case.pk])).content.decode()

    browser = browse("tess")
    assert "Answers for you" in browser.get("/?show=answers").content.decode()
    browser.post(reverse("cases:referral-seen", args=[referral.pk]))
    with as_("tess"):
        assert Referral.objects.get(pk=referral.pk).seen_at


def test_declining(browse, referral):
    browser = browse("ida")
    url = reverse("cases:referral-decline", args=[referral.pk])
    assert "Select why you decline" in browser.post(url, {"version": 0}).content.decode()
    typed = {"version": 0, "reason": "no-room", "offered_instead": "advice"}
    done = browser.post(url, typed, follow=True)
    assert "closed to you" in done.content.decode()
    assert browser.get(reverse("cases:referral", args=[referral.pk])).status_code == 410


def test_whoever_told_reads_to_whom_it_was_referred_and_how_that_stands(browse, referral, as_):
    url = reverse("cases:contact", args=[referral.contact_id])
    for stands in ("Sent", "Acknowledged"):
        page = browse("olu").get(url).content.decode()
        assert "Referred to" in page and referral.to_team.name in page
        assert re.search(rf"govuk-tag[^>]*>{stands}<", page)
        assert reverse("cases:referral", args=[referral.pk]) not in page
        if stands == "Sent":
            browse("ida").post(
                reverse("cases:referral-acknowledge", args=[referral.pk]), {"version": 0}
            )
    page = browse("tess").get(url).content.decode()
    assert reverse("cases:referral", args=[referral.pk]) in page
    assert page.count(referral.to_team.name) == 1


def test_withdrawing(browse, referral):
    browser = browse("tess")
    url = reverse("cases:referral-withdraw", args=[referral.pk])
    assert browser.get(url).status_code == 200
    done = browser.post(url, {"version": 0, "reason": "sent-in-error"}, follow=True)
    assert "Withdrawn" in done.content.decode()


def test_referring_from_the_person(browse, graded, as_):
    browser = browse("petra")
    url = reverse("cases:refer", args=[graded.person_id])
    assert browser.get(url).status_code == 200
    browser.post(url, {"targets": ["pass:family-support"], "basis": "consent"})
    with as_("petra"):
        assert Referral.objects.get(person_id=graded.person_id).to_team.code == "pass"


def test_a_case_from_the_person_corrected_and_closed(browse, graded, as_):
    browser = browse("petra")
    facts = {
        "opened_on-day": "5",
        "opened_on-month": "1",
        "opened_on-year": "2026",
        "category": "casework",
        "area": "grays",
        "group": "female",
        "abuse": ["domestic-abuse"],
    }
    browser.post(reverse("cases:case-open", args=[graded.person_id]), facts)
    with as_("petra"):
        case = Case.objects.get(person_id=graded.person_id)
    correct = reverse("cases:case-correct", args=[case.pk])
    assert browser.get(correct).status_code == 200
    browser.post(correct, facts | {"category": "marac", "version": 0})
    stale = browser.post(correct, facts | {"category": "mash", "version": 0}).content.decode()
    assert "Somebody changed this case" in stale and "How it stands now" in stale
    close = browser.get(reverse("cases:case-close", args=[case.pk]))
    assert close["Location"] == reverse("support:end", args=[case.pk])
    browser.post(
        close["Location"],
        {"on-day": "6", "on-month": "1", "on-year": "2026", "reason": "survivor-ended"}
        | {"outcome": "never-began", "words": "She found help at home."}
        | {"told_survivor": "yes", "version": 0},
    )
    with as_("petra"):
        kept = Case.objects.get(pk=case.pk)
    assert (kept.category, str(kept.closed_on)) == ("marac", "2026-01-06")


@pytest.mark.parametrize(
    "show", ["contacts", "referrals", "decisions", "answers", "sent", "referred"]
)
@pytest.mark.parametrize("name", ["olu", "tess", "ida"])
def test_the_worklist_asks_little(browse, referral, as_, name, show):
    with as_("olu") as by:
        for _ in range(4):
            record_contact(by=by, team_id=by.home_team_id, told=told())
    browser = browse(name)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/?show={show}").status_code == 200
    # Each room that puts something at its head asks once for it.
    most = 16 + len(alerts.sources)
    assert len([query for query in asked if counts(query["sql"])]) <= most


def counts(sql: str) -> bool:
    """Not the marks between, nor the session's note of when it was last used."""
    return not sql.startswith(("SAVEPOINT", "RELEASE", 'UPDATE "agencies_session"'))


def test_red_rings_on_every_page_of_the_team(browse, as_):
    with as_("olu") as by:
        record_contact(by=by, team_id=by.home_team_id, told=told(danger_now=True))
    for name, rings in (("tess", True), ("petra", True), ("olu", False), ("ida", False)):
        page = browse(name).get("/people/").content.decode()
        assert ("urgent contact" in page) is rings, name


@pytest.mark.parametrize("name", ["gwen", "adam"])
def test_who_sees_no_record_has_no_worklist(browse, name):
    page = browse(name).get("/").content.decode()
    assert "Start" in page and "Worklist" not in page


def test_the_list_of_cases_is_narrowed_by_codes(browse, graded, as_):
    with as_("petra") as by:
        case = open_case(
            by=by, team_id=by.home_team_id, person_id=graded.person_id, facts=case_facts()
        )
    browser = browse("petra")
    for query, there in (
        ("year=2025/26&category=casework&area=grays&group=female&abuse=domestic-abuse", True),
        ("month=2026-01&state=open", True),
        ("month=2026-02", False),
        ("category=marac", False),
        ("year=nonsense&month=99-99&state=maybe", True),
    ):
        page = browser.get(f"/cases/?{query}").content.decode()
        assert (case.reference in page) is there, query


def test_nobody_signed_in_is_sent_to_sign_in(db, client):
    for path in ("/", "/record/", "/cases/"):
        assert "sign-in" in client.get(path)["Location"]


@pytest.mark.parametrize(
    ("page", "chosen"),
    [
        ("who", ["female", "grays"]),
        ("household", ["child", "lives"]),
        ("safe", ["yes"]),
        ("happened", ["physical", "coercive-control", "no"]),
        ("needs", ["risk-of-homelessness", "money"]),
        ("sharing", ["housing-safeguarding", "consent", "self", "counter"]),
    ],
)
def test_a_page_opened_again_shows_what_was_chosen(browse, page, chosen):
    browser = browse("olu")
    draft = start(browser)
    fill(browser, draft)
    shown = browser.get(reverse("cases:record-page", args=[draft, page])).content.decode()
    for value in chosen:
        assert re.search(rf'value="{value}"[^>]*(checked|selected)', shown), value


def test_a_new_person_of_the_household_starts_afresh(browse):
    browser = browse("olu")
    url = reverse("cases:record-page", args=[start(browser), "household"])
    page = browser.post(
        url, {"count": "1", "p0-which": "abuse", "version": "0", "tab": "one", "action": "add"}
    ).content.decode()
    assert page.count("checked") == 2
