"""An environment as rows, and what differs from another one."""

from __future__ import annotations

import os

from deskcron.domain.parity import compared
from deskcron.gui.environment.variables import (
    Against,
    Heads,
    Variable,
    as_text,
    differing,
    every,
    heads,
    matching,
    spelled_out,
)

BOTH = Heads("Run 7", "A new terminal")


def path(*folders: str) -> str:
    """Return a PATH."""
    return os.pathsep.join(folders)


def rows(here: dict[str, str], there: dict[str, str]) -> list[Variable]:
    """Return what differs."""
    return list(differing(compared(here, there, os.pathsep)))


def test_what_differs_is_sorted_by_name() -> None:
    """What one side alone has, and what has other values, comes by name; the rest is left out."""
    here = {"B": "1", "C": "same", "D": "x"}
    there = {"A": "0", "C": "same", "D": "y"}
    assert rows(here, there) == [
        Variable("A", None, "0"),
        Variable("B", "1", None),
        Variable("D", "x", "y"),
    ]


def test_a_path_differs_by_its_folders() -> None:
    """Each folder of the PATH that one side alone has is a row; so is another order."""
    here, there = {"PATH": path("/bin", "/opt")}, {"PATH": path("/bin", "/home/me/bin")}
    assert rows(here, there) == [
        Variable("PATH", "/opt", None, is_folder=True),
        Variable("PATH", None, "/home/me/bin", is_folder=True),
    ]
    [order] = rows({"PATH": path("/a", "/b")}, {"PATH": path("/b", "/a")})
    assert order.here == "the same folders in another order"


def test_a_path_that_is_not_there_is_one_row() -> None:
    """Where one side has no PATH at all, that is said once."""
    assert rows({}, {"PATH": path("/bin", "/opt")}) == [
        Variable("PATH", None, path("/bin", "/opt"))
    ]


def test_a_search_looks_into_names_and_values() -> None:
    """What is searched for may stand in the name or in any value, in any case."""
    found = [Variable("LANG", "de"), Variable("HOME", "/home/Lang"), Variable("X", None, "slang")]
    assert matching(found, "lang") == found
    assert matching(found, "home") == found[1:2]


def test_rows_become_text() -> None:
    """Variables are copied as a shell writes them, differences with both sides."""
    assert as_text(every({"B": "2", "A": ""}), Heads("Run 7", "")) == "A=\nB=2"
    text = as_text([Variable("PATH", "/opt", None, is_folder=True)], BOTH)
    assert text.splitlines() == [
        "PATH, a folder",
        "  Run 7: /opt",
        "  A new terminal: not there",
    ]


def test_a_value_is_spelled_out() -> None:
    """All of a value is shown; of two, below what each belongs to."""
    assert spelled_out(Variable("A", "x\ny"), Heads("Run 7", "")) == "x\ny"
    assert spelled_out(Variable("A", None, ""), BOTH).splitlines() == [
        *("Run 7:", "not there", "", "A new terminal:", "empty"),
    ]


def test_columns_are_named_by_what_they_show() -> None:
    """The columns name the run, or the job where the run's environment is not kept."""
    assert heads(7, Against.TERMINAL) == BOTH
    assert heads(None, Against.NOTHING) == Heads("The job now", "")
    assert heads(7, Against.PRESENT).there == "The job now"
