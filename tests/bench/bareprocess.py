"""The bare machine: THREADS COUNT prints the seconds of that many subprocess.run calls."""

from __future__ import annotations

import subprocess
import sys
import time
from threading import Thread


def main() -> None:
    """Start programs in loops and say how long it took."""
    threads, count = int(sys.argv[1]), int(sys.argv[2])
    loops = [Thread(target=_loop, args=(count // threads,)) for _ in range(threads)]
    began_s = time.perf_counter()
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()
    print(time.perf_counter() - began_s, flush=True)


def _loop(count: int) -> None:
    for _ in range(count):
        subprocess.run(["/bin/true"], check=False)


if __name__ == "__main__":
    main()
