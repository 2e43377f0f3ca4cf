"""The roles at the table are the same in the database as in the roles."""

import re

from onestory.agencies.roles import ROLES, Permission
from onestory.setup import ROOT


def named(function: str) -> set[str]:
    policies = (ROOT / "marac" / "policies.sql").read_text()
    body = policies.split(f"FUNCTION {function}()")[1].split("END $$")[0]
    return set(re.findall(r"'([a-z-]+)'", body.split("m.role IN")[1].split(")")[0]))


def carrying(*permissions: Permission) -> set[str]:
    return {code for code, role in ROLES.items() if role.permissions & set(permissions)}


def test_who_comes_to_the_meeting():
    assert named("marac_teams") == carrying(Permission.MARAC_ATTEND)


def test_who_leads_it():
    assert named("marac_tables") == carrying(Permission.MARAC_COORDINATE, Permission.MARAC_CHAIR)
