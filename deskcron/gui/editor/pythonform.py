"""A Python call: a function or code, the interpreter, and the arguments."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.pages import Pages
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.segments import Segments
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.spacing import GAP

_LINES = 10
_TARGET, _TEXT = "target", "text"


class PythonForm(Part):
    """Function and code both keep what was typed; the one that is shown counts."""

    def __init__(self) -> None:
        super().__init__()
        self._source = Segments(_("What to run"))
        self._source.add(_TARGET, _("A function"))
        self._source.add(_TEXT, _("Written here"))
        self._target, self._arguments = QLineEdit(), QLineEdit()
        self._text = TextBox(_("Code"), _LINES, is_code=True, indents=True)
        self._interpreter = PathField(
            _("Python"), files=True, folders=True, hint=_("The one that is installed: python3")
        )
        self.add("source", Field(_("What to run"), self._source, self._source.chosen))
        text = self.take(_TEXT, Field("", self._text, self._text.textChanged))
        self._pages = Pages({_TARGET: self._function_page(), _TEXT: text})
        self._pages.turn_to(_TARGET)
        self.column.addWidget(self._pages)
        self._source.chosen.connect(self._pages.turn_to)
        hint = _("A program, or the folder of a virtual environment.")
        edited = self._interpreter.edited
        self.add("interpreter", Field(_("&Python"), self._interpreter, edited, hint=hint))

    def load(self, values: Document) -> None:
        """Show a call."""
        self._source.set_value(_TEXT if values.get(_TEXT) else _TARGET)
        self._target.setText(values.get(_TARGET, ""))
        self._arguments.setText(values.get("arguments", ""))
        self._text.set_text(values.get(_TEXT, ""))
        self._interpreter.set_text(values.get("interpreter", ""))

    def values(self) -> dict[str, Any]:
        """Return the call."""
        is_text = self._source.value() == _TEXT
        return {
            "target": "" if is_text else self._target.text().strip(),
            "arguments": "" if is_text else self._arguments.text(),
            "text": self._text.text() if is_text else "",
            "interpreter": self._interpreter.text(),
        }

    def _function_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP + GAP // 2)
        self._target.setPlaceholderText(_("module:function"))
        target = Field(
            _("F&unction"),
            self._target,
            self._target.textChanged,
            hint=_("The module is looked for in the folder to run in first."),
        )
        arguments = Field(
            _("&Arguments"),
            self._arguments,
            self._arguments.textChanged,
            hint=_('As JSON: [1, "two"] in order, or {"name": 1} by name.'),
        )
        column.addWidget(self.take(_TARGET, target))
        column.addWidget(self.take("arguments", arguments))
        return page
