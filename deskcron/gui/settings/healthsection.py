"""Whether everything is in order: what the doctor finds, mends, and says as text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from deskcron.domain.answers import Finding, Health, Mended
from deskcron.domain.errors import DeskcronError
from deskcron.domain.healthwords import report, topic_word, verdict
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import health_word
from deskcron.engine.facade import Facade
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.row import Row
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.copybutton import CopyButton
from deskcron.gui.theme.icons import icon
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.picture import Picture
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S

_LOOKS = {
    Health.BAD: ("error", Tone.BAD),
    Health.NOTE: ("info", Tone.ACCENT),
    Health.GOOD: ("success", Tone.GOOD),
}
"""What needs a person stands first."""


class _Examined(NamedTuple):
    """What was mended, None where that was not wanted, and what is found since."""

    mended: Mended | None
    findings: Sequence[Finding]


class HealthSection(Section):
    """Look when asked to, never by itself: it takes seconds."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(_("Health"), parent=parent)
        self._bridge = bridge
        self._examined = _Examined(None, ())
        self._is_busy = False
        self.check = button(_("Check &health"), "search")
        self.mend = button(_("&Mend"))
        self.copy = CopyButton(self.text, label=_("Cop&y as text"))
        self.row = Row(
            _("Is everything in order?"),
            _("Looks at the engine, the clock, the data, the session and the login."),
            self.check,
            self.mend,
            self.copy,
        )
        self.findings = QWidget()
        self._place = QVBoxLayout(self.findings)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._shown: QWidget | None = None
        for part in (self.mend, self.copy):
            part.hide()
        self.check.clicked.connect(self._examine)
        self.mend.clicked.connect(self._mend)
        self.add_row(self.row)

    def text(self) -> str:
        """Return what was found as text, as the command line has it."""
        return "\n".join(report(self._examined.mended or Mended(), self._examined.findings))

    def _examine(self) -> None:
        self._ask(mends=False)

    def _mend(self) -> None:
        self._ask(mends=True)

    def _ask(self, *, mends: bool) -> None:
        if self._is_busy:  # disabled, the button would lose the keyboard
            return
        self._is_busy = True
        before = self.row.hint()
        self.row.show_problem("")
        self.row.set_hint(_("Looking …"))

        def examined(facade: Facade) -> _Examined:
            mended = facade.doctor.mend() if mends else None
            return _Examined(mended, facade.doctor.examine())

        self._bridge.ask(self, examined, self._show, partial(self._show_error, before))

    def _show(self, examined: _Examined) -> None:
        self._is_busy = False
        self._examined = examined
        if self._shown is None:
            self.add_row(self.findings)
        else:
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = _listed(examined)
        self._place.addWidget(self._shown)
        self.findings.show()
        self.copy.show()
        told = [verdict(examined.mended or Mended(), examined.findings)]
        if examined.mended == Mended():
            told.insert(0, _("There is nothing to mend."))
        self.row.set_hint(" ".join(told))
        may_mend = any(finding.mends for finding in examined.findings)
        if not may_mend and self.window().focusWidget() is self.mend:
            self.check.setFocus()
        self.mend.setVisible(may_mend)

    def _show_error(self, before: str, error: DeskcronError) -> None:
        self._is_busy = False
        self.row.set_hint(before)
        self.row.show_problem(str(error))


def _listed(examined: _Examined) -> QWidget:
    """Return a table of what was mended, and of what was looked at and found."""
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(GAP_L, GAP + GAP_S, GAP_L, GAP + GAP_S)
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(GAP)
    grid.setColumnStretch(2, 1)
    mended = examined.mended or Mended()
    done = [Finding(topic=_("Mended"), health=Health.GOOD, text=text) for text in mended.done]
    failed = [
        Finding(topic=_("Not mended"), health=Health.BAD, text=text) for text in mended.failed
    ]
    order = list(_LOOKS)
    found = sorted(examined.findings, key=lambda finding: order.index(finding.health))
    top = Qt.AlignmentFlag.AlignTop
    for row, finding in enumerate([*done, *failed, *found]):
        name, tone = _LOOKS[finding.health]
        grid.addWidget(Picture(icon(name, tone)), row, 0, top)
        topic = plain_label(topic_word(finding.topic), Tone.SOFT)
        topic.setContentsMargins(0, 0, GAP_L, 0)
        grid.addWidget(topic, row, 1, top)
        grid.addLayout(_told(finding), row, 2, top)
    return table


def _told(finding: Finding) -> QVBoxLayout:
    text = plain_label(finding.text, wraps=True)
    word = health_word(finding.health)
    text.setAccessibleName(_("{health}: {text}").format(health=word, text=finding.text))
    words = QVBoxLayout()
    words.setSpacing(GAP_S // 2)
    words.addWidget(text)
    more = " ".join(filter(None, (finding.why, finding.hint)))
    if more:
        words.addWidget(plain_label(more, Tone.SOFT, wraps=True))
    return words
