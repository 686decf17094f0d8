"""The bare machine: THREADS COUNT prints the seconds of that many subprocess.run calls.

With a third argument each call starts a session of its own, as every engine must that ends whole
process trees; that alone costs the kernel a part of a start.
"""

from __future__ import annotations

import subprocess
import sys
import time
from threading import Thread


def main() -> None:
    """Start programs in loops and say how long it took."""
    threads, count = int(sys.argv[1]), int(sys.argv[2])
    arguments = (count // threads, len(sys.argv) > 3)
    loops = [Thread(target=_loop, args=arguments) for _ in range(threads)]
    began_s = time.perf_counter()
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    print(time.perf_counter() - began_s, flush=True)


def _loop(count: int, has_session: bool) -> None:  # noqa: FBT001 - as Thread passes it
    for _ in range(count):
        subprocess.run(["/bin/true"], check=False, start_new_session=has_session)


if __name__ == "__main__":
    main()
