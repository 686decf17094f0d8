"""What may be a secret by its look, and how it is shown: a mask in its place.

Masked is what has a name that speaks of a secret: password, passphrase, secret, token, credential
or key among its words, or, as its last word, such as auth, cookie or signature. So are passwords in
addresses and private keys in full. Shown is what such a name only speaks about: where a secret is
kept and what it is like (`TOKEN_FILE`, `--key-size`), a public key, which keys to list, and a short
number that has no other name than key. When in doubt it is masked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskcron.domain.namedvalues import NamedValues
from deskcron.domain.secret import next_reference

MASK = "••••"
"""What is shown in place of a value that may be a secret."""

_BREAK = re.compile(r"[^A-Za-z]++|(?<=[a-z])(?=[A-Z])")
_SECRET = ("TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL", "KEY")
_SECRET_AT_END = {"PASS", "PAT", "AUTH", "AUTHORIZATION", "COOKIE", "DSN", "SIG", "SIGNATURE"}
"""At the end of a name only: SSH_AUTH_SOCK is none."""
_FOLDER = "PWD"
"""A secret at the end of a longer name only."""
_ABOUT_ONE = {
    *("FILE", "PATH", "DIR", "DIRECTORY", "FOLDER"),
    *("NAME", "TYPE", "SIZE", "LENGTH"),
}
"""At the end of a name: what is said of a secret is none."""
_PUBLIC_KEY = re.compile(r"\b(?:PUBLIC|PUB) ?KEYS?\b")
_TO_KEYS = {"LIST", "LOCATE", "SEARCH", "FETCH", "RECV", "RECEIVE", "SEND", "REFRESH", "DELETE"}
"""At the beginning of a name: what is done to keys that are named there, and by that not given."""
_SHORT_NUMBER = re.compile(r"""["']?[0-9]{1,3}["']?""")
_SIGNS = ("://", *(word.lower() for word in (*_SECRET, *_SECRET_AT_END, _FOLDER)))
"""A text without any of these holds nothing to mask; few do."""
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/\s:@]*+:)((?:[^/\s@]*+@)++)")
_PRIVATE_KEY = re.compile(
    r"(-----BEGIN (?:[A-Z]++ ){0,2}?PRIVATE KEY-----)(?:[^-]|-(?!----))++(?=-----END )"
)


def is_secret_name(name: str) -> bool:
    """Tell whether what has this name may be a secret, by its words."""
    words = _words(name)
    names_keys = words[-1:] == ["KEYS"] and words[0] in _TO_KEYS
    if names_keys or not _ABOUT_ONE.isdisjoint(words[-1:]):
        return False
    words = _PUBLIC_KEY.sub("", " ".join(words)).split()
    if any(word.removesuffix("S").endswith(_SECRET) for word in words):
        return True
    return not _SECRET_AT_END.isdisjoint(words[-1:]) or words[1:][-1:] == [_FOLDER]


def masked_value(name: str, value: str) -> str:
    """Return a value as it may be shown and kept; a reference to a secret is no secret."""
    shown = value.encode(errors="backslashreplace").decode()
    if not value or _refers(value):
        return shown
    is_secret = is_secret_name(name) and not _is_ordinal(name, value)
    return MASK if is_secret else masked_text(shown)


def masked_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment as it may be shown and kept, by name."""
    return {name: masked_value(name, environment[name]) for name in sorted(environment)}


def masked_text(text: str) -> str:
    """Return a command, an address or code with a mask where a value has the name of a secret.

    What is named otherwise (`-p abc`) or not at all is shown. A masked text may be masked again: it
    stays as it is, or less is shown where a mask has parted two signs of quotes or of an address.
    """
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return text
    text = _PASSWORD_IN_ADDRESS.sub(_masked_password, text)
    text = _PRIVATE_KEY.sub(rf"\1{MASK}", text)
    pieces, seen = [], 0
    for begin, end in _to_mask(text):
        pieces += [text[seen:begin], MASK]
        seen = end
    return "".join([*pieces, text[seen:]])


def _masked_password(found: re.Match[str]) -> str:
    is_shown = found[2] == "@" or _refers(found[2])
    return found[0] if is_shown else f"{found[1]}{MASK}@"


def _to_mask(text: str) -> Iterator[tuple[int, int]]:
    """Yield where values stand that may be secrets.

    One that leads to a reference is none, but what is named within it may be one; it is not led to
    the same reference again, so that all is looked at twice at most.
    """
    values, start, refers_at, led_to = NamedValues(text), 0, -1, -1
    while (named := values.next_name(start)) is not None:
        start = named.begin
        if not is_secret_name(named.name) or text.startswith(MASK, start):
            continue
        if refers_at < start:
            refers_at = next_reference(text, start)
        end = values.value_end(named, refers_at)
        if led_to < end == refers_at < len(text):
            led_to = refers_at
        elif end > start and not _is_ordinal(named.name, text[start:end]):
            yield start, end
            start = end


def _is_ordinal(name: str, value: str) -> bool:
    """Tell whether a key that has no other name is a short number, as the one of a column is."""
    return _words(name) == ["KEY"] and _SHORT_NUMBER.fullmatch(value) is not None


def _refers(text: str) -> bool:
    return next_reference(text, 0) < len(text)


def _words(name: str) -> list[str]:
    return [word.upper() for word in _BREAK.split(name) if word]
