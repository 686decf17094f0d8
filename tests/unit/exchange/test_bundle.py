"""deskcron's exchange file: stable to write, and refused in words where it is no such file."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.errors import BadInput
from deskcron.exchange.bundle import JsonBundles

BUNDLES = JsonBundles()
TEA = {"name": "Tea", "tags": ["b", "a"], "action": {"kind": "reminder", "text": '☕ "now"\n'}}

texts = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
documents = st.lists(st.dictionaries(texts, values, max_size=4), max_size=3)


@given(documents)
def test_round_trip(jobs) -> None:
    """What is written is read as it was, whatever is in the documents."""
    loaded = BUNDLES.load(BUNDLES.dump(jobs))
    assert sorted(map(repr, loaded)) == sorted(map(repr, map(_ordered, jobs)))


def _ordered(value):
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    return [_ordered(item) for item in value] if isinstance(value, list) else value


def test_the_order_is_that_of_names_and_keys() -> None:
    """The same jobs give the same bytes, in whatever order they and their fields come."""
    coffee = {"name": "Coffee", "enabled": False}
    turned = {key: TEA[key] for key in reversed(TEA)}
    data = BUNDLES.dump([TEA, coffee])
    assert data == BUNDLES.dump([coffee, turned])
    assert [job["name"] for job in json.loads(data)["jobs"]] == ["Coffee", "Tea"]
    assert data.endswith(b"}\n")


def test_people_can_read_it() -> None:
    """The file is indented, one value a line, with letters as they are."""
    text = BUNDLES.dump([TEA]).decode()
    assert '\n      "name": "Tea"' in text
    assert "☕" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not JSON"),
        (b"0 9 * * * tea", "not JSON"),
        (b'{"deskcron": 1, "jobs": [', "not JSON"),
        ('{"deskcron": 1, "jobs": [{"name": "Café"}]}'.encode("latin-1"), "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\x00\x01\x02", "not JSON"),
        (b"[]", "'deskcron export'"),
        (b'"deskcron"', "'deskcron export'"),
        (b'{"jobs": []}', "'deskcron export'"),
        (b'{"deskcron": 2, "jobs": []}', "newer deskcron"),
        (b'{"deskcron": "one", "jobs": []}', "'deskcron export'"),
        (b'{"deskcron": null, "jobs": []}', "'deskcron export'"),
        (b'{"deskcron": 0, "jobs": []}', "'deskcron export'"),
        (b'{"deskcron": 1}', "damaged"),
        (b'{"deskcron": 1, "jobs": {}}', "damaged"),
        (b'{"deskcron": 1, "jobs": [{}, 5]}', "damaged"),
    ],
)
def test_other_files_are_refused_in_words(data: bytes, words: str) -> None:
    """A file that is no export says why, and that nothing was changed."""
    with pytest.raises(BadInput) as caught:
        BUNDLES.load(data)
    assert caught.value.title == "The file cannot be imported"
    assert words in caught.value.detail
    assert caught.value.hint == "Nothing was changed."


@given(st.binary(max_size=100))
def test_no_bytes_but_words(data: bytes) -> None:
    """No sequence of bytes raises anything but words."""
    with pytest.raises(BadInput):
        BUNDLES.load(data)
