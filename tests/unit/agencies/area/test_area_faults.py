"""Whatever is wrong with a pack is said at once, in plain words, with the place and a way out."""

import shutil
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestory.agencies.area import PackError, load_pack

TINYSHIRE = Path(__file__).resolve().parents[3] / "areas" / "tinyshire"


@pytest.fixture
def pack(tmp_path):
    """A copy of Tinyshire to spoil."""
    folder = tmp_path / "tinyshire"
    shutil.copytree(TINYSHIRE, folder)
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def faults(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return [str(fault) for fault in caught.value.faults]


FAULTS = tomllib.loads((Path(__file__).parent / "faults.toml").read_text("utf-8"))["fault"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["says"])
def test_a_fault_is_named_and_no_other(pack, fault):
    spoil(pack, fault["in"], fault["old"], fault["new"])
    assert faults(pack) == [fault["says"]]


def test_a_fault_says_file_entry_and_field_apart(pack):
    spoil(pack, "place.toml", 'name = "Harbour watch"', "name = true")
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    [fault] = caught.value.faults
    assert (fault.file, fault.entry, fault.field) == ("place.toml", "teams 'harbour'", "name")
    assert fault.message == "'name' must be text in quotation marks, but is true"


def test_a_faulty_entry_is_blamed_once_not_by_all_who_name_it(pack):
    spoil(pack, "place.toml", 'name = "Island Trust"\nkind', 'title = "Island Trust"\nkind')
    assert faults(pack) == [
        "place.toml, organisations 'island-trust': 'name' is missing",
        (
            "place.toml, organisations 'island-trust': 'title' is not a field known here; "
            "expected one of: code, name, kind, source"
        ),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("words.toml", 'code = "red", name = "Storm"', 'code = "red", name = ""'),
        ("words.toml", "consent = true", 'consent = "true"'),
        ("place.toml", 'title = "Referral to answer"', "title = 1"),
        ("place.toml", 'name = "Harbour watch"', "name = 1"),
    ],
)
def test_what_a_faulty_entry_would_have_brought_is_not_missed_besides(pack, file, old, new):
    spoil(pack, file, old, new)
    assert len(faults(pack)) == 1


TEXTS = {file.name: file.read_text("utf-8") for file in TINYSHIRE.glob("*.toml")}


@settings(max_examples=200)
@given(st.data())
def test_no_pack_however_mangled_stops_with_anything_but_its_faults(data):
    name = data.draw(st.sampled_from(sorted(TEXTS)))
    text = TEXTS[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 400)))
    put = data.draw(st.sampled_from(["", "1", "[]", '"x"', "true", "2020-01-01", "{ }", "\n", "é"]))
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "tinyshire"
        shutil.copytree(TINYSHIRE, copy)
        (copy / name).write_text(text[:start] + put + text[end:], "utf-8")
        try:
            assert load_pack(copy).code == "tinyshire"
        except PackError as error:
            assert error.faults
            assert all(str(fault).strip() for fault in error.faults)


def test_all_faults_are_told_at_once_in_a_readable_list(pack):
    spoil(pack, "place.toml", "verified = false", 'verified = "no"')
    spoil(pack, "words.toml", "consent = true", "consent = false")
    with pytest.raises(PackError) as caught:
        load_pack(pack)
    assert str(caught.value).splitlines() == [
        "The area pack 'tinyshire' has 2 faults:",
        (
            "  place.toml, timescales 'storm': 'verified' must be true or false, without quotation "
            'marks, but is "no"'
        ),
        "  words.toml, bases: none of them is consent (consent = true)",
    ]


def test_a_slip_in_the_writing_is_found_by_its_line(pack):
    spoil(pack, "place.toml", 'name = "Tinyshire"', 'name = "Tinyshire')
    assert faults(pack)[0] == (
        "place.toml, line 3: this cannot be read as TOML: illegal character '\\n' (column 18)"
    )


def test_a_file_that_cannot_be_read_does_not_hide_its_sections_behind_more_faults(pack):
    spoil(pack, "place.toml", 'name = "Tinyshire"', 'name = "Tinyshire')
    assert len(faults(pack)) == 1


def test_a_file_in_another_encoding_is_found_by_its_line(pack):
    (pack / "notes.toml").write_bytes('# one\n# caf\xe9\n[area]\ncode = "x"\n'.encode("latin-1"))
    assert faults(pack) == ["notes.toml, line 2: this is not UTF-8 text; save the file as UTF-8"]


def test_an_empty_file_is_a_fault(pack):
    (pack / "notes.toml").write_text("# nothing yet\n")
    assert faults(pack) == ["notes.toml: the file is empty; fill it or delete it"]


def test_a_section_has_one_home(pack):
    (pack / "sexes.toml").write_text('sexes = [{ code = "woman", name = "Woman" }]\n')
    assert faults(pack) == [
        "words.toml: the section 'sexes' is already in sexes.toml; keep it in one file"
    ]


def test_a_pack_must_carry_the_name_of_its_folder(pack):
    spoil(pack, "place.toml", 'code = "tinyshire"', 'code = "elsewhere"')
    assert faults(pack) == [
        "place.toml, area: 'code' is 'elsewhere', but the folder is called 'tinyshire'"
    ]


def test_a_folder_without_a_pack_says_so(tmp_path):
    assert faults(tmp_path) == [f"{tmp_path}: no file ends in .toml here"]
    gone = tmp_path / "gone"
    assert faults(gone) == [f"{gone}: there is no such folder"]
