"""References to secrets in texts."""

from __future__ import annotations

import pytest

from deskcron.domain.secret import filled, is_name, names_in, next_reference, reference


def test_each_name_is_found_once_in_order():
    """The names are those of the references, each once, also what cannot be a name."""
    assert names_in(["${secret:B} ${secret:A}", "${secret:B}${secret: }"]) == ("B", "A", " ")
    assert names_in(["$secret:A ${A} ${secret:A"]) == ()
    assert names_in(["${secret:B${secret:$A}"]) == ("$A",)


def test_the_next_reference_is_found_where_it_begins():
    """Where none comes any more the text ends."""
    text = "a ${secret:A} ${secret:B"
    assert [next_reference(text, start) for start in (0, 2, 3)] == [2, 2, len(text)]


def test_values_take_the_place_of_references():
    """Every reference is replaced, as it is to be written there; a value is not read again."""
    values = {"A": "1 ${secret:B}", "B": "2"}
    assert filled("<${secret:A}|${secret:B}>", values) == "<1 ${secret:B}|2>"
    assert filled("${secret:B}", values, lambda value: value * 3) == "222"
    with pytest.raises(KeyError, match="C"):
        filled("${secret:C}", values)


@pytest.mark.parametrize(
    ("name", "is_good"),
    [("API_TOKEN", True), ("a.b-2", True), ("", False), ("-a", False), ("a b", False), ("ä", False),
     ("a" * 64, True), ("a" * 65, False)],
)  # fmt: skip
def test_names_are_plain(name, is_good):
    """A name has letters, digits and a few signs, and stands between braces unharmed."""
    assert is_name(name) is is_good
    assert names_in([reference(name)]) == (name,)
