"""The pages of brokering: choosing, one page a service, sent; the inbox, the passport, what is gone."""

import re

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from onestory.access.actions import make_envelopes, withdraw_consent
from onestory.access.models import Kind
from onestory.agencies.models import Service
from onestory.agencies.pack import pack
from onestory.cases import actions
from onestory.cases.forms.broker import ServiceForm
from onestory.cases.models import Referral, Refusal
from tests.brokering import BASICS, accepted, brokered, share, tell
from tests.disclosures import AGREED, case_facts, target

SANCTUARY = "sanctuary-scheme"
YES = {
    "kinds": ["safe-contact", "needs"],
    "address": "yes",
    "until": "365",
    "answer": "given",
    "words": "",
    "how": "spoken",
    "capacity": "adult",
    "age_note": "",
}


@pytest.fixture
def rowan(as_):
    with as_("nora") as by:
        return tell(by)


@pytest.fixture
def sent(rowan, as_):
    """To the counsellors, without what happened."""
    with as_("nora") as by:
        return brokered(by, rowan, share("sexual-violence-counselling")).sent[0]


@pytest.fixture
def nora(client, world):
    client.force_login(world.user("nora"))
    return client


def page(client, name: str, *args, **sent) -> str:
    """The page, which must be there."""
    answer = client.get(reverse(f"cases:{name}", args=args), sent)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_she_says_yes_to_one_and_no_to_another(nora, rowan):
    first = page(nora, "broker", rowan)
    assert "Sexual violence counselling" in first and "Counselling" in first
    chosen = ["sexual-violence-counselling", "refuge-complex-needs"]
    answer = nora.post(reverse("cases:broker", args=[rowan]), {"services": chosen})
    about = nora.get(answer.url).content.decode()
    assert "Rowan Teale" in about and "Your telephone number" in about
    assert "SERICC" in about and "For a year" in about
    assert " checked" not in about, "nothing is chosen for her"
    answer = nora.post(answer.url, {**YES, "version": 0, "tab": "a", "action": "next"})
    no = {**YES, "answer": "refused", "version": 0, "tab": "b", "action": "next"}
    answer = nora.post(answer.url, no)
    check = nora.get(answer.url).content.decode()
    assert "Yes, with what is ticked above" in check and "No, not this service" in check
    assert check.count("For a year") == 1, "what goes nowhere is not read out"
    version = check.split('name="version" value="')[1].split('"')[0]
    once, twice = (nora.post(answer.url, {"version": version}) for _ in range(2))
    assert once.url == twice.url
    after = nora.get(once.url).content.decode()
    assert "1 referral sent" in after and "they did not want it" in after


def test_a_service_that_no_rule_suggests_is_added_with_what_speaks_against_it(nora, rowan):
    url = reverse("cases:broker", args=[rowan])
    assert 'name="services" value="sanctuary-scheme"' not in page(nora, "broker", rowan)
    ticked = {"services": ["sexual-violence-counselling"]}
    none = nora.post(url, {**ticked, "action": "add"}).content.decode()
    assert "Select the service to add" in none
    shown = nora.post(url, {**ticked, "other": SANCTUARY, "action": "next"}).content.decode()
    assert not re.search(rf'value="{SANCTUARY}" selected', shown)
    assert "Against it: It is for other needs than those found" in shown
    for code in ("sexual-violence-counselling", SANCTUARY):
        assert re.search(rf'name="services" value="{code}"[^>]* checked', shown), code
    both = ["sexual-violence-counselling", SANCTUARY]
    sent = nora.post(url, {"services": both, "added": [SANCTUARY], "action": "next"})
    assert "/choices/" in sent.url
    again = page(nora, "broker", rowan)
    assert re.search(rf'name="services" value="{SANCTUARY}"[^>]* checked', again)


def test_what_is_missing_is_said_and_nothing_is_lost(nora, rowan):
    answer = nora.post(
        reverse("cases:broker", args=[rowan]), {"services": ["sexual-violence-counselling"]}
    )
    typed = {**YES, "answer": "", "words": "She is deaf in one ear. 🌸", "version": 0, "tab": "a"}
    shown = nora.post(answer.url, {**typed, "action": "next"}).content.decode()
    assert "Select yes or no" in shown and "deaf in one ear. 🌸" in shown
    assert "deaf in one ear" in nora.get(answer.url).content.decode()
    assert "Select yes or no" in page(nora, "broker-check", choices_of(shown))


def form(*kinds: Kind, has_home: bool = False, **answers) -> ServiceForm:
    """Her answers to one service, judged."""
    typed = {**YES, "address": "", **answers}
    return ServiceForm(
        MultiValueDict(
            {name: value if name == "kinds" else [value] for name, value in typed.items()}
        ),
        kinds=[Kind.IDENTITY, Kind.SAFE_CONTACT, Kind.NEEDS, *kinds],
        parts={},
        age=30,
        has_home=has_home,
    )


def test_nothing_is_chosen_for_her(nora, rowan):
    answer = nora.post(
        reverse("cases:broker", args=[rowan]), {"services": ["sexual-violence-counselling"]}
    )
    shown = nora.get(answer.url).content.decode()
    assert "May they know where you live?" in shown
    assert not re.search(r'type="radio"[^>]*checked', shown)
    none = {"version": 0, "tab": "a", "action": "next", "answer": "given"}
    shown = nora.post(answer.url, none).content.decode()
    for missing in ("for how long", "how they answered", "who decided", "where you live"):
        assert re.search(rf"Select (whether they may know )?{missing}", shown), missing


@pytest.mark.parametrize(("said", "kinds"), [("yes", {*BASICS, "whereabouts"}), ("no", BASICS)])
def test_an_address_kept_apart_goes_along_only_by_her_word(world, said, kinds):
    service = Service.objects.select_related("team").get(code=SANCTUARY)
    answered = form(Kind.WHEREABOUTS, address=said)
    assert answered.is_valid(), answered.errors
    assert answered.share(service).kinds == frozenset(map(str, kinds))
    unasked = form(Kind.WHEREABOUTS)
    assert "address" in unasked.errors
    assert form(Kind.WHEREABOUTS, answer="refused", until="").is_valid()


def test_an_address_that_lies_with_who_she_is_is_not_sent_against_her_word(world):
    assert form(has_home=True, address="yes").is_valid()
    assert "lies with who they are" in str(form(has_home=True, address="no").errors["address"])
    assert form().is_valid(), "where none is known, nothing is asked"


def choices_of(shown: str) -> str:
    return shown.split("/choices/")[1].split("/")[0]


def test_another_window_is_shown_beside_this_one(nora, rowan):
    answer = nora.post(
        reverse("cases:broker", args=[rowan]), {"services": ["sexual-violence-counselling"]}
    )
    nora.post(answer.url, {**YES, "words": "From here", "version": 0, "tab": "a"})
    other = {**YES, "words": "From there", "version": 0, "tab": "b"}
    shown = nora.post(answer.url, other).content.decode()
    assert "From here" in shown and "From there" in shown
    save = nora.post(answer.url + "save/", other)
    assert save.status_code == 409


def test_the_passport_shows_what_was_shared_and_nothing_else(sent, client, world, as_):
    client.force_login(world.user("theo"))
    shown = page(client, "passport", sent.pk)
    assert "Rowan Teale" in shown and "Counselling intake" in shown
    assert "He has taken her keys" not in shown
    assert "Not shared with you: what happened" in shown
    assert "31 December 2099" in shown and "00:00" not in shown
    begin = reverse("assessment:begin", args=[sent.person_id, "counselling-intake"])
    assert f'<form method="post" action="{begin}">' in shown
    assert "Counselling intake" in client.post(begin, follow=True).content.decode()
    client.force_login(world.user("nora"))
    assert client.get(reverse("cases:passport", args=[sent.pk])).status_code == 404


def test_what_must_not_be_known_to_be_there_is_not_said(as_, client, world, rowan):
    """Risk, therapy and hiding are told by being there: so nothing is said of them."""
    with as_("nora") as by:
        more_envelopes(by, rowan)
        one = brokered(by, rowan, share("isva", kinds=BASICS | {Kind.STORY})).sent[0]
    client.force_login(world.user("isla"))
    assert "Not shared with you" not in page(client, "passport", one.pk)
    on_her_page = client.get(reverse("people:person", args=[rowan])).content.decode()
    for kind in (Kind.THERAPY, Kind.WHEREABOUTS):
        asking = reverse("people:ask", args=[rowan, kind])
        assert kind.label not in on_her_page and asking not in on_her_page
        assert client.get(asking).status_code == 404


def more_envelopes(by, person_id):
    kinds = [Kind.RISK, Kind.THERAPY, Kind.WHEREABOUTS]
    make_envelopes(by=by, person_id=person_id, kinds=kinds, team_id=by.home_team_id)


@pytest.mark.parametrize(("name", "most"), [("passport", 30), ("inbox", 16), ("brokered", 30)])
def test_pages_ask_a_bounded_number_of_times(
    sent, client, world, django_assert_max_num_queries, name, most
):
    client.force_login(world.user("nora" if name == "brokered" else "theo"))
    args = {"passport": [sent.pk], "inbox": [], "brokered": [sent.person_id]}[name]
    page(client, name, *args)
    with django_assert_max_num_queries(most):
        page(client, name, *args)


def test_withdrawn_while_the_page_is_open(sent, client, world, as_):
    client.force_login(world.user("theo"))
    page(client, "passport", sent.pk)
    with as_("nora") as by:
        withdraw_consent(by=by, consent_id=sent.consent_id, how="spoken")
    answer = client.get(reverse("cases:passport", args=[sent.pk]))
    said = answer.content.decode()
    assert answer.status_code == 410
    assert "no longer shared with your team" in said
    assert "Rowan" not in said and "consent" not in said.lower()
    assert "no longer shared with your team" in page(client, "inbox", show="gone")
    client.force_login(world.user("isla"))  # who never had it
    assert client.get(reverse("cases:passport", args=[sent.pk])).status_code == 404
    client.force_login(world.user("nora"))
    assert "Consent withdrawn" in page(client, "brokered", sent.person_id)


def test_accepted_into_a_queue(sent, client, world):
    client.force_login(world.user("theo"))
    path = reverse("cases:referral-accept", args=[sent.pk])
    assert "They would be number 1" in client.get(path).content.decode()
    client.post(path, {"version": 0, "words": "", "waits": "yes", "opens": "no"})
    assert "Rowan Teale" in page(client, "inbox", show="waiting")
    client.force_login(world.user("nora"))
    assert "Number 1 of those who wait" in page(client, "brokered", sent.person_id)


def test_declined_says_what_was_offered_and_counts(sent, client, world):
    client.force_login(world.user("theo"))
    path = reverse("cases:referral-decline", args=[sent.pk])
    typed = {"version": 0, "reason": "no-room", "offered_instead": "another-service"}
    assert "Select which service" in client.post(path, typed).content.decode()
    client.post(path, {**typed, "offered_service": "isva"})
    assert "declined by your team" in page(client, "inbox", show="gone")
    client.force_login(world.user("nora"))
    shown = page(client, "brokered", sent.person_id)
    assert "Another service: ISVA" in shown and "Needs not met" in shown


@pytest.mark.parametrize("what", ["return", "move"])
def test_a_service_closes_with_people_waiting(sent, client, world, as_, what):
    with as_("theo") as by:
        accepted(by, sent, waits=True, case=case_facts())
    with as_("nora") as by:
        actions.see_answer(by=by, referral_id=sent.pk)
    service = Service.objects.get(code="sexual-violence-counselling")
    other = Service.objects.get(code="brighter-futures-sexual-violence")
    client.force_login(world.user("dina"))
    path = reverse("cases:close-service", args=[service.pk])
    assert "1 person waits" in client.get(path).content.decode()
    typed = {"version": service.version, "what": what, "words": "The grant has ended."}
    client.post(path, {**typed, "to_service": str(other.pk) if what == "move" else ""})
    service.refresh_from_db()
    assert service.ended_on
    with as_("nora"):
        now = Referral.objects.get(pk=sent.pk)
        assert now.seen_at is None and now.answer_words == "The grant has ended."
        assert (now.service_id == other.pk) is (what == "move")
        assert (now.returned_at is not None) is (what == "return")
    with as_("theo"):
        assert Referral.objects.filter(pk=sent.pk).exists() is (what == "move")
    client.force_login(world.user("nora"))
    assert "Moved from" in page(client, "brokered", sent.person_id) or what == "return"


def test_only_who_keeps_the_service_closes_it(client, world):
    service = Service.objects.get(code="sexual-violence-counselling")
    for who in ("theo", "nora", "mina", "adam"):
        client.force_login(world.user(who))
        path = reverse("cases:close-service", args=[service.pk])
        assert client.get(path).status_code == 404


def test_a_refusal_counts(rowan, as_):
    with as_("nora") as by:
        brokered(by, rowan, share("isva", agreed=False))
        assert Refusal.objects.count() == 1


def test_who_may_not_pass_on_who_she_is_hears_so_before_asking_her(client, world, rowan, sent):
    client.force_login(world.user("theo"))
    for page in ("cases:broker", "cases:refer"):
        said = client.get(reverse(page, args=[rowan])).content.decode()
        assert "Your team may not pass this on" in said and "SERICC First Contact" in said
        assert "<textarea" not in said and "What may they know?" not in said


def test_what_they_answered_and_how_long_she_waits_stand_with_the_sender(nora, rowan, sent, as_):
    with as_("theo") as by:
        accepted(by, sent, waits=True, words="Theo rings on Thursday")
    shown = page(nora, "brokered", rowan)
    assert "Theo rings on Thursday." in shown and ".." not in shown
    journey = nora.get(reverse("support:journey", args=[rowan])).content.decode()
    assert "0 days" in journey


def test_what_she_was_referred_for_is_needed(client, world, as_):
    with as_("tess") as by:
        actions.send_referral(
            by=by,
            team_id=by.home_team_id,
            person_id=world.id("amina"),
            target=target("sericc-first-contact"),
            sharing=AGREED,
            needs=("criminal-justice",),
        )
    client.force_login(world.user("nora"))
    said = client.get(reverse("cases:broker", args=[world.id("amina")])).content.decode()
    assert pack().needs.name("criminal-justice") in said and 'value="isva"' in said


@pytest.mark.parametrize("who", ["nora", "theo", "dina"])
def test_every_link_about_her_leads_somewhere(client, world, rowan, sent, who):
    """Theo and Dina may read who she is and how to reach her, and no more."""
    client.force_login(world.user(who))
    about = [
        reverse("people:person", args=[rowan]),
        reverse("people:who-knows", args=[rowan]),
        reverse("people:consents", args=[rowan]),
        reverse("cases:referral", args=[sent.pk]),
    ]
    if who != "nora":
        about.append(reverse("cases:passport", args=[sent.pk]))
    for page_ in about:
        main = re.search(r"<main.*?</main>", client.get(page_).content.decode(), re.DOTALL)[0]
        for link in set(re.findall(r'href="(/[^"#]+)"', main)):
            assert client.get(link).status_code == 200, (page_, link)


def test_a_fault_is_told_once_in_the_title(client, world, rowan):
    client.force_login(world.user("nora"))
    said = client.post(reverse("cases:broker", args=[rowan]), {"action": "next"}).content.decode()
    assert "<title>Error: Choose services" in said
