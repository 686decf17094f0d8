"""Cyclic garbage is collected on the GUI thread and on no other."""

from __future__ import annotations

import gc
import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from deskcron.gui.life.collecting import Collecting, look


class Cycle:
    """Refers to itself, and tells on which thread it goes."""

    gone_on: list[threading.Thread]

    def __init__(self, gone_on: list[threading.Thread]) -> None:
        self.gone_on = gone_on
        self.me = self

    def __del__(self) -> None:
        self.gone_on.append(threading.current_thread())


def test_other_threads_leave_cycles_alone(qtbot: QtBot) -> None:
    """However much a worker allocates, a cycle goes on the GUI thread."""
    owner, gone_on = QObject(), []
    Collecting(owner)
    Cycle(gone_on)

    def allocate() -> None:
        kept = [[] for _ in range(10 * gc.get_threshold()[0])]
        assert kept

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert gone_on == []
    kept = [[] for _ in range(2 * gc.get_threshold()[0])]
    look()
    assert kept
    assert gone_on == [threading.main_thread()]
