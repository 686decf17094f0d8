"""Cyclic garbage is collected on the GUI thread and on no other."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from deskcron.gui.life.collecting import Collecting, look


class Cycle:
    """Refers to itself, and tells on which thread it goes."""

    gone_on: list[threading.Thread]

    def __init__(self, gone_on: list[threading.Thread]) -> None:
        self.gone_on = gone_on
        self.me = self

    def __del__(self) -> None:
        self.gone_on.append(threading.current_thread())


@pytest.fixture
def collecting(qapp: QApplication) -> Iterator[Collecting]:
    """Return what collects, and leave nothing spared behind."""
    owner = QObject()
    yield Collecting(owner)
    gc.freeze()  # as it was


def test_other_threads_leave_cycles_alone(collecting: Collecting) -> None:
    """However much a worker allocates, a cycle goes on the GUI thread."""
    gone_on: list[threading.Thread] = []
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


def test_what_is_spared_is_collected_when_all_is_looked_at_again(collecting: Collecting) -> None:
    """Pages cost no look while they stand, and none is left behind when they go."""
    gone_on: list[threading.Thread] = []
    cycle = Cycle(gone_on)
    collecting.spare()
    del cycle
    gc.collect()
    assert gone_on == []
    collecting.spare_nothing()
    gc.collect()
    assert gone_on == [threading.main_thread()]
