"""What a shell can complete: words of lists, words with something behind, stored names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from deskcron.cli.application import Application
from deskcron.domain.texts import gettext as _

if TYPE_CHECKING:
    from deskcron.engine.facade import Facade

    TextType = click.ParamType[str]
else:  # older releases of click cannot be subscripted
    TextType = click.ParamType


def stored_names(ctx: click.Context, read: Callable[[Facade], Iterable[str]]) -> list[str]:
    """Return names from the store; never fails, a shell shows errors as candidates."""
    application: Application | None = ctx.find_root().obj
    if application is None:
        return []
    try:
        return [name for name in read(application.facade()) if name.isprintable()]
    except Exception:  # noqa: BLE001 - whatever is wrong, another command will say it better
        return []


class WordList(TextType):
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


class Beginnings(TextType):
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
