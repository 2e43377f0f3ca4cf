"""From a folder of TOML files to a pack, or to a list of everything that is wrong with it."""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from onestory.agencies.area import checks, compiled
from onestory.agencies.area.aiming import AIMING_VOCABULARIES
from onestory.agencies.area.asking import Asking, Helpline
from onestory.agencies.area.brokering import Intake
from onestory.agencies.area.conduct import CONDUCT_VOCABULARIES
from onestory.agencies.area.faults import Fault, PackError, explain, first_causes, near_miss
from onestory.agencies.area.guide import GuideLine
from onestory.agencies.area.listed import CaseList
from onestory.agencies.area.marac import MARAC_VOCABULARIES, MaracRule, MaracSeat
from onestory.agencies.area.offered import Directory, Service
from onestory.agencies.area.pseudonyms import SEALED_VOCABULARIES, Sealed
from onestory.agencies.area.publishing import PUBLISHING_VOCABULARIES
from onestory.agencies.area.rights import RIGHTS_VOCABULARIES
from onestory.agencies.area.risk import RISK_VOCABULARIES, SafetyPlans
from onestory.agencies.area.schema import (
    VOCABULARIES,
    Area,
    Organisation,
    OrganisationEntry,
    Pack,
    Report,
    Team,
    Timescale,
)
from onestory.agencies.area.supporting import SUPPORT_VOCABULARIES, FirstCall
from onestory.agencies.area.vocabulary import Entry, Vocabulary
from onestory.agencies.area.wording import Wording

# A pack is these sections, each in one file, in any file: `[area]` is one table, the rest lists.
SINGLE = {
    "area": Area,
    "case_list": CaseList,
    "directory": Directory,
    "asking": Asking,
    "sealed": Sealed,
    "safety_plans": SafetyPlans,
}
LISTS = {
    "organisations": OrganisationEntry,
    "teams": Team,
    "services": Service,
    "timescales": Timescale,
    "reports": Report,
    "questions": Wording,
    "helplines": Helpline,
    "guide": GuideLine,
    "first_calls": FirstCall,
    "intakes": Intake,
    "marac_rules": MaracRule,
    "marac_seats": MaracSeat,
    **VOCABULARIES,
}
MAY_BE_EMPTY = {
    "reports",
    "questions",
    "services",
    "first_calls",
    "intakes",
    "directory",
    "languages",
    "asking",
    "helplines",
    "guide",
    "offered_instead",
    "return_reasons",
    *SUPPORT_VOCABULARIES,
    *RIGHTS_VOCABULARIES,
    *SEALED_VOCABULARIES,
    *PUBLISHING_VOCABULARIES,
    *AIMING_VOCABULARIES,
    *MARAC_VOCABULARIES,
    "marac_rules",
    "marac_seats",
    *CONDUCT_VOCABULARIES,
    *RISK_VOCABULARIES,
    "safety_plans",
    "sealed",
}


def packs_dir() -> Path:
    """The folder that holds a folder for each area."""
    return Path(__file__).resolve().parents[3] / "areas"


def load_pack(folder: Path) -> Pack:
    """The pack in this folder; raises PackError with all its faults at once."""
    folder = Path(folder)
    files = sorted(folder.glob("*.toml"))
    if not files:
        message = "no file ends in .toml here" if folder.is_dir() else "there is no such folder"
        raise PackError(folder.name, [Fault(str(folder), "", "", message)])
    reading = Reading()
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(content)
        reading.file(file.name, content)
    for file in sorted((folder / compiled.FOLDER).glob("*.toml")):
        content = file.read_bytes()
        digest.update(content)
        reading.report(f"{compiled.FOLDER}/{file.name}", content)
    reading.folder(folder.resolve().name)
    reading.missing_sections()
    faults = reading.faults + checks.faults(reading.parsed, reading.found_in, reading.declared)
    codes = [reading.declared.get(section, ()) for section in ("teams", "reports")]
    faults += compiled.faults(reading.compiled, *codes)
    if faults:
        raise PackError(folder.name, faults)
    return _assemble(reading.parsed, reading.compiled.values(), digest.hexdigest())


class Reading:
    """The sections read so far, the file of each, and the faults met on the way.

    `declared` holds the codes of faulty entries too, so that whoever names one is not blamed.
    """

    def __init__(self):
        self.parsed: dict[str, Entry | list[Entry]] = {}
        self.found_in: dict[str, str] = {}
        self.declared: dict[str, list[str]] = {}
        self.compiled: dict[str, compiled.Compiled] = {}
        self.faults: list[Fault] = []
        self.unread = False

    def file(self, name: str, content: bytes) -> None:
        """Reads one file of the pack."""
        for section, value in self._read(name, content).items():
            self._section(name, section, value)

    def report(self, name: str, content: bytes) -> None:
        """Reads the file of one compiled report."""
        if value := self._read(name, content):
            try:
                self.compiled[name] = compiled.Compiled.model_validate(value)
            except ValidationError as error:
                self._invalid(error, name, "", compiled.Compiled)

    def folder(self, name: str) -> None:
        """Adds a fault if the area is not called as its folder is, by which it is asked for."""
        area = self.parsed.get("area")
        if area and area.code != name:
            message = f"'code' is '{area.code}', but the folder is called '{name}'"
            self._fault(self.found_in["area"], "area", "code", message)

    def missing_sections(self) -> None:
        """Adds a fault for every section that no file has; they may lie in an unread file."""
        for section in (*SINGLE, *LISTS) if not self.unread else ():
            if section not in self.found_in and section not in MAY_BE_EMPTY:
                heading = f"[{section}]" if section in SINGLE else f"[[{section}]]"
                message = f"the section {heading} is missing: no file of the pack has it"
                self._fault("", "", section, message)

    def _section(self, file: str, section: str, value: object) -> None:
        if section not in SINGLE and section not in LISTS:
            known = near_miss(section, (*SINGLE, *LISTS))
            message = f"the section '{section}' is not known{known}"
            self._fault(file, "", section, message)
            return
        if section in self.found_in:
            message = f"the section '{section}' is already in {self.found_in[section]}"
            self._fault(file, "", section, f"{message}; keep it in one file")
            return
        self.found_in[section] = file
        if section in SINGLE:
            self.parsed[section] = self._entry(file, section, section, SINGLE[section], value)
        elif not isinstance(value, list):
            message = f"'{section}' is a list: head each of its entries with [[{section}]]"
            self._fault(file, "", section, message)
        elif not value and section not in MAY_BE_EMPTY:
            self._fault(file, "", section, f"the list '{section}' is empty")
        else:
            self.parsed[section] = [
                entry
                for number, item in enumerate(value, start=1)
                if (entry := self._entry(file, section, number, LISTS[section], item))
            ]

    def _entry(self, file, section, number, model: type[Entry], value: object) -> Entry | None:
        code = value.get("code") if isinstance(value, dict) else None
        if code:
            self.declared.setdefault(section, []).append(str(code))
        which = f"'{code}'" if code else number
        label = section if section in SINGLE else f"{section} {which}"
        try:
            return model.model_validate(value)
        except ValidationError as error:
            self._invalid(error, file, label, model)
            return None

    def _invalid(self, error: ValidationError, file: str, label: str, model: type[Entry]) -> None:
        fields = [field.alias or name for name, field in model.model_fields.items()]
        for item in first_causes(error.errors(), fields):
            # The fields of an entry are not those of a part of it.
            known = fields if len(item["loc"]) == 1 else ()
            self._fault(file, label, *explain(item, known))

    def _read(self, name: str, content: bytes) -> dict:
        """What stands in a file; nothing where it cannot be read."""
        try:
            found = tomllib.loads(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            self.unread = True
            self._fault(name, f"line {line}", "", "this is not UTF-8 text; save the file as UTF-8")
            return {}
        except tomllib.TOMLDecodeError as error:
            self._unreadable(name, str(error))
            return {}
        if not found:
            self._fault(name, "", "", "the file is empty; fill it or delete it")
        return found

    def _unreadable(self, file: str, said: str) -> None:
        self.unread = True
        where = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", said)
        line = f"line {where[1]}" if where and where[1] else "at its end"
        column = f" (column {where[2]})" if where and where[2] else ""
        slip = said[: where.start()] if where else said
        slip = f"{slip[:1].lower()}{slip[1:]}"
        self._fault(file, line, "", f"this cannot be read as TOML: {slip}{column}")

    def _fault(self, file: str, entry: str, field: str, message: str) -> None:
        self.faults.append(Fault(file, entry, field, message))


def _assemble(parsed: dict, reports: Iterable[compiled.Compiled], digest: str) -> Pack:
    teams = parsed["teams"]
    organisations = tuple(
        Organisation(
            **entry.model_dump(),
            teams=tuple(team for team in teams if team.organisation == entry.code),
        )
        for entry in parsed["organisations"]
    )
    return Pack(
        **parsed["area"].model_dump(),
        digest=digest,
        organisations=organisations,
        teams={team.code: team for team in teams},
        services={service.code: service for service in parsed.get("services", [])},
        timescales=tuple(parsed["timescales"]),
        case_list=parsed["case_list"],
        reports={report.code: report for report in parsed.get("reports", [])},
        compiled={report.code: report for report in reports},
        questions=tuple(parsed.get("questions", [])),
        directory=parsed.get("directory") or Directory(),
        sealed=parsed.get("sealed") or Sealed(),
        safety_plans=parsed.get("safety_plans") or SafetyPlans(),
        asking=parsed.get("asking"),
        helplines=tuple(parsed.get("helplines", [])),
        guide=tuple(parsed.get("guide", [])),
        first_calls={call.team: call for call in parsed.get("first_calls", [])},
        intakes={one.service: one.instrument for one in parsed.get("intakes", [])},
        marac_rules=tuple(parsed.get("marac_rules", [])),
        marac_seats={seat.team: seat for seat in parsed.get("marac_seats", [])},
        **{name: Vocabulary(parsed.get(name, [])) for name in VOCABULARIES},
    )
