"""Secrets by name: what is kept where, what is refused, and what is said of missing ones."""

from __future__ import annotations

import pytest
from enginefixtures import store  # noqa: F401 - with a file, which is looked at here

from deskcron.actions.kinds import ACTION_KINDS
from deskcron.domain.codec import Codec
from deskcron.domain.errors import BadInput, NotFound
from deskcron.domain.secret import KeyringClosed
from deskcron.domain.trigger import RuleContext
from deskcron.engine.drafts import Drafts
from deskcron.engine.secrets import Secrets
from deskcron.engine.secretwarnings import SecretWarnings
from deskcron.triggers.kinds import TRIGGER_KINDS


class FakeKeyring:
    """A keyring that can be closed."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}
        self.is_open = True
        self.asked: list[str] = []

    def get(self, name: str) -> str | None:
        """Return a value."""
        self.asked.append(name)
        if not self.is_open:
            raise KeyringClosed(title="It is closed")
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


@pytest.fixture
def warnings(rig, secrets, ring):
    """Return what is said of the secrets of a document."""
    looks = SecretWarnings(secrets.names, ring, rig.clock)
    drafts = Drafts(Codec(TRIGGER_KINDS, ACTION_KINDS), secrets=looks)

    def of(document, *, is_typed=False):
        now, context = rig.clock.now(), RuleContext("UTC")
        job = drafts.check({"name": "Job", **document}, now, context)
        return list(drafts.warnings(job, now, context, is_typed=is_typed))

    return of


USES = {
    "command": {"program": "/bin/true", "environment": {"T": "<${secret:A}>"}},
    "script": {"text": "true", "environment": {"T": "${secret:A}"}},
    "python": {"text": "pass", "environment": {"T": "${secret:A}"}},
    "web": {"url": "https://example.org", "headers": [["X", "${secret:A}"]]},
}


@pytest.mark.parametrize("kind", USES)
@pytest.mark.parametrize("is_typed", [True, False])
def test_a_missing_secret_is_a_warning(warnings, secrets, kind, is_typed) -> None:
    """Whatever uses it, a secret that is not kept is told of, one that is kept is not."""
    job = {"action": {"kind": kind, **USES[kind]}}
    [warning] = warnings(job, is_typed=is_typed)
    assert "no secret A" in warning
    assert "deskcron secret set A" in warning
    secrets.set("A", "1")
    assert warnings(job, is_typed=is_typed) == []


def test_secrets_of_pings_are_looked_for(warnings) -> None:
    """Addresses that are told of runs may need secrets as well."""
    pings = {"success": "https://example.org/${secret:PING}"}
    [warning] = warnings({"action": {"kind": "reminder"}, "policy": {"pings": pings}})
    assert "no secret PING" in warning


def test_a_keyring_that_cannot_be_reached_is_told_of_once(warnings, ring, rig) -> None:
    """However many secrets and jobs, it is asked once in a while and named once in each job."""
    ring.is_open = False
    action = {"kind": "command", "program": "/bin/true"}
    job = {"action": {**action, "environment": {"A": "${secret:A}", "B": "${secret:B}"}}}
    for _job in range(3):
        [warning] = warnings(job)
        assert warning == "The job cannot get its secrets now. It is closed."
    assert ring.asked == ["A"]
    ring.is_open = True
    rig.clock.advance(minutes=1)
    assert len(warnings(job)) == 2


def test_a_keyring_is_not_unlocked_for_what_is_typed(warnings, ring, secrets) -> None:
    """What was put into it is taken to be there; that there is none is told."""
    secrets.set("A", "1")
    ring.asked.clear()
    job = {
        "action": {"kind": "command", "program": "/bin/true", "environment": {"A": "${secret:A}"}}
    }
    assert warnings(job, is_typed=True) == []
    ring.is_open = False
    [warning] = warnings(job, is_typed=True)
    assert "It is closed." in warning
    assert ring.asked == []


def test_jobs_without_secrets_ask_nobody(warnings, ring) -> None:
    """Most jobs need no keyring, and have none to be told of."""
    ring.is_open = False
    assert warnings({"action": {"kind": "command", "program": "/bin/true"}}) == []
    assert ring.asked == []


LITERALS = {
    "command": (
        {"program": "/bin/true", "environment": {"API_TOKEN": "abc", "A": "1"}},
        "API_TOKEN",
    ),
    "script": ({"text": "true", "environment": {"A": "http://me:pw@proxy"}}, "A"),
    "web": (
        {
            "url": "https://example.org?token=abc",
            "headers": [["Authorization", "Bearer abc"], ["Accept", "*/*"]],
        },
        "Authorization, the address",
    ),
}


@pytest.mark.parametrize("kind", LITERALS)
def test_a_secret_that_is_written_out_is_told_of(warnings, kind) -> None:
    """Whoever sees the job, or a copy of it, can read what looks like a secret; it is named."""
    action, names = LITERALS[kind]
    [warning] = warnings({"action": {"kind": kind, **action}}, is_typed=True)
    assert f": {names}. " in warning
    assert "${secret:NAME}" in warning
    assert "abc" not in warning


def test_a_secret_in_the_address_of_a_ping_is_told_of(warnings) -> None:
    """It is read by as many as the address of a request."""
    pings = {"failure": "https://me:pw@example.org"}
    [warning] = warnings(
        {"action": {"kind": "reminder", "text": "Tea"}, "policy": {"pings": pings}}
    )
    assert ": the address of a ping. " in warning


@pytest.mark.parametrize("value", ["", "/run/secrets/token", "~/.token", "<${secret:A}>"])
def test_what_is_no_secret_is_not_told_of(warnings, secrets, value) -> None:
    """Where a secret is kept, and a reference to it, are none."""
    secrets.set("A", "1")
    environment = {"API_TOKEN": value}
    job = {"action": {"kind": "command", "program": "/bin/true", "environment": environment}}
    assert warnings(job) == []
