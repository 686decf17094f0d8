"""When changes count, on a clock that the test sets."""

from __future__ import annotations

from deskcron.domain.happening import Watched
from deskcron.system.events.settling import Change, Settling

SLOW = Watched("/music", settle_s=10)
QUICK = Watched("/music", settle_s=1)


def test_a_change_waits_for_rest() -> None:
    """Each touch begins the wait anew, and what has settled is told once."""
    settling, change = Settling(), Change(SLOW, "/music/a")
    settling.touch(change, 0.0, is_new=False)
    settling.touch(change, 8.0, is_new=False)
    assert list(settling.take_due(17.9)) == []
    assert settling.next_at_s() == 18.0
    assert list(settling.take_due(18.0)) == [(change, False)]
    assert list(settling.take_due(99.0)) == []
    assert settling.next_at_s() is None


def test_each_file_and_each_watcher_waits_alone() -> None:
    """A file that is still written to holds up no other, and a patient watcher no hasty one."""
    settling = Settling()
    settling.touch(Change(SLOW, "/music/a"), 0.0, is_new=False)
    settling.touch(Change(QUICK, "/music/a"), 0.0, is_new=False)
    settling.touch(Change(QUICK, "/music/b"), 0.9, is_new=False)
    assert [change.path for change, _ in settling.take_due(1.0)] == ["/music/a"]
    assert [change.path for change, _ in settling.take_due(1.9)] == ["/music/b"]
    assert settling.next_at_s() == 10.0


def test_the_first_touch_tells_whether_a_file_is_new() -> None:
    """A file that came into being stays new while it is written, an older one never becomes it."""
    settling = Settling()
    for first in (True, False):
        change = Change(QUICK, f"/music/{first}")
        settling.touch(change, 0.0, is_new=first)
        settling.touch(change, 0.0, is_new=not first)
    assert {change.path: is_new for change, is_new in settling.take_due(1.0)} == {
        "/music/True": True,
        "/music/False": False,
    }


def test_what_nobody_wants_is_forgotten() -> None:
    """Changes of a watcher that went are not told."""
    settling = Settling()
    settling.touch(Change(QUICK, "/music/a"), 0.0, is_new=False)
    settling.touch(Change(SLOW, "/music/a"), 0.0, is_new=False)
    settling.keep({SLOW})
    assert [change.watched for change, _ in settling.take_due(99.0)] == [SLOW]
