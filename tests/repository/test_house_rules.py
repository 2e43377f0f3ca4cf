"""The house rules of docs/developing.md, as facts."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from onestory.access.models import Protected

ROOT = Path(__file__).parents[2]
OURS = (
    "kernel",
    "agencies",
    "access",
    "people",
    "assessment",
    "cases",
    "support",
    "conversations",
    "risk",
    "sealed",
    "therapy",
    "marac",
    "rights",
    "inquiries",
    "reporting",
    "portal",
    "public",
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 40

SOURCES = [
    path
    for folder in ("onestory", "synthetic", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]
MODELS = [m for label in OURS for m in apps.get_app_config(label).get_models()]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def read(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def functions(path: Path):
    for node in ast.walk(read(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_files_are_short():
    long = {name(p): n for p in SOURCES if (n := len(p.read_text().splitlines())) > LONGEST_FILE}
    assert not long


def length(function) -> int:
    """Lines of the body; the signature and what it says of itself are not counted."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


def test_functions_are_short():
    long = {
        f"{name(path)}:{node.name}": length(node)
        for path in SOURCES
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    }
    assert not long


def test_nothing_is_called_utils():
    assert not [name(p) for p in SOURCES if p.stem in {"utils", "helpers", "misc", "common"}]


WRITES = re.compile(
    r"\.(create|bulk_create|update|bulk_update|delete|update_or_create|get_or_create|save)\("
)
# Where writing is the point, though it is no domain action.
WRITERS = {"onestory/kernel/record.py", "onestory/setup.py"}


def is_action(path: Path) -> bool:
    return path.stem == "actions" or path.parent.name == "actions"


def test_nothing_writes_but_actions():
    """Models are written to in `actions` only. Sessions and messages are not models of ours."""
    found = []
    for path in SOURCES:
        where = name(path)
        if not where.startswith("onestory/") or is_action(path) or where in WRITERS:
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            match = WRITES.search(line)
            if match and "objects" in line or re.search(r"\.save\(update_fields", line):
                found.append(f"{where}:{number}: {line.strip()}")
    assert not found


def is_transaction(node) -> bool:
    return any(ast.unparse(one).startswith("transaction.atomic") for one in node.decorator_list)


def test_actions_say_by_whom_and_take_no_positions():
    """An action is a function with a transaction of its own."""
    before_anybody = {"load_area", "create_admin"}
    found, seen = [], 0
    for path in SOURCES:
        if not (name(path).startswith("onestory/") and is_action(path)):
            continue
        for node in read(path).body:
            if isinstance(node, ast.FunctionDef) and is_transaction(node):
                seen += 1
                keywords = {a.arg for a in node.args.kwonlyargs}
                if node.args.args or ("by" not in keywords and node.name not in before_anybody):
                    found.append(f"{name(path)}:{node.name}")
    assert not found
    assert seen > 40


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_column_is_classified(model):
    columns = {field.name for field in model._meta.concrete_fields}
    assert set(model.CLASSIFIED) == columns


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_no_logic_in_save(model):
    assert "save" not in vars(model)
    assert "delete" not in vars(model)


@pytest.mark.parametrize(
    "model", [m for m in MODELS if issubclass(m, Protected)], ids=lambda m: m._meta.label
)
def test_every_protected_table_is_under_the_policies(model):
    policies = (ROOT / "onestory" / model._meta.app_label / "policies.sql").read_text()
    assert f"access_protect('{model._meta.db_table}')" in policies


def views(patterns=None, prefix=""):
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route, entry.callback


def test_every_address_says_who_may_come_in():
    """Our own views carry a guard; those of the sign-in library are its own business."""
    found = [
        route
        for route, view in views()
        if view.__module__.startswith("onestory.") and not hasattr(view, "guard")
    ]
    assert not found


def test_a_row_about_a_person_lies_in_an_envelope_of_the_same_person(db):
    """The database holds the two together, in every table that has both."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, EXISTS (SELECT 1 FROM pg_constraint k
              WHERE k.conrelid = c.oid AND k.conname = c.relname || '_envelope_is_of_person')
            FROM pg_class c
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
              AND (SELECT count(*) FROM pg_attribute a WHERE a.attrelid = c.oid
                AND a.attname IN ('envelope_id', 'person_id') AND NOT a.attisdropped) = 2
            """
        )
        held = dict(cursor.fetchall())
    assert len(held) > 50
    assert [table for table, is_held in held.items() if not is_held] == []


def test_migrations_are_complete(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_the_project_speaks_only_of_itself():
    """No machine's paths, no registries' hosts, nothing about how it is made."""
    never = re.compile(
        r"/(work|root|home)/|/tmp/bash|\bpypi\.org|registry\.npmjs|files\.pythonhosted|deb\.debian"
    )
    found = []
    for path in tracked():
        if path.name == Path(__file__).name or not path.is_file() or path.suffix in {".png"}:
            continue
        try:
            text = path.read_text()
        except UnicodeDecodeError:
            continue
        if match := never.search(text):
            found.append(f"{name(path)}: {match.group()}")
    assert not found


def test_nothing_in_the_code_knows_thurrock():
    allowed = {"onestory/commands/demo_.py"}
    found = [
        name(p)
        for p in [*ROOT.glob("onestory/**/*.py"), *ROOT.glob("onestory/**/*.html")]
        if name(p) not in allowed and re.search("thurrock|tilbury|grays", p.read_text(), re.I)
    ]
    assert not found


def test_no_test_imports_the_bench():
    """It takes the settings of a demonstration for the whole process, and for those it starts."""
    tests = (ROOT / "tests").rglob("test_*.py")
    word = "tests." + "bench"
    assert not [str(path.relative_to(ROOT)) for path in tests if word in path.read_text()]
