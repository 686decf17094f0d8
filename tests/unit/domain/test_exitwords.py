"""Exit codes and signals say what they mean."""

from __future__ import annotations

import signal

import pytest

from deskcron.domain.exitwords import exit_words, signal_words


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "exit code 0"),
        (1, "exit code 1"),
        (126, "exit code 126: command found, but it may not be executed"),
        (127, "exit code 127: command not found"),
        (130, "exit code 130: ended by SIGINT (Interrupt)"),
        (137, "exit code 137: ended by SIGKILL (Killed)"),
        (255, "exit code 255"),
    ],
)
def test_exit_codes_say_what_they_mean(code: int, words: str) -> None:
    """Exit codes with a meaning by convention say it."""
    assert exit_words(code) == words


def test_signals_have_names() -> None:
    """Signals are told by name, those without one by number."""
    assert signal_words(signal.SIGTERM) == "SIGTERM (Terminated)"
    assert signal_words(250) == "signal 250"
