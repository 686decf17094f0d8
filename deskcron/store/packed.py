"""How lists and mappings lie in a text column: compact JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

_decode = msgspec.json.Decoder(dict[str, Any]).decode  # Any, because JSON is
_decode_ids = msgspec.json.Decoder(tuple[str, ...]).decode
_encode = msgspec.json.Encoder().encode


def pack(values: Mapping[str, Any]) -> str:
    """Return a mapping as JSON."""
    return _encode(dict(values)).decode()


def unpack(text: str) -> Mapping[str, Any]:
    """Return the mapping of `pack`."""
    return _decode(text)


@lru_cache(maxsize=1024)
def pack_ids(ids: tuple[str, ...]) -> str | None:
    """Return trigger ids as JSON; None for none. Few different ones come again and again."""
    return _encode(ids).decode() if ids else None


@lru_cache(maxsize=1024)
def unpack_ids(text: str | None) -> tuple[str, ...]:
    """Return the ids of `pack_ids`."""
    return _decode_ids(text) if text else ()
