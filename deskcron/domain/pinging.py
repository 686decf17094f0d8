"""Addresses that are told of a job's runs, and the port that tells them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from deskcron.domain.secret import names_in


class Pings(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The addresses that are asked for at the start and the end of runs, "" for none.

    They may refer to secrets.
    """

    start: str = ""
    success: str = ""
    failure: str = ""

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets in the addresses."""
        return names_in((self.start, self.success, self.failure))


class Pinger(Protocol):
    """Ask for addresses, one after the other, while nobody waits. Thread: any."""

    def ping(self, url: str, failed: Callable[[str], None]) -> None:
        """Ask for an address and return at once.

        `failed` is told in words, without secrets, why it could not be asked for: now, or on a
        thread of the pinger.
        """

    def close(self) -> None:
        """Take no more; what waits has a few seconds. Safe to call twice."""
