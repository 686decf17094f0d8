"""The type of options that are a word, with a number behind some of them: queue:3."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click
from click.shell_completion import CompletionItem

from deskcron.domain.texts import gettext as _


class Limited(NamedTuple):
    """A rule with the number that may follow it, as in queue:3."""

    word: str
    limit: int | None


if TYPE_CHECKING:
    _LimitedType = click.ParamType[Limited]
else:  # older releases of click cannot be subscripted
    _LimitedType = click.ParamType


class LimitedChoice(_LimitedType):
    """A word of a list; some of them may be followed by :NUMBER."""

    name = "rule"

    def __init__(self, words: Sequence[str], limited: Sequence[str]) -> None:
        self._words = tuple(words)
        self._limited = frozenset(limited)

    def get_metavar(
        self,
        param: click.Parameter,  # noqa: ARG002 - click's signature
        ctx: click.Context | None = None,  # noqa: ARG002 - not given by older releases
    ) -> str:
        """Show the words, those with a number marked."""
        return "|".join(f"{word}[:N]" if word in self._limited else word for word in self._words)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Limited:
        """Return word and number."""
        if isinstance(value, Limited):
            return value
        word, colon, number = str(value).partition(":")
        if word not in self._words:
            words = ", ".join(self._words)
            self.fail(_("'{value}' is not one of {words}.").format(value=value, words=words), param)
        if not colon:
            return Limited(word, None)
        is_number = number.isascii() and number.isdigit() and len(number) <= 6 and int(number) > 0
        if word not in self._limited or not is_number:
            self.fail(
                _("'{value}' does not end in a number from 1.").format(value=value)
                if word in self._limited
                else _("'{word}' takes no number.").format(word=word),
                param,
                ctx,
            )
        return Limited(word, int(number))

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the words that begin so."""
        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]
