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
_NAMED = re.compile(r"""(?<![\w-])(["']?)([\w-]+)(=|["']\s*:\s*|: )""")
"""A name before its value, as it stands in addresses, options and code, in JSON and in headers."""
_VALUE = re.compile(r""""[^"\n]*"|'[^'\n]*'|[^\s&;'"]+""")
_TO_QUOTE = {quote: re.compile(f"[^{quote}\n]+") for quote in ("'", '"')}
_OF_HEADER = re.compile(r"""[^'"\n]+""")


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
    text = _PASSWORD_IN_ADDRESS.sub(_masked_password, text)
    shown, seen = "", 0
    for found in _NAMED.finditer(text):
        if found.start() < seen or not is_secret_name(found[2]):
            continue
        value = _value(text, found)
        if value is not None and not names_in([value[0]]):
            shown, seen = shown + text[seen : found.end()] + MASK, value.end()
    return shown + text[seen:]


def _masked_password(found: re.Match[str]) -> str:
    return found[0] if names_in([found[2]]) else found[1] + MASK


def _value(text: str, named: re.Match[str]) -> re.Match[str] | None:
    """Return the value behind a name: to the end of what is quoted, of a header, or of a word."""
    quote, _name, sign = named.groups()
    is_within = quote and sign in {"=", ": "}
    kind = _TO_QUOTE[quote] if is_within else _OF_HEADER if sign == ": " else _VALUE
    return kind.match(text, named.end())
