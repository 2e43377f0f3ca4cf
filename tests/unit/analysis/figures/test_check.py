"""Printed figures against made ones: equal, differs and why, not yet; and lists that are wrong."""

from datetime import date
from fractions import Fraction

import pytest

from onestory.analysis.figures import FigureError, Made, check, read_printed, read_ways, summary
from onestory.analysis.figures.check import Outcome, unexplained
from onestory.analysis.figures.ways import Needs, NotYet, ReportCell

HEADER = "id,seed,subject,published,unit,kind,how\n"


def listed(tmp_path, *figures: str):
    path = tmp_path / "figures.csv"
    lines = "".join(
        f"F{n},seed,Of something,{said},cases,record,\n" for n, said in enumerate(figures)
    )
    path.write_text(HEADER + lines, encoding="utf-8")
    return read_printed(path)


def ways(tmp_path, text: str, ids=("F0",)):
    path = tmp_path / "figures.toml"
    path.write_text(text, encoding="utf-8")
    return read_ways(path, list(ids))


def outcome(tmp_path, printed: str, *made: Fraction | str, said: str = "", slipped=None):
    """The line of one figure that is made as these numbers."""
    figures = listed(tmp_path, printed)
    way = ways(tmp_path, f'[needs.topic]\nF0 = "code"\n{said}')
    numbers = tuple(tuple(map(Fraction, part.split())) for part in made)
    (line,) = check(figures, way, {Needs: lambda way: Made(numbers, slipped=slipped)})
    return line


@pytest.mark.parametrize(
    ("printed", "made", "text"),
    [
        ("12", "12", "12"),
        ("45.51", "45.5122", "45.51"),
        ("91", "91.4", "91"),
        ("0.55", "0.553", "0.55"),
        ("3", "2.5", "3"),
    ],
)
def test_what_is_printed_alike_is_equal(tmp_path, printed, made, text):
    line = outcome(tmp_path, printed, made)
    assert (line.outcome, line.made) == (Outcome.EQUAL, text)


def test_a_figure_may_be_several_numbers_or_have_two_ends(tmp_path):
    assert outcome(tmp_path, "1624/1825", "1624", "1825").outcome == Outcome.EQUAL
    assert outcome(tmp_path, "6044-6569/8000", "6044 6569", "8000").outcome == Outcome.EQUAL
    assert outcome(tmp_path, "6044-6569/8000", "6044 6570", "8000").outcome == Outcome.DIFFERS
    assert outcome(tmp_path, "1624/1825", "1624").outcome == Outcome.DIFFERS


def test_a_difference_without_a_reason_is_said_to_have_none(tmp_path):
    line = outcome(tmp_path, "12", "13")
    assert (line.outcome, line.reason) == (Outcome.DIFFERS, "no reason is known")
    assert unexplained([line]) == [line]


def test_a_reason_holds_if_its_slip_makes_what_was_printed(tmp_path):
    said = '[differs.F0]\nreason = "Cut."\ncut = true\n'
    assert outcome(tmp_path, "34", "34.9", said=said).proved
    assert not outcome(tmp_path, "33", "34.9", said=said).proved


def test_a_slip_in_the_inputs_is_made_and_compared(tmp_path):
    def slipped(differs):
        return ((differs.changes["police"],),)

    said = '[differs.F0]\nreason = "One too many."\ninput = { police = 128 }\n'
    line = outcome(tmp_path, "128", "127", said=said, slipped=slipped)
    assert (line.proved, line.reason) == (True, "One too many.")
    assert not outcome(tmp_path, "129", "127", said=said, slipped=slipped).proved


def test_a_reason_without_a_slip_proves_nothing(tmp_path):
    said = '[differs.F0]\nreason = "They say so."\n'
    assert not outcome(tmp_path, "12", "13", said=said).proved


def test_the_last_line_counts_them(tmp_path):
    figures = listed(tmp_path, "1", "2", "3", "4")
    said = '[needs.topic]\nF0 = "a"\nF1 = "b"\n[not_yet]\n"F*" = "refuge"\n'
    makers = {Needs: lambda way: Made(((Fraction(1),),))}
    lines = check(figures, ways(tmp_path, said, figures), makers)
    assert [line.outcome for line in lines] == ["equal", "differs", "not yet", "not yet"]
    assert lines[2].reason == "refuge"
    assert summary(lines) == "1 of 4 figures reproduced, 1 differ, 2 not yet"


def test_what_cannot_be_made_here_is_not_yet(tmp_path):
    way = ways(tmp_path, '[needs.topic]\nF0 = "a"\n')
    makers = {Needs: lambda way: Made(missing="no snapshot")}
    (line,) = check(listed(tmp_path, "1"), way, makers)
    assert (line.outcome, line.reason) == (Outcome.NOT_YET, "no snapshot")


def test_ways_are_read(tmp_path):
    read = ways(
        tmp_path,
        """
        [needs.topic]
        F0 = ["a", "b"]
        [reports.yearly]
        from = 2015-04-01
        until = 2018-03-31
        [reports.yearly.cells]
        F1 = "total._all"
        [measures]
        F2 = { measure = "m", year = "2021/22", where = { team = "t" }, among = { grade = "amber" } }
        [not_yet]
        "F*" = "money"
        """,
        ("F0", "F1", "F2", "F3"),
    )
    assert read["F0"].maker == Needs("topic", ("a", "b"))
    assert isinstance(read["F1"].maker, ReportCell)
    assert (read["F2"].maker.start, read["F2"].maker.end) == (date(2021, 4, 1), date(2022, 3, 31))
    assert read["F2"].maker.among == {"grade": "amber"}
    assert read["F3"].maker == NotYet("money")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing says how F0 is made, nor of which area it is"),
        ('[not_yet]\n"F*" = "x"\n[needs.topic]\nF9 = "a"', "F9 is no figure of the list"),
        ('[not_yet]\n"F*" = "x"\n[differs.F9]\nreason = "a"', "F9 is no figure of the list"),
        ('[other]\nF0 = "a"\n[not_yet]\n"F*" = "x"', r"\[other\] is not known here"),
        ('[measures]\nF0 = { measure = "m" }', "lacks something"),
        ("[needs", "cannot be read"),
    ],
)
def test_a_bad_list_of_ways_is_refused(tmp_path, text, said):
    with pytest.raises(FigureError, match=said):
        ways(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,subject\n", "there is no column seed"),
        (HEADER + "F0,s,Of,many,u,k,h\n", "row 2, column published: 'many' is no number"),
        (HEADER + "F0,s,Of,1,u,k,h\nF0,s,Of,1,u,k,h\n", "row 3, column id: F0 came before"),
        (HEADER + "F0,s\n", "row 2: the row ends before column subject"),
    ],
)
def test_a_bad_list_of_figures_is_refused(tmp_path, text, said):
    path = tmp_path / "figures.csv"
    path.write_text(text)
    with pytest.raises(FigureError, match=said):
        read_printed(path)
