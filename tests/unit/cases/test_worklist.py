"""The worklist, where nothing is on it."""

from datetime import timedelta

from django.utils import timezone

from onestory.cases.actions import acknowledge_decision, record_contact
from onestory.cases.models import Contact
from tests.disclosures import told


def test_where_nothing_waits_it_is_said_and_only_what_is_recent_is_shown(client, world, as_):
    with as_("olu") as by:
        for decided in Contact.objects.exclude(decided_at=None):
            acknowledge_decision(by=by, contact_id=decided.pk)
        for _ in range(2):
            sent = record_contact(by=by, team_id=by.home_team_id, told=told())
        long_ago = timezone.now() - timedelta(days=40)
        Contact.objects.filter(pk=sent.pk).update(received_at=long_ago)
    client.force_login(world.user("olu"))
    row = ">Rowan Teale</a>"
    page = client.get("/").content.decode()
    assert "Nothing waits for your team." in page
    assert "Contacts sent in the last 28 days" in page and page.count(row) == 1
    assert "?show=sent&amp;all=1" in page
    assert client.get("/?show=sent&all=1").content.decode().count(row) == 2
    client.force_login(world.user("tess"))
    assert "Nothing waits" not in client.get("/").content.decode()
