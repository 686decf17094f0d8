"""Print answers as JSON with the model's field names and ISO 8601 times with offset."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from typing import Any

import click
import msgspec


def print_json(answer: object) -> None:
    """Print one JSON object or array, in UTF-8 whatever the terminal."""
    click.echo(msgspec.json.format(msgspec.json.encode(plain(answer)), indent=2))


def plain(answer: object) -> Any:  # JSON
    """Return the answer as JSON values; a named tuple becomes an object as a struct does."""
    if isinstance(answer, msgspec.Struct):
        return {name: plain(getattr(answer, name)) for name in answer.__struct_fields__}
    if isinstance(answer, Mapping):
        return {str(key): plain(value) for key, value in answer.items()}
    if isinstance(answer, tuple) and hasattr(answer, "_fields"):
        return dict(zip(answer._fields, map(plain, answer), strict=True))
    if isinstance(answer, list | tuple):
        return [plain(value) for value in answer]
    if isinstance(answer, datetime):
        return answer.isoformat()
    return str(answer) if isinstance(answer, PurePath) else answer
