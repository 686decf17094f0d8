"""One thread that makes all changes, many in one commit."""

from __future__ import annotations

import logging
import sqlite3
import threading
from concurrent.futures import Future, wait
from contextlib import closing

import pytest

from deskcron.domain.errors import StoreBusy, StoreNewer, StoreUnavailable
from deskcron.store import writer
from deskcron.store.opening import open_store

PATIENCE_S = 10.0


def set_to(value, key="k"):
    """Return a change that sets a setting."""
    return lambda tables: tables.settings.set(key, value)


def post(store, change):
    """Post a change and return a future of what `then` is given."""
    future = Future()

    def then(result, error):
        if error is None:
            future.set_result(result)
        else:
            future.set_exception(error)

    store.post(change, then)
    return future


def setting(store, key="k"):
    """Return a setting as readers see it."""
    return store.read(lambda tables: tables.settings.get(key))


@pytest.fixture(autouse=True)
def _hurry(monkeypatch):
    """Try again at once what the store did not take."""
    monkeypatch.setattr(writer, "FIRST_PAUSE_S", 0.01)


@pytest.fixture
def gate(store):
    """Hold the writer thread inside a change until the returned event is set."""
    entered, leave = threading.Event(), threading.Event()

    def hold(_tables):
        entered.set()
        assert leave.wait(PATIENCE_S)

    post(store, hold)
    assert entered.wait(PATIENCE_S)
    yield leave
    leave.set()


@pytest.fixture
def foreign(path, store):
    """Return another connection that holds the write lock."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


@pytest.fixture
def commits(store):
    """Return a list of all commits of the writer from now on."""
    seen = []
    store.write(
        lambda tables: tables.connection.set_trace_callback(
            lambda text: seen.append(text) if text == "COMMIT" else None
        )
    )
    seen.clear()
    return seen


def test_changes_that_wait_together_share_a_commit(store, commits, gate):
    """What came while a transaction was written is written in the next one, in order."""
    futures = [post(store, set_to(number)) for number in range(400)]
    gate.set()
    wait(futures, PATIENCE_S)
    assert setting(store) == 399
    assert len(commits) <= 2


def test_a_failing_change_is_undone_alone(store, commits, gate):
    """An error goes to its caller; changes in the same commit stand."""

    def fail(tables):
        tables.settings.set("half", 1)
        raise LookupError("mine")

    before, failing, after = post(store, set_to(1, "a")), post(store, fail), post(store, set_to(2))
    gate.set()
    with pytest.raises(LookupError, match="mine"):
        failing.result(PATIENCE_S)
    before.result(PATIENCE_S)
    after.result(PATIENCE_S)
    assert (setting(store, "a"), setting(store, "half"), setting(store)) == (1, None, 2)


def test_a_violated_constraint_is_an_error_of_its_change(store):
    """What SQLite refuses for the row's sake is raised as it is and not retried."""
    with pytest.raises(sqlite3.IntegrityError):
        store.write(
            lambda tables: tables.connection.execute("INSERT INTO statuses SELECT 'queued'")
        )
    store.write(set_to(1))


def test_a_change_that_ends_the_transaction_spoils_nothing_else(store, gate):
    """Its error goes to its caller; what shared the commit is written in the next one."""

    def end(tables):
        tables.connection.execute("ROLLBACK")
        raise LookupError

    before, odd, after = post(store, set_to(1, "a")), post(store, end), post(store, set_to(2))
    gate.set()
    with pytest.raises(LookupError):
        odd.result(PATIENCE_S)
    before.result(PATIENCE_S)
    after.result(PATIENCE_S)
    assert (setting(store, "a"), setting(store)) == (1, 2)


def test_what_shares_a_commit_with_an_odd_change_is_made_once(store, gate):
    """A posted change beside one that ends the transaction is committed once."""

    def count(tables):
        tables.settings.set("k", (tables.settings.get("k") or 0) + 1)

    def end(tables):
        tables.connection.execute("ROLLBACK")
        raise LookupError

    before, odd, after = post(store, count), post(store, end), post(store, count)
    gate.set()
    with pytest.raises(LookupError):
        odd.result(PATIENCE_S)
    before.result(PATIENCE_S)
    after.result(PATIENCE_S)
    assert setting(store) == 2


def test_what_was_tried_stays_first_in_line(store, gate):
    """Posted changes that the store did not take come before what was posted meanwhile."""
    order, posts = [], []

    def refuse(_tables):
        if not posts:
            posts.append(post(store, lambda _tables: order.append("later")))
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        order.append("first")

    tried = [post(store, refuse), post(store, lambda _tables: order.append("second"))]
    gate.set()
    wait(tried, PATIENCE_S)
    wait(posts, PATIENCE_S)
    assert order == ["first", "second", "later"]


def test_a_result_is_delivered_after_the_commit(store):
    """Whoever has the result of a change finds it in the store."""
    found = []
    post(store, set_to(5)).add_done_callback(lambda _future: found.append(setting(store)))
    store.write(set_to(5))
    assert found == [5]


def test_the_changed_seq_rises_with_each_transaction(store, gate):
    """Rows of one commit share a number, also when the first to draw it was undone."""

    def draw(tables):
        return tables.seq.now()

    def draw_and_fail(tables):
        tables.seq.now()
        raise LookupError

    post(store, draw_and_fail)
    together = [post(store, draw) for _ in range(3)]
    gate.set()
    numbers = {future.result(PATIENCE_S) for future in together}
    assert len(numbers) == 1
    assert store.write(draw) == numbers.pop() + 1


def test_a_write_that_waits_too_long_is_busy(store, foreign):
    """A change that somebody waits for fails with words when another process holds the lock."""
    with pytest.raises(StoreBusy) as caught:
        store.write(set_to(1))
    assert caught.value.detail
    assert caught.value.hint
    foreign.execute("ROLLBACK")
    store.write(set_to(2))
    assert setting(store) == 2


def test_posts_outlast_a_foreign_lock_in_their_order(store, foreign, caplog):
    """Posted changes are kept while the lock is held and said to wait; no write overtakes them."""
    caplog.set_level(logging.INFO)
    posts = [post(store, set_to(number)) for number in range(3)]
    with pytest.raises(StoreBusy):
        store.write(set_to("first"))
    assert not any(future.done() for future in posts)
    foreign.execute("ROLLBACK")
    store.write(set_to("last"))
    assert all(future.done() for future in posts)
    assert setting(store) == "last"
    (told,) = [line for line in caplog.messages if "Changes wait" in line]
    assert "Another program holds" in told


def test_closing_under_a_foreign_lock_gives_up_in_time(path, foreign):
    """close() never hangs: what could not be written fails with the reason."""
    store = open_store(path, may_migrate=False, busy_timeout_s=60)
    future = post(store, set_to(1))
    store.close(timeout_s=0.2)
    with pytest.raises(StoreUnavailable):
        future.result(0)
    with pytest.raises(StoreUnavailable):
        store.write(set_to(1))
    with pytest.raises(StoreUnavailable):
        store.read(lambda tables: None)


def test_closing_writes_what_is_queued(path, store, gate):
    """Changes queued before close() are in the file after it."""
    futures = [post(store, set_to(number, f"k{number}")) for number in range(3)]
    closer = threading.Thread(target=store.close)
    closer.start()
    gate.set()
    closer.join(PATIENCE_S)
    assert all(future.exception(0) is None for future in futures)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM settings").fetchone() == (3,)


def test_closing_does_not_wait_for_a_stuck_change(store, gate, monkeypatch):
    """A change that never returns is left behind; its result tells so."""
    monkeypatch.setattr(writer, "COMMIT_GRACE_S", 0.01)
    future = post(store, set_to(1))
    store.close(timeout_s=0)
    with pytest.raises(StoreUnavailable):
        future.result(0)


def test_reading_starts_no_thread(store):
    """A process that only reads has no writer thread."""
    setting(store)
    assert not [thread for thread in threading.enumerate() if thread.name == "deskcron-writer"]


def test_a_change_that_waits_for_a_change_is_a_bug(store):
    """A write inside a write would wait for ever and is refused at once."""
    with pytest.raises(RuntimeError):
        store.write(lambda tables: store.write(set_to(1)))


def test_a_full_disk_is_told_and_outlasted(store):
    """A write fails with words; a posted change waits until there is space."""
    mine = store._writer
    store.write(set_to(0))
    connection = mine._tables.connection
    with mine._turn:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    big = post(store, set_to("x" * 100_000, "big"))
    small = post(store, set_to("small"))
    with pytest.raises(StoreUnavailable, match="no space"):
        store.write(set_to("x" * 100_000, "other"))
    assert not big.done()
    with mine._turn:
        connection.execute("PRAGMA max_page_count = 1000000")
    small.result(PATIENCE_S)
    assert big.done()
    assert setting(store) == "small"


def test_a_newer_schema_stops_writing(store, foreign):
    """Nothing is written into a file that another process has migrated in the meantime."""
    foreign.execute("PRAGMA user_version = 99")
    foreign.execute("COMMIT")
    with pytest.raises(StoreNewer):
        store.write(set_to(1))
    with pytest.raises(StoreNewer):
        store.check_schema()


def test_many_threads_many_changes(store):
    """Changes from many threads all arrive and keep the order within their thread."""

    def work(key):
        wait([post(store, set_to(number, key)) for number in range(100)], PATIENCE_S)

    threads = [threading.Thread(target=work, args=(f"k{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert [setting(store, f"k{number}") for number in range(8)] == [99] * 8
