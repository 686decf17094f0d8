"""Fixtures of the engine's parts, for the tests with and without real processes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from enginefakes import FakeNotifier
from rig import Rig
from rigmachine import Machine

from deskcron.domain.storage import Store
from deskcron.engine import runner, watcher
from deskcron.store.opening import open_store
from deskcron.store.store import SqliteStore
from deskcron.system.clock import SystemClock


@pytest.fixture
def tmp_path(memory_path: Path) -> Path:
    """Return a directory that costs no time: that commits last is for the tests of the store."""
    return memory_path


@pytest.fixture(scope="session")
def new_store(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], SqliteStore]:
    """Return what opens an empty store in a directory: a copy of a file that is made once."""
    template = tmp_path_factory.mktemp("template") / "deskcron.db"
    open_store(template, may_migrate=True).close()

    def opened(folder: Path) -> SqliteStore:
        shutil.copyfile(template, folder / "deskcron.db")
        return open_store(folder / "deskcron.db", may_migrate=False)

    return opened


@pytest.fixture
def store(tmp_path: Path, new_store: Callable[[Path], SqliteStore]) -> SqliteStore:
    """Return an empty store in the data directory; a rig closes it."""
    return new_store(tmp_path)


@pytest.fixture
def rig(tmp_path: Path, store: Store) -> Iterator[Rig]:
    """Return the engine's parts on an empty store."""
    rig = Rig(tmp_path, store)
    yield rig
    rig.close()


@pytest.fixture
def live(tmp_path: Path, store: Store) -> Iterator[Rig]:
    """Return the same on the real clock, for an engine with its threads."""
    rig = Rig(tmp_path, store, SystemClock())
    rig.on_wait = None
    yield rig
    rig.close()


@pytest.fixture
def machine(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    """Return the parts that run processes, with less patience; what is due is run by them."""
    monkeypatch.setattr(runner, "SHORT_S", 0.01)
    monkeypatch.setattr(watcher, "LOOK_S", 0.01)
    machine = Machine(rig)
    yield machine
    machine.close()


@pytest.fixture
def notifier() -> FakeNotifier:
    """Return a notifier that shows banners to the test."""
    return FakeNotifier()
