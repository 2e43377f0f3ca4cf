"""A guardian looks up who opened a record, reviews an emergency opening, checks the seals."""

import re

from tests import kept


def test_break_glass_is_told_at_once_and_reviewed(visitor, ids):
    olu = visitor().sign_in("olu")
    olu.open(f"/people/{ids.things['sara']}/")
    reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", olu.text).group()

    ida = visitor().sign_in("ida")
    assert ida.open(f"/people/{ids.things['sara']}/") == 404
    ida.open("/access/emergency/")
    ida.look("emergency")
    ida.page.get_by_label(re.compile("reference", re.I)).first.fill(reference)
    ida.page.locator("[name=reason]").first.check()
    ida.page.locator("textarea").first.fill("She is at the door of the refuge and cannot speak")
    ida.press("Open the record")
    ida.page.wait_for_url(re.compile("/people/"))
    ida.look("opened")
    assert "Sara" in ida.text

    gwen = visitor().sign_in("gwen")
    assert gwen.page.get_by_text(re.compile("emergency opening", re.I)).first.is_visible()
    gwen.open("/access/openings/")
    gwen.look("openings")
    gwen.page.locator("table a").first.click()
    gwen.page.wait_for_url("**/access/openings/*-*/")
    gwen.look("opening")
    assert "Ida Brennan" in gwen.text
    assert "Hollis" not in gwen.text
    gwen.page.get_by_label("No, it was not", exact=False).check()
    gwen.page.locator("textarea").first.fill("The refuge had her consent on file")
    gwen.press("Save")
    assert ida.open(f"/people/{ids.things['sara']}/") == 404


def test_who_opened_it_and_whether_the_record_is_whole(visitor, ids):
    visitor().sign_in("olu").open(f"/people/{ids.things['sara']}/")
    olu = visitor().sign_in("olu")
    olu.open(f"/people/{ids.things['sara']}/")
    reference = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", olu.text).group()
    gwen = visitor().sign_in("gwen")
    gwen.open("/access/")
    gwen.look("record")
    gwen.page.get_by_label(re.compile("reference", re.I)).first.fill(reference)
    gwen.press("Look up")
    gwen.look("record-of-person")
    assert "Olu Adeyemi" in gwen.text
    assert "Hollis" not in gwen.text
    gwen.open("/access/seals/")
    gwen.look("seals")


def test_what_is_wrong_and_held_by_nobody_is_given_to_somebody_who_decides(visitor, made):
    made(kept.held_by_nobody)
    gwen, ida = visitor().sign_in("gwen"), visitor().sign_in("ida")
    gwen.open("/access/")
    gwen.follow("Find somebody who decides").look("unheld")
    gwen.page.locator("table a").first.click()
    gwen.page.wait_for_url("**/rights/unheld/*-*/")
    gwen.press("Give it to them")
    assert "Select who decides" in gwen.look("hand-over").text
    ida_there = gwen.page.locator("option", has_text="Ida Brennan").get_attribute("value")
    gwen.page.get_by_label("Who decides?").select_option(ida_there)
    gwen.press("Give it to them")
    assert "None waits" in gwen.text
    ida.open("/")
    ida.follow("See what, and decide").page.locator("table a").first.click()
    ida.page.get_by_text("It was the garden.").wait_for()
