"""Secrets by name: what is kept where, and what is refused."""

from __future__ import annotations

import pytest

from deskcron.domain.errors import BadInput, NotFound
from deskcron.domain.secret import KeyringClosed
from deskcron.engine.secrets import Secrets


class FakeKeyring:
    """A keyring that can be closed."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_open = True

    def get(self, name: str) -> str | None:
        """Return a value."""
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        if not self.is_open:
            raise KeyringClosed(title="Closed")
        self.kept[name] = value

    def remove(self, name: str) -> None:
        """Forget a value."""
        if not self.is_open:
            raise KeyringClosed(title="Closed")
        self.kept.pop(name, None)

    def obstacle(self) -> str:
        """Tell that it is closed."""
        return "" if self.is_open else "It is closed."


@pytest.fixture
def ring() -> FakeKeyring:
    """Return the keyring."""
    return FakeKeyring()


@pytest.fixture
def secrets(rig, ring) -> Secrets:
    """Return secrets over a real store."""
    return Secrets(rig.store, ring)


def test_names_are_stored_and_values_are_not(secrets, ring, rig) -> None:
    """The store knows the names, each once and in order; values are in the keyring alone."""
    for name in ("b", "A", "b"):
        secrets.set(name, "value-of-a-secret")
    assert secrets.names() == ["A", "b"]
    assert set(ring.kept) == {"A", "b"}
    files = [path for path in rig.home.rglob("*") if path.is_file()]
    assert files
    assert not any(b"value-of-a-secret" in path.read_bytes() for path in files)


def test_a_removed_secret_is_gone(secrets, ring) -> None:
    """Neither name nor value stays."""
    secrets.set("A", "1")
    secrets.remove("A")
    assert secrets.names() == []
    assert not ring.kept
    with pytest.raises(NotFound):
        secrets.remove("A")


@pytest.mark.parametrize(("name", "value"), [("a b", "1"), ("", "1"), ("A", ""), ("A", "1\0")])
def test_what_cannot_be_kept_is_refused(secrets, ring, name, value) -> None:
    """A name fits into a reference, a value into an environment."""
    with pytest.raises(BadInput):
        secrets.set(name, value)
    assert not ring.kept


def test_a_closed_keyring_changes_nothing(secrets, ring) -> None:
    """No name is promised whose value is not kept, and none forgotten that still is."""
    secrets.set("A", "1")
    ring.is_open = False
    with pytest.raises(KeyringClosed):
        secrets.set("B", "2")
    with pytest.raises(KeyringClosed):
        secrets.remove("A")
    assert secrets.names() == ["A"]
    assert secrets.obstacle() == "It is closed."
