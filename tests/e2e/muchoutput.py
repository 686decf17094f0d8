"""Have a job write far more than is kept, and hold log, memory and count against the bounds."""

from __future__ import annotations

import tempfile
from pathlib import Path
from threading import Event

from desk import Desk, shell

from deskcron.domain.run import Status

LOG_LIMIT_BYTES = 20 * 1024**2
MOST_ON_DISK_BYTES = 2 * 1024**3
"""A log is cut ten times a second; meanwhile a quick program writes on."""
MOST_MEMORY_KB = 150_000
LOOK_S = 0.05


def main(gigabytes):
    """Write so much, print what was measured, and return 1 where a bound was passed."""
    place = Path(tempfile.mkdtemp(prefix="deskcron-output-"))
    print(f"{gigabytes} GB of output, data in {place}", flush=True)
    desk = Desk(place / "home", place / "aside")
    try:
        faults = _faults(desk, gigabytes * 10**9)
    finally:
        desk.close()
    for fault in faults:
        print(fault)
    if not faults:
        desk.remove()
    return 1 if faults else 0


def _faults(desk, size):
    desk.add("Chatter", shell(f"yes 'one line of much output' | head -c {size}"))
    daemon = desk.daemon()
    run, most, pause = desk.run(desk.start("Chatter")), 0, Event()
    path = desk.facade.history.log_path(run.id)
    while run.status.is_open:
        pause.wait(LOOK_S)
        if path.exists():
            most = max(most, path.stat().st_blocks * 512)
        run = desk.run(run.id)
    peak_kb = int(Path(f"/proc/{daemon.pid}/status").read_text().split("VmHWM:")[1].split()[0])
    print(f"{run.duration_s:.1f} s, at most {most / 1e6:.0f} MB on the disk,")
    print(f"{run.output_bytes / 1e6:.1f} MB kept, engine at most {peak_kb / 1000:.0f} MB of memory")
    bounds = {
        f"the run has {run.status}: {run.reason}": run.status is Status.SUCCEEDED,
        "bytes were lost count of": run.output_bytes + run.dropped_bytes == size,
        "more was kept than the limit": run.output_bytes <= LOG_LIMIT_BYTES,
        "the disk took too much meanwhile": most <= MOST_ON_DISK_BYTES,
        "the engine took too much memory": peak_kb <= MOST_MEMORY_KB,
    }
    return [fault for fault, is_held in bounds.items() if not is_held]
