"""The field that chooses a job by its name, with completion among thousands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from deskcron.domain.run import JobId
from deskcron.domain.texts import gettext as _
from deskcron.gui.theme.inputs import WheelGuard

_LETTERS = 14


class JobField(WheelGuard, QComboBox):
    """One job, or what `none` calls the choice of none.

    `chosen`: another one has been chosen by the person.
    """

    chosen = Signal()

    def __init__(self, none: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._none = none
        self._names: Mapping[JobId, str] | None = None
        self._seen: Mapping[JobId, str] = {}
        self._chosen: str | None = None
        self._ids: list[str | None] = []
        self._texts = QStringListModel(self)
        self.setAccessibleName(_("Job"))
        # Qt on Linux takes what is chosen for the name; the description is read out with it.
        self.setAccessibleDescription(_("Job"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setModel(self._texts)
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_LETTERS)
        self._line = QLineEdit()
        self._line.setPlaceholderText(none)
        self._line.setAccessibleName(_("Job"))
        self.setLineEdit(self._line)
        completer = QCompleter(self._texts, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self._line.editingFinished.connect(self._on_edited)
        self.activated.connect(self._on_activated)
        self._fill()

    def job_id(self) -> str | None:
        """Return the job that is chosen, None for none."""
        return self._chosen

    def choose(self, job_id: str | None) -> None:
        """Choose a job, or none."""
        self._chosen = job_id
        self._show_chosen()

    def select_text(self) -> None:
        """Let what is typed next take the place of what is there."""
        self._line.selectAll()

    def set_jobs(self, names: Mapping[JobId, str]) -> None:
        """Offer these jobs, ids with names."""
        if names != self._names:
            self._names = names
            self._fill()

    def add_removed(self, names: Mapping[JobId, str]) -> None:
        """Offer those of these jobs, too, that are not among the others."""
        if not names.keys() <= self._seen.keys():
            self._seen = {**self._seen, **names}
            self._fill()

    def _fill(self) -> None:
        """Offer all jobs that are known; what is being typed stays."""
        typed = self._line.text() if self._line.isModified() else None
        names = self._seen if self._names is None else self._names
        removed = {job_id: name for job_id, name in self._seen.items() if job_id not in names}
        self._ids = [None, *names, *removed]
        texts = [self._none, *map(_in_a_line, names.values())]
        texts += [_("{name} (deleted)").format(name=_in_a_line(one)) for one in removed.values()]
        with QSignalBlocker(self):
            self._texts.setStringList(texts)
        self._show_chosen()
        if typed is not None:
            self._line.setText(typed)
            self._line.setModified(True)

    def _show_chosen(self) -> None:
        row = self._ids.index(self._chosen) if self._chosen in self._ids else -1
        with QSignalBlocker(self):
            self.setCurrentIndex(row)
        self._line.setText(self.itemText(row) if row >= 0 else "…")  # its name comes later
        self._line.setCursorPosition(0)

    def _on_activated(self, row: int) -> None:
        self._take(self._ids[row])

    def _on_edited(self) -> None:
        """Take what was typed where it is a job's name, else go back to what was chosen."""
        typed = self._line.text().strip()
        row = self.findText(typed, Qt.MatchFlag.MatchFixedString) if typed else 0
        if row >= 0:
            self._take(self._ids[row])
        else:
            self._show_chosen()

    def _take(self, job_id: str | None) -> None:
        is_new = job_id != self._chosen
        self.choose(job_id)
        if is_new:
            self.chosen.emit()


def _in_a_line(name: str) -> str:
    return " ".join(name.split())
