"""A yearly report for publication: by the area's rule, and with what was published before in mind."""

from datetime import date

from onestory.agencies.area import Report as Definition
from onestory.analysis import disclosure
from onestory.analysis.report import Report
from onestory.reporting.making import make
from onestory.reporting.releasing import folder, one_at_a_time, released


def make_for_publication(definition: Definition, from_: date, to: date) -> Report:
    """The report for readers who may not see the records. Raises `Refused` as `make` does.

    To look at it is not yet to publish it: see `publish`.
    """
    return released(definition.code, make(definition, from_, to))[0]


def publish(definition: Definition, from_: date, to: date) -> Report:
    """The same, and it is written down what it tells, so that later releases do not tell more."""
    made = make(definition, from_, to)
    with one_at_a_time(folder(definition.code)) as kept:
        report, release = released(definition.code, made)
        disclosure.keep(kept, release)
    return report
