"""Arguments of a program: typed in one field, shown one by one as the program gets them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP_S

_LINES = 3
_MOST_SHOWN = 12
_LONGEST_SHOWN = 200


class Splitting(NamedTuple):
    """The arguments of a text, and whether a quote was left open at its end."""

    arguments: tuple[str, ...]
    is_open: bool = False


def split(text: str) -> Splitting:
    """Split at blanks and line ends; quotes hold together, and a backslash is just one."""
    try:
        return Splitting(tuple(_pieces(text)))
    except ValueError:
        pass  # an open quote: it is taken as closed at the end, and said so
    for quote in ("'", '"'):
        try:
            return Splitting(tuple(_pieces(text + quote)), is_open=True)
        except ValueError:
            continue
    return Splitting((text,), is_open=True)


def joined(arguments: Sequence[str]) -> str:
    """Return a text that splits into exactly these arguments."""
    return shlex.join(arguments)


def _pieces(text: str) -> list[str]:
    lexer = shlex.shlex(text, posix=True)
    lexer.whitespace_split = True
    lexer.escape = ""
    lexer.commenters = ""
    return list(lexer)


class ArgumentsField(QWidget):
    """The text and below it what becomes of it."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = TextBox(_("Arguments"), _LINES, is_code=True)
        self._shown = plain_label("", Tone.SOFT, wraps=True)
        self._shown.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._count = plain_label("", Tone.SOFT, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_S)
        for part in (self.text, self._count, self._shown):
            column.addWidget(part)
        self.setFocusProxy(self.text)
        self.text.textChanged.connect(self._on_text_changed)
        self._show()

    def arguments(self) -> list[str]:
        """Return the arguments as they stand."""
        return list(split(self.text.text()).arguments)

    def set_arguments(self, arguments: Sequence[str]) -> None:
        """Show arguments."""
        self.text.set_text(joined(arguments))

    def problem(self) -> str:
        """Say what keeps the text from being split for sure, "" for nothing."""
        if split(self.text.text()).is_open:
            return _("A quote is not closed.")
        return ""

    def _on_text_changed(self) -> None:
        self._show()
        self.edited.emit()

    def _show(self) -> None:
        arguments = self.arguments()
        width = len(str(min(len(arguments), _MOST_SHOWN)))
        lines = [f"{place:>{width}}  {_visible(one)}" for place, one in enumerate(arguments, 1)]
        more = len(lines) - _MOST_SHOWN
        if more > 0:
            rest = ngettext("and {count} more", "and {count} more", more).format(count=more)
            lines[_MOST_SHOWN:] = [rest]
        self._count.setText(
            ngettext(
                "The program gets {count} argument, exactly this:",
                "The program gets {count} arguments, exactly these:",
                len(arguments),
            ).format(count=len(arguments))
            if arguments
            else _("Separate arguments by blanks or lines; put quotes around one that has blanks.")
        )
        self._shown.setText("\n".join(lines))
        self._shown.setVisible(bool(arguments))


def _visible(argument: str) -> str:
    """Return an argument as one line that shows where it begins and ends where that matters."""
    text = "".join(letter if letter.isprintable() else "↵" if letter == "\n" else "·"
                   for letter in argument)  # fmt: skip
    if len(text) > _LONGEST_SHOWN:
        text = f"{text[:_LONGEST_SHOWN]}…"
    return f"“{text}”" if not text or text != text.strip() else text
