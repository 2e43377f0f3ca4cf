"""What was counted of a snapshot is found again by the next process, as long as nothing changed."""

from datetime import date

import pytest

from onestory import database
from onestory.agencies.pack import pack
from onestory.analysis import compiled, disclosure, snapshots
from onestory.reporting import compiling, dashboard, kept
from onestory.reporting.drawings import drawing
from onestory.reporting.preparing import prepare
from onestory.reporting.releasing import folder
from tests.snapshot_made import MADE_AT, written

YEAR = (date(2025, 4, 1), date(2026, 3, 31))
NOTHING = {"entered": {}, "entered_before": {}}


def contacts(number: int) -> list[dict]:
    return [
        {"contact": f"c{year}-{n}", "person": f"p{n}", "to_team": "mash", "source": "police"}
        | {"received_on": date(year, 5, 6), "in_time": n % 4 > 0, "grade": "red"}
        for year in (2024, 2025)
        for n in range(number)
    ]


@pytest.fixture
def snapshot(world, tmp_path, monkeypatch):
    monkeypatch.setattr(database, "home", lambda: tmp_path)
    return written(tmp_path, {"contacts": contacts(30)})


@pytest.fixture
def as_after_a_restart(monkeypatch):
    """Nothing in memory, and whatever counts or draws would be noticed."""

    def restart():
        for remembers in (compiling._counted, dashboard.keys, drawing):
            remembers.cache_clear()

    def no(*args, **kwargs):
        raise AssertionError("This was worked out already.")

    def restarted():
        restart()
        monkeypatch.setattr("onestory.analysis.compiled.count", no)
        monkeypatch.setattr("onestory.analysis.measures.run_all", no)
        monkeypatch.setattr("onestory.analysis.charts.svg", no)

    restart()
    return restarted


def mash():
    return compiling.make_compiled(pack().compiled["mash"], *YEAR, **NOTHING)


def test_what_was_counted_is_the_same_in_the_next_process(snapshot, as_after_a_restart):
    counted = mash()
    keys = dashboard.keys(snapshot.path, "mash", dashboard.codes("mash"))
    as_after_a_restart()
    assert mash() == counted
    assert dashboard.keys(snapshot.path, "mash", dashboard.codes("mash")) == keys


def test_after_a_snapshot_nobody_waits_for_counting_or_drawing_and_nothing_is_told(
    snapshot, as_after_a_restart
):
    prepare(snapshot, ["mash"])
    assert not disclosure.kept(folder("mash"))
    as_after_a_restart()
    charts = compiling.look_at(pack().compiled["mash"], *YEAR).charts
    assert charts
    assert all(drawing(chart, snapshot.path).startswith("<svg") for chart in charts)
    assert dashboard.keys(snapshot.path, "mash", dashboard.codes("mash"))


@pytest.mark.usefixtures("as_after_a_restart")
def test_another_definition_other_words_or_other_code_is_counted_anew(snapshot, monkeypatch):
    files = [len(looked(snapshot))]
    monkeypatch.setattr(compiling, "_targets", lambda report, on: {})
    files.append(len(looked(snapshot)))
    monkeypatch.setattr(compiling, "words_of", lambda group, table="": {"police": "The police"})
    files.append(len(looked(snapshot)))
    monkeypatch.setattr(kept, "_code", lambda: "another")
    files.append(len(looked(snapshot)))
    assert files == [1, 2, 3, 4]


def looked(snapshot) -> list:
    compiling._counted.cache_clear()
    mash()
    return [*(snapshot.path / kept.FOLDER).iterdir()]


@pytest.mark.usefixtures("as_after_a_restart")
def test_a_damaged_file_is_written_anew(snapshot):
    counted = mash()
    [file] = looked(snapshot)
    whole = file.read_text()
    for damaged in (whole[: len(whole) // 2], "", "[{}]", "{}", "null"):
        file.write_text(damaged)
        compiling._counted.cache_clear()
        assert mash() == counted
        assert file.read_text() == whole


@pytest.mark.usefixtures("as_after_a_restart")
def test_where_nothing_can_be_kept_it_is_counted_all_the_same(snapshot):
    (snapshot.path / kept.FOLDER).write_text("not a folder")
    assert mash().tables


@pytest.mark.usefixtures("as_after_a_restart")
def test_it_goes_with_its_snapshot_and_does_not_bring_it_back(snapshot, tmp_path):
    looked(snapshot)
    written(tmp_path, {}, MADE_AT.replace(hour=4))
    snapshots.keep(tmp_path / "snapshots", 1)
    assert not snapshot.path.exists()
    with pytest.raises(OSError):
        kept.answered(snapshot.path, (), lambda: "late", str, str)
    assert not snapshot.path.exists()


def test_what_was_counted_comes_back_exactly(snapshot):
    report = pack().compiled["mash"]
    now = compiling.span_of(report, YEAR[0])
    compiling._counted.cache_clear()
    counted = compiling._counted("mash", now, True, snapshot.path)
    moments = counted.made_at, counted.counted_to
    plain = compiled.to_plain(counted)
    back = compiled.from_plain(plain, counted.definition, *moments, now, counted.before)
    assert back == counted
