"""Messages are between a person and one team, and what goes out says nothing and breaks no rule."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import Http404
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from onestory.access import queries as access
from onestory.access.actions import end_grant, share
from onestory.access.models import Entry, Envelope
from onestory.agencies.models import Team
from onestory.conversations import actions, queries, tasks
from onestory.conversations.models import LONGEST, Message, Notice
from onestory.conversations.rules import ANY_TIME
from onestory.conversations.sender import NotSent
from onestory.kernel.errors import Refused
from onestory.people import actions as people
from onestory.people.models import SafeContact
from tests.access.raw import refused, rows
from tests.own_pages import as_her, invite, user_of
from tests.signing_in import sign_in, staff

__all__ = ["staff"]
pytestmark = pytest.mark.django_db
SAFE = {
    "safe_to_call": "yes",
    "when_safe": ANY_TIME,
    "voicemail": "no",
    "text_messages": "yes",
    "must_not_know": "Nobody",
}
NUMBER = "+447700900555"


class Kept:
    """A sender that keeps what it is given."""

    sent: list[tuple[str, str]] = []
    fails = False

    def send(self, number: str, words: str) -> None:
        if self.fails:
            raise NotSent
        self.sent.append((number, words))


@pytest.fixture
def sent(settings, monkeypatch):
    """What went out."""
    cache.clear()
    settings.SENDER = f"{__name__}.Kept"
    monkeypatch.setattr(Kept, "sent", [])
    monkeypatch.setattr(Kept, "fails", False)
    return Kept.sent


@pytest.fixture
def meera(world):
    return world.id("meera")


@pytest.fixture
def hers(as_, meera):
    """Meera's user on her own pages."""
    invite(as_, meera)
    return user_of(as_, meera)


def reachable(as_, meera, **said):
    with as_("ida") as ida:
        people.set_safe_contact(by=ida, person_id=meera, **(SAFE | said))
        people.add_phone(by=ida, person_id=meera, number=NUMBER, safe="yes")


def write(as_, meera, words="Shall we meet on Tuesday?", by="ida"):
    with as_(by) as worker:
        team = worker.home_team_id
        return actions.write(by=worker, person_id=meera, team_id=team, words=words)


def last(as_) -> Notice:
    with as_("ida"):
        return Notice.objects.order_by("-recorded_at").first()


# Between two


def test_a_message_is_read_by_the_two_and_nobody_else(as_, world, meera, hers):
    """Another team to which her support is open reads its own messages, not these."""
    with as_("ida") as ida:
        envelopes = Envelope.objects.filter(person_id=meera, kind__in=("identity", "support"))
        team = Team.objects.get(code="sericc-first-contact")
        share(
            by=ida,
            envelopes=envelopes,
            team=team,
            purpose="support",
            basis="consent",
            may_write=True,
        )
    write(as_, meera)
    with as_her(hers) as her:
        actions.write(by=her, person_id=meera, team_id=team.pk, words="Only for Nora")
        assert Message.objects.count() == 2
    for name, words in (("ida", ["Shall we meet on Tuesday?"]), ("nora", ["Only for Nora"])):
        with as_(name):
            assert [row.words for row in Message.objects.all()] == words
            assert rows("SELECT count(*) FROM conversations_message") == [(1,)]
    for name in ("olu", "tess", "mina", "nell", "theo", "gwen", "adam"):
        with as_(name):
            assert rows("SELECT count(*) FROM conversations_message") == [(0,)]


def test_nobody_writes_as_the_other_side_or_changes_what_was_written(as_, meera, hers):
    written = write(as_, meera)
    copy = (
        "INSERT INTO conversations_message (id, envelope_id, person_id, team_id, from_person, words,"
        " recorded_by_id, recorded_at) VALUES (%s, %s, %s, %s, %s, 'x', %s, now())"
    )
    where = [uuid4(), written.envelope_id, meera, written.team_id]
    with as_("ida") as ida, refused():
        rows(copy, [*where, True, ida.user_id])
    with as_her(hers) as her:
        with refused():
            rows(copy, [*where, False, her.user_id])
        with refused():
            rows("UPDATE conversations_message SET words = 'x'")
        with refused():
            rows("DELETE FROM conversations_message")


def test_with_whom_she_can_write(as_, world, meera, hers):
    """The teams that hold her support: not one that does not, and not her own."""
    with as_her(hers) as her:
        assert [one.team.code for one in queries.correspondents(her, meera)] == ["idva"]
        for team in (Team.objects.get(code="pass"), Team.objects.get(code="own-pages")):
            with pytest.raises(Http404):
                actions.write(by=her, person_id=meera, team_id=team.pk, words="x")
    with as_("nora") as nora, pytest.raises(Http404):
        actions.write(by=nora, person_id=meera, team_id=nora.home_team_id, words="x")


@pytest.mark.parametrize(
    ("name", "list_status", "thread_status"),
    [
        ("ida", 200, 200),
        ("nora", 200, 404),
        ("mina", 200, 404),
        ("olu", 404, 404),
        ("gwen", 404, 404),
    ],
)
def test_the_pages_of_messages(client, staff, meera, name, list_status, thread_status):
    sign_in(client, staff(name))
    assert client.get("/conversations/").status_code == list_status
    assert client.get(f"/conversations/{meera}/").status_code == thread_status
    sent = client.post(f"/conversations/{meera}/", {"words": "Hello"})
    assert sent.status_code == (302 if thread_status == 200 else 404)


def opened_to_isla(as_, meera, *kinds, may_write=False):
    """Ida opens so much of Meera's record to the team of the ISVA, who took her on."""
    with as_("ida") as ida:
        opened = access.open_envelopes(ida, meera)
        return share(
            by=ida,
            envelopes=[opened[kind] for kind in kinds],
            team=Team.objects.get(code="sericc-isva"),
            purpose="support",
            basis="consent",
            may_write=may_write,
        )


@pytest.mark.parametrize(
    ("kinds", "may_write", "said"),
    [
        (["identity"], False, "is closed to your team"),
        (["identity", "support"], False, "may read how"),
        (["identity", "support"], True, "Your message"),
    ],
)
def test_a_provider_that_took_her_on_writes_or_is_told_what_to_do(
    as_, client, staff, meera, hers, kinds, may_write, said
):
    opened_to_isla(as_, meera, *kinds, may_write=may_write)
    sign_in(client, staff("isla"))
    page = f"/conversations/{meera}/"
    shown = client.get(page)
    words = shown.content.decode()
    assert shown.status_code == 200 and said in words
    sent = client.post(page, {"words": "Hello, مرحبا"})
    assert sent.status_code == (302 if may_write else 200)
    with as_("isla"):
        assert Message.objects.exists() == may_write
    if not may_write:
        assert "This was not sent" in sent.content.decode() and "مرحبا" in sent.content.decode()
    if kinds == ["identity"]:
        ask = f"/people/{meera}/ask/support/"
        assert ask in words and client.get(ask).status_code == 200
    elif not may_write:
        assert "IDVA" in words or "Independent" in words
    with as_her(hers) as her:
        known = {one.team.code for one in queries.correspondents(her, meera)}
        assert known == ({"idva", "sericc-isva"} if may_write else {"idva"})


def test_what_a_team_wrote_stays_hers_to_read_when_it_can_write_no_more(
    as_, client, staff, meera, hers, sent
):
    grants = opened_to_isla(as_, meera, "identity", "support", may_write=True)
    write(as_, meera, words="Good-bye, and take care.", by="isla")
    with as_("ida") as ida:
        for grant in grants:
            end_grant(by=ida, grant_id=grant.pk, reason="The work has ended")
    client.force_login(hers)
    assert "1 new message" in client.get("/n/").content.decode()
    team = Team.objects.get(code="sericc-isva").pk
    assert f"/n/m/{team}/" in client.get("/n/m/").content.decode()
    shown = client.get(f"/n/m/{team}/").content.decode()
    assert "take care" in shown and "cannot write to this team" in shown
    late = client.post(f"/n/m/{team}/", {"words": "Thank you 🙂"}).content.decode()
    assert "This was not sent" in late and "Thank you 🙂" in late
    assert "new message" not in client.get("/n/").content.decode()
    sign_in(client, staff("isla"))
    assert client.get(f"/conversations/{meera}/").status_code == 404


def test_what_she_wrote_waits_in_the_menu_until_it_is_read(as_, client, staff, meera, hers, sent):
    with as_her(hers) as her:
        team = queries.correspondents(her, meera)[0].team_id
        actions.write(by=her, person_id=meera, team_id=team, words="Are you there?")
    sign_in(client, staff("ida"))
    assert b'class="os-count">1<' in client.get("/cases/").content
    assert b"Meera Solanki" in client.get("/conversations/").content
    assert b"Are you there?" in client.get(f"/conversations/{meera}/").content
    assert b"os-count" not in client.get("/cases/").content
    with as_her(hers):
        assert Message.objects.get().read_by.name == "Ida Brennan"
    with as_("gwen"):
        verbs = list(
            Entry.objects.filter(verb__startswith="message")
            .order_by("id")
            .values_list("verb", flat=True)
        )
    assert verbs == ["message.write", "message.read"]


def test_words_stay_as_they_were_written(as_, meera, hers, client, staff):
    words = "مرحبا, I am 🙂\n<script>alert(1)</script>"
    with as_her(hers) as her:
        team = queries.correspondents(her, meera)[0].team_id
        actions.write(by=her, person_id=meera, team_id=team, words=words)
        for wrong in ("", "  \n", "x" * (LONGEST + 1)):
            with pytest.raises(Refused):
                actions.write(by=her, person_id=meera, team_id=team, words=wrong)
        assert actions.write(by=her, person_id=meera, team_id=team, words="é" * LONGEST)
    sign_in(client, staff("ida"))
    page = client.get(f"/conversations/{meera}/").content.decode()
    assert "مرحبا, I am 🙂<br>&lt;script&gt;" in page
    assert 'dir="auto"' in page


def test_the_list_takes_few_queries(client, staff, as_, meera, hers, django_assert_max_num_queries):
    with as_her(hers) as her:
        team = queries.correspondents(her, meera)[0].team_id
        for number in range(30):
            actions.write(by=her, person_id=meera, team_id=team, words=f"{number}")
    sign_in(client, staff("ida"))
    client.get("/conversations/")
    with django_assert_max_num_queries(16):
        page = client.get("/conversations/").content
    assert page.count(b"Meera Solanki") == 25 and b"?after=" in page


# Outside


def test_word_of_a_message_goes_out_once_and_says_nothing(as_, meera, hers, sent):
    reachable(as_, meera)
    write(as_, meera, "Derek's hearing is on Friday")
    write(as_, meera, "And another thing")
    assert sent == [(NUMBER, "There is a message for you.")]
    with as_her(hers) as her:
        actions.mark_read(
            by=her, person_id=meera, team_id=queries.correspondents(her, meera)[0].team_id
        )
    write(as_, meera, "A third, after she has read")
    assert len(sent) == 2


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"text_messages": "unknown"}, "text-unknown"),
        ({"text_messages": "no"}, "text-unsafe"),
        ({"when_safe": "When Derek is out"}, "when-unknown"),
        ({"must_not_know": ""}, "who-unknown"),
    ],
)
def test_an_unknown_rule_means_that_nothing_goes_out(as_, meera, hers, sent, said, why):
    reachable(as_, meera, **said)
    write(as_, meera)
    assert not sent
    notice = last(as_)
    assert (notice.outcome, notice.why) == ("held", why)


def test_where_nothing_is_recorded_or_she_has_no_pages_nothing_goes_out(as_, meera, sent):
    write(as_, meera)
    assert last(as_).why == "no-own-pages"
    invite(as_, meera)
    write(as_, meera)
    assert last(as_).why == "nothing-known"
    assert not sent


def test_what_is_held_or_sent_is_on_the_record_without_the_number(as_, meera, hers, sent):
    reachable(as_, meera)
    write(as_, meera)
    with as_("gwen"):
        (entry,) = Entry.objects.filter(verb__startswith="notice.")
        assert (entry.verb, entry.person_id) == ("notice.sent", meera)
        assert "7700" not in f"{entry.detail}{entry.subject}"
    with as_("ida"):
        assert NUMBER not in str(vars(Notice.objects.get()))


def test_a_sender_that_fails_loses_no_message(as_, meera, hers, sent, monkeypatch):
    reachable(as_, meera)
    monkeypatch.setattr(Kept, "fails", True)
    assert write(as_, meera).pk
    assert last(as_).outcome == "failed"


def test_outside_a_safe_time_it_waits_and_is_asked_again(as_, meera, hers, sent):
    """By then she may have said that a text is not safe any more, or have read it."""
    tomorrow = timezone.localtime() + timedelta(days=1)
    reachable(as_, meera, when_safe=f"{tomorrow:%A}, 10:00 to 11:00")
    written = write(as_, meera)
    notice = last(as_)
    assert (notice.outcome, notice.why) == ("later", "not-now")
    job = ProcrastinateJob.objects.get(task_name="conversations.notify_later")
    assert job.scheduled_at == notice.again_at
    assert set(job.args) == {"person_id", "team_id"}
    with as_("ida") as ida:
        people.set_safe_contact(
            by=ida, person_id=meera, seen_id=seen(meera), **(SAFE | {"text_messages": "no"})
        )
    tasks.notify_later(person_id=str(meera), team_id=str(written.team_id))
    assert not sent
    with as_("ida") as ida:
        people.set_safe_contact(by=ida, person_id=meera, seen_id=seen(meera), **SAFE)
    tasks.notify_later(person_id=str(meera), team_id=str(written.team_id))
    assert len(sent) == 1


def seen(person_id):
    """What stands of her safe contact now."""
    return SafeContact.objects.get(person_id=person_id, superseded_at=None).pk
