"""The guide for whoever has just been told, as a browser asks for it."""

import re

from django.urls import reverse

from onestory.cases.models import Draft


def asked(client, **answers):
    return client.get(reverse("cases:guide"), answers).content.decode()


def test_it_asks_for_an_age_and_then_says_what_to_do(world, client):
    client.force_login(world.user("olu"))
    assert "How old are they?" in asked(client)
    assert "Select how old they are" in asked(client, situations="danger")
    page = asked(client, age="13-15", competent="competent")
    assert "You need not tell the police" in page and "Have you asked what they want?" in page
    assert "You need not tell the police" not in asked(
        client, age="under-13", competent="competent"
    )


def test_what_is_long_past_may_stay_untold_by_adults_alone(world, client):
    """Of a child nobody is told that something need not be passed on beside what must be."""
    client.force_login(world.user("olu"))
    said = {age: asked(client, age=age) for age in ("under-13", "13-15", "16-17", "adult")}
    assert [age for age, page in said.items() if "Something long past" in page] == ["adult"]
    assert "What you need not report" not in said["under-13"]


def test_what_is_chosen_elsewhere_is_no_age(world, client):
    client.force_login(world.user("olu"))
    assert "What to say" not in asked(client, age="<b>")


def test_the_contact_begins_with_whether_they_were_asked(world, client, as_):
    client.force_login(world.user("olu"))
    began = client.post(reverse("cases:record-start"), {"wishes_asked": "not-yet"})
    with as_("olu"):
        draft = Draft.objects.get(pk=began["Location"].split("/")[2])
        assert draft.answers["pages"]["needs"]["typed"] == {"wishes_asked": ["not-yet"]}
    page = client.get(reverse("cases:record-page", args=[draft.pk, "needs"])).content.decode()
    assert re.search(r'value="not-yet"[^>]*\bchecked', page)


def test_it_is_for_those_who_record_contacts(world, client):
    client.force_login(world.user("gwen"))
    assert client.get(reverse("cases:guide")).status_code == 404
    client.logout()
    assert client.get(reverse("cases:guide")).status_code == 302
