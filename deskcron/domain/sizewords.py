"""Units of bytes, and numbers of bytes in words: one megabyte for all that is typed and told."""

from __future__ import annotations

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext

KB = 1000
MB = KB**2
GB = KB**3


def size_words(count: int) -> str:
    """Return a number of bytes in the unit that leaves few digits."""
    if count < KB:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    if count < MB:
        return _("{count} KB").format(count=_digits(count / KB))
    if count < GB:
        return _("{count} MB").format(count=_digits(count / MB))
    return _("{count} GB").format(count=_digits(count / GB))


def _digits(number: float) -> str:
    return (f"{number:.1f}" if number < 10 else f"{number:.0f}").removesuffix(".0")
