"""The watch over the store tells of commits, whatever happens to it meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from queue import SimpleQueue

import pytest

from deskcron.domain.errors import StoreUnavailable
from deskcron.gui.storewatcher import StoreWatcher

WAIT_S = 5


class Store:
    """A facade of which only the version is asked, and which fails when it is told to."""

    def __init__(self) -> None:
        self.overview = self
        self.errors: list[Exception] = []
        self.number = 0

    def version(self) -> int:
        """Fail as often as there are errors, then return what was committed last."""
        if self.errors:
            raise self.errors.pop()
        return self.number


@pytest.fixture
def store() -> Store:
    """Return a store to commit to."""
    return Store()


@pytest.fixture
def told() -> SimpleQueue[None]:
    """Return what fills with what is told."""
    return SimpleQueue()


@pytest.fixture
def watch(
    store: Store, told: SimpleQueue[None], monkeypatch: pytest.MonkeyPatch
) -> Iterator[StoreWatcher]:
    """Return a watch that looks all the time."""
    monkeypatch.setattr("deskcron.gui.storewatcher.SEEN_S", 0.001)
    watch = StoreWatcher(lambda: store, lambda: told.put(None))
    watch.start()
    watch.set_seen(is_seen=True)
    yield watch
    watch.close()


@pytest.mark.usefixtures("watch", "expected_logs")
@pytest.mark.parametrize(
    "error", [StoreUnavailable(title="The disk is full"), ZeroDivisionError("of the program")]
)
def test_the_watch_outlives_every_error(store: Store, told: SimpleQueue[None], error) -> None:
    """A commit after any error is told like one before it."""
    told.get(timeout=WAIT_S)
    store.errors = [error, error]
    store.number = 1
    told.get(timeout=WAIT_S)
    assert store.errors == []


@pytest.mark.usefixtures("watch")
def test_an_error_that_lasts_is_logged_once(
    store: Store, told: SimpleQueue[None], expected_logs
) -> None:
    """While the reason stays the same the log says it once."""
    told.get(timeout=WAIT_S)
    store.errors = [ZeroDivisionError("of the program") for _look in range(5)]
    store.number = 1
    told.get(timeout=WAIT_S)
    assert len(expected_logs) == 1
