"""Numbers of bytes in words."""

from __future__ import annotations

import pytest

from deskcron.domain.reason import Reason
from deskcron.domain.reasonwords import reason_words
from deskcron.domain.sizewords import KB, MB, size_words
from deskcron.domain.tidytext import parse_rule
from deskcron.domain.tidywords import which_words


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (999, "999 bytes"),
        (KB, "1 KB"),
        (1_234, "1.2 KB"),
        (20 * MB, "20 MB"),
        (9_990_000, "10 MB"),
        (1_500_000_000, "1.5 GB"),
    ],
)
def test_a_size_is_told_in_the_unit_that_leaves_few_digits(count, words) -> None:
    """A decimal is there only where it says something."""
    assert size_words(count) == words


def test_a_megabyte_is_the_same_everywhere() -> None:
    """What is typed in a unit is told in it again, of files, limits and sizes alike."""
    rule = parse_rule("* larger 2M -> trash")
    assert rule.larger_than == 2 * MB
    assert which_words(rule).endswith(f"larger than {size_words(2 * MB)}")
    assert reason_words(Reason.OUTPUT_LIMIT, {"limit_bytes": 2 * MB}).endswith("2 MB")
