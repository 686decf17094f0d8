"""What a person types for a rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskcron.domain.errors import BadInput
from deskcron.domain.sizewords import MB
from deskcron.domain.tidying import FileOperation, FileType, TidyRule, rule_problems
from deskcron.domain.tidytext import parse_rule, rule_text
from deskcron.domain.tidywords import becomes_words, which_words

PRINTED = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=12)
RULES = st.builds(
    TidyRule,
    name=PRINTED.filter(str.strip),
    types=st.lists(st.sampled_from(FileType), unique=True).map(tuple),
    older_than_s=st.integers(0, 10**9),
    larger_than=st.integers(0, 10**12),
    smaller_than=st.just(0),
    below=PRINTED,
    deed=st.sampled_from([deed for deed in FileOperation if deed is not FileOperation.TRASH]),
    target=PRINTED,
).filter(lambda rule: not list(rule_problems(rule)))


@given(RULES)
def test_a_rule_comes_back_from_its_line(rule):
    """Whatever names and targets are made of."""
    assert parse_rule(rule_text(rule)) == rule


def test_a_line_with_everything():
    """Types, ages and sizes have units that people use."""
    rule = parse_rule("*.jpg images video older 2w larger 2M below 'My Cam' -> copy 'A B/{year}'")
    assert rule == TidyRule(
        name="*.jpg",
        types=(FileType.IMAGES, FileType.VIDEO),
        older_than_s=1_209_600,
        larger_than=2 * MB,
        below="My Cam",
        deed=FileOperation.COPY,
        target="A B/{year}",
    )
    assert which_words(rule) == (
        "*.jpg, images or video, older than 2 weeks, larger than 2 MB, in My Cam"
    )
    assert becomes_words(rule) == "copy to A B/{year}"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("*.jpg", "an arrow"),
        ("* -> shred", "is not one of"),
        ("* -> move", "Name the folder"),
        ("* -> move {yaer}", "no field {yaer}"),
        ("* -> move {year", "braces"),
        ("* -> rename a/b", "to change folders, move"),
        ("* older 30x -> trash", "to be written like"),
        ("* older -> trash", "missing after 'older'"),
        ("* larger 2M smaller 1M -> trash", "at once"),
        ("a b -> trash", "'b' is too much"),
        ("'a -> trash", "quotation mark"),
        ("* -> trash X", "nothing comes after"),
    ],
)
def test_what_is_not_understood_is_told(text, why):
    """The message names the part, and shows how a rule is written."""
    with pytest.raises(BadInput) as caught:
        parse_rule(text)
    assert why in str(caught.value)
    assert "-> move Pictures" in str(caught.value)
