"""What becomes of each table when somebody's record is deleted, by how its columns are classified.

A row goes, unless its table is named in KEPT: such a row stays for the figures, with its codes and
days, and without a word. Whoever adds a table with codes has to say which (`GONE` or `KEPT`); whoever
adds one that leads to a person has to be found by `plan`. The tests see to both.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from onestory.kernel.classified import OF_ENVELOPE, OF_IDENTITY, OWN, SECRET

# Rows that stay, as counts of contacts, cases and work.
KEPT = frozenset(
    {
        "assessment.Asking",
        "assessment.Sitting",
        "cases.Case",
        "cases.Contact",
        "cases.Referral",
        "cases.Refusal",
        "risk.RiskAssessment",
        "risk.RiskChange",
        "support.Call",
        "support.Ending",
        "support.Episode",
        "support.Goal",
        "support.Measure",
        "support.Pause",
        "support.Session",
        "therapy.NotesRequest",
        "marac.Action",
        "marac.Item",
        "marac.Referral",
        "marac.Research",
        "marac.TransferIn",
        "marac.TransferOut",
        # Who was told what on which basis, without the words.
        "access.Barring",
        "access.Consent",
        "access.EmergencyOpening",
        "access.ShareWithoutConsent",
        "access.Withdrawal",
        "people.Join",
        "rights.CopyRequest",
        "rights.Correction",
    }
)
# Rows that go although they have codes, and why.
GONE = {
    "assessment.Answer": "what somebody answered is their record; that they were asked stays",
    "marac.FoundRepeat": "what was noticed; the referral that came of it stays",
    "marac.Telling": "what they were told is in words",
    "marac.Wishes": "what they want is in words",
    "people.Address": "where somebody lives",
    "people.Identity": "who somebody is: a year of birth and a place can name them",
    "people.Relationship": "leads to other people",
    "risk.Draft": "what was being typed",
    "risk.SafetyPlan": "a plan that nobody follows any more",
    "risk.SafetyPlanStep": "what was agreed is in words",
    **dict.fromkeys(
        ("risk.Breach", "risk.ConductNote", "risk.Order"),
        "what somebody did to others is not kept longer than their record",
    ),
    **dict.fromkeys(("risk.Disclosure", "risk.DisclosureCheck"), "leads to somebody else"),
    "support.Step": "what was agreed is in words",
}
# Tables that lead to somebody and are left as they are, and why.
AS_IT_IS = {
    "access.Entry": "the record of access: it holds no content",
    "access.Envelope": "the outside, which says nothing",
    "access.Grant": "ended and emptied of words by the function itself",
    "people.Person": "a number, so that what is kept still counts as of one person",
    "rights.Deletion": "what is left to say that it was done",
    "rights.Hold": "of inquiries; names nobody",
    "rights.Review": "of time; names nobody",
    # Of nobody who is named; they go when whoever has the code says so (`sealed.actions`).
    **dict.fromkeys(
        (
            "sealed.Account",
            "sealed.AgreedFact",
            "sealed.Echo",
            "sealed.Evidence",
            "sealed.Pair",
            "sealed.Release",
            "sealed.Slip",
        ),
        "under a pseudonym: its envelope is of no person",
    ),
}
# Codes in columns that are not classified as such.
CODES = {
    "access.Consent": ("kinds", "purpose", "answer", "how", "capacity"),
    "access.Withdrawal": ("kinds", "how"),
    "access.ShareWithoutConsent": ("kinds", "purpose", "basis"),
    "cases.Contact": ("basis",),
    "rights.CopyRequest": ("asked_by", "outcome"),
}
# Words of the record of access that are words all the same; what may not be empty; a list's own names.
BESIDES = {
    "access.EmergencyOpening": {"words": "''", "finding": "''"},
    "access.ShareWithoutConsent": {
        "not_told_reason": "CASE WHEN told_at IS NULL THEN '-' ELSE '' END"
    },
    "marac.Action": {
        "evidence": "CASE WHEN done_at IS NULL THEN '' ELSE '-' END",
        "not_done_reason": "CASE WHEN not_done_at IS NULL THEN '' ELSE '-' END",
    },
    "marac.TransferIn": {"digest": "'erased ' || id"},
    "marac.TransferOut": {"not_told_reason": "CASE WHEN told_at IS NULL THEN '-' ELSE '' END"},
    "marac.Referral": {"not_told_reason": "CASE WHEN told_at IS NULL THEN '-' ELSE '' END"},
    "cases.Case": {"reference": "'erased ' || id"},
    "risk.RiskAssessment": {"sent_by": "CASE WHEN sitting_id IS NULL THEN '-' ELSE '' END"},
}
# How rows are found that say neither an envelope nor a person. $1: the person's records, $2: their
# envelopes, $3: their accounts.
FOUND = {
    "access.Withdrawal": "consent_id IN (SELECT id FROM access_consent WHERE person_id = ANY ($1))",
    "cases.Draft": "contact_id IN (SELECT id FROM cases_contact WHERE person_id = ANY ($1))"
    " OR answers ->> 'person' = ANY ($1::text[])",
    "people.Join": "kept_id = ANY ($1) OR joined_id = ANY ($1)",
    "portal.Code": "user_id = ANY ($3)",
    "rights.Choice": "request_id IN (SELECT id FROM rights_copyrequest WHERE person_id = ANY ($1))",
}
WORDS = (OF_ENVELOPE, OF_IDENTITY, OWN, SECRET)


class Step(NamedTuple):
    """One table: which rows, and what they are set to; with nothing to set they are deleted."""

    table: str
    which: str
    sets: str


def plan() -> list[Step]:
    """Every table from which something goes, in no order: references are checked at the end."""
    return [
        Step(model._meta.db_table, which, _sets(model))
        for model in classified()
        if model._meta.label not in AS_IT_IS and (which := found_by(model))
    ]


def classified() -> Iterator[type[models.Model]]:
    """Every table of ours."""
    return (model for model in apps.get_models() if hasattr(model, "CLASSIFIED"))


def found_by(model: type[models.Model]) -> str:
    """How the rows of one person are found in this table; empty where none are of anybody."""
    columns = {field.column for field in model._meta.concrete_fields}
    if model._meta.label in FOUND:
        return FOUND[model._meta.label]
    if "envelope_id" in columns:
        return "envelope_id = ANY ($2)"
    return "person_id = ANY ($1)" if "person_id" in columns else ""


def stays(model: type[models.Model]) -> bool:
    return model._meta.label in KEPT | AS_IT_IS.keys() or not found_by(model)


def _sets(model: type[models.Model]) -> str:
    """What is emptied in a row that stays; of one that goes, nothing."""
    label = model._meta.label
    if label not in KEPT:
        return ""
    emptied = {
        field.column: value
        for field in model._meta.concrete_fields
        if field.name not in CODES.get(label, ()) and (value := _emptied(model, field))
    } | BESIDES.get(label, {})
    # A row without words is counted as one that stays.
    return ", ".join(f'"{name}" = {value}' for name, value in emptied.items()) or "id = id"


def _emptied(model: type[models.Model], field: models.Field) -> str:
    """What takes the place of words; of a link to a row that goes, nothing does."""
    if field.many_to_one or field.one_to_one:
        return "" if stays(field.related_model) or not field.null else "NULL"
    if model.CLASSIFIED[field.name] not in WORDS or field.choices:
        return ""
    if isinstance(field, models.TextField):
        return "NULL" if field.null else "''"
    if isinstance(field, models.JSONField | ArrayField):
        return "'{}'"
    return ""


def as_function() -> str:
    """The plan as PostgreSQL is told it, when policies are applied."""
    rows = ",\n    ".join(
        f"({_quoted(s.table)}, {_quoted(s.which)}, {_quoted(s.sets)})" for s in plan()
    )
    return (
        "CREATE OR REPLACE FUNCTION rights_plan()"
        " RETURNS TABLE (called text, which text, sets text)\n"
        "LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $plan$\n"
        f"  SELECT * FROM (VALUES\n    {rows}) AS p (called, which, sets)\n$plan$;\n"
        "REVOKE EXECUTE ON FUNCTION rights_plan FROM PUBLIC, onestory_app;\n"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
