"""Where the data lives, and jobs as a file: out of here and in from elsewhere."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from deskcron.domain.answers import Imported
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.settings.importdialog import ImportDialog
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.section import Section
from deskcron.gui.settings.transfer import export_to, looked_into
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.spacing import GAP

FILE_NAME = "deskcron-jobs.json"


class DataSection(Section):
    """The data directory; export and import of jobs."""

    def __init__(self, context: PageContext, home: Path, parent: QWidget | None = None) -> None:
        super().__init__(_("Data"), parent=parent)
        self._context = context
        self._home = home
        self._open = button(_("Open &folder"), "folder")
        self._open.clicked.connect(self._open_folder)
        self._export = button(_("E&xport…"))
        self._export.clicked.connect(self._ask_where)
        self._import = button(_("I&mport…"))
        self._import.clicked.connect(self._ask_which)
        self.place = Row(_("Everything is kept in"), str(home), self._open)
        self.jobs = Row(
            _("Jobs as a file"),
            _("To take them to another computer or to keep them; without history and output."),
            _pair(self._export, self._import),
        )
        self.add_row(self.place)
        self.add_row(self.jobs)

    def export(self, path: Path) -> None:
        """Write all jobs to a file."""
        self.jobs.show_problem("")

        def exported(_nothing: object) -> None:
            text = _("All jobs were exported to {path}.")
            self._context.signals.say.emit(text.format(path=path))

        self._context.bridge.ask(
            self, lambda facade: export_to(facade, path), exported, self._show_error
        )

    def look_into(self, path: Path) -> None:
        """Show what a file would bring, and import it if that is wanted."""
        self.jobs.show_problem("")
        self._context.bridge.ask(
            self,
            lambda facade: looked_into(facade, path),
            lambda found: self._offer(*found),
            self._show_error,
        )

    def _offer(self, data: bytes, preview: Imported) -> None:
        dialog = ImportDialog(preview, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_in(data))
        dialog.open()

    def _take_in(self, data: bytes) -> None:
        def imported(result: Imported) -> None:
            count = len(result.names)
            text = ngettext(
                "{count} job was imported. It is off.",
                "{count} jobs were imported. They are off.",
                count,
            )
            self._context.signals.say_undoable.emit(text.format(count=count), result.operation)

        self._context.bridge.ask(
            self,
            lambda facade: facade.transfer.import_(data, dry_run=False),
            imported,
            self._show_error,
        )

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._home))):
            self.place.show_problem(_("No program opened the folder."))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Export all jobs"), str(Path.home() / FILE_NAME))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(FILE_NAME)
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        _open(dialog)

    def _ask_which(self) -> None:
        dialog = QFileDialog(self, _("Import jobs"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.look_into(Path(name)))
        _open(dialog)

    def _show_error(self, error: DeskcronError) -> None:
        self.jobs.show_problem(str(error))


def _open(dialog: QFileDialog) -> None:
    dialog.setNameFilters([_("Jobs (*.json)"), _("All files (*)")])
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def _pair(*controls: QWidget) -> QWidget:
    """Return controls side by side as one."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GAP)
    for control in controls:
        row.addWidget(control)
    return pair
