"""What measures ask of the same rows, each thing once, and counted in one go.

Rows are first brought together by person: how many of each person's rows answer a condition. Their
sum is how many rows there are, and how many of them are above nought is how many people: so that no
list of different people is made for each condition, which is what takes long.
"""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from ibis import Table
from ibis.expr.types import Scalar

from onestory.analysis.measures import language as say
from onestory.analysis.measures import translate
from onestory.analysis.measures.figures import Counted
from onestory.analysis.measures.measure import Measure
from onestory.analysis.measures.wording import formula

PERSON = "person"
GROUP = "_group"
OF_PEOPLE = "_people"


class Asked:
    """Everything that some measures need to know of these rows."""

    def __init__(self, measures, rows: Table, end: date):
        self.rows = rows
        self.end = end
        self.has_person = PERSON in rows.columns
        self.added: dict[str, Scalar] = {}
        self.direct: dict[str, Scalar] = {}
        self._names: dict[str, str] = {}
        self.plans = [(measure, self._plan(measure)) for measure in measures]

    def counted(self) -> list[Counted]:
        """For each measure, what all rows come to."""
        found = self._by_group(())
        return self._read(found.get(None, {}))

    def by_group(self) -> dict[str | None, list[Counted]]:
        """For each measure, what the rows of each group come to."""
        return {group: self._read(row) for group, row in self._by_group((GROUP,)).items()}

    def _plan(self, measure: Measure) -> dict[str, str]:
        """Where to find the measure's numbers in what comes back."""
        top, bottom = measure.numerator, measure.denominator
        where = top.where
        if measure.is_share and not isinstance(bottom.where, say.Always):
            where = say.Both(top.where, bottom.where)
        plan = {"top": self._aggregate(top, where), "people": self._count(where) + OF_PEOPLE}
        if isinstance(top, say.Mean):
            plan["bottom"] = self._count(say.Both(where, say.Not(say.Missing(top.value))))
        if bottom is not None:
            plan["bottom"] = self._aggregate(bottom, bottom.where)
            plan["of_people"] = self._count(bottom.where) + OF_PEOPLE
        return plan

    def _aggregate(self, made: say.Aggregate, where: say.Condition) -> str:
        match made:
            case say.Count():
                return self._count(where)
            case say.People():
                return self._count(where) + OF_PEOPLE
            case say.Sum(_, value) | say.Mean(_, value):
                name = self._name("added", f"{formula(value)} {formula(where)}")
                self.added[name] = translate.total(value, where, self.rows, self.end)
                return name
        name = self._name("direct", f"{formula(made)} {formula(where)}")
        self.direct[name] = translate.direct(made, where, self.rows, self.end)
        return name

    def _count(self, where: say.Condition) -> str:
        name = self._name("rows", formula(where))
        if name not in self.added:
            self.added[name] = translate.count(where, self.rows, self.end)
        return name

    def _name(self, sort: str, said: str) -> str:
        """The same name for what was asked already."""
        return self._names.setdefault(f"{sort} {said}", f"{sort}{len(self._names)}")

    def _by_group(self, groups: tuple[str, ...]) -> dict[str | None, dict]:
        found: dict[str | None, dict] = {}
        for table in self._tables(groups):
            for row in table.to_pyarrow().to_pylist():
                found.setdefault(row.pop(GROUP, None), {}).update(row)
        return found

    def _tables(self, groups: tuple[str, ...]) -> list[Table]:
        """What to ask of the database: once by way of people, once without, if need be."""
        tables = [_aggregated(self.rows, groups, self.added)]
        if self.has_person:
            people = self.rows.group_by((*groups, PERSON)).aggregate(**self.added)
            summed = {name: people[name].sum() for name in self.added}
            summed |= {
                name + OF_PEOPLE: people.count(where=(people[name] > 0) & people[PERSON].notnull())
                for name in self.added
                if name.startswith("rows")
            }
            tables = [_aggregated(people, groups, summed)]
        if self.direct:
            tables.append(_aggregated(self.rows, groups, self.direct))
        return tables

    def _read(self, row: Mapping) -> list[Counted]:
        """What came back, for each measure."""
        return [self._exactly(measure, plan, row) for measure, plan in self.plans]

    def _exactly(self, measure: Measure, plan: Mapping[str, str], row: Mapping) -> Counted:
        """What came back for one measure, as fractions."""
        made, top = measure.numerator, row.get(plan["top"])
        if isinstance(made, say.Median):
            # Halfway between two whole numbers at most, so that twice the median is whole.
            top = None if top is None else Fraction(round(top * 2), 2)
        else:
            top = Fraction(top or 0)
        if top and isinstance(getattr(made, "value", None), say.Hours):
            top /= translate.SECONDS
        return Counted(
            numerator=top,
            denominator=int(row.get(plan["bottom"]) or 0) if "bottom" in plan else None,
            people=self._people(plan, "people", row),
            of_people=self._people(plan, "of_people", row),
        )

    def _people(self, plan: Mapping[str, str], name: str, row: Mapping) -> int | None:
        if not self.has_person or name not in plan:
            return None
        return int(row.get(plan[name]) or 0)


def _aggregated(rows: Table, groups: tuple[str, ...], asked: Mapping[str, Scalar]) -> Table:
    return (rows.group_by(groups) if groups else rows).aggregate(**asked)
