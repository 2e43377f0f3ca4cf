"""The record closes while somebody writes about it: what they typed is there to copy."""

import pytest
from django.urls import reverse

from onestory.access.actions import end_grant
from onestory.cases.models import Referral
from onestory.kernel.ids import new_id
from tests.supported import Supported, supported

WORDS = "She spoke of the kitchen. \u202eهي\u202c 🌸"


@pytest.fixture
def hers(as_) -> Supported:
    return supported(as_)


@pytest.fixture
def nora(world, client):
    client.force_login(world.user("nora"))
    return client


def close(as_, hers: Supported) -> None:
    """Tess, who had referred her, ends what she had opened."""
    with as_("tess") as by:
        for grant_id in reversed(Referral.objects.get(pk=hers.case.referral_id).grants):
            end_grant(by=by, grant_id=grant_id, reason="She asked for it.")


def pages(hers: Supported) -> dict[str, dict]:
    """Every form into which one writes at length, by its address."""
    return {
        reverse("support:dial", args=[hers.person_id, hers.phone_id]): {"said": WORDS},
        reverse("support:session-add", args=[hers.case.pk]): {"words": WORDS, "place": "Room 2"},
        reverse("support:session", args=[hers.session_id]): {"words": WORDS},
        reverse("support:goal", args=[hers.case.pk]): {"words": WORDS},
        reverse("support:goal-reword", args=[hers.goal_id]): {"words": WORDS},
        reverse("support:step", args=[hers.case.pk]): {"words": WORDS, "who": "Nora"},
        reverse("support:end", args=[hers.case.pk]): {"words": WORDS},
    }


def test_what_was_typed_is_shown_to_copy(nora, as_, hers):
    close(as_, hers)
    for address, typed in pages(hers).items():
        answer = nora.post(address, {**typed, "key": str(new_id())})
        said = answer.content.decode()
        assert answer.status_code == 404, address
        assert WORDS in said and "not written down" in said, address
        assert "Rowan" not in said and hers.case.reference not in said
        for nothing in (nora.get(address), nora.post(address, {"words": " "})):
            assert nothing.status_code == 404
            assert "not written down" not in nothing.content.decode()


def test_of_nobody_it_says_the_same(nora, hers):
    for name in ("dial", "session", "goal", "step"):
        keys = [new_id(), new_id()] if name == "dial" else [new_id()]
        answer = nora.post(reverse(f"support:{name}", args=keys), {"said": WORDS, "words": WORDS})
        assert answer.status_code == 404 and WORDS in answer.content.decode()


def test_whose_work_it_is_not_gets_nothing_back(client, world, hers):
    client.force_login(world.user("gwen"))
    answer = client.post(reverse("support:goal", args=[hers.case.pk]), {"words": WORDS})
    assert answer.status_code == 404 and WORDS not in answer.content.decode()
