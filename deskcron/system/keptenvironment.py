"""Keep environments of runs as files; equal ones in one folder are one file with several names."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from hashlib import sha256
from threading import get_ident
from typing import NamedTuple

import msgspec

from deskcron.domain.concealing import masked_environment

_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_CLOEXEC", 0)
_decode = msgspec.json.Decoder(dict[str, str]).decode


class _Kept(NamedTuple):
    """An environment, its content as it is written, and the name of that beside the others."""

    environment: Mapping[str, str]
    content: bytes
    shared: str


class EnvironmentFiles:
    """Write environments, masked; knows the last one, which the next one mostly is. Thread: any."""

    def __init__(self) -> None:
        self._last = _Kept({}, b"{}", _name_of(b"{}"))

    def keep(self, name: str, environment: Mapping[str, str]) -> None:
        """Write an environment under a name (0600), in place of one there is; raises OSError.

        The content has a name of its own by its hash, so that a run costs a link and no block.
        """
        kept = self._kept(environment)
        shared = f"{os.path.dirname(name)}/{kept.shared}"  # noqa: PTH120
        try:
            os.link(shared, name)
        except FileExistsError:  # the attempt is started once more
            os.unlink(name)  # noqa: PTH108
            self.keep(name, environment)
        except OSError:  # the first of its kind, or no more links for that one, or none at all
            _write(name, kept.content)
            with contextlib.suppress(OSError):  # another was the first, or there are no links
                os.link(name, shared)

    def _kept(self, environment: Mapping[str, str]) -> _Kept:
        kept = self._last
        if kept.environment != environment:
            content = msgspec.json.encode(masked_environment(environment))
            kept = self._last = _Kept(dict(environment), content, _name_of(content))
        return kept


def kept_environment(name: str) -> Mapping[str, str] | None:
    """Return an environment by its name, None where there is none that can be read."""
    content = _content(name)
    try:
        return None if content is None else _decode(content)
    except msgspec.DecodeError:  # the machine ended before the disk had it
        return None


def discard_environment(name: str) -> None:
    """Remove a name, and with the last one the content; silent where there is none."""
    content = _content(name)
    if content is None:
        return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(name)  # noqa: PTH108
    shared = _shared(name, content)
    with contextlib.suppress(FileNotFoundError):
        if os.stat(shared).st_nlink == 1:  # noqa: PTH116
            os.unlink(shared)  # noqa: PTH108


def _content(name: str) -> bytes | None:
    try:
        with open(name, "rb") as file:  # noqa: PTH123 - done for each start of a run
            return file.read()
    except FileNotFoundError:
        return None


def _shared(name: str, content: bytes) -> str:
    folder = os.path.dirname(name)  # noqa: PTH120
    return f"{folder}/{_name_of(content)}"


def _name_of(content: bytes) -> str:
    return f"{sha256(content).hexdigest()[:32]}.env"


def _write(name: str, content: bytes) -> None:
    """Write a file whole or not at all, as seen by others of this process and after a crash."""
    half = f"{name}.{os.getpid()}-{get_ident()}"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(half)  # noqa: PTH108
    with open(os.open(half, _NEW, 0o600), "wb") as file:  # noqa: PTH123
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # others are linked to it for as long as they are kept
    os.replace(half, name)  # noqa: PTH105
