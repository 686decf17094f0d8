"""Where the parts of the form stand: the preview beside it if there is room, a test run below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.besideorbelow import BesideOrBelow
from deskcron.gui.editor.form import Form
from deskcron.gui.editor.preview import Preview
from deskcron.gui.editor.testpane import TestPane
from deskcron.gui.pagecontext import PageContext

_LEAST_LETTERS, _MOST_LETTERS = 40, 60
"""How wide the preview is beside the form."""
_FORM_AND_PREVIEW = (5, 3)
_FORM_SHARE, _TEST_SHARE = 3, 2


class Panes(QSplitter):
    """Form and preview; the pane of test runs is made at the first one."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._context = context
        self._upper = QWidget(self)
        self.form = Form(context.clock, self._upper)
        self.preview = Preview(context.clock)
        self.test_pane: TestPane | None = None
        self.setChildrenCollapsible(False)
        self._lay_out()

    def test(self) -> None:
        """Run what is typed without saving it."""
        if self.test_pane is None:
            self.test_pane = TestPane(self._context)
            self.addWidget(self.test_pane)
            self.setStretchFactor(0, _FORM_SHARE)
            self.setStretchFactor(1, _TEST_SHARE)
            self.setSizes([_FORM_SHARE * self.height(), _TEST_SHARE * self.height()])
        self.test_pane.start(self.form.document())

    def end_tests(self, *, is_told: bool) -> None:
        """Stop the test runs that still go on; `is_told` at the foot of the window."""
        if self.test_pane is not None:
            self.test_pane.end(is_told=is_told)

    def _lay_out(self) -> None:
        beside = QScrollArea()
        beside.setAccessibleName(_("Preview"))
        beside.setWidgetResizable(True)
        beside.setFrameShape(QScrollArea.Shape.NoFrame)
        beside.setWidget(self.preview)
        letter = self.fontMetrics().averageCharWidth()
        beside.setMinimumWidth(letter * _LEAST_LETTERS)
        beside.setMaximumWidth(letter * _MOST_LETTERS)
        BesideOrBelow(self._upper, self.form, beside, _FORM_AND_PREVIEW)
