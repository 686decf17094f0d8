"""Triggers of files in words."""

from __future__ import annotations

import pytest

from deskcron.triggers.filechange import FileChange


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "When /in changes"),
        ({"pattern": "*.pdf"}, "When *.pdf in /in changes"),
        (
            {"pattern": "*.pdf", "is_recursive": True},
            "When *.pdf in /in changes, folders included",
        ),
        ({"settle_s": 30}, "When /in changes, after 30 s of rest"),
        ({"settle_s": 0, "delay_s": 60}, "When /in changes, at once, 1 min later"),
    ],
)
def test_a_watched_place_is_told_with_all_that_is_not_usual(fields, words) -> None:
    """Where, which names, whether in folders too, and how long nothing has to happen."""
    assert FileChange(id="t1", path="/in", **fields).describe() == words
