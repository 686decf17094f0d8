"""A script: its text or its file, what runs it, and its arguments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.arguments import ArgumentsField
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.pages import Pages
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.segments import Segments
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.inputs import WheelGuard
from deskcron.gui.theme.spacing import GAP_S

_LINES = 10
_TEXT, _FILE = "text", "file"


class ScriptForm(Part):
    """Text and file both keep what was typed; the one that is shown counts."""

    def __init__(self) -> None:
        super().__init__()
        self._source = Segments(_("Where the script is"))
        self._source.add(_TEXT, _("Written here"))
        self._source.add(_FILE, _("In a file"))
        self._text = TextBox(_("Script"), _LINES, is_code=True, indents=True)
        self._file = PathField(_("Script file"), files=True)
        self._interpreter = InterpreterChoice()
        self._arguments = ArgumentsField()
        self.add("source", Field(_("Script"), self._source, self._source.chosen))
        text = self.take(_TEXT, Field("", self._text, self._text.textChanged))
        file = self.take(_FILE, Field("", self._file, self._file.edited))
        self._pages = Pages({_TEXT: text, _FILE: file})
        self._pages.turn_to(_TEXT)
        self.column.addWidget(self._pages)
        self._source.chosen.connect(self._pages.turn_to)
        edited = self._interpreter.editTextChanged
        self.add("interpreter", Field(_("Inter&preter"), self._interpreter, edited))
        self.add("arguments", Field(_("&Arguments"), self._arguments, self._arguments.edited))
        for typed in (self._source.chosen, self._text.textChanged, edited):
            typed.connect(self._show_hint)
        self._show_hint()

    def load(self, values: Document) -> None:
        """Show a script."""
        self._source.set_value(_FILE if values.get(_FILE) else _TEXT)
        self._text.set_text(values.get(_TEXT, ""))
        self._file.set_text(values.get(_FILE, ""))
        self._interpreter.set_interpreter(values.get("interpreter", ""))
        self._arguments.set_arguments(values.get("arguments", ()))

    def values(self) -> dict[str, Any]:
        """Return the script."""
        is_file = self._source.value() == _FILE
        return {
            "text": "" if is_file else self._text.text(),
            "file": self._file.text() if is_file else "",
            "interpreter": self._interpreter.interpreter(),
            "arguments": self._arguments.arguments(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say what is wrong with the arguments, and that a file was not named."""
        found = []
        if problem := self._arguments.problem():
            found.append(Problem("arguments", problem))
        if self._source.value() == _FILE and not self._file.text().strip():
            found.append(Problem(_FILE, _("Name the file of the script.")))
        return found

    def _show_hint(self) -> None:
        """Say what runs a script that does not say it itself."""
        is_said = self._interpreter.interpreter() or self._text.text().startswith("#!")
        is_silent = self._source.value() == _TEXT and not is_said
        words = _("Without such a line the shell of the system runs it.") if is_silent else ""
        self.fields["interpreter"].set_hint(words)


class InterpreterChoice(WheelGuard, QComboBox):
    """The interpreters that are known, or any program that is typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for name, words in {
            "": _("From the first line (#!)"),
            "sh": _("sh"),
            "bash": _("bash"),
            "python": _("Python"),
            "powershell": _("PowerShell"),
            "cmd": _("cmd"),
        }.items():
            self.addItem(words, name)

    def sizeHint(self) -> QSize:  # noqa: N802 - named by Qt
        """Return room for the longest words and the edge of the line, which Qt leaves out."""
        return super().sizeHint() + QSize(GAP_S, 0)

    def interpreter(self) -> str:
        """Return the name that is stored."""
        typed = self.currentText()
        index = self.findText(typed)
        return str(self.itemData(index)) if index >= 0 else typed.strip()

    def set_interpreter(self, name: str) -> None:
        """Show an interpreter."""
        index = self.findData(name)
        if index >= 0:
            self.setCurrentIndex(index)
        else:
            self.setEditText(name)
