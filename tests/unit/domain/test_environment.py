"""What the environment of a job begins with."""

from __future__ import annotations

from deskcron.domain.environment import Environment


def test_prefix() -> None:
    """Folders stand before a PATH; without one they are it; ~ is the home, ~x is a name."""
    rules = Environment(path_prefix=("~", "~/bin", "/~x"))
    assert rules.over({"HOME": "/h", "PATH": "/bin"}, ":")["PATH"] == "/h:/h/bin:/~x:/bin"
    assert Environment(path_prefix=("/o",)).over({}, ":") == {"PATH": "/o"}
    assert Environment().over({"A": "1"}, ":") == {"A": "1"}
