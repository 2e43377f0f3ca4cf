"""What must hold between the parts of a pack, once each part reads well by itself."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import pairwise

from onestory.agencies.area.faults import Fault, near_miss
from onestory.agencies.area.schema import (
    NEEDED_TIMESCALES,
    PUBLISHED_ROWS,
    RAG_GRADES,
    REPORT_ROWS,
    VOCABULARIES,
    Report,
    Timescale,
)
from onestory.agencies.area.vocabulary import Entry, plain

# What the lists of a service name.
SERVICE_CODES = {
    "needs": "needs",
    "sexes": "sexes",
    "localities": "localities",
    "languages": "languages",
    "referred_by": "teams",
}
LISTS_OF_CODES = ("organisations", "teams", "services", "reports", *VOCABULARIES)


def faults(parsed: dict, found_in: dict[str, str], declared: dict[str, list[str]]) -> list[Fault]:
    """Every fault between the sections that could be read."""
    checking = Checking(parsed, found_in, declared)
    return [
        fault
        for check in (
            checking.codes_used_twice,
            checking.spellings_claimed_twice,
            checking.area,
            checking.teams_and_services,
            checking.asking,
            checking.timescales,
            checking.grades,
            checking.first_calls,
            checking.intakes,
            checking.marac,
            checking.bases_and_forms,
            checking.danger,
            checking.case_list,
            checking.reports,
        )
        for fault in check()
    ]


class Checking:
    """The sections of one pack, and the questions put to them.

    A section that could not be read is left out of the questions: its own fault is enough.
    """

    def __init__(self, parsed: dict, found_in: dict[str, str], declared: dict[str, list[str]]):
        self.parsed = {name: value for name, value in parsed.items() if value}
        self.found_in = found_in
        self.declared = declared

    def codes_used_twice(self) -> Iterator[Fault]:
        """A code names one entry of its list."""
        for section in LISTS_OF_CODES:
            seen = set()
            for entry in self._list(section):
                if entry.code in seen:
                    yield self._fault(section, entry, "code", "this code is used twice")
                seen.add(entry.code)

    def spellings_claimed_twice(self) -> Iterator[Fault]:
        """Text from an old list may mean one term only."""
        for section in VOCABULARIES:
            owners: dict[str, str] = {}
            for term in self._list(section):
                for text in (term.code, term.name, *term.variants):
                    owner = owners.setdefault(plain(text), term.code)
                    if owner != term.code:
                        message = f"'{text}' already means '{owner}'"
                        yield self._fault(section, term, "variants", message)

    def area(self) -> Iterator[Fault]:
        """The front doors exist and are front doors."""
        area = self.parsed.get("area")
        teams = {team.code: team for team in self._list("teams")}
        for field in ("default_front_door", "children_front_door"):
            if area is None or not teams:
                return
            code = getattr(area, field)
            yield from self._unknown("area", area, field, [code], "teams")
            if code in teams and not teams[code].front_door:
                message = f"the {field.replace('_', ' ')} is '{code}', but that team is no front "
                yield self._fault("area", area, field, message + "door (front_door = true)")

    def teams_and_services(self) -> Iterator[Fault]:
        """Teams belong to organisations, services to teams and to needs."""
        for team in self._list("teams"):
            yield from self._unknown(
                "teams", team, "organisation", [team.organisation], "organisations"
            )
        for service in self._list("services"):
            yield from self._unknown("services", service, "team", [service.team], "teams")
            for field, target in SERVICE_CODES.items():
                codes = getattr(service, field)
                yield from self._unknown("services", service, field, codes, target)

    def asking(self) -> Iterator[Fault]:
        """What somebody may answer on the public pages leads to words and teams that exist."""
        asking = self.parsed.get("asking")
        if asking is None:
            return
        named = {
            "harms": ("abuse", {code for harm in asking.harms for code in harm.abuse}),
            "helps": ("needs", {one.need for one in asking.helps}),
            "source_self": ("sources", {asking.source_self}),
            "source_other": ("sources", {asking.source_other}),
            "channel": ("channels", {asking.channel}),
            "basis_self": ("bases", {asking.basis_self}),
            "basis_other": ("bases", {asking.basis_other}),
        }
        for field, (target, codes) in named.items():
            yield from self._unknown("asking", asking, field, sorted(codes), target)
        doors = {team.code for team in self._list("teams") if team.front_door}
        for door in asking.doors if doors else ():
            yield from self._unknown("asking", asking, "doors", door.abuse, "abuse")
            if door.team not in doors:
                message = f"'doors' names '{door.team}', which is no front door"
                yield self._fault("asking", asking, "doors", message)

    def timescales(self) -> Iterator[Fault]:
        """What the code asks for is there, and on each day only once."""
        scales: dict[str, list[Timescale]] = {}
        for scale in sorted(self._list("timescales"), key=lambda scale: scale.from_):
            scales.setdefault(scale.code, []).append(scale)
        for code in NEEDED_TIMESCALES if scales else ():
            if code not in self.declared["timescales"]:
                message = f"the timescale '{code}' is missing"
                yield Fault(self.found_in["timescales"], "timescales", code, message)
        for spans in scales.values():
            for earlier, later in pairwise(spans):
                if earlier.until is None or earlier.until >= later.from_:
                    ends = f"until {earlier.until}" if earlier.until else "without an end"
                    message = f"from {later.from_} overlaps the one from {earlier.from_} {ends}"
                    yield self._fault("timescales", later, "from", message)
                elif later.from_ - earlier.until > timedelta(days=1):
                    message = f"none is in force between {earlier.until} and {later.from_}"
                    yield self._fault("timescales", later, "from", message)

    def grades(self) -> Iterator[Fault]:
        """The four grades are there, each with a timescale that exists or none."""
        grades = self._list("rag")
        codes = self.declared.get("rag", [])
        if grades and sorted(codes) != sorted(RAG_GRADES):
            message = f"the grades must be {', '.join(RAG_GRADES)}, but are {', '.join(codes)}"
            yield Fault(self.found_in["rag"], "rag", "code", message)
        for grade in grades:
            if grade.timescale:
                yield from self._unknown("rag", grade, "timescale", [grade.timescale], "timescales")

    def intakes(self) -> Iterator[Fault]:
        """A service that is there asks by one instrument."""
        seen = set()
        for intake in self._list("intakes"):
            yield from self._unknown("intakes", intake, "service", [intake.service], "services")
            if intake.service in seen:
                yield self._fault("intakes", intake, "service", f"'{intake.service}' is here twice")
            seen.add(intake.service)

    def first_calls(self) -> Iterator[Fault]:
        """First calls are made by teams that exist, each by one timescale that exists."""
        seen = set()
        for call in self._list("first_calls"):
            yield from self._unknown("first_calls", call, "team", [call.team], "teams")
            yield from self._unknown(
                "first_calls", call, "timescale", [call.timescale], "timescales"
            )
            if call.team in seen:
                yield self._fault("first_calls", call, "team", f"'{call.team}' is here twice")
            seen.add(call.team)

    def marac(self) -> Iterator[Fault]:
        """Who sits at the table and who coordinates are teams that exist; the basis is one too."""
        for rule in self._list("marac_rules"):
            named = [rule.coordinators]
            yield from self._unknown("marac_rules", rule, "coordinators", named, "teams")
            yield from self._unknown("marac_rules", rule, "basis", [rule.basis], "bases")
        for seat in self._list("marac_seats"):
            yield from self._unknown("marac_seats", seat, "team", [seat.team], "teams")

    def bases_and_forms(self) -> Iterator[Fault]:
        """One basis at least is consent, and forms name kinds of abuse that exist."""
        bases = self._list("bases")
        all_read = len(bases) == len(self.declared.get("bases", []))
        if bases and all_read and not any(basis.consent for basis in bases):
            message = "none of them is consent (consent = true)"
            yield Fault(self.found_in["bases"], "bases", "consent", message)
        for form in self._list("risk_assessments"):
            yield from self._unknown("risk_assessments", form, "for_abuse", form.for_abuse, "abuse")

    def case_list(self) -> Iterator[Fault]:
        """Columns go each to a field of its own, by vocabularies that exist."""
        case_list = self.parsed.get("case_list")
        if case_list is None:
            return
        yield from self._unknown(
            "case_list", case_list, "default_team", [case_list.default_team], "teams"
        )
        names: dict[str, str] = {}
        fields = set()
        for column in case_list.columns:
            if column.field in fields:
                message = f"two columns go to the field '{column.field}'"
                yield self._fault("case_list", case_list, "columns", message)
            fields.add(column.field)
            if column.vocabulary not in (None, *VOCABULARIES):
                message = f"the column '{column.name}' names no vocabulary: '{column.vocabulary}'"
                message += near_miss(column.vocabulary, VOCABULARIES)
                yield self._fault("case_list", case_list, "columns", message)
            for text in {plain(text) for text in (column.name, *column.aliases)}:
                owner = names.setdefault(text, column.name)
                if owner != column.name:
                    message = f"the heading '{text}' belongs to both '{owner}' and '{column.name}'"
                    yield self._fault("case_list", case_list, "columns", message)
        for field in ("ref", "opened"):
            if field not in fields:
                message = f"no column goes to the field '{field}', which every case must have"
                yield self._fault("case_list", case_list, "columns", message)

    def danger(self) -> Iterator[Fault]:
        """Forms, levels and headings that are named are there."""
        for form in self._list("risk_forms"):
            named = [form.instead] if form.instead else []
            yield from self._unknown("risk_forms", form, "instead", named, "risk_forms")
        for rule in self._list("risk_thresholds"):
            levels = [band.level for band in rule.bands]
            yield from self._unknown("risk_thresholds", rule, "bands", levels, "risk_levels")
            forms = [rule.instrument]
            yield from self._unknown("risk_thresholds", rule, "instrument", forms, "risk_forms")
        for step in self._list("plan_suggestions"):
            headings = [step.heading]
            yield from self._unknown("plan_suggestions", step, "heading", headings, "plan_headings")

    def reports(self) -> Iterator[Fault]:
        """Reports speak of teams and terms that exist, and give each row a label of its own."""
        for report in self._list("reports"):
            yield from self._unknown("reports", report, "team", [report.team], "teams")
            yield from self._unknown(
                "reports", report, "sexual_abuse", [report.sexual_abuse], "abuse"
            )
            for field, vocabulary in REPORT_ROWS.items():
                rows = getattr(report, field)
                yield from self._unknown("reports", report, field, rows, vocabulary)
                for label, times in Counter(rows.values()).items():
                    if times > 1:
                        message = f"'{field}' has {times} rows called '{label}'"
                        yield self._fault("reports", report, field, message)
            yield from self._published(report)

    def _published(self, report: Report) -> Iterator[Fault]:
        if report.published and not report.published_in:
            message = "'published_in' must say where the published figures were printed"
            yield self._fault("reports", report, "published_in", message)
        for figure in report.published:
            field = PUBLISHED_ROWS.get(figure.table)
            if field and figure.code not in getattr(report, field):
                which = f"'{figure.code}'" if figure.code else "no code"
                message = f"a published '{figure.table}' has {which}, which is no row of '{field}'"
                message += near_miss(figure.code or "", getattr(report, field))
                yield self._fault("reports", report, "published", message)

    def _list(self, section: str) -> list:
        return self.parsed.get(section, [])

    def _unknown(
        self, section: str, entry: Entry, field: str, codes: Iterable[str], target: str
    ) -> Iterator[Fault]:
        known = self.declared.get(target, ())
        for code in codes if known else ():
            if code not in known:
                message = f"'{field}' names '{code}', which is not in {target}"
                yield self._fault(section, entry, field, message + near_miss(code, known))

    def _fault(self, section: str, entry: Entry, field: str, message: str) -> Fault:
        code = getattr(entry, "code", None) if section != "area" else None
        label = f"{section} '{code}'" if code else section
        return Fault(self.found_in[section], label, field, message)
