"""What may be a secret by its look, and how it is shown: a mask in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deskcron.domain.secret import names_in

MASK = "••••"
"""What is shown in place of a value that may be a secret."""

_BREAK = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_SECRET = re.compile(r"\w*(TOKEN|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|KEY)S?")
_SECRET_AT_END = {"PASS", "PAT", "AUTH", "AUTHORIZATION", "COOKIE", "DSN", "SIG", "SIGNATURE"}
"""At the end of a name only: SSH_AUTH_SOCK is none."""
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/\s:@]*:)([^/\s@]+)(?=@)")
_PAIR = re.compile(
    r"""((?<![\w-])([\w-]+)(?:=|["']\s*:\s*|:\ ))"""  # as in addresses and code, JSON, headers
    r"""("[^"\n]*"|'[^'\n]*'|(?<=:\ )[^'"\n]+|[^\s&\#;,'")]+)""",
    re.VERBOSE,
)


def is_secret_name(name: str) -> bool:
    """Tell whether what has this name may be a secret, by its words."""
    words = [word.upper() for word in _BREAK.split(name) if word]
    if any(map(_SECRET.fullmatch, words)) or not _SECRET_AT_END.isdisjoint(words[-1:]):
        return True
    return len(words) > 1 and words[-1] == "PWD"  # by itself it is a folder


def masked_value(name: str, value: str) -> str:
    """Return a value as it may be shown and kept; a reference to a secret is no secret."""
    shown = value.encode(errors="backslashreplace").decode()
    if not value or names_in([value]):
        return shown
    return MASK if is_secret_name(name) else masked_text(shown)


def masked_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment as it may be shown and kept, by name."""
    return {name: masked_value(name, environment[name]) for name in sorted(environment)}


def masked_text(text: str) -> str:
    """Return a command, an address or code without passwords and values of secret names."""
    return _PAIR.sub(_masked_pair, _PASSWORD_IN_ADDRESS.sub(_masked_password, text))


def _masked_password(found: re.Match[str]) -> str:
    return found[0] if names_in([found[2]]) else found[1] + MASK


def _masked_pair(found: re.Match[str]) -> str:
    before, name, value = found.groups()
    return found[0] if names_in([value]) or not is_secret_name(name) else before + MASK
