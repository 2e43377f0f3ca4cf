"""To be asked by MARAC is to read, no more than is needed, and to pass nothing on: in raw SQL."""

import pytest

from onestory.access import queries as access
from onestory.access.actions import share, share_without_consent
from onestory.agencies.models import Team
from onestory.agencies.pack import pack
from onestory.kernel.errors import Refused
from onestory.kernel.ids import new_id
from onestory.marac.actions.opening import PURPOSE
from onestory.marac.models import ConductFinding, Finding, Referral
from onestory.setup import ROOT
from tests.access.raw import refused, rows
from tests.clares_law import asked, checked
from tests.danger import changed, judged, planned, step
from tests.marac import accepted, answered, ask, pair, referred, seat, team

POLICE = "police-public-protection"

# What lies with her danger, and whether those see it who are asked.
OF_DANGER = {
    "risk_riskassessment": True,
    "risk_riskchange": True,
    "risk_safetyplan": False,
    "risk_safetyplanstep": False,
    "risk_disclosure": False,
    "risk_disclosurecheck": False,
    "assessment_answer": False,
}


@pytest.fixture(autouse=True)
def seated(world):
    return seat(world)


@pytest.fixture
def case(as_):
    """Rosa was judged, has a plan and has asked about him; then Petra refers her, police are asked."""
    them = pair(as_)
    with as_("petra") as by:
        judged(by, them.person_id)
        planned(by, them.person_id, step("I keep a bag at my sister’s."))
        changed(by, them.person_id)
    checked(as_, asked(as_, them.person_id, them.abuser_id))
    made = accepted(as_, referred(as_, them))
    return ask(as_, made, POLICE)[POLICE]


def seen() -> dict[str, bool]:
    return {table: bool(rows(f"SELECT 1 FROM {table} LIMIT 1")) for table in OF_DANGER}


def test_who_is_asked_sees_the_danger_and_not_her_plan(as_, case):
    with as_("pru"):
        assert seen() == OF_DANGER
    for name in ("petra", "cora"):
        with as_(name):
            assert all(seen().values())


def test_who_holds_it_for_anything_else_as_well_sees_it_all(as_, case):
    with as_("petra") as by:
        opened = access.open_envelopes(by, case.person_id)
        how = {"purpose": "safety", "basis": "marac", "reason": "A life.", "apart": True}
        kinds = [opened["identity"], opened["risk"]]
        share(by=by, envelopes=kinds, team=Team.objects.get(code=POLICE), **how)
    with as_("pru"):
        assert seen()["risk_safetyplanstep"] and seen()["assessment_answer"]


def test_what_is_opened_for_the_meeting_says_so_in_both_places():
    policies = (ROOT / "marac" / "policies.sql").read_text()
    assert f"g.purpose <> ''{PURPOSE}''" in policies and PURPOSE in pack().purposes


def test_an_agency_that_is_asked_writes_nothing_but_what_it_brings(as_, case):
    answered(as_, case, about_abuser="Two convictions.")
    with as_("pru"):
        assert Finding.objects.count() == ConductFinding.objects.count() == 1
        assert rows("SELECT 1 FROM access_grant WHERE may_write OR may_share") == []
    with as_("pru") as by, refused("row-level security"):
        risk = access.open_envelopes(by, case.person_id)["risk"]
        rows(
            "INSERT INTO risk_riskchange (id, person_id, envelope_id, recorded_at, recorded_by_id,"
            " team_id, kind, \"on\", words) VALUES (%s, %s, %s, now(), actor(), %s, %s, now(), '')",
            [new_id(), risk.person_id, risk.pk, by.home_team_id, "released"],
        )


@pytest.mark.parametrize("kind", ["identity", "risk", "conduct"])
def test_it_passes_nothing_on(as_, case, kind):
    """Neither by the ordinary sharing, nor by writing a grant past all Python."""
    about = case.abuser_id if kind == "conduct" else case.person_id
    with as_("pru") as by:
        envelope = access.open_envelopes(by, about)[kind]
        with pytest.raises(Refused, match="may not share"):
            share_without_consent(
                by=by,
                person_id=about,
                team_id=by.home_team_id,
                to_team_id=team("probation"),
                kinds=["identity", kind],
                purpose="safety",
                basis="marac",
                reason="They may need it.",
                until=None,
                told=False,
                not_told_reason="He reads her letters.",
            )
        with refused("row-level security"):
            give(by, envelope, team("probation"))


def give(by, envelope, to_team):
    rows(
        "INSERT INTO access_grant (id, envelope_id, team_id, may_write, may_share, purpose, basis,"
        " reason, starts_at, ends_at, given_by_id, given_at, end_reason)"
        " VALUES (%s, %s, %s, false, false, 'safety', 'marac', '', now(),"
        " now() + interval '1 day', %s, now(), '')",
        [new_id(), envelope.pk, to_team, by.user_id],
    )


def test_the_team_that_holds_her_gives_by_the_same_statement(as_, case):
    """So that it is the grant that is refused above, and not how it is written."""
    with as_("petra") as by:
        give(by, access.open_envelopes(by, case.person_id)["risk"], team("probation"))


FINDING = (
    "INSERT INTO {table} (id, person_id, envelope_id, recorded_at, recorded_by_id, referral_id,"
    " team_id, words) VALUES (%s, %s, %s, now(), actor(), %s, %s, 'x')"
)


def test_what_it_brings_lies_with_the_two_of_the_case_and_is_its_own(as_, case):
    with as_("pru") as by:
        hers = access.open_envelopes(by, case.person_id)
        his = access.open_envelopes(by, case.abuser_id)

        def bring(table, envelope, of_team=by.home_team_id):
            about = [envelope.person_id, envelope.pk]
            rows(FINDING.format(table=table), [new_id(), *about, case.referral_id, of_team])

        bring("marac_finding", hers["risk"])
        bring("marac_conductfinding", his["conduct"])
        for table, envelope in (
            ("marac_finding", hers["identity"]),
            ("marac_finding", his["conduct"]),
            ("marac_conductfinding", his["identity"]),
            ("marac_conductfinding", hers["risk"]),
        ):
            with refused("row-level security"):
                bring(table, envelope)
        with refused("row-level security"):
            bring("marac_finding", hers["risk"], team("idva"))


@pytest.mark.parametrize(
    "change", ["holds = 'nothing'", "answered_at = now(), answered_by_id = actor()"]
)
def test_it_answers_for_itself_also_by_a_statement_that_names_no_row(as_, case, change):
    """Without a condition PostgreSQL asks only who may change a row, not who may see it."""
    ask(as_, Referral(pk=case.referral_id), "hospital-safeguarding", "idva")
    with as_("pru"):
        assert rows(f"UPDATE marac_research SET {change}") == 1
