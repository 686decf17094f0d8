"""Types of options whose words a shell can complete: lists, and words with something behind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from deskcron.domain.texts import gettext as _

if TYPE_CHECKING:
    _TextType = click.ParamType[str]
else:  # older releases of click cannot be subscripted
    _TextType = click.ParamType


class WordList(_TextType):
    """Words of a list, with commas between them, or none."""

    name = "words"

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Return the text as it is; raises BadParameter for a word that is not one of them."""
        text = str(value)
        for word in text.split(","):
            if word.strip() not in (*self._words, "none"):
                words = ", ".join(self._words)
                problem = _("'{value}' is not one of {words}.")
                self.fail(problem.format(value=word.strip(), words=words), param, ctx)
        return text

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer what the last word can become."""
        before, comma, last = incomplete.rpartition(",")
        found = [word for word in self._words if word.startswith(last)]
        return [CompletionItem(f"{before}{comma}{word}") for word in found]


class Beginnings(_TextType):
    """Text that begins with one of some words; what it means is for others to see."""

    name = "text"

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(words)

    def shell_complete(
        self,
        ctx: click.Context,  # noqa: ARG002 - click's signature
        param: click.Parameter,  # noqa: ARG002 - click's signature
        incomplete: str,
    ) -> list[CompletionItem]:
        """Offer the words that begin so."""
        return [CompletionItem(word) for word in self._words if word.startswith(incomplete)]
