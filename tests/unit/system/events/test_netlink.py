"""What the kernel says about network and power, by real sockets of it."""

from __future__ import annotations

import os
import select
import socket
import struct
import sys

import pytest

from deskcron.system.events import netlink
from deskcron.system.events.netlink import netlink_feeds

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")

DEADLINE_S = 20
NLMSG_DONE, RTM_NEWADDR, RTM_DELADDR = 3, 20, 21
REQUEST, ACK, CREATE = 0x1, 0x4, 0x400


@pytest.fixture
def feeds():
    """Return the feeds of the kernel: addresses and routes, then devices."""
    feeds = netlink_feeds()
    yield feeds
    for feed in feeds:
        feed.socket.close()


def send_address(kind: int) -> int:
    """Add or remove an address of the loopback device; return the kernel's error number."""
    address = socket.inet_aton("127.84.21.7")
    body = struct.pack("BBBBi", socket.AF_INET, 32, 0, 0, socket.if_nametoindex("lo"))
    body += b"".join(struct.pack("HH", 8, attribute) + address for attribute in (2, 1))
    head = struct.pack("IHHII", 16 + len(body), kind, REQUEST | ACK | CREATE, 1, 0)
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0) as kernel:
        kernel.bind((0, 0))
        kernel.send(head + body)
        return -struct.unpack_from("i", kernel.recv(4096), 16)[0]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to be root")
def test_a_new_address_is_a_hint(feeds) -> None:
    """An address that comes and goes is heard of."""
    assert len(feeds) == 2
    for kind in (RTM_NEWADDR, RTM_DELADDR):
        if error := send_address(kind):
            pytest.skip(f"the kernel refuses: {os.strerror(error)}")
        ready, _, _ = select.select([feeds[0].socket], [], [], DEADLINE_S)
        assert ready
        assert feeds[0].take()
        assert not feeds[0].take()


def test_only_power_is_a_hint_among_devices(feeds) -> None:
    """A plug is worth a look, a disk is not."""
    _routes, devices = feeds
    plug = b"change@/devices/AC\0ACTION=change\0SUBSYSTEM=power_supply\0SEQNUM=1\0"
    assert devices.is_hint(plug)
    assert not devices.is_hint(plug.replace(b"power_supply", b"block"))


def test_where_the_kernel_says_nothing(monkeypatch) -> None:
    """A sandbox without such sockets leaves no feeds, and none half open."""
    real, opened = socket.socket, []

    def refuse_the_second(*arguments):
        if opened:
            raise PermissionError("no")
        opened.append(real(*arguments))
        return opened[0]

    monkeypatch.setattr(netlink.socket, "socket", refuse_the_second)
    assert netlink_feeds() == ()
    assert opened[0].fileno() == -1
