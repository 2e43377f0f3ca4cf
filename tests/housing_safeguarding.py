"""The housing safeguarding team's case list of 2015 to 2018, as the performance report takes it.

The list is made up, shaped like a real one; its totals are those that the council published.
"""

import csv
from datetime import datetime
from pathlib import Path

from onestory.analysis.cases import Assessment, CaseRow, ReportSettings

DATA = Path(__file__).parent / "data"
CASE_LIST = Path(__file__).parents[1] / "synthetic" / "data" / "housing-safeguarding-cases.csv"
AREAS = {
    "Grays": "grays",
    "Tilbury": "tilbury",
    "South Ockendon/Aveley": "south-ockendon",
    "South Ockendon / Aveley": "south-ockendon",
    "S Ockendon/Aveley": "south-ockendon",
    "Stanford/Corringham": "stanford",
    "Stanford-le-Hope/Corringham": "stanford",
    "Purfleet": "purfleet",
    "Outside Thurrock": "outside-thurrock",
    "O/S Thurrock/Refuge": "outside-thurrock",
}
SETTINGS = ReportSettings(
    title="Housing Safeguarding Performance Comparison Report",
    team="Housing Safeguarding Team",
    areas={
        "grays": "Grays",
        "tilbury": "Tilbury",
        "south-ockendon": "South Ockendon/Aveley",
        "stanford": "Stanford/Corringham",
        "purfleet": "Purfleet",
        "outside-thurrock": "Outside Thurrock/Refuge",
    },
    groups={"female": "Female", "male": "Male", "lgbt": "LGBT+"},
    categories={
        "marac": "MARAC",
        "mash": "MASH",
        "casework": "Casework",
        "sanctuary": "Sanctuary Scheme",
    },
    abuses={
        "domestic-abuse": "Domestic abuse",
        "honour-based": "Honour based abuse",
        "sexual-abuse": "Sexual abuse",
        "stalking": "Stalking",
    },
    sexual_abuse="sexual-abuse",
    assessments={
        "dash": Assessment("DASH", ("domestic-abuse", "honour-based", "stalking")),
        "sericc": Assessment("SERICC referral form", ("sexual-abuse",)),
    },
    published={
        "share.grays.2015-04-01.2018-03-31": 34,
        "share.tilbury.2015-04-01.2018-03-31": 23,
        "share.outside-thurrock.2015-04-01.2018-03-31": 8,
        "total._all.2015-04-01.2018-03-31": 685,
    },
    published_in="the report of 2018",
)


def cases() -> list[CaseRow]:
    """The 685 cases of the list."""
    with open(CASE_LIST, encoding="utf-8-sig", newline="") as file:
        return [_case({k: v.strip() for k, v in line.items()}) for line in csv.DictReader(file)]


def figures() -> dict[str, int]:
    """What the report of 2018 printed, by the name of the figure."""
    with open(DATA / "figures-housing-safeguarding.csv", encoding="utf-8", newline="") as file:
        return {line["id"]: int(line["published"]) for line in csv.DictReader(file)}


def _case(line: dict[str, str]) -> CaseRow:
    return CaseRow(
        opened=datetime.strptime(line["opened"], "%d/%m/%Y").date(),
        category=line["category"].lower().removesuffix(" scheme"),
        area=AREAS[line["area"]],
        group=line["survivor"].lower().removesuffix("+"),
        abuse=frozenset(
            kind.strip().lower().replace(" ", "-") for kind in line["abuse"].split(";")
        ),
        risk_assessment=line["risk_assessment"].lower() or None,
    )
