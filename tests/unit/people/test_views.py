"""The people pages: what they show, what they keep, and how few queries they take."""

import re

import pytest

from onestory.agencies.models import Team, User
from onestory.kernel.components import Event, Row
from onestory.people import actions, cards, queries, timeline
from onestory.people.actions import Facts
from onestory.people.models import (
    AccessRequest,
    Address,
    Identity,
    MatchNotice,
    Phone,
    Relationship,
    SafeContact,
)
from tests.survivors import RUTH


@pytest.fixture
def olu(client, world):
    client.force_login(world.user("olu"))
    return client


def text(reply):
    return reply.content.decode()


def now(as_, model, person_id):
    with as_("olu"):
        return list(model.objects.filter(person_id=person_id, superseded_at=None))


class TestFind:
    def test_results_come_by_redirect_and_stay_when_one_comes_back(self, olu, ruth):
        reply = olu.post("/people/", {"text": "ruth marsch 3/4/86"}, follow=True)
        assert reply.redirect_chain == [("/people/", 302)]
        for page in (reply, olu.get("/people/")):
            assert f"/people/{ruth}/" in text(page)
            assert "Same date of birth" in text(page)
            assert "Likely" in text(page)

    def test_nobody_found_leads_on_to_recording(self, olu):
        page = text(olu.post("/people/", {"text": "Zebedee Quackenbush"}, follow=True))
        assert "Nobody found" in page
        assert 'href="/record/"' in page

    @pytest.mark.parametrize("typed", ["", "   ", "...", "-"])
    def test_says_what_to_type(self, olu, typed):
        reply = olu.post("/people/", {"text": typed})
        assert reply.status_code == 200
        assert "There is a problem" in text(reply)

    def test_is_not_for_guardians(self, client, world):
        client.force_login(world.user("gwen"))
        assert client.get("/people/").status_code == 404


class TestPersonPage:
    def test_safe_contact_comes_before_the_name(self, olu, ruth):
        page = text(olu.get(f"/people/{ruth}/"))
        main = page[page.index("<main") :]
        assert main.index("Mornings before ten") < main.index("<h1")
        assert "Owen, and Bart" in main

    def test_the_code_word_is_shown_only_when_asked_for(self, olu, ruth):
        assert "green lantern" not in text(olu.get(f"/people/{ruth}/"))
        assert "green lantern" in text(olu.get(f"/people/{ruth}/code-word/"))

    def test_where_nothing_is_known_nothing_is_safe(self, client, world):
        client.force_login(world.user("petra"))
        page = text(client.get(f"/people/{world.id('sara-stranger')}/"))
        assert "Not known whether it is safe to call" in page

    def test_closed_envelopes_are_shown_closed_with_a_way_to_ask(
        self, client, world, ruth, share_with
    ):
        share_with("housing-safeguarding", ruth, "identity")
        client.force_login(world.user("tess"))
        page = text(client.get(f"/people/{ruth}/"))
        assert f'href="/people/{ruth}/ask/story/"' in page
        assert "Owen" not in page
        assert "do not know whether it is safe to call" in page

    def test_says_who_knows_what_and_why(self, client, world, ruth, share_with):
        share_with("housing-safeguarding", ruth, "identity")
        client.force_login(world.user("olu"))
        page = text(client.get(f"/people/{ruth}/"))
        assert Team.objects.get(code="housing-safeguarding").name in page
        assert "The survivor agrees" in page
        assert "To support the survivor" in page

    def test_a_name_that_is_closed_stays_unsaid(self, client, world, ruth, share_with):
        share_with("housing-safeguarding", ruth, "identity", "story")
        client.force_login(world.user("tess"))
        page = text(client.get(f"/people/{ruth}/"))
        assert "Owen" not in page
        assert "Somebody whose record is closed to you" in page

    def test_later_rooms_add_to_timeline_and_cards(self, olu, ruth, monkeypatch):
        asked = []

        def events(about):
            asked.append(about.ids)
            return [Event(when=User.objects.first().joined_at, title="Seen at the counter")]

        monkeypatch.setattr(timeline, "sources", [events])
        monkeypatch.setitem(
            cards.sources, "needs", [lambda about: [Row("Presenting need", "Safety")]]
        )
        page = text(olu.get(f"/people/{ruth}/"))
        assert "Seen at the counter" in page
        assert "Presenting need" in page
        assert asked == [[ruth]]

    def test_takes_a_bounded_number_of_queries(
        self, client, world, as_, ruth, django_assert_max_num_queries
    ):
        with as_("olu") as by:
            for number in range(8):
                actions.add_phone(by=by, person_id=ruth, number=f"0770090020{number}")
                other = actions.add_person(
                    by=by, team_id=by.home_team_id, facts=Facts("Kin", str(number))
                )
                actions.relate(by=by, person_id=ruth, other_id=other.pk, kind="friend")
        client.force_login(world.user("olu"))
        client.get("/people/")
        # Each room that adds to it asks for its own, once or twice.
        rooms = len(timeline.sources) + sum(map(len, cards.sources.values()))
        with django_assert_max_num_queries(24 + rooms):
            client.get(f"/people/{ruth}/")

    def test_a_joined_record_leads_to_the_one_that_is_kept(self, client, world, as_):
        with as_("mina") as by:
            one, other = (
                actions.add_person(by=by, team_id=by.home_team_id, facts=Facts("Wanda", name))
                for name in ("Oakes", "Oaks")
            )
            actions.join(by=by, kept_id=one.pk, joined_id=other.pk, reason="She told us.")
        client.force_login(world.user("mina"))
        reply = client.get(f"/people/{other.pk}/", follow=True)
        assert reply.redirect_chain[0][0] == f"/people/{one.pk}/"
        assert "Mina Kaur joined them" in text(reply)
        assert "She told us." in text(reply)
        assert "Wanda Oaks" in text(reply)


class TestChanging:
    def identity(self, seen, **changes):
        return {
            "seen": str(seen),
            "given_name": "Ruth",
            "family_name": "Marsh",
            "other_names": "Ruthie",
            "born_on-day": "3",
            "born_on-month": "4",
            "born_on-year": "1986",
            "sex": "female",
            **changes,
        }

    def test_who_they_are(self, olu, as_, ruth):
        [seen] = now(as_, Identity, ruth)
        reply = olu.post(
            f"/people/{ruth}/identity/", self.identity(seen.pk, family_name="Pryce"), follow=True
        )
        assert "Saved." in text(reply)
        assert [row.family_name for row in now(as_, Identity, ruth)] == ["Pryce"]

    def test_a_stale_edit_shows_both_versions_and_loses_nothing(self, olu, as_, ruth):
        [seen] = now(as_, Identity, ruth)
        olu.post(f"/people/{ruth}/identity/", self.identity(seen.pk, family_name="Pryce"))
        mine = self.identity(seen.pk, family_name="Penn", other_names="Roo")
        page = text(olu.post(f"/people/{ruth}/identity/", mine))
        assert "Somebody else has changed this" in page
        assert "Ruth Pryce" in page
        assert 'value="Penn"' in page
        assert "Roo" in page
        [theirs] = now(as_, Identity, ruth)
        assert f'name="seen" value="{theirs.pk}"' in page
        olu.post(f"/people/{ruth}/identity/", mine | {"seen": str(theirs.pk)})
        assert [row.family_name for row in now(as_, Identity, ruth)] == ["Penn"]

    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(self, olu, as_, ruth):
        [seen] = now(as_, Identity, ruth)
        wrong = {"born_on-year": "2999", "given_name": "Rooth"}
        page = text(olu.post(f"/people/{ruth}/identity/", self.identity(seen.pk, **wrong)))
        assert "There is a problem" in page
        assert 'value="Rooth"' in page

    @pytest.mark.parametrize("seen", ["", "rubbish"])
    def test_a_version_that_never_was_is_stale(self, olu, as_, ruth, seen):
        reply = olu.post(f"/people/{ruth}/identity/", self.identity(seen, family_name="Penn"))
        assert "Somebody else has changed this" in text(reply)
        assert [row.family_name for row in now(as_, Identity, ruth)] == ["Marsh"]

    def test_safe_contact(self, olu, as_, ruth):
        [seen] = now(as_, SafeContact, ruth)
        said = {
            "seen": str(seen.pk),
            "safe_to_call": "no",
            "voicemail": "no",
            "text_messages": "unknown",
            "code_word": "red lamp",
        }
        assert "Not safe to call" in text(
            olu.post(f"/people/{ruth}/safe-contact/", said, follow=True)
        )
        page = text(olu.post(f"/people/{ruth}/safe-contact/", said | {"safe_to_call": "yes"}))
        assert "Somebody else has changed this" in page
        assert [row.code_word for row in now(as_, SafeContact, ruth)] == ["red lamp"]

    def test_phones_come_and_go(self, olu, as_, ruth):
        olu.post(f"/people/{ruth}/phones/add/", {"number": "07700 900300", "safe": "unknown"})
        added = [row for row in now(as_, Phone, ruth) if row.number == "+447700900300"]
        assert len(added) == 1
        olu.post(f"/people/{ruth}/phones/{added[0].pk}/end/")
        assert added[0] not in now(as_, Phone, ruth)

    def test_addresses_come_and_go(self, olu, as_, ruth):
        olu.post(
            f"/people/{ruth}/addresses/add/",
            {"confidential": "yes", "lines": "2 Quiet Mews", "postcode": "rm20 1aa"},
        )
        [added] = [row for row in now(as_, Address, ruth) if "Quiet" in row.lines]
        assert (added.confidential, added.postcode) == (True, "RM20 1AA")
        olu.post(f"/people/{ruth}/addresses/{added.pk}/end/")
        assert added not in now(as_, Address, ruth)

    def test_whether_an_address_is_confidential_must_be_said(self, olu, as_, ruth):
        before = now(as_, Address, ruth)
        page = text(olu.post(f"/people/{ruth}/addresses/add/", {"lines": "2 Quiet Mews"}))
        assert "There is a problem" in page
        assert "2 Quiet Mews" in page
        assert now(as_, Address, ruth) == before

    def test_somebody_in_their_life_is_recorded_or_known_already(self, olu, as_, ruth):
        olu.post(
            f"/people/{ruth}/relationships/add/",
            {"given_name": "Nan", "family_name": "Pryce", "kind": "parent", "lives_with": "on"},
        )
        added = now(as_, Relationship, ruth)[-1]
        with as_("olu") as by:
            assert str(queries.names(by, [added.other_id])[added.other_id]) == "Nan Pryce"
            reference = queries.known_person(by, added.other_id).reference
        olu.post(f"/people/{ruth}/relationships/{added.pk}/end/")
        olu.post(
            f"/people/{ruth}/relationships/add/",
            {"reference": reference.lower(), "kind": "other-family"},
        )
        assert now(as_, Relationship, ruth)[-1].other_id == added.other_id

    @pytest.mark.parametrize(
        "said",
        [
            {"kind": "parent"},
            {"reference": "0000-0000", "kind": "parent"},
            {"given_name": "Nan", "kind": "supporter", "uses_abuse": "on"},
        ],
    )
    def test_a_refusal_leaves_nobody_behind(self, olu, as_, ruth, said):
        with as_("olu"):
            before = Identity.objects.count()
        reply = olu.post(f"/people/{ruth}/relationships/add/", said)
        assert "There is a problem" in text(reply)
        with as_("olu"):
            assert Identity.objects.count() == before


class TestDuplicatesAndJoining:
    @pytest.fixture
    def two(self, as_):
        with as_("mina") as by:
            return [
                actions.add_person(
                    by=by,
                    team_id=by.home_team_id,
                    facts=Facts(given, "Featherstone", birth_year=1971),
                )
                for given in ("Wanda", "Wonda")
            ]

    def test_are_shown_side_by_side_and_joined_with_a_reason(self, client, world, two):
        one, other = two
        client.force_login(world.user("mina"))
        page = text(client.get(f"/people/{one.pk}/duplicates/"))
        assert f'href="/people/{one.pk}/join/{other.pk}/"' in page
        assert "Same family name (Featherstone)" in page
        address = f"/people/{one.pk}/join/{other.pk}/"
        assert "There is a problem" in text(client.post(address, {"keep": str(one.pk)}))
        said = {"keep": str(other.pk), "reason": "Same letter."}
        reply = client.post(address, said, follow=True)
        assert reply.redirect_chain[-1][0] == f"/people/{other.pk}/"
        [undo] = [part for part in text(reply).split('"') if part.endswith("/undo/")]
        client.post(undo, {"reason": "Sisters."})
        assert client.get(f"/people/{one.pk}/").status_code == 200

    def test_only_managers_are_offered_to_join(self, client, world, two):
        client.force_login(world.user("petra"))
        page = text(client.get(f"/people/{two[0].pk}/duplicates/"))
        assert "Wonda Featherstone" in page
        assert "/join/" not in page
        assert client.get(f"/people/{two[0].pk}/join/{two[1].pk}/").status_code == 404


class TestNotices:
    def test_a_match_is_shown_and_settled(self, olu, as_, world):
        page = text(olu.get("/people/notices/"))
        assert "has recorded somebody who may be" in page
        with as_("olu"):
            notice = MatchNotice.objects.get(person_id=world.id("derek"))
        assert f"/people/notices/{notice.pk}/" in page
        assert "There is a problem" in text(olu.post(f"/people/notices/{notice.pk}/"))
        olu.post(f"/people/notices/{notice.pk}/", {"how": "same"})
        assert "has recorded somebody" not in text(olu.get("/people/notices/"))
        assert olu.get(f"/people/notices/{notice.pk}/").status_code == 404

    def test_come_a_page_at_a_time(self, olu, as_, ruth, monkeypatch):
        with as_("nell") as by:
            for name in ("Ruth", "Ruthe", "Rut"):
                facts = Facts(name, "Marsh", born_on=RUTH.born_on)
                actions.add_person(by=by, team_id=by.home_team_id, facts=facts, kinds=("identity",))
        with as_("olu"):
            wanted = {str(key) for key in MatchNotice.objects.values_list("pk", flat=True)}
        monkeypatch.setattr("onestory.people.queries.inbox.PAGE", 1)
        monkeypatch.setattr("onestory.people.views.inbox.PAGE", 1)
        after, seen = "", []
        while after is not None:
            page = text(olu.get(f"/people/notices/{after}"))
            seen += re.findall(r"/people/notices/([0-9a-f-]{36})/", page)
            older = re.search(r'href="(\?after=[^"]+)"', page)
            after = older[1] if older else None
        assert sorted(seen) == sorted(wanted)
        assert len(wanted) > 2

    def test_rubbish_in_the_address_is_absent(self, olu):
        assert olu.get("/people/notices/?after=rubbish").status_code == 404

    def test_asking_and_answering(self, client, world, as_, ruth, share_with):
        share_with("housing-safeguarding", ruth, "identity")
        client.force_login(world.user("tess"))
        said = {"purpose": "support", "words": "We meet her on Monday."}
        reply = client.post(f"/people/{ruth}/ask/safe-contact/", said, follow=True)
        assert "waits" in text(reply)
        with as_("tess"):
            asked = AccessRequest.objects.get(person_id=ruth)
        assert client.get(f"/people/requests/{asked.pk}/").status_code == 404
        client.force_login(world.user("olu"))
        assert f"/people/requests/{asked.pk}/" in text(client.get("/people/notices/"))
        page = text(client.get(f"/people/requests/{asked.pk}/"))
        assert "We meet her on Monday." in page
        client.post(f"/people/requests/{asked.pk}/", {"agreed": "yes", "basis": "consent"})
        client.force_login(world.user("tess"))
        assert "Mornings before ten" in text(client.get(f"/people/{ruth}/"))
        assert "Yes" in text(client.get("/people/notices/"))
