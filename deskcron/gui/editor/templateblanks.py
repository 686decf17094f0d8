"""The page after the choice of a template that asks for what only the person knows."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deskcron.domain.drafting import Blank, BlankKind, Template
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Bridge, Latest
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.theme.inputs import SpinBox
from deskcron.gui.theme.labels import TITLE, plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import scrolled
from deskcron.gui.theme.spacing import GAP_L, GAP_XL

_MOST = 1000
_LETTERS = 90
"""The width of the fields."""


class TemplateBlanks(QWidget):
    """A field for each blank, with what was proposed; `filled` carries the values as texts."""

    filled = Signal(object)

    def __init__(self, bridge: Bridge, template: Template, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.fields = [self._field(blank) for blank in template.blanks]
        self._proposed = self._values()
        self._lay_out(template)

    def begin(self) -> None:
        """Put the keyboard in the first field."""
        self.fields[0].control.setFocus()

    def has_changes(self) -> bool:
        """Tell whether something was filled in that is not as it was proposed."""
        return self._values() != self._proposed

    def go_on(self) -> None:
        """Take what is filled in, or go to what is not."""
        values = self._values()
        for field, value in zip(self.fields, values, strict=True):
            if not value:
                field.show_problem(_("Name the folder."), even_untouched=True)
                field.control.setFocus()
                return
        self.filled.emit(values)

    def _field(self, blank: Blank) -> Field:
        name = blank.label.replace("&", "")
        if blank.kind is BlankKind.NUMBER:
            number = SpinBox(name, 1, _MOST)
            number.setValue(int(blank.value))
            return Field(blank.label, number, number.valueChanged, hint=blank.hint)
        path = PathField(name, folders=True)
        path.set_text(blank.value)
        field = Field(blank.label, path, path.edited, hint=blank.hint)
        if blank.kind is BlankKind.FOLDER:
            check = partial(self._check, blank, path, field, Latest(self._bridge, field))
            path.edited.connect(check)
            check()
        return field

    def _check(self, blank: Blank, path: PathField, field: Field, latest: Latest) -> None:
        """Say that a folder is not there; it may be, once a disk is put in.

        What was proposed is nobody's mistake.
        """

        def tell(is_there: bool) -> None:  # noqa: FBT001 - an answer
            words = "" if is_there else _("There is no such folder.")
            field.show_problem("" if is_proposed else words)
            field.set_hint((is_proposed and words) or blank.hint)

        named = _whole(path.text())
        is_proposed = named == blank.value
        # Path.is_dir raises where the system does not let one look.
        latest.ask(lambda _facade: not named or os.path.isdir(named), tell, about=named)  # noqa: PTH112

    def _values(self) -> list[str]:
        return [_value(field.control) for field in self.fields]

    def _lay_out(self, template: Template) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        column.setSpacing(GAP_L)
        column.addWidget(plain_label(template.title, size=TITLE, is_strong=True, wraps=True))
        column.addWidget(plain_label(template.summary, Tone.SOFT, wraps=True))
        for field in self.fields:
            field.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)
            column.addWidget(field)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(page))


def _value(control: QWidget) -> str:
    if isinstance(control, SpinBox):
        return str(control.value())
    return _whole(control.text()) if isinstance(control, PathField) else ""


def _whole(path: str) -> str:
    """Return a path from its root, as programs need it that run elsewhere; "" stays as it is.

    One that begins nowhere begins at home.
    """
    named = path.strip()
    return str(Path.home() / os.path.expanduser(named)) if named else ""  # noqa: PTH111
