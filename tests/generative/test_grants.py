"""Whatever grants and memberships there are, PostgreSQL shows a row to whom it should and to nobody
else: compared with the rule as Python would say it in one line."""

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.access.held import Held, as_admin

HOURS = st.integers(-48, 48)
DAYS = st.integers(-2, 2)
GRANTS = st.lists(
    st.fixed_dictionaries(
        {
            "ours": st.booleans(),
            "whose": st.sampled_from(["everybody", "tess", "mina"]),
            "starts": HOURS,
            "ends": st.none() | HOURS,
            "may_write": st.booleans(),
        }
    ),
    max_size=5,
)
MEMBERSHIP = st.fixed_dictionaries(
    {
        "starts": DAYS,
        "lasts": st.none() | st.integers(0, 3),
        "works_cases": st.booleans(),
        "active": st.booleans(),
    }
)
TODAY = "(now() AT TIME ZONE 'Europe/London')::date"


def is_live(grant) -> bool:
    return (
        grant["ours"]
        and grant["whose"] in ("everybody", "tess")
        and grant["starts"] <= 0
        and (grant["ends"] is None or grant["ends"] > 0)
    )


def is_in(membership) -> bool:
    first, lasts = membership["starts"], membership["lasts"]
    works = membership["works_cases"] and membership["active"]
    return works and first <= 0 and (lasts is None or first + lasts >= 0)


def put(held, grants, membership, barred):
    for grant in grants:
        whose = grant["whose"]
        user = f"(SELECT id FROM agencies_user WHERE email = '{whose}@example.org')"
        held.grant(
            starts_at=f"now() + interval '{grant['starts']} hours'",
            ends_at="NULL"
            if grant["ends"] is None
            else f"now() + interval '{grant['ends']} hours'",
            may_write=str(grant["may_write"]),
            user_id="NULL" if whose == "everybody" else user,
            **({} if grant["ours"] else {"team_id": "gen_random_uuid()"}),
        )
    lasts = membership["lasts"]
    held.admin.execute(
        f"UPDATE agencies_membership SET starts_on = {TODAY} + %(starts)s, works_cases = %(works)s,"
        f" ends_on = {TODAY} + %(starts)s + %(lasts)s::int WHERE user_id = %(tess)s",
        {
            "starts": membership["starts"],
            "works": membership["works_cases"],
            "lasts": lasts,
            "tess": held.tess,
        },
    )
    held.admin.execute(
        "UPDATE agencies_user SET is_active = %s WHERE id = %s", [membership["active"], held.tess]
    )
    if barred:
        held._insert("access_barring", user_id=held.tess, person_id=held.person)


@pytest.mark.slow
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grants=GRANTS, membership=MEMBERSHIP, barred=st.sampled_from([False, False, False, True]))
def test_a_row_is_seen_by_whoever_holds_a_live_grant(django_db_setup, grants, membership, barred):
    may = is_in(membership) and not barred
    to_read = may and any(is_live(g) for g in grants)
    to_write = may and any(is_live(g) and g["may_write"] for g in grants)
    with as_admin() as admin:
        held = Held(admin, apps.get_model("people", "Identity"))
        put(held, grants, membership, barred)
        held.act()
        assert (held.select(), held.update(), held.insert(), held.delete()) == (
            int(to_read),
            int(to_write),
            int(to_write),
            0,
        )
