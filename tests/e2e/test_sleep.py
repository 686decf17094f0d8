"""A computer that comes back from sleep, as a logind that the test plays tells of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from desk import command, until
from playedbus import HAS_BUS, PlayedBus

from deskcron.domain.run import Cause, Status

pytestmark = pytest.mark.skipif(not HAS_BUS, reason="needs Linux and dbus-daemon")

LOGIND = "org.freedesktop.login1"
OBJECT, MANAGER = "/org/freedesktop/login1", f"{LOGIND}.Manager"


@pytest.fixture
def bus(tmp_path) -> Iterator[PlayedBus]:
    """Return a running bus."""
    bus = PlayedBus(tmp_path)
    bus.start()
    yield bus
    bus.stop()


def test_each_wake_up_runs_what_listens_to_it(desk, bus):
    """What logind tells reaches a row, also when the computer has slept a moment before."""
    logind = bus.serve(LOGIND)
    job_id = desk.add(
        "Wake", command("/bin/true"), {"kind": "event", "id": "t1", "event": "resumed"}
    )
    desk.add("Awake", command("/bin/true"), keep_awake=True)
    desk.daemon(DBUS_SYSTEM_BUS_ADDRESS=bus.address)
    desk.start("Awake")  # who asks for that has begun to listen before
    until(lambda: logind.calls.get(timeout=20)[0] == "Inhibit", "the computer is kept awake")
    for count in (1, 2):
        for is_start in (True, False):
            logind.signal(OBJECT, MANAGER, "PrepareForSleep", "b", is_start)
        until(lambda count=count: len(desk.runs(job_id)) == count, "the wake-up has its row")
        until(lambda: desk.runs(job_id)[-1].status is Status.SUCCEEDED, "it has run")
    assert {run.cause for run in desk.runs(job_id)} == {Cause.EVENT}
