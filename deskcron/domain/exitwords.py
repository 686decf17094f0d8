"""Say what exit codes and signals mean."""

from __future__ import annotations

import signal

from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _

_SHELL_SIGNALS = 128
"""A shell adds the number of the signal that ended its program to this."""


def exit_words(code: int) -> str:
    """Return an exit code with its meaning where it has one by convention."""
    meaning = _meaning(code)
    if not meaning:
        return _("exit code {code}").format(code=code)
    return _("exit code {code}: {meaning}").format(code=code, meaning=meaning)


def signal_words(number: int) -> str:
    """Return a signal by its name, with what the system says of it."""
    try:
        name = signal.Signals(number).name
    except ValueError:
        return _("signal {number}").format(number=number)
    said = signal.strsignal(number)
    return f"{name} ({said})" if said else name


def end_of_process_words(run: Run) -> str:
    """Return by which signal or exit code the process of a run ended, "" where none is known."""
    if run.signal is not None:
        return signal_words(run.signal)
    return "" if run.exit_code is None else exit_words(run.exit_code)


def _meaning(code: int) -> str:
    if code == 126:
        return _("command found, but it may not be executed")
    if code == 127:
        return _("command not found")
    if _SHELL_SIGNALS < code < _SHELL_SIGNALS + 65:
        return _("ended by {signal}").format(signal=signal_words(code - _SHELL_SIGNALS))
    return ""
