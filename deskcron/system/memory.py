"""Give memory that is not used back to the system, where the system's library can be asked to."""

from __future__ import annotations

import ctypes
import gc
import sys


def release_memory() -> None:
    """Collect all garbage and return what is free; glibc keeps much of it otherwise.

    It takes some ten milliseconds.
    """
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none
        if trim is not None:
            trim(0)
