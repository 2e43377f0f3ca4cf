"""Dates and times as people type them."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from onestory.kernel import forms


class Born(forms.Form):
    born = forms.DateField(label="Date of birth", past=True, birthday=True)


def born(day="", month="", year=""):
    return Born({"born-day": day, "born-month": month, "born-year": year})


@pytest.mark.parametrize(
    "typed",
    [
        ("3", "3", "1986"),
        ("03", "03", "1986"),
        (" 3 ", "March", "1986"),
        ("3", "mar", "1986"),
        ("3", "Mar.", "1986"),
        ("3", "MARCH", " 1986 "),
    ],
)
def test_a_date_may_be_typed_in_several_ways(typed):
    form = born(*typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == date(1986, 3, 3)


@pytest.mark.parametrize(
    ("typed", "said", "first_box"),
    [
        (("", "", ""), "Enter the date of birth", "day"),
        (("3", "3", ""), "Date of birth must include a year", "year"),
        (("", "", "1986"), "Date of birth must include a day and month", "day"),
        (
            ("3", "3", "86"),
            "Date of birth must have a year of 4 numbers, like 1986",
            "year",
        ),
        (("31", "2", "1986"), "Date of birth must be a real date", "day"),
        (("3", "13", "1986"), "Date of birth must be a real date", "month"),
        (("3", "Marchember", "1986"), "Date of birth must be a real date", "month"),
        (("0", "3", "1986"), "Date of birth must be a real date", "day"),
        (("²", "3", "1986"), "Date of birth must be a real date", "day"),
        (("3", "\x00", "1986"), "Date of birth must be a real date", "month"),
        (("3", "3", "0000"), "Date of birth must be a real date", "day"),
        (("3", "3", "1086"), "Date of birth must be on or after 1 January 1900", "day"),
        (("3", "3", "2986"), "Date of birth must be in the past", "day"),
    ],
)
def test_what_is_wrong_with_a_date_is_said_and_the_box_named(typed, said, first_box):
    form = born(*typed)
    assert form.errors["born"] == [said]
    assert form["born"].error_target == f"id_born-{first_box}"
    for box in typed:
        assert f'value="{box.strip()}"' in str(form["born"]), "what was typed is kept"


def test_only_the_box_at_fault_is_marked():
    drawn = str(born("3", "3", "86")["born"])
    assert drawn.count("govuk-input--error") == drawn.count('aria-invalid="true"') == 1


def test_a_browser_may_fill_in_its_owners_birthday_only_where_told_to():
    assert 'autocomplete="bday-year"' in str(Born()["born"])
    assert "bday" not in forms.DateWidget().render("seen", None)


@pytest.mark.parametrize(
    ("bound", "good", "bad", "said"),
    [
        ("past", -1, 0, "must be in the past"),
        ("not_future", 0, 1, "must be today or in the past"),
        ("future", 1, 0, "must be in the future"),
        ("not_past", 0, -1, "must be today or in the future"),
    ],
)
def test_the_bounds_of_a_date(bound, good, bad, said):
    class Review(forms.Form):
        due = forms.DateField(label="Review", **{bound: True})

    def review(days):
        day = timezone.localdate() + timedelta(days=days)
        return Review({"due-day": day.day, "due-month": day.month, "due-year": day.year})

    assert review(good).is_valid()
    assert review(bad).errors["due"] == [f"Review {said}"]


def test_a_limit_may_be_a_function_and_is_told():
    field = forms.DateField(label="Closed", latest=lambda: date(2018, 3, 31))
    with pytest.raises(Exception, match="Closed must be on or before 31 March 2018"):
        field.clean(date(2018, 4, 1))


def test_a_date_that_need_not_be_given_may_be_blank():
    class Maybe(forms.Form):
        seen = forms.DateField(label="Last seen", required=False)

    for typed in ({}, {"seen-day": " ", "seen-month": "", "seen-year": ""}):
        form = Maybe(typed)
        assert form.is_valid()
        assert form.cleaned_data["seen"] is None


def test_a_date_is_shown_from_a_date_an_iso_string_and_a_draft():
    for form in (
        Born(initial={"born": date(1986, 3, 27)}),
        Born(initial={"born": "1986-03-27"}),
        Born(draft={"born-day": ["27"], "born-month": ["3"], "born-year": ["1986"]}),
    ):
        drawn = str(form["born"])
        assert [f'value="{part}"' in drawn for part in ("27", "3", "1986")] == [True] * 3


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("2.30pm", time(14, 30)),
        ("2:30 p.m.", time(14, 30)),
        ("2pm", time(14)),
        ("9 AM", time(9)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("12:15am", time(0, 15)),
        ("14:30pm", time(14, 30)),
        ("midday", time(12)),
        ("Midnight", time(0)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_time_may_be_typed_in_several_ways(typed, kept):
    assert forms.TimeField(label="Time", required=False).clean(typed) == kept


@pytest.mark.parametrize("typed", ["25:00", "14:60", "half two", "14:30am", "0pm", "2.3", "²pm"])
def test_what_is_no_time_is_refused(typed):
    with pytest.raises(Exception, match="Time must be a time, like 9:30am or 14:30"):
        forms.TimeField(label="Time").clean(typed)


@pytest.mark.parametrize("typed", ["2", "2.30", "11"])
def test_a_time_that_might_be_either_half_of_the_day_is_asked_again(typed):
    with pytest.raises(Exception, match="Time must say am or pm"):
        forms.TimeField(label="Time").clean(typed)
