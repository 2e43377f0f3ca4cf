"""Clare's Law: its steps in their order, its clocks, two who decide, told in person."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from onestory.agencies.area.conduct import DisclosureStage
from onestory.kernel.errors import Refused
from onestory.risk import queries
from onestory.risk.actions import disclosures as actions
from onestory.risk.models import ConductNote, Disclosure
from onestory.risk.rules import disclosures as rules
from tests.clares_law import DONE_BEFORE, asked, checked, decided, two


@pytest.fixture
def pair(as_, world):
    return two(as_)


@pytest.fixture
def row(as_, pair):
    return asked(as_, *pair)


def step(as_, row) -> str:
    with as_("petra") as by:
        return queries.asked(by, row.pk).step


def test_step_by_step(as_, pair, row):
    assert step(as_, row) == rules.CONTACT
    checked(as_, row)
    assert step(as_, row) == rules.DECIDE
    decided(as_, row)
    assert step(as_, row) == rules.TELL
    with as_("mina") as by:
        told = {"where": "At the GP’s", "said": "That he was convicted.", "keeps_it": True}
        done = actions.tell_disclosure(by=by, disclosure_id=row.pk, on=timezone.localdate(), **told)
    assert done.finished_at and step(as_, row) == rules.DONE


def test_what_was_found_is_kept_with_him_and_does_not_say_who_asked(as_, pair, row):
    her, him = pair
    checked(as_, row)
    with as_("petra"):
        note = ConductNote.objects.get(person_id=him)
        assert note.words == DONE_BEFORE and note.envelope.kind == "conduct"
        assert DONE_BEFORE not in str(vars(Disclosure.objects.get(pk=row.pk)))


def test_an_agency_that_raises_it_is_neither_called_nor_met(as_, pair):
    row = asked(as_, *pair, route="know", applicant="agency")
    assert step(as_, row) == rules.CHECKS


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"route": "know"}, "right to know is for agencies"),
        ({"applicant": "agency"}, "right to know is for agencies"),
        ({"applicant": "other"}, "Say who asks"),
        ({"words": " "}, "worried about"),
        ({"received_on": timezone.localdate() + timedelta(days=1)}, "day to come"),
        ({"route": "hear"}, "Choose who asks"),
    ],
)
def test_what_cannot_be_asked_is_refused(as_, pair, changes, why):
    with pytest.raises(Refused, match=why):
        asked(as_, *pair, **changes)


def test_nobody_asks_about_themselves(as_, pair):
    with pytest.raises(Refused, match="about themselves"):
        asked(as_, pair[0], pair[0])


def test_asked_twice_there_is_one(as_, pair, row):
    with pytest.raises(Refused, match="asked about them already"):
        asked(as_, *pair)


def test_nothing_is_decided_before_it_was_looked_up(as_, row):
    with pytest.raises(Refused, match="steps before"):
        decided(as_, row)


def test_whoever_decides_does_not_agree_to_it(as_, row):
    checked(as_, row)
    with as_("petra") as by:
        actions.decide_disclosure(
            by=by, disclosure_id=row.pk, decision="nothing", reason="Not needed.", to_whom="self"
        )
        with pytest.raises(Refused, match="somebody else has to agree"):
            actions.agree_disclosure(by=by, disclosure_id=row.pk, agrees=True)
        with pytest.raises(Refused, match="Two people"):
            actions.tell_disclosure(
                by=by,
                disclosure_id=row.pk,
                on=timezone.localdate(),
                where="Here",
                said="It",
                keeps_it=True,
            )


def test_what_is_not_agreed_is_decided_anew(as_, row):
    checked(as_, row)
    with as_("petra") as by:
        values = {"decision": "nothing", "reason": "Not needed.", "to_whom": "self"}
        actions.decide_disclosure(by=by, disclosure_id=row.pk, **values)
    with as_("mina") as by:
        back = actions.agree_disclosure(by=by, disclosure_id=row.pk, agrees=False)
    assert (back.decision, back.reason, back.decided_at) == ("", "", None)


@pytest.mark.parametrize(
    "changes, why",
    [
        ({"what": " "}, "Say what is told"),
        ({"reason": " "}, "Give the reason"),
        ({"to_whom": "him"}, "Choose who is told"),
        ({"to_whom": "guardian"}, "who can keep them safe"),
        ({"to_whom": "applicant"}, "Say why they are told"),
        ({"what": "He lived at RM17 6SL"}, "Leave postcodes"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(as_, pair, changes, why):
    row = asked(as_, *pair, applicant="other", applicant_words="Her sister; after six.")
    checked(as_, row)
    with pytest.raises(Refused, match=why):
        decided(as_, row, **changes)


def test_something_found_is_said_and_nothing_is_not(as_, row):
    checked(as_, row)
    with as_("petra") as by:
        again = {"by": by, "disclosure_id": row.pk, "source": "probation"}
        again |= {"on": timezone.localdate()}
        with pytest.raises(Refused, match="Say what was found"):
            actions.check_for_disclosure(**again, found="something")
        with pytest.raises(Refused, match="Choose one of the two"):
            actions.check_for_disclosure(**again, found="nothing", words="Much")


def test_danger_now_is_acted_on(as_, row):
    with as_("petra") as by, pytest.raises(Refused, match="done at once"):
        actions.speak_of_disclosure(
            by=by, disclosure_id=row.pk, on=timezone.localdate(), danger_now=True
        )


def test_it_may_be_given_up(as_, row):
    with as_("petra") as by:
        actions.withdraw_disclosure(by=by, disclosure_id=row.pk, words="She has changed her mind.")
        with pytest.raises(Refused, match="finished already"):
            actions.withdraw_disclosure(by=by, disclosure_id=row.pk, words="Again")


STAGES = [
    DisclosureStage(
        **{"code": "old", "name": "Old", "step": "told", "days": 35, "from": date(2014, 3, 8)},
        ended=date(2023, 4, 1),
    ),
    DisclosureStage(
        **{"code": "new", "name": "New", "step": "told", "days": 28, "from": date(2023, 4, 1)}
    ),
]


@pytest.mark.parametrize(
    "came, due",
    [
        (date(2023, 3, 31), date(2023, 5, 5)),
        (date(2023, 4, 1), date(2023, 4, 29)),
        (date(2014, 3, 7), None),
    ],
)
def test_the_clock_is_that_of_the_day_on_which_it_came(came, due):
    assert rules.due_on(STAGES, came, rules.TELL) == due


class TestPages:
    def test_from_her_page_to_the_second_person(self, client, world, as_, pair):
        her, him = pair
        client.force_login(world.user("petra"))
        assert "Take a request down" in client.get(f"/people/{her}/").content.decode()
        today = timezone.localdate()
        day = {"day": today.day, "month": today.month, "year": today.year}

        def on(name):
            return {f"{name}-{part}": value for part, value in day.items()}

        sent = {"about_id": str(him), "applicant": "self", "words": "He hit a door."}
        page = client.post(f"/risk/{her}/clares-law/", sent | on("received_on")).headers["Location"]
        assert "First: speak to whoever asks" in client.get(page).content.decode()
        client.post(page, {"danger_now": "no"} | on("on"))
        client.post(page, {"identity_checked": "Passport"} | on("on"))
        client.post(page, {"source": "police", "found": "nothing"} | on("on"))
        client.post(page, {"decision": "nothing", "to_whom": "self", "reason": "Nothing is known."})
        shown = client.get(page).content.decode()
        assert "Somebody else of your team has to agree" in shown
        assert client.post(page, {"agrees": "yes"}).status_code == 404
        client.force_login(world.user("mina"))
        client.post(page, {"agrees": "yes"})
        assert "Last: tell, in person" in client.get(page).content.decode()

    def test_the_list_asks_as_few_questions_for_many_as_for_one(self, client, world, as_, pair):
        def count():
            client.get("/risk/clares-law/")
            with CaptureQueriesContext(connection) as captured:
                assert client.get("/risk/clares-law/").status_code == 200
            return len(captured)

        client.force_login(world.user("petra"))
        asked(as_, *pair)
        few = count()
        for _ in range(3):
            asked(as_, *two(as_))
        assert count() == few <= 20

    def test_a_step_that_is_due_stands_on_the_worklist(self, client, world, as_, pair, row):
        client.force_login(world.user("petra"))
        assert "To be spoken to" in client.get("/").content.decode()
