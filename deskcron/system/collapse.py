"""Cut the front off a file that others append to, where the file system can."""

from __future__ import annotations

import ctypes
import os
import sys

_COLLAPSE_RANGE = 0x08  # linux/falloc.h


def collapse_front(path: str, wanted_bytes: int) -> int | None:
    """Drop up to `wanted_bytes` from the front, in whole blocks; return how many.

    Writers with O_APPEND go on at the new end. None where system or file system cannot do it.
    """
    if sys.platform != "linux":
        return None
    try:
        fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return 0
    try:
        block = os.fstatvfs(fd).f_bsize
        dropped = wanted_bytes // block * block
        if dropped <= 0:
            return 0
        return dropped if _fallocate(fd, dropped) else None
    finally:
        os.close(fd)


def _fallocate(fd: int, length: int) -> bool:
    fallocate = getattr(ctypes.CDLL(None), "fallocate64", None)  # 64-bit offsets on all machines
    if fallocate is None:
        fallocate = getattr(ctypes.CDLL(None), "fallocate", None)  # musl has only this, 64 bits
    if fallocate is None:
        return False
    fallocate.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64)
    return bool(fallocate(fd, _COLLAPSE_RANGE, 0, length) == 0)
