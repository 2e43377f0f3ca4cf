"""A session that locks while somebody is asked: nothing typed is lost."""

from django.urls import reverse

from onestory.assessment import actions, queries
from tests.signing_in import PASSWORD, browser, clock, staff

__all__ = ["browser", "clock", "staff"]


def test_what_was_typed_is_kept_and_can_be_sent(as_, ines, browser, clock):
    with as_("nora") as by:
        sitting = actions.begin_sitting(
            by=by, team_id=by.home_team_id, person_id=ines, instrument="needs-assessment"
        )
    client = browser("nora")
    url = reverse("assessment:section", args=[sitting.pk, "wishes"])
    typed = {"wishes__first": "To sleep 🌙", "seen": "{}", "tab": "one", "shown": ""}
    clock.pass_by(minutes=32)
    save = reverse("assessment:save", args=[sitting.pk, "wishes"])
    # What the page sends by itself is not kept now, and the page says so.
    assert client.post(save, typed, headers={"x-draft": "1"}).status_code not in (200, 204)
    again = client.post(url, typed).url
    answer = client.post(again, {"password": PASSWORD, "next": "/account/carry-on/"})
    parked = client.get(answer.url).context["parked"]
    assert parked.path == url and dict(parked.fields) == typed
    client.post(parked.path, dict(parked.fields))
    with as_("nora") as by:
        assert queries.known(by, ines)["wishes.first"].value == "To sleep 🌙"
