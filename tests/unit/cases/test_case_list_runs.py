"""A case list from the upload to the cases: what is kept, who may say yes, how it is stopped."""

import pytest

from onestory.access.acting import acting
from onestory.agencies.actor import system_actor
from onestory.agencies.models import Membership
from onestory.cases import tasks
from onestory.cases.actions import case_list, case_list_runs
from onestory.cases.actions.case_list_runs import (
    Cancelled,
    Watched,
    begin_import,
    cancel_import,
    check_case_list,
    import_at_once,
    queue_import,
    run_import,
)
from onestory.cases.models import Case, CaseListImport
from onestory.kernel.errors import Refused
from tests.team_lists import REAL_LIST, content, row

TEAM = "housing-safeguarding"


def check(by, source):
    return check_case_list(by=by, team_id=by.home_team_id, file_name="our list.csv", content=source)


@pytest.fixture
def checked(as_):
    with as_("mina") as by:
        return check(by, REAL_LIST.read_bytes())


def found(as_, run):
    with as_("mina"):
        return CaseListImport.objects.get(pk=run.pk), Case.objects.count()


def test_a_list_is_checked_and_nothing_is_stored(as_, checked):
    run, cases = found(as_, checked)
    assert (run.state, run.rows, run.added, run.faults, cases) == ("checked", 685, 685, 0, 0)
    assert sum(run.findings["years"]["2015/16"].values()) == 215
    assert ["category", "Mash ", "MASH", 107, True] in run.findings["understood"]


def test_a_list_with_faults_is_refused_and_its_file_not_kept(as_):
    with as_("mina") as by:
        checked = check(by, content(row("1"), row("2", area="Nowhere")))
    run, cases = found(as_, checked)
    assert (run.state, run.faults, run.file, cases) == ("refused", 1, None, 0)
    assert run.findings["faults"][0][:4] == [3, "area", "Nowhere", "Word not known"]
    assert run.findings["kinds"] == [["Word not known", 1]]


def test_yes_imports_it_and_the_file_is_not_kept(as_, checked):
    with as_("mina") as by:
        import_at_once(by=by, import_id=checked.pk)
    run, cases = found(as_, checked)
    assert (run.state, run.added, run.file, cases) == ("done", 685, None, 685)
    with as_("mina"):
        assert set(Case.objects.values_list("imported", flat=True)) == {run.pk}


def test_yes_can_be_said_once(as_, checked):
    with as_("mina") as by:
        import_at_once(by=by, import_id=checked.pk)
        with pytest.raises(Refused, match="no longer waiting"):
            import_at_once(by=by, import_id=checked.pk)


def test_what_is_kept_of_a_list_goes_with_the_next(as_, checked):
    with as_("mina") as by:
        check(by, content(row("1")))
    run, _ = found(as_, checked)
    assert (run.state, run.file, run.findings) == ("cancelled", None, {})


def test_a_list_that_no_longer_fits_is_refused_with_its_faults(as_):
    with as_("mina") as by:
        import_at_once(by=by, import_id=check(by, content(row("1"))).pk)
        newer = check(by, content(row("1", category="MASH"), row("2")))
        assert newer.state == "checked"
        case = Case.objects.get()
        Case.objects.filter(pk=case.pk).update(version=1, area="grays")
        import_at_once(by=by, import_id=newer.pk)
    run, cases = found(as_, newer)
    assert (run.state, cases) == ("refused", 1)
    assert [fault[1] for fault in run.findings["faults"]] == ["category", "area"]


def test_cancelled_before_it_began(as_, checked):
    with as_("mina") as by:
        queue_import(by=by, import_id=checked.pk)
        cancel_import(by=by, import_id=checked.pk)
        with pytest.raises(Refused):
            begin_import(by=by, import_id=checked.pk)
    run, cases = found(as_, checked)
    assert (run.state, run.file, cases) == ("cancelled", None, 0)


def test_cancelled_while_no_worker_has_it_ends_at_once(as_, checked):
    with as_("mina") as by:
        begin_import(by=by, import_id=checked.pk)
        cancel_import(by=by, import_id=checked.pk)
        with pytest.raises(Cancelled):
            run_import(by=by, import_id=checked.pk)
    assert found(as_, checked)[0].state == "cancelled"


class Job:
    """A list that waits for a worker, where things are committed."""

    def __init__(self, world):
        self.world = world
        mina = world.actor("mina")
        with acting(mina, purpose="test"):
            self.run = check(mina, REAL_LIST.read_bytes())
            queue_import(by=mina, import_id=self.run.pk)

    def do(self):
        tasks.import_case_list(
            import_id=str(self.run.pk),
            user_id=self.world.users["mina"],
            team_id=str(self.run.team_id),
        )

    def found(self):
        with acting(system_actor(team=TEAM), purpose="test"):
            return CaseListImport.objects.get(pk=self.run.pk), Case.objects.count()


@pytest.fixture
def job(own_database):
    return Job(own_database)


def during(monkeypatch, job, what):
    """Have `what` done, in the eyes of others, at every step of the import."""
    monkeypatch.setattr(Watched, "EVERY", 0)
    monkeypatch.setattr(case_list, "BATCH", 100)
    tell = Watched.__call__

    def told(watched, done, total):
        tell(watched, done, total)
        with watched._connection.cursor() as cursor:
            what(cursor)

    monkeypatch.setattr(Watched, "__call__", told)


def test_a_worker_imports_it_and_others_see_how_far_it_is(job, monkeypatch):
    seen = []

    def look(cursor):
        cursor.execute("SELECT done, (SELECT count(*) FROM cases_case) FROM cases_caselistimport")
        seen.append(cursor.fetchone())

    during(monkeypatch, job, look)
    job.do()
    assert [cases for _, cases in seen] == [0] * len(seen)
    done = [number for number, _ in seen]
    assert done == sorted(done)
    assert (done[0], done[-1]) == (0, 685)
    assert len(set(done)) > 5
    run, cases = job.found()
    assert (run.state, run.done, cases) == ("done", 685, 685)


def test_cancelled_in_the_middle_it_leaves_nothing(job, monkeypatch):
    def cancel_at_half(cursor):
        cursor.execute("UPDATE cases_caselistimport SET cancel_asked = true WHERE done > 342")

    during(monkeypatch, job, cancel_at_half)
    job.do()
    run, cases = job.found()
    assert (run.state, run.file, cases) == ("cancelled", None, 0)
    assert run.done > 342


def test_whoever_lost_the_permission_meanwhile_imports_nothing(job):
    hers = Membership.objects.using("owner").filter(user_id=job.world.users["mina"])
    hers.update(role="practitioner")
    job.do()
    run, cases = job.found()
    assert (run.state, run.file, cases) == ("failed", None, 0)


def test_a_worker_that_fails_says_so(job, monkeypatch):
    def fail(**_):
        raise ZeroDivisionError

    monkeypatch.setattr(case_list_runs, "import_case_list", fail)
    with pytest.raises(ZeroDivisionError):
        job.do()
    run, cases = job.found()
    assert (run.state, run.file, run.findings, cases) == ("failed", None, {"why": ""}, 0)
