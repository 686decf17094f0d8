"""What can be done with the output that is shown, as buttons, menu and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from deskcron.domain.texts import gettext as _
from deskcron.gui.output.find import FindBar
from deskcron.gui.output.logfile import open_log, save_log
from deskcron.gui.output.text import OutputText
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import tip, with_keys


class Tools(QObject):
    """Find, wrap, copy, save, open, zoom; the keys work anywhere in the log view."""

    def __init__(
        self, context: PageContext, view: QWidget, text: OutputText, find_bar: FindBar
    ) -> None:
        super().__init__(view)
        self._context = context
        self._view = view
        self._text = text
        self._run_id: int | None = None
        self._attempt: int | None = None
        keys = QKeySequence.StandardKey
        add = self._add
        self._find = add("search", _("Find…"), find_bar.come, keys.Find)
        self._wrap = add("wrap", _("Wrap lines"), self._set_wrapping)
        self._wrap.setCheckable(True)
        self._copy = add("copy", _("Copy"), self._copy_text)
        self._save = add("download", _("Save as…"), self._choose_target, keys.SaveAs)
        self._open = add("editor", _("Open in editor"), self._open_log, "Ctrl+E")
        add("find-next", _("Next match"), find_bar.find_next, keys.FindNext)
        add("find-previous", _("Previous match"), find_bar.find_previous, keys.FindPrevious)
        add("add", _("Zoom in"), lambda: text.zoom(1), keys.ZoomIn)
        add("cancelled", _("Zoom out"), lambda: text.zoom(-1), keys.ZoomOut)
        add("mark", _("Reset zoom"), lambda: text.zoom(0), "Ctrl+0")
        text.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        text.customContextMenuRequested.connect(self._show_menu)

    def show(
        self, run_id: int | None, attempt: int | None = None, *, is_there: bool = False
    ) -> None:
        """Offer what fits a run, or one of its attempts, with output or without."""
        self._run_id, self._attempt = run_id, attempt
        for action in (self._find, self._copy, self._save, self._open):
            action.setEnabled(is_there)

    def buttons(self) -> list[QToolButton]:
        """Return a button for each thing that is done often."""
        return [
            _button(action)
            for action in (self._find, self._wrap, self._copy, self._save, self._open)
        ]

    def _add(
        self,
        name: str,
        text: str,
        deed: Callable[[], object],
        key: QKeySequence.StandardKey | str | None = None,
    ) -> QAction:
        action = QAction(icon(name), text, self)
        if key is not None:
            action.setShortcuts(
                [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)
            )
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _checked: deed())
        self._view.addAction(action)
        return action

    def _set_wrapping(self) -> None:
        self._text.set_wrapping(is_wrapping=self._wrap.isChecked())

    def _copy_text(self) -> None:
        if self._text.textCursor().hasSelection():
            self._text.copy()
        else:
            QGuiApplication.clipboard().setText(self._text.toPlainText())
        self._context.signals.say.emit(_("Output copied"))

    def _choose_target(self) -> None:
        dialog = QFileDialog(self._view, _("Save the output"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.selectFile(_("run {number}.log").format(number=self._run_id))
        dialog.fileSelected.connect(self._save_log)
        dialog.open()

    def _save_log(self, target: str) -> None:
        if self._run_id is not None:
            save_log(self._context, self, self._run_id, Path(target), self._attempt)

    def _open_log(self) -> None:
        if self._run_id is not None:
            open_log(self._context, self, self._run_id, self._attempt)

    def _show_menu(self, place: QPoint) -> None:
        menu = self._text.createStandardContextMenu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addSeparator()
        menu.addActions([self._find, self._wrap, self._save, self._open])
        menu.popup(self._text.viewport().mapToGlobal(place))


def _button(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolTip(tip(with_keys(action.text(), action.shortcut())))
    return made
