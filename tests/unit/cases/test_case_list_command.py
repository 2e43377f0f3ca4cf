"""`onestory import case-list`: what it prints, where, and with which exit code."""

import pytest
from click.testing import CliRunner
from django.db import OperationalError

from onestory.access.models import Entry
from onestory.agencies.models import User
from onestory.cases.models import Case
from onestory.commands import import_
from tests.team_lists import REAL_LIST, content, row

TEAM = "housing-safeguarding"


@pytest.fixture
def run(world):
    """``run(file)``: what the command says of it."""

    def invoke(file, *options, team=TEAM):
        return CliRunner().invoke(
            import_.command, ["case-list", str(file), "--team", team, *options]
        )

    return invoke


@pytest.fixture
def written(tmp_path):
    """``written(content)``: a file that holds it."""

    def write(source):
        path = tmp_path / "our list.csv"
        path.write_bytes(source)
        return path

    return write


def stored(as_):
    with as_("mina"):
        return Case.objects.count()


def last_line(done):
    return done.stdout.strip().splitlines()[-1]


def test_the_teams_own_list(run, as_):
    done = run(REAL_LIST)
    assert done.exit_code == 0
    assert last_line(done) == "685 cases: 685 new, 0 changed, 0 unchanged. Imported."
    assert "category: 'Mash ' is MASH (107 cases)" in done.stdout
    assert "2015/16     60    70        25                60    215" in done.stdout
    assert stored(as_) == 685


def test_a_second_run_says_that_it_changed_nothing(run, as_):
    run(REAL_LIST)
    done = run(REAL_LIST)
    assert done.exit_code == 0
    assert last_line(done) == (
        "685 cases: 0 new, 0 changed, 685 unchanged. "
        "All of it was here already: nothing was changed."
    )
    assert stored(as_) == 685


def test_a_trial_stores_nothing(run, as_):
    done = run(REAL_LIST, "--dry-run")
    assert done.exit_code == 0
    assert last_line(done).startswith("685 cases: 685 new, 0 changed, 0 unchanged. Nothing was")
    assert stored(as_) == 0


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_every_fault_on_a_line_of_standard_error(run, written, as_, options):
    rows = row("1", opened="31/02/2016"), row("2", area="Nowhere"), row("3")
    done = run(written(content(*rows)), *options)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert (
        "row 2, column opened: '31/02/2016': impossible date; "
        "expected a day that is in the calendar, such as 31/03/2016"
    ) in lines
    assert any(line.startswith("row 3, column area: 'Nowhere': word not known;") for line in lines)
    assert "2 faults. Nothing was imported." in lines
    assert stored(as_) == 0


def test_a_fault_of_the_whole_file(run, written):
    done = run(written(b""))
    assert done.exit_code == 1
    assert "the file: file cannot be used; expected a list of cases, but the file is" in done.stderr


def test_no_such_team_names_those_that_are_alike(run):
    done = run(REAL_LIST, team="housing-safegarding")
    assert done.exit_code == 2
    assert "no team has the code 'housing-safegarding'. Did you mean: housing-safe" in done.stderr


def test_no_such_file(run, tmp_path):
    assert run(tmp_path / "no.csv").exit_code == 2


def no_database():
    raise OperationalError("connection failed: no such database")


@pytest.mark.parametrize("exists", [lambda: False, no_database])
def test_before_setup_it_says_what_to_do(run, monkeypatch, exists):
    monkeypatch.setattr(import_.Area.objects, "exists", exists)
    done = run(REAL_LIST)
    assert done.exit_code == 2
    assert "onestory setup --area NAME" in done.stderr


def test_it_acts_as_the_system_for_that_team_only(run, as_):
    run(REAL_LIST)
    with as_("gwen"):
        entry = Entry.objects.filter(verb="case-list.import").latest("id")
        assert User.objects.get(pk=entry.actor_id).is_system
    with as_("nell"):
        assert Case.objects.count() == 0
