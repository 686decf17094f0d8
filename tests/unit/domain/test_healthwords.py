"""What the doctor finds is told in words, topic by topic."""

from __future__ import annotations

import pytest

from deskcron.domain.answers import Finding, Health, Mended
from deskcron.domain.healthwords import report, topic_word, verdict

GOOD = Finding(topic="zone", health=Health.GOOD, text="It is known.")
NOTE = Finding(topic="tray", health=Health.NOTE, text="None.", why="It matters.", hint="Get one.")
BAD = Finding(topic="engine", health=Health.BAD, text="None.", why="It matters.", hint="Start it.")


def test_a_report() -> None:
    """What was mended comes first, then what was not; a finding has its topic, why and a hint."""
    mended = Mended(done=("A hole.",), failed=("/home: no.",))
    assert list(report(mended, [GOOD, NOTE])) == [
        "Mended: A hole.",
        "Not mended: /home: no.",
        "[good] Time zone: It is known.",
        "[note] Panel: None.",
        "       It matters.",
        "       Get one.",
    ]


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([GOOD], "Everything is in order."),
        ([GOOD, NOTE], "Everything works; something is worth a look."),
        ([NOTE, BAD], "Something needs to be put right."),
    ],
)
def test_what_all_come_to(findings, words) -> None:
    """The worst finding decides."""
    assert verdict(Mended(), findings) == words


@pytest.mark.parametrize("findings", [[GOOD], [BAD]])
def test_what_could_not_be_mended_outweighs_all(findings) -> None:
    """It is what a person who had it mended waits for."""
    mended = Mended(done=("A hole.",), failed=("/home: no.",))
    assert verdict(mended, findings) == "Something could not be mended."


def test_a_topic_of_another_version() -> None:
    """It is told by its code."""
    assert topic_word("weather") == "weather"
