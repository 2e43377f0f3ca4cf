"""No table can be forgotten: neither in a copy of somebody's record, nor when it is deleted."""

import re

import pytest
from django.apps import apps
from django.db import models

from onestory.access.models import Protected
from onestory.agencies.roles import ROLES, Permission
from onestory.kernel.classified import CODED, OF_ENVELOPE, OF_IDENTITY
from onestory.rights.rules import erasing
from onestory.rights.words import TOLD, How
from onestory.setup import ROOT

PROTECTED = [model for model in apps.get_models() if issubclass(model, Protected)]
OURS = list(erasing.classified())
TOLD_OF = (OF_ENVELOPE, CODED, OF_IDENTITY)
# Said of every row, whatever it is.
BESIDES = {"recorded_at", "superseded_at"}


def label(model) -> str:
    return model._meta.label


@pytest.mark.parametrize("model", PROTECTED, ids=label)
def test_every_table_and_column_has_words_in_a_copy(model):
    told = TOLD[label(model)]
    if not told.columns:
        assert told.why
        return
    columns = {name for name, kept in model.CLASSIFIED.items() if kept in TOLD_OF} - BESIDES
    assert columns - told.columns.keys() == set()
    known = {field.name for field in model._meta.concrete_fields}
    assert told.columns.keys() - known == set()
    assert all(say.label for say in told.columns.values() if say.how != How.SYSTEM)


def test_no_words_are_left_over():
    assert TOLD.keys() <= {label(model) for model in PROTECTED}


@pytest.mark.parametrize("model", PROTECTED, ids=label)
def test_it_is_said_of_every_table_with_codes_whether_its_rows_stay(model):
    if CODED in model.CLASSIFIED.values():
        said = (erasing.KEPT, erasing.GONE, erasing.AS_IT_IS)
        assert sum(label(model) in names for names in said) == 1


def leads_to_somebody(model) -> bool:
    """By a person, an envelope, or a row that lies in one."""
    return any(
        field.column in ("person_id", "envelope_id")
        or (field.related_model and _is_of_somebody(field.related_model))
        for field in model._meta.concrete_fields
    )


def _is_of_somebody(model) -> bool:
    return issubclass(model, Protected) or label(model) in {
        "people.Person",
        "access.Envelope",
        "access.Consent",
        "rights.CopyRequest",
    }


@pytest.mark.parametrize("model", [m for m in OURS if leads_to_somebody(m)], ids=label)
def test_every_table_that_leads_to_somebody_is_found_when_a_record_is_deleted(model):
    assert erasing.found_by(model) or label(model) in erasing.AS_IT_IS


def test_nothing_is_named_that_is_not_there():
    there = {label(model) for model in OURS}
    for names in (erasing.KEPT, erasing.GONE, erasing.AS_IT_IS, erasing.CODES, erasing.FOUND):
        assert set(names) <= there


@pytest.mark.parametrize("model", [m for m in OURS if label(m) in erasing.KEPT], ids=label)
def test_what_stays_hangs_on_nothing_that_goes(model):
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and not erasing.stays(field.related_model):
            assert field.null, field.name


def test_keepers_of_sealed_accounts_are_the_same_in_the_database_as_in_the_roles():
    """`sealed_how` and `sealed_release` name the role that carries the permission."""
    policies = (ROOT / "sealed" / "policies.sql").read_text()
    named = set(re.findall(r"actor_holds_role\('([a-z-]+)'\)", policies))
    carry = {code for code, role in ROLES.items() if Permission.SEALED_WORK in role.permissions}
    assert named == carry


def test_therapists_are_the_same_in_the_database_as_in_the_roles():
    """`therapy_teams` names the roles that carry the permission."""
    policies = (ROOT / "therapy" / "policies.sql").read_text()
    named = set(re.findall(r"m\.role = '([a-z-]+)'", policies))
    carry = {code for code, role in ROLES.items() if Permission.THERAPY_WORK in role.permissions}
    assert named == carry
