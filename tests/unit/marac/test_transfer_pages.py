"""The pages on which a case goes to another area and comes from one, without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from onestory.marac.models import Referral, TransferIn, TransferOut
from onestory.risk.models import Draft
from tests.marac import accepted, on_the_table, pair, referred


@pytest.fixture
def browser(world):
    def open_for(name):
        client = Client()
        client.force_login(world.user(name))
        return client

    return open_for


def url(name, *keys):
    return reverse(f"marac:{name}", args=keys)


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


def text(answer) -> str:
    return answer.content.decode()


SAID = {
    "to": "southend",
    "to_contact": "marac@example.org",
    "basis": "marac",
    "reason": "She moves there, and he will follow.",
    "agrees": "yes",
    "told": "yes",
    "words": "Ida has worked with her since May.",
    "contact": "no",
}


def sealed(cora, case) -> tuple[str, str]:
    """Where the browser is sent, and the pass phrase that the page told before."""
    page = text(cora.get(url("send", case.pk)))
    assert "Karl Lindqvist" in page and "He has taken the telephone" in page
    ids = {"id": hidden(page, "id"), "phrase": hidden(page, "phrase")}
    refused = text(cora.post(url("send", case.pk), {**SAID, **ids, "words": ""}))
    assert "handover" in refused and ids["phrase"] in refused
    answer = cora.post(url("send", case.pk), {**SAID, **ids})
    assert answer.status_code == 302
    return answer["Location"], ids["phrase"]


def upload(client, content: bytes, phrase: str):
    return client.post(
        url("receive"), {"file": SimpleUploadedFile("a.json", content), "phrase": phrase}
    )


def test_out_and_in_again_with_the_receipt(as_, world, browser):
    case, cora = on_the_table(as_).case, browser("cora")
    here, phrase = sealed(cora, case)
    assert phrase not in text(cora.get(here))
    file = cora.get(f"{here}file/")
    assert "attachment" in file["Content-Disposition"] and b"Lindqvist" not in file.content
    assert "does not open this file" in text(upload(cora, file.content, "0000-0000-0000-0000"))
    look = text(upload(cora, file.content, phrase))
    assert "Nothing is saved yet" in look and "Ida has worked with her" in look
    assert "Yes: Rosa Lindqvist" in look
    with as_("cora"):
        assert not TransferIn.objects.exists()
    given = {
        "opened": hidden(look, "opened"),
        "survivor": "new",
        "abuser": "new",
        "relation": "husband-or-wife",
    }
    refused = text(cora.post(url("open"), given))
    assert "Nothing is saved yet" in refused
    answer = cora.post(url("open"), {**given, "told": "yes"})
    page = text(cora.get(answer["Location"]))
    assert "Handed over by" in page and "Transferred from another area" in page
    receipt = re.search(r"Receipt to give back: <strong>([^<]+)<", page)[1]
    assert upload(cora, file.content, phrase)["Location"] == answer["Location"]
    assert "not the receipt" in text(cora.post(here, {"receipt": "0000-0000"}))
    assert cora.post(here, {"receipt": receipt.lower()}).status_code == 302
    assert "They have the case" in text(cora.get(here))
    assert cora.get(f"{here}file/").status_code == 302
    assert "they have it" in text(cora.get(url("case", case.pk)))


def test_what_was_looked_into_is_for_who_looked(as_, world, browser):
    """What goes through the browser opens for nobody else, and not if it was altered."""
    case, cora = on_the_table(as_).case, browser("cora")
    here, phrase = sealed(cora, case)
    look = text(upload(cora, cora.get(f"{here}file/").content, phrase))
    opened = hidden(look, "opened")
    assert cora.post(url("open"), {"opened": opened[:-4]})["Location"] == url("receive")
    assert browser("pru").post(url("open"), {"opened": opened}).status_code == 404


@pytest.mark.parametrize("name", ["chris", "pru", "petra", "nell"])
def test_the_pages_are_the_coordinators_alone(as_, world, browser, name):
    case = accepted(as_, referred(as_, pair(as_)))
    here, _ = sealed(browser("cora"), case)
    other = browser(name)
    for address in (here, f"{here}file/", url("send", case.pk), url("receive")):
        assert other.get(address).status_code == 404
    with as_("cora"):
        assert TransferOut.objects.count() == Referral.objects.count() == 1


def test_what_is_typed_of_a_handover_is_kept_but_not_how_she_is_reached(as_, world, browser):
    case = accepted(as_, referred(as_, pair(as_)))
    cora, here = browser("cora"), url("send", case.pk)
    page = text(cora.get(here))
    hidden_fields = {name: hidden(page, name) for name in ("id", "phrase", "tab", "version")}
    typed = {**SAID, "contact": "agreed", "contact_words": "Ring the library."}
    assert cora.post(url("send-save", case.pk), {**typed, **hidden_fields}).status_code == 204
    again = text(cora.get(here))
    assert SAID["words"] in again and SAID["reason"] in again and "library" not in again
    with as_("cora"):
        assert "library" not in str(Draft.objects.get().answers)
        assert hidden_fields["phrase"] not in str(Draft.objects.get().answers)
    other = {**typed, "words": "Mine.", "tab": "x", "version": 7}
    assert cora.post(url("send-save", case.pk), other).status_code == 409
    assert browser("pru").post(url("send-save", case.pk), typed).status_code == 404
    assert cora.post(here, {**typed, **hidden_fields}).status_code == 302
    assert SAID["words"] not in text(cora.get(here))
