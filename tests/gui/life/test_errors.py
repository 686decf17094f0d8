"""Errors, messages of Qt and signals of the system end up where somebody notices them."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType
from pytestqt.qtbot import QtBot

from deskcron.domain.errors import DeskcronError, NotFound
from deskcron.gui.life.guard import NoWindow, require_display, require_match, require_qt
from deskcron.gui.life.hooks import Hooks
from deskcron.gui.life.messages import Messages
from deskcron.gui.life.signals import Signals

# The hooks are what is tested here, so nobody else is to take the errors.
pytestmark = pytest.mark.qt_no_exception_capture


@pytest.fixture
def hooks(qtbot: QtBot, capsys) -> Iterator[Hooks]:
    """Return hooks that are in place."""
    hooks = Hooks("/home/window.log")
    hooks.install()
    yield hooks
    hooks.remove()


def fail(error: Exception) -> None:
    """Raise an error where nobody catches it."""
    try:
        raise error
    except type(error) as caught:
        sys.excepthook(type(caught), caught, caught.__traceback__)


def test_an_error_is_logged_each_time_and_told_once(qtbot, hooks, expected_logs) -> None:
    """The same error at the same place is told once in words, and logged with its trace."""
    told: list[DeskcronError] = []
    hooks.told.connect(told.append)
    for _number in range(3):
        fail(ValueError("odd"))
    qtbot.waitUntil(lambda: bool(told))
    assert [record.exc_info[1].args for record in expected_logs] == [("odd",)] * 3
    assert len(told) == 1
    assert told[0].detail == "ValueError: odd"
    assert "/home/window.log" in told[0].hint


def test_a_known_failure_keeps_its_words(qtbot: QtBot, hooks, expected_logs) -> None:
    """An error that is made for people is told as it is."""
    with qtbot.waitSignal(hooks.told) as blocker:
        fail(NotFound(title="There is no job 'x'"))
    assert blocker.args[0].title == "There is no job 'x'"


def test_an_error_of_a_thread_is_told_on_the_gui_thread(qtbot, hooks, expected_logs) -> None:
    """What kills a thread is told, on the thread of the window."""
    threads = []
    hooks.told.connect(lambda _error: threads.append(threading.current_thread()))

    def die() -> None:
        raise OSError("gone")

    thread = threading.Thread(target=die)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [threading.main_thread()]


def test_an_error_that_cannot_be_raised_is_told(qtbot: QtBot, hooks, expected_logs) -> None:
    """What fails while Python cleans up is told, too."""

    class Odd:
        def __del__(self) -> None:
            raise ValueError("at the end")

    with qtbot.waitSignal(hooks.told):
        Odd()
        gc.collect()


def test_hooks_leave_no_trace(qtbot: QtBot) -> None:
    """What had errors before has them again."""
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    hooks = Hooks("log")
    hooks.install()
    assert sys.excepthook is not before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def say(messages: Messages, kind: QtMsgType, text: str) -> None:
    """Say something as Qt does."""
    messages._take(kind, QMessageLogContext(), text)


def test_messages_of_qt_are_logged(expected_logs: list[logging.LogRecord]) -> None:
    """Warnings and worse go into the log with their level; the rest is not worth it."""
    messages = Messages()
    messages.started()
    say(messages, QtMsgType.QtDebugMsg, "hm")
    say(messages, QtMsgType.QtInfoMsg, "so")
    say(messages, QtMsgType.QtWarningMsg, "careful")
    say(messages, QtMsgType.QtCriticalMsg, "bad")
    assert [record.levelname for record in expected_logs] == ["WARNING", "ERROR"]
    assert "careful" in expected_logs[0].getMessage()


def test_a_fatal_message_at_the_start_is_told_in_words(capsys) -> None:
    """Where Qt would abort for want of a display, the first thing it said is told, and code 2."""
    codes: list[int] = []
    messages = Messages(codes.append)
    say(messages, QtMsgType.QtWarningMsg, "could not connect to display :7")
    say(messages, QtMsgType.QtFatalMsg, "no Qt platform plugin could be initialized")
    assert codes == [2]
    err = capsys.readouterr().err
    assert err.startswith("deskcron cannot open its window: could not connect to display :7.")
    assert "deskcron daemon" in err


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of POSIX")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_is_noticed_although_qt_sleeps(qtbot: QtBot, name: str) -> None:
    """A signal arrives on the GUI thread while nothing of Python runs, and handlers come back."""
    number = getattr(signal, name)
    before = signal.getsignal(number)
    signals = Signals()
    signals.install()
    try:
        with qtbot.waitSignal(signals.asked, timeout=5_000):
            os.kill(os.getpid(), number)
        assert signal.getsignal(number) is before
    finally:
        signals.remove()
    assert signal.getsignal(number) is before
    assert signal.set_wakeup_fd(-1) == -1


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="signals of POSIX")
def test_an_ignored_signal_stays_ignored(qtbot: QtBot) -> None:
    """Under nohup SIGHUP means nothing."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        signals = Signals()
        signals.install()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        signals.remove()
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.parametrize("environ", [{"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_a_display_that_is_named_is_believed(environ) -> None:
    """A display of either kind is enough to try; without one the words say what to do."""
    require_display(environ, "linux")
    require_display({}, "win32")
    require_display({}, "darwin")
    with pytest.raises(NoWindow, match="cannot open") as failure:
        require_display({"DISPLAY": ""}, "linux")
    assert "deskcron daemon" in failure.value.hint


def test_a_qt_that_would_abort_this_python_is_refused() -> None:
    """PySide6 6.12 on Python 3.11 is refused in words; every other pair is let through."""
    require_qt()
    require_match((3, 11), (6, 11))
    require_match((3, 12), (6, 12))
    with pytest.raises(NoWindow, match="cannot open") as failure:
        require_match((3, 11), (6, 12))
    assert "Python 3.12" in failure.value.detail
    assert "pip install" in failure.value.hint


def test_a_qt_that_lacks_a_library_names_the_packages(monkeypatch) -> None:
    """Where Qt cannot be loaded the words name what Debian calls its libraries."""
    monkeypatch.setitem(sys.modules, "PySide6.QtWidgets", None)
    with pytest.raises(NoWindow) as failure:
        require_qt()
    assert "libegl1" in failure.value.hint
