"""What deskcron is, and whether everything about it is in order."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from deskcron import __version__
from deskcron.domain.answers import Finding, Health
from deskcron.domain.errors import DeskcronError
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import health_word
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.icons import application_icon, icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S, ICON_XL

_LOOKS = {
    Health.GOOD: ("success", Tone.GOOD),
    Health.NOTE: ("info", Tone.ACCENT),
    Health.BAD: ("error", Tone.BAD),
}


class AboutSection(Section):
    """Version, licence, and the findings of the doctor."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__(_("About"))
        self._bridge = bridge
        self.check = button(_("Check &health"), "search")
        self.check.clicked.connect(self._examine)
        self.health = Row(
            _("Health"), _("Engine, data, place, disk, clock and notifications."), self.check
        )
        self._findings = QWidget()
        self._lines = QVBoxLayout(self._findings)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        self._findings.hide()
        self.add_row(_program())
        self.add_row(self.health)
        self.add_row(self._findings)

    def _examine(self) -> None:
        self.check.setEnabled(False)
        self.health.show_problem("")
        self._bridge.ask(self, lambda facade: facade.doctor.examine(), self._show, self._show_error)

    def _show(self, findings: Sequence[Finding]) -> None:
        self.check.setEnabled(True)
        if self._shown is not None:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = _listed(findings)
        self._lines.addWidget(self._shown)
        self._findings.show()
        self.health.set_hint(verdict(findings))

    def _show_error(self, error: DeskcronError) -> None:
        self.check.setEnabled(True)
        self.health.show_problem(str(error))


def verdict(findings: Sequence[Finding]) -> str:
    """Return what all findings come to."""
    healths = {finding.health for finding in findings}
    if Health.BAD in healths:
        return _("Something needs to be put right.")
    if Health.NOTE in healths:
        return _("Everything works; something is worth a look.")
    return _("Everything is in order.")


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


def _listed(findings: Sequence[Finding]) -> QWidget:
    """Return the findings as a table of what was looked at and what was found."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(GAP_L, GAP + GAP_S, GAP_L, GAP + GAP_S)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(GAP)
    grid.setColumnStretch(2, 1)
    top = Qt.AlignmentFlag.AlignTop
    for row, finding in enumerate(findings):
        name, tone = _LOOKS[finding.health]
        grid.addWidget(Picture(icon(name, tone)), row, 0, top)
        topic = plain_label(topic_word(finding.topic), Tone.SOFT)
        topic.setContentsMargins(0, 0, GAP_L, 0)
        grid.addWidget(topic, row, 1, top)
        grid.addLayout(_found(finding), row, 2, top)
    return table


def _found(finding: Finding) -> QVBoxLayout:
    text = plain_label(finding.text, wraps=True)
    word = health_word(finding.health)
    text.setAccessibleName(_("{health}: {text}").format(health=word, text=finding.text))
    words = QVBoxLayout()
    words.setSpacing(GAP_S // 2)
    words.addWidget(text)
    if finding.hint:
        words.addWidget(plain_label(finding.hint, Tone.SOFT, wraps=True))
    return words


def topic_word(topic: str) -> str:
    """Return what the doctor looked at; of another version's the code itself."""
    return {
        "doctor": _("Check"),
        "engine": _("Engine"),
        "leftovers": _("Leftovers"),
        "pause": _("Pause"),
        "store": _("Data"),
        "logs": _("Output"),
        "place": _("Place"),
        "space": _("Disk"),
        "clock": _("Clock"),
        "jumps": _("Clock changes"),
        "zone": _("Time zone"),
        "session": _("Session"),
        "tray": _("Panel"),
        "sleep": _("Sleep"),
        "notifications": _("Notifications"),
        "shell": _("Shell"),
        "jobs": _("Jobs"),
        "held": _("Held"),
        "wakeups": _("Wakeups"),
        "access": _("Access"),
        "backups": _("Backups"),
        "autostart": _("Autostart"),
        "keyring": _("Keyring"),
    }.get(topic, topic)
