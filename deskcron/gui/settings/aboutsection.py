"""What deskcron is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from deskcron import __version__
from deskcron.domain.texts import gettext as _
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.icons import application_icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, ICON_XL


class AboutSection(Section):
    """Name, version and licence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("About"), parent=parent)
        self.add_row(_program())


def _program() -> QWidget:
    program = QWidget()
    words = QVBoxLayout()
    words.setSpacing(GAP_S // 2)
    version = _("deskcron {version}").format(version=__version__)
    words.addWidget(plain_label(version, is_strong=True))
    words.addWidget(plain_label(_("Reminders and jobs on a schedule."), Tone.SOFT, wraps=True))
    words.addWidget(plain_label(_("Free software under the MIT licence."), Tone.SOFT, wraps=True))
    row = QHBoxLayout(program)
    row.setContentsMargins(GAP_L, GAP + GAP_S, GAP_L, GAP + GAP_S)
    row.setSpacing(GAP_L)
    row.addWidget(Picture(application_icon(), ICON_XL), 0, Qt.AlignmentFlag.AlignTop)
    row.addLayout(words, 1)
    return program
