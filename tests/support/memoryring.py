"""A keyring for the library that keeps values in memory."""

from __future__ import annotations

from threading import Event

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryRing(KeyringBackend):
    """Values in memory; `error` is raised in place of every answer. It answers while `open`."""

    priority = 1  # type: ignore[assignment]  # the library has a property of classes here

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.open = Event()
        self.open.set()
        self.asked = Event()

    def get_password(self, service: str, username: str) -> str | None:
        """Return a value."""
        self.asked.set()
        assert self.open.wait(20)
        if self.error is not None:
            raise self.error
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a value."""
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a value."""
        if (service, username) not in self.kept:
            raise PasswordDeleteError(username)
        del self.kept[service, username]
