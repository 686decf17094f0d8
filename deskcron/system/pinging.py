"""Ask for addresses in the background, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from queue import Full, Queue
from threading import Event, Lock, Thread
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from deskcron.domain.masking import masked
from deskcron.domain.secret import Keyring, KeyringClosed, filled, names_in
from deskcron.domain.texts import gettext as _

TRIES = 2
PAUSE_S = 2.0
PATIENCE_S = 10.0
MOST_WAITING = 200
MOST_REDIRECTS = 5
END_S = 5.0
"""What still waits at the end has so long."""


class _Ping(NamedTuple):
    url: str
    failed: Callable[[str], None]


class HttpPinger:
    """A Pinger; its thread, and the library, come with the first ping."""

    def __init__(self, keyring: Keyring, *, pause_s: float = PAUSE_S) -> None:
        self._keyring = keyring
        self._pause_s = pause_s
        self._waiting: Queue[_Ping | None] = Queue(MOST_WAITING)
        self._closing = Event()
        self._starting = Lock()
        self._thread: Thread | None = None
        self._is_open = True

    def ping(self, url: str, failed: Callable[[str], None]) -> None:
        """Ask for an address and return at once; too many that wait are refused."""
        try:
            self._waiting.put_nowait(_Ping(url, failed))
        except Full:
            failed(_("too many addresses wait to be asked for"))
            return
        with self._starting:
            if self._thread is None and self._is_open:
                self._thread = Thread(target=self._loop, name="deskcron-ping", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Take no more; what waits has a few seconds. Safe to call twice."""
        with self._starting:
            thread, self._is_open = self._thread, False
        if thread is not None:
            self._put_end()
            thread.join(END_S)
        self._closing.set()

    def _put_end(self) -> None:
        try:
            self._waiting.put_nowait(None)
        except Full:
            self._closing.set()  # there is no waiting for so many

    def _loop(self) -> None:
        while not self._closing.is_set() and (ping := self._waiting.get()) is not None:
            why = self._ask(ping.url)
            if why and not self._closing.is_set():
                ping.failed(why)

    def _ask(self, url: str) -> str:
        """Return why an address could not be asked for, "" where it could."""
        try:
            values = self._values(url)
        except KeyringClosed as error:
            return error.detail or error.title
        except LookupError as error:
            return _("there is no secret {name}").format(name=error.args[0])
        address = _address(url, values)
        if not _is_of_web(address):
            return _("it is no address of the web")
        why = ""
        for attempt in range(TRIES):
            if attempt and self._closing.wait(self._pause_s):
                return why
            why = _get(address)
            if not why:
                return ""
        return masked(why, values)

    def _values(self, url: str) -> Mapping[str, str]:
        """Return the secrets of an address; raises LookupError with the name of a missing one."""
        found = {name: self._keyring.get(name) for name in names_in([url])}
        for name, value in found.items():
            if value is None:
                raise LookupError(name)
        return {name: value for name, value in found.items() if value is not None}


def _address(url: str, values: Mapping[str, str]) -> str:
    """Return the address; a secret at its beginning is (the beginning of) an address itself."""
    brace = url.index("}") + 1 if names_in([url]) and url.startswith("${") else 0
    return filled(url[:brace], values) + filled(url[brace:], values, _quoted)


def _is_of_web(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False


def _quoted(value: str) -> str:
    return quote(value, safe="")


def _get(address: str) -> str:
    """Ask once; return why that failed, "" for any answer that is no error."""
    import httpx  # noqa: PLC0415 - 100 ms, on first use

    try:
        with (
            httpx.Client(
                timeout=PATIENCE_S, follow_redirects=True, max_redirects=MOST_REDIRECTS
            ) as client,
            client.stream("GET", address) as answer,
        ):
            if answer.is_success:
                return ""
            return _("the answer was {status}").format(status=answer.status_code)
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, ValueError) as error:
        # ImportError and ValueError: a proxy of the environment that cannot be used
        return str(error) or type(error).__name__
