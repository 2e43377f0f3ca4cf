"""What measures count: rows in, number out. DuckDB and the plain reference are asked both.

The year is 2025/26 unless something else is said; columns that a row does not name are missing in it.
"""

from datetime import date, datetime
from fractions import Fraction

import pytest

from onestory.analysis.measures import MEASURES
from onestory.analysis.measures.checking import faults
from onestory.analysis.tables import TABLES
from tests.measuring import Rows, both


def on(text: str) -> date:
    """'3 May' is in the year; with a number, in that year."""
    return datetime.strptime(text if text[-1:].isdigit() else f"{text} 2025", "%d %b %Y").date()


def at(text: str) -> datetime:
    """'3 May 14:30'."""
    return datetime.strptime(f"2025 {text}", "%Y %d %b %H:%M")


def table(code: str, columns: str, *lines: tuple) -> Rows:
    """Rows written as lines; columns ending in `_on`, and a few others, are days in words."""
    names = columns.split()
    days = {name for name in names if TABLES[code].by_code[name].type == "date"}
    moments = {name for name in names if TABLES[code].by_code[name].type == "timestamp"}
    read = [
        {
            name: on(value)
            if name in days and value
            else at(value)
            if name in moments and value
            else value
            for name, value in zip(names, line, strict=True)
        }
        for line in lines
    ]
    return Rows({code: read})


CONTACTS = table(
    "contacts",
    "person received_on received_at decided_on decided_at grade in_time outcome source days_since_last",
    (
        "Ada",
        "3 Apr",
        "3 Apr 09:00",
        "3 Apr",
        "3 Apr 11:00",
        "red",
        True,
        "referral",
        "police",
        None,
    ),
    (
        "Ada",
        "9 May",
        "9 May 09:00",
        "10 May",
        "10 May 09:00",
        "red",
        True,
        "referral",
        "police",
        36,
    ),
    (
        "Bea",
        "9 May",
        "9 May 10:00",
        "12 May",
        "12 May 10:00",
        "amber",
        False,
        "advice",
        "school",
        None,
    ),
    ("Cem", "1 Jun", "1 Jun 08:00", None, None, "blue", False, None, "police", None),
    ("Dov", "2 Jun", "2 Jun 08:00", None, None, None, None, None, "health", None),
    ("Ada", "3 Apr 2024", None, "3 Apr 2024", None, "red", True, "advice", "police", None),
)
REFERRALS = table(
    "referrals",
    "person sent_on answered_on accepted accepted_on begun_on waited_days declined_reason offered_instead withdrawn_on brokered",
    ("Ada", "1 May", "3 May", True, "3 May", "24 May", 21, None, None, None, True),
    ("Ada", "1 May", "8 May", False, None, None, None, "no-room", "advice", None, True),
    ("Bea", "1 May", "2 May", False, None, None, None, "not-for-us", "nothing", None, False),
    ("Bea", "2 May", "6 May", True, "6 May", None, None, None, None, None, False),
    ("Cem", "1 Mar 2026", None, None, None, None, None, None, None, None, True),
    ("Cem", "1 Mar 2026", None, None, None, None, None, None, None, "5 Mar 2026", True),
)
CASES = table(
    "cases",
    "person team opened_on closed_on risk_assessment decided_on first_session_on waited_days outcome told_survivor",
    ("Ada", "idva", "1 Apr", "1 May", "dash", "1 Apr", "11 Apr", 10, "goals-reached", True),
    ("Ada", "isva", "1 Jun", None, "dash", "1 Jun", "21 Jul", 50, None, None),
    ("Bea", "idva", "1 Sep", "1 Apr 2026", None, "1 Sep", None, 212, "never-began", False),
    ("Bea", "idva", "1 Mar 2026", None, None, "1 Mar 2026", None, 266, None, None),
    (None, "idva", "5 Mar 2026", None, "dash", None, None, None, None, None),
    (
        "Cem",
        "idva",
        "1 Mar 2024",
        "1 Apr",
        None,
        "1 Mar 2024",
        "2 Mar 2024",
        1,
        "goals-partly",
        None,
    ),
)
SESSIONS = table(
    "sessions",
    "person starts_on attended why_not channel own minutes",
    ("Ada", "1 May", True, None, "face-to-face", True, 50),
    ("Ada", "8 May", True, None, "telephone", True, 60),
    ("Ada", "15 May", False, "ill", "telephone", True, None),
    ("Bea", "15 May", True, None, "face-to-face", False, None),
    ("Bea", "22 May", None, None, "face-to-face", True, None),
)
GOALS = table(
    "goals",
    "person set_on ended_on ended_how measure_start measure_last",
    ("Ada", "1 May", "1 Jul", "reached", 2.0, 9.0),
    ("Ada", "1 May", "1 Jul", "partly", 4.0, 4.0),
    ("Bea", "1 May", "1 Jul", "dropped", 4.0, None),
    ("Cem", "1 May", None, None, 3.0, 5.0),
)
ASKINGS = table(
    "askings",
    "person asked_on known held outcome",
    ("Ada", "1 May", False, False, "answered"),
    ("Ada", "1 Jul", True, True, "answered"),
    ("Ada", "1 Jul", True, True, "confirmed"),
    ("Bea", "1 Jul", True, False, "answered"),
)
KNOWERS = table(
    "knowers",
    "person team organisation kind since until",
    ("Ada", "idva", "refuge", "identity", "1 May", None),
    ("Ada", "idva", "refuge", "story", "1 May", None),
    ("Ada", "isva", "refuge", "identity", "1 May", "1 May 2026"),
    ("Ada", "mash", "council", "identity", "1 May", "1 Jul"),
    ("Bea", "mash", "council", "identity", "1 May", None),
)
NEEDS = table(
    "contact_needs",
    "person received_on need presenting",
    ("Ada", "1 May", "housing", True),
    ("Ada", "1 May", "debt", False),
    ("Ada", "9 May", "housing", False),
    ("Bea", "9 May", "debt", True),
)
OTHERS = {
    "abuse": table(
        "contact_abuse",
        "person received_on abuse",
        ("Ada", "1 May", "stalking"),
        ("Ada", "1 May", "physical"),
        ("Ada", "2 May", "stalking"),
    ),
    "calls": table(
        "calls",
        "person called_on answered",
        ("Ada", "1 May", True),
        ("Ada", "2 May", False),
        ("Bea", "2 May", False),
    ),
    "consents": table(
        "consents",
        "person asked_on given withdrawn_on",
        ("Ada", "1 May", True, None),
        ("Ada", "1 May", True, "5 May"),
        ("Bea", "1 May", False, None),
    ),
    "shares": table(
        "shares", "person shared_on told_on", ("Ada", "1 May", "3 May"), ("Bea", "1 May", None)
    ),
    "refusals": table("refusals", "person refused_on", ("Ada", "1 May")),
    "sittings": table(
        "sittings", "person begun_on ended_on", ("Ada", "1 May", "1 May"), ("Bea", "1 May", None)
    ),
    "people": table("people", "person known_since", ("Ada", "1 May"), ("Bea", "1 May 2024")),
}

# Measure, rows, number.
MARAC = table(
    "marac_cases",
    "person heard_on from_police repeat sex age ethnicity_group disabled lgbt harmed_by_child children actions actions_done",
    ("Ada", "3 Apr", True, False, "female", 31, "white-british", True, False, False, 2, 3, 3),
    ("Ada", "9 Sep", False, True, "female", 32, "white-british", True, None, False, 2, 2, 1),
    ("Bea", "9 Sep", True, False, "female", 16, "asian", False, True, None, None, 4, 0),
    ("Cem", "9 Sep", True, False, "male", 17, None, None, None, True, 0, 1, 1),
    ("Dov", "9 Sep", False, False, None, None, "white-other", None, None, None, 1, 0, 0),
    ("Eve", "9 Sep 2024", True, True, "female", 40, "black", True, True, True, 3, 2, 2),
)
HELD = table("marac_meetings", "held_on heard", ("3 Apr", 1), ("9 Sep", 4), ("9 Sep 2024", 1))
CHECKLISTS = table(
    "risk_checklists",
    "person assessed_on instrument level computed above",
    ("Ada", "1 May", "dash-24", "high", "medium", True),
    ("Ada", "1 Jul", "dash-24", "high", "high", False),
    ("Bea", "1 Jul", "dash-27", "high", None, None),
    ("Cem", "1 Jul", "dash-24", "standard", "standard", False),
    ("Dov", "1 Jul", "dara", "medium", None, None),
    ("Eve", "1 Jul 2024", "dash-24", "high", "standard", True),
)
CHANGES = table(
    "risk_changes",
    "person written_on kind had_plan plan_agreed_on",
    ("Ada", "1 May", "released", True, "3 May"),
    ("Ada", "1 Jul", "breach", True, None),
    ("Bea", "1 Jul", "breach", False, "9 Jul"),
    ("Cem", "1 Jul", "threat", False, None),
    ("Dov", "1 Jul 2024", "threat", True, "9 Jul 2024"),
)
COUNTED = [
    ("contacts-received", CONTACTS, 5),
    ("contacts-people", CONTACTS, 4),
    ("contacts-for-each-person", CONTACTS, Fraction(5, 4)),
    ("contacts-repeat", CONTACTS, 20),
    ("contacts-red", CONTACTS, 50),
    ("contacts-amber", CONTACTS, 25),
    ("contacts-in-time", CONTACTS, 50),
    ("contacts-within-24-hours", CONTACTS, Fraction(200, 3)),
    ("contacts-hours-to-decide", CONTACTS, 24),
    ("contacts-waiting", CONTACTS, 2),
    ("contacts-referred", CONTACTS, Fraction(200, 3)),
    ("contacts-no-further-action", CONTACTS, 0),
    ("needs-recorded", NEEDS, 4),
    ("needs-presenting", NEEDS, 2),
    ("needs-contributory", NEEDS, 2),
    ("needs-people", NEEDS, 2),
    ("needs-for-each-person", NEEDS, Fraction(3, 2)),
    ("abuse-recorded", OTHERS["abuse"], 3),
    ("abuse-people", OTHERS["abuse"], 1),
    ("referrals-sent", REFERRALS, 6),
    ("referrals-people", REFERRALS, 3),
    ("referrals-for-each-person", REFERRALS, 2),
    ("referrals-brokered", REFERRALS, Fraction(200, 3)),
    ("referrals-days-to-answer", REFERRALS, 3),
    ("referrals-unanswered", REFERRALS, 1),
    ("referrals-accepted", REFERRALS, 50),
    ("referrals-declined", REFERRALS, 2),
    ("referrals-declined-share", REFERRALS, 50),
    ("referrals-nothing-offered", REFERRALS, 50),
    ("referrals-days-waited", REFERRALS, 21),
    ("referrals-waiting", REFERRALS, 1),
    ("referrals-withdrawn", REFERRALS, Fraction(100, 6)),
    ("refusals-made", OTHERS["refusals"], 1),
    ("cases-opened", CASES, 5),
    ("cases-people", CASES, 2),
    ("cases-for-each-person", CASES, 2),
    ("cases-closed", CASES, 2),
    ("cases-open", CASES, 4),
    ("cases-open-people", CASES, 2),
    ("cases-days-open", CASES, Fraction(30 + 211, 2)),
    ("cases-days-long", CASES, Fraction(30 + 396, 2)),
    ("cases-risk-assessed", CASES, 60),
    ("cases-days-waited", CASES, 30),
    ("cases-within-six-weeks", CASES, 50),
    ("cases-waiting", CASES, 2),
    ("cases-never-began", CASES, 0),
    ("cases-told-of-ending", CASES, 100),
    ("outcomes-recorded", CASES, 100),
    ("outcomes-goals-reached", CASES, 50),
    ("outcomes-goals-reached-or-partly", CASES, 100),
    ("sessions-held", SESSIONS, 3),
    ("sessions-people", SESSIONS, 2),
    ("sessions-for-each-person", SESSIONS, Fraction(3, 2)),
    ("sessions-attended", SESSIONS, 75),
    ("sessions-missed", SESSIONS, 1),
    ("sessions-face-to-face", SESSIONS, Fraction(200, 3)),
    ("sessions-minutes", SESSIONS, 110),
    ("sessions-minutes-long", SESSIONS, 55),
    ("sessions-while-waiting", SESSIONS, Fraction(100, 3)),
    ("calls-made", OTHERS["calls"], 3),
    ("calls-answered", OTHERS["calls"], Fraction(100, 3)),
    ("goals-set", GOALS, 4),
    ("goals-reached", GOALS, 50),
    ("goals-measured-twice", GOALS, Fraction(200, 3)),
    ("goals-nearer", GOALS, 50),
    ("asking-questions", ASKINGS, 4),
    ("asking-known", ASKINGS, 75),
    ("asking-again", ASKINGS, 25),
    ("asking-for-each-person", ASKINGS, 2),
    ("asking-sittings", OTHERS["sittings"], 2),
    ("asking-completed", OTHERS["sittings"], 50),
    ("sharing-asked", OTHERS["consents"], 3),
    ("sharing-agreed", OTHERS["consents"], Fraction(200, 3)),
    ("sharing-withdrawn", OTHERS["consents"], 50),
    ("sharing-without-consent", OTHERS["shares"], 2),
    ("sharing-told", OTHERS["shares"], 50),
    ("sharing-teams-that-know", KNOWERS, Fraction(3, 2)),
    ("sharing-organisations-that-know", KNOWERS, 1),
    ("sharing-people-known", KNOWERS, 2),
    ("people-recorded", OTHERS["people"], 1),
    ("marac-cases", MARAC, 5),
    ("marac-people", MARAC, 4),
    ("marac-meetings", HELD, 2),
    ("marac-repeats", MARAC, 20),
    ("marac-partners", MARAC, 40),
    ("marac-minoritised", MARAC, 40),
    ("marac-lgbt", MARAC, 20),
    ("marac-disabled", MARAC, 40),
    ("marac-men", MARAC, 20),
    ("marac-aged-16-17", MARAC, 40),
    ("marac-harmed-by-child", MARAC, 1),
    ("marac-children", MARAC, 5),
    ("marac-children-recorded", MARAC, 80),
    ("marac-actions", MARAC, 10),
    ("marac-actions-done", MARAC, 5),
    ("risk-checklists", CHECKLISTS, 5),
    ("risk-high", CHECKLISTS, 60),
    ("risk-above", CHECKLISTS, Fraction(100, 3)),
    ("risk-plans-reviewed", CHANGES, 50),
]


@pytest.mark.parametrize(("code", "rows", "number"), COUNTED, ids=[code for code, *_ in COUNTED])
def test_a_measure(code, rows, number):
    assert both(MEASURES[code], rows).total.value == number


@pytest.mark.parametrize("code", MEASURES)
def test_a_measure_fits_its_table(code):
    assert not list(faults(MEASURES[code], TABLES[MEASURES[code].table]))
