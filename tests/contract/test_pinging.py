"""Addresses that are asked for in the background, of a real server."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

import pytest

from deskcron.domain.secret import KeyringClosed
from deskcron.system import pinging
from deskcron.system.pinging import HttpPinger

DEADLINE_S = 20.0


class _Handler(BaseHTTPRequestHandler):
    """Answers by path; tells what it was asked."""

    server: Any

    def do_GET(self) -> None:
        """Answer."""
        self.server.asked.put(self.path)
        if self.path.startswith("/held"):
            self.server.gate.wait(DEADLINE_S)
        if self.path.startswith("/away"):
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
        elif self.path.startswith("/sent"):
            self.send_response(302)
            self.send_header("Location", "/there")
        else:
            self.send_response(500 if self.path.startswith("/broken") else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class Server:
    """A server and what it was asked."""

    def __init__(self) -> None:
        self._server: Any = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.asked = SimpleQueue()
        self._server.gate = Event()
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def at(self, path: str) -> str:
        """Return an address."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def asked(self) -> str:
        """Wait for what is asked next."""
        return self._server.asked.get(timeout=DEADLINE_S)

    def let_go(self) -> None:
        """Answer what is held."""
        self._server.gate.set()

    def is_idle(self) -> bool:
        """Tell whether nothing was asked that nobody has looked at."""
        return self._server.asked.empty()

    def close(self) -> None:
        """End."""
        self.let_go()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class DictKeyring:
    """Secrets of a test."""

    def get(self, name: str) -> str | None:
        """Return a value."""
        if name == "locked":
            raise KeyringClosed(title="The keyring is locked", detail="nobody unlocked it")
        return {"key": "a/b c", "base": "http://127.0.0.1:1/s3cret"}.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a value."""

    def remove(self, name: str) -> None:
        """Forget a value."""


@pytest.fixture
def server() -> Iterator[Server]:
    """Return a server."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def pinger() -> Iterator[HttpPinger]:
    """Return a pinger that does not wait between tries."""
    pinger = HttpPinger(DictKeyring(), pause_s=0.0)
    yield pinger
    pinger.close()


def failure(pinger: HttpPinger, url: str) -> str:
    """Ask for an address that cannot be asked for, and return why."""
    told: SimpleQueue[str] = SimpleQueue()
    pinger.ping(url, told.put)
    return told.get(timeout=DEADLINE_S)


def test_addresses_are_asked_for_in_order(server, pinger):
    """Each is asked for once, with its secrets as part of an address."""
    for path in ("/one", "/two?key=${secret:key}"):
        pinger.ping(server.at(path), pytest.fail)
    assert [server.asked(), server.asked()] == ["/one", "/two?key=a%2Fb%20c"]


def test_a_server_may_send_us_on(server, pinger):
    """Where it sends us is asked for, too."""
    pinger.ping(server.at("/sent"), pytest.fail)
    assert [server.asked(), server.asked()] == ["/sent", "/there"]


def test_what_fails_is_tried_twice(server, pinger):
    """Then it is told in words."""
    assert failure(pinger, server.at("/broken")) == "the answer was 500"
    assert [server.asked(), server.asked()] == ["/broken", "/broken"]
    assert server.is_idle()


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("file:///etc/passwd", "no address of the web"),
        ("http://127.0.0.1:9/${secret:nobody}", "no secret nobody"),
        ("http://127.0.0.1:9/${secret:locked}", "nobody unlocked it"),
        ("http://[", "no address of the web"),
        ("http://127.0.0.1:port/", ""),
    ],
)
def test_what_cannot_be_asked_for_is_told(pinger, url, word):
    """Nothing but the web is asked, and with all its secrets."""
    why = failure(pinger, url)
    assert why
    assert word in why


def test_nobody_is_sent_from_the_web_to_a_file(server, pinger):
    """A redirection to a file fails."""
    assert "file" in failure(pinger, server.at("/away"))


def test_secrets_are_not_told(pinger):
    """Why an address that is a secret could not be reached does not name it."""
    assert "s3cret" not in failure(pinger, "${secret:base}")


def test_nobody_waits_for_a_slow_server(server, pinger, monkeypatch):
    """While it does not answer others wait, up to a bound; then they are refused at once."""
    monkeypatch.setattr(pinger, "_waiting", pinging.Queue(2))
    pinger.ping(server.at("/held"), pytest.fail)
    assert server.asked() == "/held"
    refused: list[str] = []
    for number in range(4):
        pinger.ping(server.at(f"/{number}"), refused.append)
    assert refused == ["too many addresses wait to be asked for"] * 2
    server.let_go()
    assert [server.asked(), server.asked()] == ["/0", "/1"]


def test_what_waits_at_the_end_is_asked_for(server, pinger):
    """The last ping of a run by hand is not lost, and nothing starts afterwards."""
    pinger.ping(server.at("/last"), pytest.fail)
    pinger.close()
    assert server.asked() == "/last"
    pinger.ping(server.at("/late"), pytest.fail)
    pinger.close()
    assert server.is_idle()
