"""Opening times: however they are written, they are kept, said and asked in one way."""

from datetime import datetime

import pytest

from onestory.agencies.rules import opening

WRITTEN = [
    ("Monday to Friday 9am to 5pm", "mon-fri 09:00-17:00", "Monday to Friday, 9am to 5pm"),
    ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00", "Monday to Friday, 9am to 5pm"),
    ("Weekdays, 9.30am – 4.30pm", "mon-fri 09:30-16:30", "Monday to Friday, 9.30am to 4.30pm"),
    ("Saturdays 10 until 2pm", "sat 10:00-14:00", "Saturday, 10am to 2pm"),
    ("Every day 24 hours", "mon-sun 00:00-24:00", "Every day, 24 hours"),
    ("Sunday noon to midnight", "sun 12:00-24:00", "Sunday, noon to midnight"),
    ("weekend 8:00-20:00", "sat-sun 08:00-20:00", "Saturday to Sunday, 8am to 8pm"),
    ("Tues 9am to 12pm", "tue 09:00-12:00", "Tuesday, 9am to noon"),
]


@pytest.mark.parametrize(("written", "kept", "said"), WRITTEN)
def test_what_people_write(written, kept, said):
    assert opening.read(written) == [kept]
    assert opening.in_words(kept) == said
    assert opening.read(said) == [kept]


@pytest.mark.parametrize(
    "written",
    [
        "whenever",
        "Monday",
        "9 to 5",
        "Monday 5pm to 9am",
        "Mon 25:00-26:00",
        "mo 9-5",
        "😀 9am to 5pm",
    ],
)
def test_what_cannot_be_read_is_named(written):
    with pytest.raises(ValueError, match=written):
        opening.read(f"Friday 9am to 5pm\n{written}")


def test_whether_it_is_open_now():
    lines = opening.read("Monday to Friday 9am to 5pm\nSaturday to Monday 8pm to 10pm")
    monday = datetime(2026, 3, 2)
    at = {
        hour: opening.is_open(lines, monday.replace(hour=hour)) for hour in (8, 9, 16, 17, 20, 22)
    }
    assert at == {8: False, 9: True, 16: True, 17: False, 20: True, 22: False}
    assert opening.is_open(lines, datetime(2026, 3, 1, 21))
    assert not opening.is_open(lines, datetime(2026, 3, 3, 21))
    assert not opening.is_open([], monday)
