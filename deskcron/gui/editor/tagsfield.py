"""A field for tags, which completes those that other jobs have."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from deskcron.domain.texts import gettext as _


class TagsField(QLineEdit):
    """Tags with commas between them; one that holds a comma stands in quotes."""

    def __init__(self, known: QStringListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("work, backup"))
        self.setCompleter(_LastTagCompleter(known, self))

    def tags(self) -> list[str]:
        """Return the tags, each once."""
        return list(dict.fromkeys(read_tags(self.text())))

    def set_tags(self, tags: Sequence[str]) -> None:
        """Show tags."""
        self.setText(written_tags(tags))


def read_tags(text: str) -> list[str]:
    """Return the tags of a line."""
    fields = next(csv.reader(io.StringIO(text), skipinitialspace=True), [])
    return [field.strip() for field in fields if field.strip()]


def written_tags(tags: Sequence[str]) -> str:
    """Return a line that is read as exactly these tags."""
    return ", ".join(
        '"{}"'.format(tag.replace('"', '""')) if "," in tag or '"' in tag else tag for tag in tags
    )


class _LastTagCompleter(QCompleter):
    """Complete what stands behind the last comma."""

    def __init__(self, known: QStringListModel, parent: QLineEdit) -> None:
        super().__init__(known, parent)
        self._line = parent
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - named by Qt
        """Return what is to be completed."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """Return the whole line with the tag of `index` at its end."""
        head, comma, _typed = self._line.text().rpartition(",")
        tag = written_tags([str(index.data())])
        return f"{head}{comma} {tag}" if comma else tag
