"""Texts in the person's language.

The standard functions look for the catalogue's file at every call; this looks once.
"""

from __future__ import annotations

import gettext as catalogues
from functools import cache

DOMAIN = "deskcron"
ENGLISH = "en"


@cache
def _catalogue() -> catalogues.NullTranslations:
    return catalogues.translation(DOMAIN, catalogues.bindtextdomain(DOMAIN), fallback=True)


def language() -> str:
    """Return the code of the language in which texts are, such as "de" or "pt_BR"."""
    return _catalogue().info().get("language") or ENGLISH


def gettext(message: str) -> str:
    """Return the message in the language of the environment, where there is a translation."""
    return _catalogue().gettext(message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form for this number, in the language of the environment."""
    return _catalogue().ngettext(singular, plural, number)
