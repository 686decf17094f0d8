"""What of an environment may be shown."""

from __future__ import annotations

import pytest

from deskcron.domain.environment import MASK, Environment, masked_environment, masked_value


@pytest.mark.parametrize(
    "name", ["API_TOKEN", "github_token", "DB_PASSWORD", "PASSWD", "MY_SECRET", "AWS_ACCESS_KEY_ID"]
)
def test_secret_names(name: str) -> None:
    """Values of names that speak of secrets are masked."""
    assert masked_value(name, "abc") == MASK
    assert masked_value(name, "") == ""


def test_references() -> None:
    """A reference to a secret is shown: it says which, and not what."""
    assert masked_value("API_TOKEN", "Bearer ${secret:web}") == "Bearer ${secret:web}"


def test_addresses() -> None:
    """A password in an address is masked, the address is not."""
    shown = masked_value("http_proxy", "http://me:pass@proxy:80/")
    assert shown == f"http://me:{MASK}@proxy:80/"


def test_whole() -> None:
    """An environment is shown by name, also where a value is no text."""
    found = masked_environment({"Z": "1", "KEY": "k", "A": "\udcff"})
    assert list(found.items()) == [("A", "\\udcff"), ("KEY", MASK), ("Z", "1")]


def test_prefix() -> None:
    """Folders stand before a PATH; without one they are it; ~ is the home, ~x is a name."""
    rules = Environment(path_prefix=("~", "~/bin", "/~x"))
    assert rules.over({"HOME": "/h", "PATH": "/bin"}, ":")["PATH"] == "/h:/h/bin:/~x:/bin"
    assert Environment(path_prefix=("/o",)).over({}, ":") == {"PATH": "/o"}
    assert Environment().over({"A": "1"}, ":") == {"A": "1"}
