"""What nobody has checked is not told as if it were so: a wrong number costs more than none."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from onestory.agencies.actions import confirm_service
from onestory.agencies.models import Service
from onestory.agencies.pack import pack

pytestmark = pytest.mark.django_db


def test_a_number_that_nobody_has_checked_says_so(client, world, monkeypatch):
    first, *others = pack().helplines
    checked = first.model_copy(update={"verified": True})
    bare = first.model_copy(update={"verified": False, "website": ""})
    area = replace(pack(), helplines=(checked, *others, bare))
    monkeypatch.setattr("onestory.public.views.pages.pack", lambda: area)
    shown = client.get(reverse("public:home")).content.decode()
    lines = re.findall(r"<li><h3.*?</li>", shown, re.S)
    assert len(lines) == len(others) + 2
    assert first.about in lines[0] and first.opening in lines[0] and "Check" not in lines[0]
    for line, one in zip(lines[1:], [*others, bare], strict=True):
        assert one.phone in line and "We have not checked this number" in line
        assert one.about not in line and f"{one.opening}." not in line
        assert (one.website or "Ask before you call") in line


def test_an_entry_that_its_team_has_not_checked_says_so(client, world, as_):
    service = Service.objects.get(code="community-support")
    page = reverse("public:service", args=[service.pk])
    unchecked = client.get(page).content.decode()
    assert "has not checked this page" in unchecked and "Ask them first" in unchecked
    assert "Not checked by the team yet" in client.get(reverse("public:find")).content.decode()
    with as_("mina") as by:
        confirm_service(by=by, service_id=service.pk, version=service.version)
    checked = client.get(page).content.decode()
    assert "has not checked" not in checked and "Ask them first" not in checked
