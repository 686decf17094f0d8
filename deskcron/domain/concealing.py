"""What may be a secret by its look, and how it is shown: a mask in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping

from deskcron.domain.secret import names_in

MASK = "••••"
"""What is shown in place of a value that may be a secret."""

_BREAK = re.compile(r"[^A-Za-z]+|(?<=[a-z])(?=[A-Z])")
_SECRET = ("TOKEN", "PASSWORD", "PASSWD", "PASSPHRASE", "SECRET", "CREDENTIAL", "KEY")
_SECRET_AT_END = {"PASS", "PAT", "AUTH", "AUTHORIZATION", "COOKIE", "DSN", "SIG", "SIGNATURE"}
"""At the end of a name only: SSH_AUTH_SOCK is none."""
_FOLDER_ALONE = "PWD"
_SECRET_WORD = re.compile(rf"\w*({'|'.join(_SECRET)})S?")
_SIGNS = ("://", *(word.lower() for word in (*_SECRET, *_SECRET_AT_END, _FOLDER_ALONE)))
"""A text without any of these holds nothing to mask; few do."""
_PASSWORD_IN_ADDRESS = re.compile(r"(://[^/\s:@]*:)([^/\s@]+)(?=@)")
_NAMED = re.compile(
    r"""(?<![\w-])(["'])?(--)?([\w-]+)
    ( \\?["']\s*:\s* | \\?\1\s*=>?\s*                # in JSON, tables and other code
    | [ \t]*:[ \t]+ | :(?=["'])                        # in headers and YAML
    | [ \t]+(?:==?|=>|:=)[ \t]* | =[ \t]+(?=["']) | =  # in code, addresses, options
    | (?(2)(?:\1,\s*|\1?[ \t]+)(?![\s|&;<>-])|(?!))    # an option before its argument
    )""",
    re.VERBOSE,
)
"""A name before its value: the quote and the dashes that it begins with, the name, the sign."""
_QUOTE_IN_QUOTES = r"""'"'"'|'\\''"""
"""How a shell is given an apostrophe within apostrophes."""
_QUOTED = r"""(?:"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|'[^'\n]*')"""
_END_OF_QUOTE = r"""["'](?:[\s,;&)\]}]|$)"""
"""The end of what was quoted before the name, and no beginning."""
_VALUE = re.compile(
    rf"""(?: \\"[^"\n]*" | {_QUOTED} | \\. | [^\s&;'"\\]
    | (?!{_END_OF_QUOTE})["'][^\n]+ )
    (?: {_QUOTE_IN_QUOTES} | (?!{_END_OF_QUOTE}){_QUOTED} | \\.
    | [^\s&;'"\\,)\]}}] | (?<!["'])[,)\]}}]
    )*""",
    re.VERBOSE,
)
"""What is quoted and what is not, side by side; a bracket behind a quote belongs to the code."""
_TO_QUOTE = {
    "'": re.compile(rf"(?:[^'\n]|{_QUOTE_IN_QUOTES})+"),
    '"': re.compile(r"""(?:\\.|[^"\\\n])+"""),
}
_OF_HEADER = re.compile(rf"""[^'"\n]+(?:(?!{_END_OF_QUOTE}){_QUOTED}[^'"\n]*)*""")


def is_secret_name(name: str) -> bool:
    """Tell whether what has this name may be a secret, by its words."""
    words = [word.upper() for word in _BREAK.split(name) if word]
    if any(map(_SECRET_WORD.fullmatch, words)) or not _SECRET_AT_END.isdisjoint(words[-1:]):
        return True
    return len(words) > 1 and words[-1] == _FOLDER_ALONE


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
    """Return a command, an address or code with a mask where a value has the name of a secret.

    What is named otherwise (`-p abc`) or not at all is shown. A masked text stays as it is.
    """
    lower = text.lower()
    if not any(sign in lower for sign in _SIGNS):
        return text
    text = _PASSWORD_IN_ADDRESS.sub(_masked_password, text)
    shown, seen = "", 0
    for found in _NAMED.finditer(text):
        if found.start() < seen or not is_secret_name(found[3]):
            continue
        value = _value(text, found)
        if value is not None and not value[0].startswith(MASK) and not names_in([value[0]]):
            shown, seen = shown + text[seen : found.end()] + MASK, value.end()
    return shown + text[seen:]


def _masked_password(found: re.Match[str]) -> str:
    return found[0] if names_in([found[2]]) else found[1] + MASK


def _value(text: str, named: re.Match[str]) -> re.Match[str] | None:
    """Return the value behind a name: to the end of what is quoted, of a header, or of a word."""
    quote, _dashes, _name, sign = named.groups()
    kind = _VALUE
    if quote and quote not in sign and not sign.isspace():
        kind = _TO_QUOTE[quote]
    elif sign.lstrip().startswith(":"):
        kind = _OF_HEADER
    return kind.match(text, named.end()) or _VALUE.match(text, named.end())
