"""Hear from the Linux kernel that something about network or power supplies has changed."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from typing import NamedTuple

_log = logging.getLogger(__name__)

_ROUTE, _DEVICES = 0, 15
_ADDRESSES_AND_ROUTES = 0x10 | 0x40 | 0x100 | 0x400  # RTMGRP_IPV4_IFADDR, _ROUTE, the same of IPv6
_FROM_KERNEL = 1
_SIZE = 65_536


class Feed(NamedTuple):
    """A socket that says something, and whether that is worth a look."""

    socket: socket.socket
    is_hint: Callable[[bytes], bool]

    def take(self) -> bool:
        """Read all that has been said and tell whether any of it is worth a look."""
        has_hint = False
        while True:
            try:
                said = self.socket.recv(_SIZE)
            except BlockingIOError:
                return has_hint
            except OSError:  # more was said than could be kept
                return True
            has_hint |= self.is_hint(said)
            if not said:
                return has_hint


def netlink_feeds() -> Sequence[Feed]:
    """Open what tells of addresses, routes and power supplies; none where one is forbidden."""
    feeds: list[Feed] = []
    try:
        feeds.append(Feed(_opened(_ROUTE, _ADDRESSES_AND_ROUTES), bool))
        feeds.append(Feed(_opened(_DEVICES, _FROM_KERNEL), _is_about_power))
    except OSError as error:
        _log.info("The kernel does not tell of changes, so they are looked for: %s", error)
        for feed in feeds:
            feed.socket.close()
        return ()
    return feeds


def _opened(protocol: int, groups: int) -> socket.socket:
    # numbers instead of names, which only Linux's Python has
    family = getattr(socket, "AF_NETLINK", 16)
    opened = socket.socket(family, socket.SOCK_DGRAM, protocol)
    try:
        opened.setblocking(False)
        opened.bind((0, groups))
    except OSError:
        opened.close()
        raise
    return opened


def _is_about_power(said: bytes) -> bool:
    return b"\0SUBSYSTEM=power_supply\0" in said
