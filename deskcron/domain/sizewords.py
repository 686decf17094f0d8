"""Put numbers of bytes into words."""

from __future__ import annotations

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext

_KB = 1000


def size_words(count: int) -> str:
    """Return a number of bytes in the unit that leaves few digits."""
    if count < _KB:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    if count < _KB**2:
        return _("{count} KB").format(count=_digits(count / _KB))
    if count < _KB**3:
        return _("{count} MB").format(count=_digits(count / _KB**2))
    return _("{count} GB").format(count=_digits(count / _KB**3))


def _digits(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:.0f}"
