"""The pages of a survivor's own, used: what she changes, takes back and takes away."""

from datetime import date
from uuid import uuid4

import pytest
from django.template.loader import render_to_string
from django.test import Client

from onestory.access import queries as access
from onestory.access.actions import record_consent, share, share_without_consent
from onestory.access.actions.consent import WITHDRAWN
from onestory.access.models import Envelope, Kind
from onestory.agencies.models import Team
from onestory.assessment import queries as assessment
from onestory.assessment.actions import answer, begin_sitting
from onestory.cases.actions import record_contact
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people.actions import Facts
from onestory.people.models import Phone, SafeContact
from onestory.portal import actions, queries
from onestory.portal.models import Feedback
from tests.disclosures import told
from tests.own_pages import as_her, invite, make_codes, quick_numbers, redeem, user_of

__all__ = ["quick_numbers"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_numbers")]
LONG_AGO = date(2020, 1, 1)
LONG = "مرحبا 🙂 " * 2_500  # 20,000 characters
REACH = {
    "safe_to_call": "yes",
    "text_messages": "yes",
    "voicemail": "no",
    "when": "times",
    "days": ["0", "4"],
    "start": "10:00",
    "end": "14:00",
    "must_not_know": "Nobody",
    "code_word": "blue kettle",
    "seen": "",
}


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def inside(as_, meera):
    """A browser in which Meera is on her own pages."""
    client = Client()
    redeem(client, invite(as_, meera))
    make_codes(client)
    return client


def team(code: str) -> Team:
    return Team.objects.get(code=code)


def shared_with_isla(as_, meera):
    """The consent that Meera gave to Ida."""
    with as_("ida") as ida:
        return record_consent(
            by=ida,
            person_id=meera,
            team_id=ida.home_team_id,
            to_team_id=team("sericc-isva").pk,
            kinds=["identity", "risk"],
            purpose="support",
            until=None,
            answer="given",
            how="spoken",
            capacity="adult",
        )


def test_a_consent_is_taken_back_and_closes_at_once(as_, inside, meera):
    """Also of what she does not see herself."""
    consent = shared_with_isla(as_, meera)
    with as_("isla") as isla:
        assert set(access.open_envelopes(isla, meera)) == {"identity", "risk"}
    assert "You said yes." in inside.get("/n/w/").content.decode()
    assert inside.get(f"/n/w/{consent.pk}/").status_code == 200
    assert inside.post(f"/n/w/{consent.pk}/", {"words": ""}).url == "/n/w/"
    with as_("isla") as isla:
        assert access.open_envelopes(isla, meera) == {}
    page = inside.get("/n/w/").content.decode()
    assert "Not any more" in page
    # Once is enough: in a second tab it is not there any more, and nobody else's ever was.
    assert inside.post(f"/n/w/{consent.pk}/", {"words": ""}).status_code == 404
    assert inside.get(f"/n/w/{uuid4()}/").status_code == 404


def test_she_is_told_of_a_share_on_another_basis_and_why_unless_that_is_a_danger(
    as_, inside, meera, world
):
    with as_("ida") as ida:
        said = {
            "by": ida,
            "person_id": meera,
            "team_id": ida.home_team_id,
            "kinds": ["identity"],
            "purpose": "safety",
            "basis": "vital-interests",
            "until": None,
            "second_opinion_by": world.user("gwen").pk,
        }
        share_without_consent(
            **said, to_team_id=team("mash").pk, reason="He has a weapon.", told=True
        )
        share_without_consent(
            **said,
            to_team_id=team("pass").pk,
            reason="He is on the programme.",
            told=False,
            not_told_reason="He reads her telephone.",
        )
    page = inside.get("/n/w/").content.decode()
    assert "They did not ask you" in page and "He has a weapon." in page
    assert "programme" not in page and str(team("pass")) not in page


def test_a_yes_that_was_only_written_down_is_not_called_the_law(as_, inside, meera):
    """As where a team was told of her, and she agreed: she sees it, and takes it back there."""
    passed, took_back = team("pass"), f"/n/w/2/{team('pass').pk}/"
    with as_("ida") as ida:
        name = Envelope.objects.get(person_id=meera, kind=Kind.IDENTITY)
        said = {"purpose": "triage", "basis": "consent", "reason": ""}
        share(by=ida, envelopes=[name], team=passed, may_write=False, **said)
    page = inside.get("/n/w/").content.decode()
    assert "It was written down that you said yes." in page
    assert "They did not ask you" not in page and took_back in page
    assert "your name and date of birth" in inside.get(took_back).content.decode()
    assert inside.post(took_back).url == "/n/w/"
    assert took_back not in inside.get("/n/w/").content.decode()
    assert inside.post(took_back).status_code == 404, "there is nothing left to take back"
    with as_("ida") as ida:
        found = [one for one in access.who_knows(ida, meera) if one.team == passed]
        assert [(one.is_live, one.end_reason) for one in found] == [(False, WITHDRAWN)]


def test_a_yes_to_a_team_that_has_not_answered_is_taken_back_by_a_message(as_, inside, meera):
    """Or what she was asked for would lie where nobody can read it, and nobody would know."""
    with as_("ida") as ida:
        passed_on = told(to_team="mash", who=Facts(), household=(), home=None)
        record_contact(by=ida, team_id=ida.home_team_id, person_id=meera, told=passed_on)
    page = inside.get("/n/w/").content.decode()
    assert "have not answered yet" in page and "/n/w/2/" not in page
    assert inside.post(f"/n/w/2/{team('mash').pk}/").status_code == 404


def test_she_says_when_it_is_safe_and_a_worker_who_was_faster_is_not_overwritten(
    as_, inside, meera
):
    assert inside.post("/n/r/", REACH).url == "/n/"
    with as_("ida") as ida:
        row = SafeContact.objects.get(person_id=meera, superseded_at=None)
        assert row.when_safe == "Monday and Friday, 10:00 to 14:00"
        assert str(row.recorded_by) == "The person themselves"
        people.set_safe_contact(by=ida, person_id=meera, seen_id=row.pk, safe_to_call="no")
    page = inside.post("/n/r/", REACH | {"seen": str(row.pk), "must_not_know": "My brother"})
    assert "Somebody changed this just now" in page.content.decode()
    assert "My brother" in page.content.decode()
    with as_("ida"):
        now = SafeContact.objects.get(person_id=meera, superseded_at=None)
    assert inside.post("/n/r/", REACH | {"seen": str(now.pk)}).url == "/n/"


@pytest.mark.parametrize(
    "wrong",
    [{"days": []}, {"start": ""}, {"end": "09:00"}, {"must_not_know": ""}, {"safe_to_call": ""}],
)
def test_nothing_about_reaching_her_stays_unsaid(inside, as_, meera, wrong):
    page = inside.post("/n/r/", REACH | wrong)
    assert b"error-summary" in page.content
    with as_("ida"):
        assert not SafeContact.objects.filter(person_id=meera).exists()


def test_her_numbers(as_, inside, meera):
    assert (
        inside.post("/n/r/1/", {"number": "07700 900555", "safe": "yes", "whose": ""}).url
        == "/n/r/"
    )
    with as_("ida"):
        row = Phone.objects.get(person_id=meera, superseded_at=None)
    assert b"07700 900555" in inside.get("/n/r/").content
    assert inside.post(f"/n/r/2/{row.pk}/").url == "/n/r/"
    assert inside.get(f"/n/r/2/{row.pk}/").status_code == 404
    assert inside.get(f"/n/r/2/{uuid4()}/").status_code == 404


def test_she_puts_an_answer_right(as_, inside, meera):
    with as_("ida") as ida:
        sitting = begin_sitting(
            by=ida, team_id=ida.home_team_id, person_id=meera, instrument="needs-assessment"
        )
        answer(by=ida, sitting_id=sitting.pk, question="children.at-home", value=2)
        told = assessment.known(ida, meera)["children.at-home"]
    assert b"How many children live with you?" in inside.get("/n/k/").content
    path = f"/n/k/2/{told.answer_id}/"
    assert inside.get(path).status_code == 200
    assert inside.post(path, {"answer": "3", "words": LONG}).url == "/n/k/"
    with as_("ida") as ida:
        now = assessment.known(ida, meera)["children.at-home"]
    assert (now.value, now.note) == (3, LONG.strip())
    # The same page in another tab is of what no longer stands.
    page = inside.post(path, {"answer": "5", "words": ""}, follow=True).content.decode()
    assert "This was changed just now" in page


def test_twenty_thousand_characters_and_not_one_more(as_, inside, meera):
    ida = team("idva").pk
    assert inside.post(f"/n/m/{ida}/", {"words": LONG}).status_code == 302
    page = inside.post(f"/n/m/{ida}/", {"words": LONG + "x" * 20})
    assert "20,000 characters or fewer" in page.content.decode()
    assert LONG.strip() in page.content.decode()
    assert inside.get(f"/n/m/{team('pass').pk}/").status_code == 404
    assert inside.get(f"/n/m/{uuid4()}/").status_code == 404


def test_a_copy_to_take_away(as_, inside, meera):
    inside.post("/n/r/", REACH)
    inside.post(f"/n/m/{team('idva').pk}/", {"words": "Hello"})
    inside.post("/n/r/1/", {"number": "07700 900555", "safe": "yes", "whose": ""})
    assert "Does somebody else look at this phone?" in inside.get("/n/c/").content.decode()
    shown = inside.get("/n/c/1/")
    kept = inside.get("/n/c/1/?file=1")
    for page in (shown, kept):
        words = page.content.decode()
        for part in ("Meera", "Solanki", "30 September 1994", "Monday and Friday", "Hello"):
            assert part in words
        assert "OneStory" not in words and "blue kettle" not in words
        assert "07700 900555" in words and "+44" not in words
    assert kept.headers["Content-Disposition"] == 'attachment; filename="notes.html"'


def test_feedback_leads_back_to_nobody(as_, inside, meera, world):
    said = {
        "team": str(team("idva").pk),
        "heard": "yes",
        "in_control": "no",
        "safer": "unsaid",
        "words": "Kind people",
    }
    assert inside.post("/n/f/", said).url == "/n/"
    user = user_of(as_, meera)
    with as_("gwen") as gwen:
        (row,) = queries.feedback_words(gwen)
        assert row.month.day == 1
        assert str(user.pk) not in str(vars(row)) and row.pk.version == 4
    for name in ("ida", "mina", "olu"):
        with as_(name):
            assert not Feedback.objects.exists()


def test_a_team_gets_counts_from_five_answers_on(as_, world, inside, meera):
    """Mina's team, of which five have said something."""
    invite(as_, world.id("sara-stranger"), by="petra")
    user = user_of(as_, world.id("sara-stranger"), by="petra")

    def give():
        with as_her(user) as her:
            actions.give_feedback(
                by=her,
                person_id=world.id("sara-stranger"),
                team_id=team("housing-safeguarding").pk,
                heard="yes",
                in_control="partly",
                safer="no",
            )

    for _ in range(4):
        give()
    with as_("mina") as mina:
        assert queries.feedback_counts(mina, LONG_AGO) == {}
    give()
    with as_("mina") as mina:
        (counts,) = queries.feedback_counts(mina, LONG_AGO).values()
    assert counts == {"heard": {"yes": 5}, "in_control": {"partly": 5}, "safer": {"no": 5}}
    with as_("dina") as dina:
        assert queries.feedback_counts(dina, LONG_AGO) == {}


def test_feedback_is_of_teams_that_know_her(as_, meera, inside):
    with as_her(user_of(as_, meera)) as her, pytest.raises(Refused):
        actions.give_feedback(
            by=her,
            person_id=meera,
            team_id=team("pass").pk,
            heard="yes",
            in_control="yes",
            safer="yes",
        )


def test_her_pages_take_few_queries(inside, django_assert_max_num_queries):
    for path in ("", "h/", "w/", "k/", "m/", "p/", "d/"):
        inside.get(f"/n/{path}")
        with django_assert_max_num_queries(28):
            inside.get(f"/n/{path}")


def test_she_can_leave_from_whatever_covers_the_page(inside):
    """A dialog lies over the button at the top, and nothing under it can be pressed."""
    _, _, dialog = inside.get("/n/").content.decode().partition("<dialog")
    soon, _, locked = dialog.partition('data-timeout="locked"')
    assert "/n/x/" in soon and "/n/x/" in locked


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_whatever_goes_wrong_she_can_leave_by_the_same_button(status):
    page = render_to_string("portal/fault.html", {"status": status})
    assert "govuk-exit-this-page__button" in page and 'href="/n/x/"' in page
    assert "<title>Notes</title>" in page and "OneStory" not in page


def test_what_is_not_there_is_said_in_her_own_frame(inside):
    page = inside.get("/n/nothing/")
    assert page.status_code == 404
    assert "govuk-exit-this-page__button" in page.content.decode()
