"""Someone who must not see finds nothing: by search, list, address, count or error message."""

import pytest

# Another organisation, a colleague of the same organisation in another team, the barred brother,
# a guardian and an administrator.
MUST_NOT = ("ida", "nell", "bart", "gwen", "adam")
NOBODY = "00000000-0000-7000-8000-000000000000"


@pytest.mark.parametrize("who", MUST_NOT)
def test_an_address_that_is_not_theirs_looks_like_one_that_does_not_exist(visitor, ids, who):
    one = visitor().sign_in(who)
    for thing, path in (
        ("sara", "/people/{}/"),
        ("sara", "/people/{}/identity/"),
        ("sara", "/people/{}/duplicates/"),
        ("sara", "/access/bar/{}/"),
        ("sara", "/access/emergency/{}/"),
        ("sara", "/refer/{}/"),
        ("sara-contact", "/contacts/{}/"),
        ("sara-contact", "/contacts/{}/grade/"),
    ):
        if who == "gwen" and path.startswith("/access/bar/"):
            continue  # A guardian may bar by reference; the page names nobody.
        there, absent = ids.things[thing], NOBODY
        assert one.open(path.format(there)) == 404, path
        shown = one.text
        assert one.open(path.format(absent)) == 404, path
        assert one.text == shown, path
        assert "Hollis" not in shown


@pytest.mark.parametrize("who", ("ida", "nell", "bart"))
def test_a_search_finds_nobody(visitor, who):
    one = visitor().sign_in(who)
    for words in ("Sara Hollis 14 June 1988", "Sara Pryce", "Hollis Sara 06/14/1988"):
        one.open("/people/")
        one.page.get_by_role("main").get_by_role("textbox").first.fill(words)
        one.press("Find")
        assert "1988" not in one.text.replace(words, "")
        assert "Pryce" not in one.text.replace(words, "")


def test_the_barred_brother_sees_no_gap_on_his_teams_worklist(visitor):
    bart, petra = visitor().sign_in("bart"), visitor().sign_in("petra")
    assert "Sara Hollis" in petra.text
    assert "Hollis" not in bart.text
    assert not bart.page.get_by_role("alert").is_visible()
    for path in ("/cases/", "/people/notices/"):
        bart.open(path)
        assert "Hollis" not in bart.text


def test_nobody_signed_in_sees_only_the_door(visitor):
    nobody = visitor()
    for path in ("/", "/people/", "/cases/", "/reports/", "/access/", "/staff/"):
        nobody.open(path)
        assert "/account/sign-in/" in nobody.page.url, path
    nobody.look("door")
