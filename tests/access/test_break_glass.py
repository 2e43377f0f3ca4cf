"""Emergency openings: for one person, for a day, seen by the guardian, judged afterwards."""

from datetime import timedelta

import pytest
from django.core import mail
from django.http import Http404
from django.urls import reverse

from onestory.access import actions, queries
from onestory.access.acting import now
from onestory.access.actions.emergency import NOT_FOUND, TOO_MANY_TRIES
from onestory.access.models import EmergencyOpening, Entry, Grant
from onestory.kernel.errors import Refused
from onestory.people.models import Address, Identity, Person
from tests.access.raw import refused, rows

REASON = {"reason": "life-in-danger", "words": "She has telephoned from a garage."}
WRONG = ("2222-2222", "3333-3333", "4444-4444", "5555-5555", "6666-6666")


@pytest.fixture
def opened(as_, world):
    """Ida, whose team does not know Sara, has opened her record."""
    with as_("ida") as by:
        return actions.break_glass(
            by=by, person_id=world.id("sara"), team_id=by.home_team_id, **REASON
        )


def sees(as_, who, world):
    with as_(who):
        return Address.objects.filter(person_id=world.id("sara"), confidential=True).exists()


def reference_of(as_, world, name="sara"):
    with as_("olu"):
        return Person.objects.get(pk=world.id(name)).reference


def test_it_opens_everything_to_the_one_who_asked_alone(as_, world, opened):
    assert sees(as_, "ida", world)
    assert not any(sees(as_, who, world) for who in ("tess", "nell", "cass", "gwen"))


def test_it_lasts_a_day(as_, world, opened):
    with as_("ida"):
        grants = Grant.objects.filter(basis="break-glass")
        assert {g.ends_at - g.starts_at for g in grants} == {timedelta(hours=24)}
        assert not any(g.may_write or g.may_share for g in grants)


def test_what_was_read_is_shown_to_the_guardian(as_, world, opened):
    with as_("ida"):
        list(Identity.objects.filter(person_id=world.id("sara")))
    with as_("gwen") as by:
        entries = queries.entries_under(by, opened)
        lines = queries.lines(by, entries.order_by("id"), of=world.id("sara"))
    assert [line.entry.verb for line in lines] == ["glass.break", "read"]
    assert {basis for line in lines for basis, _ in line.under} == {"break-glass"}


def test_guardians_are_written_to_without_a_name(as_, world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), as_("ida") as by:
        actions.break_glass(by=by, person_id=world.id("sara"), team_id=by.home_team_id, **REASON)
    [letter] = mail.outbox
    assert letter.recipients() == ["gwen@example.org"]
    said = letter.subject + letter.body
    assert "emergency" in said
    assert not any(word in said for word in ("Sara", "Ida", "garage", reference_of(as_, world)))


def test_a_letter_that_cannot_be_sent_stops_nothing(
    as_, world, settings, django_capture_on_commit_callbacks, caplog
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.nowhere.EmailBackend"
    with django_capture_on_commit_callbacks(execute=True), as_("ida") as by:
        actions.break_glass(by=by, person_id=world.id("sara"), team_id=by.home_team_id, **REASON)
    assert sees(as_, "ida", world)


def test_nobody_opens_twice_what_is_open(as_, world, opened):
    with as_("ida") as by, pytest.raises(Http404):
        actions.break_glass(by=by, person_id=world.id("sara"), team_id=by.home_team_id, **REASON)


def test_only_for_a_reason_of_the_area(as_, world):
    with as_("ida") as by, pytest.raises(Refused, match="Choose the reason"):
        actions.break_glass(
            by=by, person_id=world.id("sara"), team_id=by.home_team_id, reason="curious"
        )


def test_guardians_and_administrators_have_no_glass_to_break(as_, world):
    for who in ("gwen", "adam"):
        with as_(who) as by, pytest.raises(Refused):
            team = by.hats[0].team_id
            actions.break_glass(by=by, person_id=world.id("sara"), team_id=team, **REASON)


def test_the_barred_find_nothing_to_open(as_, world):
    with as_("bart") as by, pytest.raises(Http404):
        actions.break_glass(by=by, person_id=world.id("sara"), team_id=by.home_team_id, **REASON)
    assert not sees(as_, "bart", world)


def opening(by, person_id, **changes):
    """An opening as Python would make it, past every rule that Python knows."""
    values = {
        "person_id": person_id,
        "opened_by_id": by.user_id,
        "team_id": by.home_team_id,
        "reason": "life-in-danger",
        "opened_at": now(),
        "ends_at": now() + timedelta(hours=24),
    }
    return EmergencyOpening.objects.create(**values | changes)


def glass_grant(by, envelope, **changes):
    values = {
        "envelope_id": envelope,
        "team_id": by.home_team_id,
        "user_id": by.user_id,
        "purpose": "break-glass",
        "basis": "break-glass",
        "starts_at": now(),
        "ends_at": now() + timedelta(hours=24),
        "given_by_id": by.user_id,
        "given_at": now(),
    }
    return Grant.objects.create(**values | changes)


def test_the_floor_says_the_same_of_openings(as_, world):
    sara = world.id("sara")
    with as_("bart") as by, refused():
        opening(by, sara)
    with as_("ida") as by:
        for change in (
            {"opened_by_id": world.users["olu"]},
            {"team_id": world.actor("tess").home_team_id},
            {"ends_at": now() + timedelta(hours=25)},
            {"opened_at": now() - timedelta(days=1)},
            {"justified": True},
            {"finding": "All was well."},
            {"reviewed_at": now(), "reviewed_by_id": by.user_id},
        ):
            with refused():
                opening(by, sara, **change)


def test_the_floor_says_the_same_of_its_grants(as_, world):
    with as_("olu"):
        envelope = rows(
            "SELECT id FROM access_envelope WHERE person_id = %s AND kind = 'story'",
            [world.id("sara")],
        )[0][0]
    with as_("ida") as by:
        with refused():  # No opening to review.
            glass_grant(by, envelope)
        opening(by, world.id("sara"))
        for change in (
            {"ends_at": None},
            {"ends_at": now() + timedelta(hours=25)},
            {"user_id": None},
            {"user_id": world.users["tess"]},
            {"may_write": True},
            {"may_share": True},
            {"basis": "consent"},
        ):
            with refused():
                glass_grant(by, envelope, **change)
        glass_grant(by, envelope)


def test_a_guardian_judges_it_right_and_it_stays(as_, world, opened):
    with as_("gwen") as by:
        assert queries.openings_to_review(by) == 1
        actions.review_opening(by=by, opening_id=opened.pk, justified=True, finding="Called her.")
        assert queries.openings_to_review(by) == 0
    assert sees(as_, "ida", world)


def test_a_guardian_judges_it_wrong_and_it_closes(as_, world, opened):
    with as_("gwen") as by:
        actions.review_opening(by=by, opening_id=opened.pk, justified=False, finding="Curious.")
    assert not sees(as_, "ida", world)
    with as_("ida") as by:
        assert queries.envelopes_of(by, world.id("sara")) == []
        assert queries.live_opening(by, world.id("sara")) is None


def test_it_is_judged_once(as_, opened):
    with as_("gwen") as by:
        actions.review_opening(by=by, opening_id=opened.pk, justified=True, finding="Right.")
        with pytest.raises(Refused, match="Somebody else"):
            actions.review_opening(by=by, opening_id=opened.pk, justified=False, finding="No.")
    with as_("gwen"):
        assert rows("UPDATE access_emergencyopening SET finding = 'x'") == 0
    with as_("gwen"), refused():
        rows("UPDATE access_emergencyopening SET ends_at = now()")


def test_nobody_judges_their_own(as_, opened, world):
    with as_("ida"):
        assert rows("UPDATE access_emergencyopening SET finding = 'fine'") == 0
    with as_("ida") as by, pytest.raises(Refused):
        actions.review_opening(by=by, opening_id=opened.pk, justified=True, finding="Mine.")


def test_others_see_no_opening(as_, opened):
    for who in ("olu", "tess", "adam"):
        with as_(who) as by:
            assert not queries.openings(by).exists()
            assert queries.openings_to_review(by) == 0


def test_a_reference_that_one_was_told(as_, world):
    reference = reference_of(as_, world)
    with as_("ida") as by:
        assert actions.find_in_emergency(by=by, reference=reference) == world.id("sara")


def test_each_try_is_on_the_record(as_, world):
    reference = reference_of(as_, world)
    with as_("ida") as by:
        actions.find_in_emergency(by=by, reference=WRONG[0])
        actions.find_in_emergency(by=by, reference=reference)
    with as_("gwen"):
        found = list(Entry.objects.filter(verb="glass.look").order_by("id"))
    assert [e.subject for e in found] == [f"reference:{WRONG[0]}", f"reference:{reference}"]
    assert [e.detail for e in found] == [{"found": False}, {"found": True}]
    assert [e.person_id for e in found] == [None, world.id("sara")]


def test_after_five_wrong_references_nothing_is_found(as_, world):
    reference = reference_of(as_, world)
    with as_("ida") as by:
        for wrong in WRONG:
            assert actions.find_in_emergency(by=by, reference=wrong) == NOT_FOUND
        assert actions.find_in_emergency(by=by, reference=reference) == TOO_MANY_TRIES
    with as_("nell") as by:
        assert actions.find_in_emergency(by=by, reference=reference) == world.id("sara")


def test_the_barred_are_answered_as_if_there_were_nobody(as_, world):
    reference = reference_of(as_, world)
    with as_("bart") as by:
        assert actions.find_in_emergency(by=by, reference=reference) == NOT_FOUND
    with as_("gwen") as by:
        tried = queries.entries_about(by, world.id("sara")).filter(verb="glass.look").get()
    assert (tried.actor_id, tried.detail) == (world.actor("bart").user_id, {"found": False})


# The pages


def visit(client, world, who):
    client.force_login(world.user(who))
    return client


def send(client, url, **data):
    return client.post(url, data, follow=True)


def test_from_a_told_reference_to_the_open_record(client, as_, world):
    reference = reference_of(as_, world)
    ida = visit(client, world, "ida")
    url = reverse("access:break-glass-by-reference")
    assert b"The guardian is told at once" in ida.get(url).content
    page = ida.post(url, {**REASON, "reference": reference.lower().replace("-", " ")})
    assert page.status_code == 302
    assert page.url == reverse("people:person", args=[world.id("sara")])
    assert sees(as_, "ida", world)
    # Once it is open there is nothing to open, and only the way to it.
    assert ida.post(url, {**REASON, "reference": reference}).url == page.url
    with as_("gwen") as by:
        assert queries.openings_to_review(by) == 1


def test_what_was_typed_is_kept(client, as_, world):
    ida = visit(client, world, "ida")
    data = {"reference": reference_of(as_, world), "words": "Quick!"}
    page = ida.post(reverse("access:break-glass-by-reference"), data)
    assert page.status_code == 200
    assert b"Quick!" in page.content and b"Select the reason" in page.content
    assert data["reference"].encode() in page.content
    with as_("gwen"):
        assert not Entry.objects.filter(verb="glass.look").exists()


def test_the_page_of_a_stranger_is_not_there(client, world):
    """Neither for somebody unknown, nor for somebody absent, nor for the barred."""
    absent = "0190a000-0000-7000-8000-000000000000"
    for who, person in (("ida", world.id("sara")), ("ida", absent), ("bart", world.id("sara"))):
        url = reverse("access:break-glass", args=[person])
        assert visit(client, world, who).get(url).status_code == 404
        assert client.post(url, REASON).status_code == 404


def test_a_wrong_try_stays_on_the_record_though_the_page_says_no(client, as_, world):
    ida = visit(client, world, "ida")
    page = send(ida, reverse("access:break-glass-by-reference"), reference=WRONG[0], **REASON)
    assert NOT_FOUND.encode() in page.content
    page = send(ida, reverse("access:break-glass-by-reference"), reference="nonsense!")
    assert b"eight letters and numbers" in page.content
    with as_("gwen"):
        assert Entry.objects.filter(verb="glass.look").count() == 1


def test_somebody_known_in_part_is_opened_from_their_page(client, as_, world):
    """Tess sees what the contact opened to her team, and not where Sara is."""
    glass = reverse("access:break-glass", args=[world.id("sara")])
    page = visit(client, world, "tess").get(glass)
    assert b"It opens to you: Whereabouts" in page.content
    assert client.post(glass, REASON).status_code == 302
    assert sees(as_, "tess", world)
    assert client.get(glass).status_code == 404


def test_the_guardian_is_told_on_every_page_and_judges(client, as_, world, opened):
    gwen = visit(client, world, "gwen")
    page = gwen.get(reverse("access:seals"))
    assert b"1 emergency opening waits for your review" in page.content
    page = gwen.get(reverse("access:openings"))
    assert b"Ida Brennan" in page.content and b"Sara" not in page.content
    one = reverse("access:opening", args=[opened.pk])
    page = gwen.get(one)
    assert b"She has telephoned from a garage." in page.content
    assert gwen.post(one, {"justified": "no"}).status_code == 200
    page = send(gwen, one, justified="no", finding="Nobody was in danger.")
    assert b"None waits." in page.content
    assert not sees(as_, "ida", world)
    page = gwen.get(reverse("access:openings") + "?reviewed=1")
    assert b"Not right" in page.content
    assert gwen.post(one, {"justified": "yes", "finding": "Again."}).status_code == 404


@pytest.mark.parametrize("who", ["olu", "ida", "adam"])
def test_openings_are_for_guardians(client, world, opened, who):
    visit(client, world, who)
    assert client.get(reverse("access:openings")).status_code == 404
    assert client.get(reverse("access:opening", args=[opened.pk])).status_code == 404
