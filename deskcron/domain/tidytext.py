"""The line of text that a person types for a rule of a tidying, and back.

*.jpg images older 30d larger 2M below Camera -> move Pictures/{year}
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any

from deskcron.domain.errors import BadInput
from deskcron.domain.sizewords import GB, KB, MB
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import FileOperation, FileType, TidyRule, rule_problems

_ARROW = re.compile(r"\s*->\s*")
_AGES = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "y": 31_536_000}
_SIZES = {"": 1, "k": KB, "m": MB, "g": GB, "t": KB * GB}
_AGE = re.compile(r"(\d{1,12})([smhdwy])")
_SIZE = re.compile(r"(\d{1,15})([kmgt]?)b?")
_TYPES = {file_type.value: file_type for file_type in FileType}
_WORDS = ("older", "larger", "smaller", "below", "named")


def parse_rule(text: str) -> TidyRule:
    """Return the rule of a line; raises BadInput in words."""
    parts = _ARROW.split(text, maxsplit=1)
    if len(parts) != 2:
        raise _bad(text, _("an arrow -> stands between the files and what becomes of them"))
    deed, _blank, target = parts[1].partition(" ")
    if deed not in set(FileOperation):
        raise _bad(text, _("'{word}' is not one of {words}").format(
            word=deed, words=", ".join(FileOperation)))  # fmt: skip
    try:
        words = shlex.split(parts[0])
    except ValueError as error:
        raise _bad(text, _("a quotation mark is missing")) from error
    rule = TidyRule(
        deed=FileOperation(deed), target=_unquoted(target.strip()), **_conditions(text, words)
    )
    for problem in rule_problems(rule):
        raise _bad(text, problem.message)
    if rule.deed is FileOperation.TRASH and rule.target:
        raise _bad(text, _("nothing comes after trash"))
    return rule


def rule_text(rule: TidyRule) -> str:
    """Return the line for a rule, which `parse_rule` reads as the same rule."""
    target = rule.target
    if _unquoted(target) != target or target != target.strip():
        target = f'"{target}"'
    return f"{' '.join(_written(rule))} -> {' '.join(filter(None, (rule.deed, target)))}"


def _written(rule: TidyRule) -> Iterator[str]:
    is_word = rule.name in _WORDS or rule.name in _TYPES
    if rule.name != "*" or not rule.types:
        yield f"named {shlex.quote(rule.name)}" if is_word else _quoted(rule.name)
    yield from rule.types
    if rule.older_than_s:
        yield f"older {_in_units(rule.older_than_s, _AGES)}"
    if rule.larger_than:
        yield f"larger {_in_units(rule.larger_than, _SIZES).upper()}"
    if rule.smaller_than:
        yield f"smaller {_in_units(rule.smaller_than, _SIZES).upper()}"
    if rule.below:
        yield f"below {_quoted(rule.below)}"


def _conditions(text: str, words: list[str]) -> dict[str, Any]:
    """Return the fields of a rule. Any: each has its own type, which the struct knows."""
    found: dict[str, Any] = {}
    types: list[FileType] = []
    waiting = iter(words)
    for word in waiting:
        if word in _TYPES:
            types.append(_TYPES[word])
            continue
        field, value = "name", word
        if word in _WORDS:
            try:
                field, value = word, next(waiting)
            except StopIteration:
                raise _bad(
                    text, _("something is missing after '{word}'").format(word=word)
                ) from None
        name, read = _reading(text, field, value)
        if name in found:
            raise _bad(text, _("'{word}' is too much").format(word=word))
        found[name] = read
    if types:
        found["types"] = tuple(dict.fromkeys(types))
    return found


def _reading(text: str, field: str, value: str) -> tuple[str, str | int]:
    if field == "older":
        return "older_than_s", _number(text, value, _AGE, _AGES, _("30m, 12h, 7d, 2w or 1y"))
    if field in {"larger", "smaller"}:
        return f"{field}_than", _number(text, value, _SIZE, _SIZES, _("500K, 20M or 1G"))
    return ("below", value) if field == "below" else ("name", value)


def _number(text: str, value: str, form: re.Pattern[str], units: dict[str, int], how: str) -> int:
    match = form.fullmatch(value.lower())
    if match is None:
        raise _bad(text, _("'{word}' is to be written like {how}").format(word=value, how=how))
    return int(match[1]) * units[match[2]]


def _in_units(number: int, units: dict[str, int]) -> str:
    unit = max((unit for unit in units if number % units[unit] == 0), key=units.__getitem__)
    return f"{number // units[unit]}{unit}"


def _quoted(text: str) -> str:
    """Put quotation marks where they are needed; a pattern alone needs none."""
    return text if re.fullmatch(r"[\w.,*?/+@%-]+", text) and "->" not in text else shlex.quote(text)


def _unquoted(target: str) -> str:
    """Return a target without quotation marks around the whole of it, which need not be there."""
    is_quoted = len(target) > 1 and target[0] == target[-1] and target[0] in "\"'"
    return target[1:-1] if is_quoted else target


def _bad(text: str, why: str) -> BadInput:
    return BadInput(
        title=_("'{text}' is not a rule").format(text=text),
        detail=why.rstrip("."),
        hint=_("Write it like this: {example}").format(
            example="'*.jpg older 30d -> move Pictures/{year}'"
        ),
    )
