"""Where the parts of the form stand: the preview beside it, a test run below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSplitter, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.form import Form
from deskcron.gui.editor.preview import Preview
from deskcron.gui.editor.testpane import TestPane
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.hairline import hairline

_LETTERS_BESIDE = 56
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
        beside.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS_BESIDE)
        row = QHBoxLayout(self._upper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.form, 5)
        row.addWidget(hairline(Qt.Orientation.Vertical))
        row.addWidget(beside, 3)
