"""All about one run: what became of it, what was executed and when, and its output."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from deskcron.domain.answers import RunDetail
from deskcron.domain.errors import DeskcronError
from deskcron.domain.run import Cause
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Latest
from deskcron.gui.history.actions import Actions
from deskcron.gui.history.factlist import FactList
from deskcron.gui.history.facts import as_text, facts
from deskcron.gui.history.words import status_sentence
from deskcron.gui.output.view import OutputView
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import icon_button
from deskcron.gui.theme.flow import FlowLayout
from deskcron.gui.theme.labels import HEADING, ElidedLabel, scaled
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.scrolled import ScrolledArea
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S
from deskcron.gui.theme.statuslabel import StatusLabel

_SHARES = (2, 3)
"""Of the facts and of the output."""
_LETTERS_NAME = 40
"""The room that the name of the job has beside the buttons."""
_LETTERS_NARROW = 80
"""Below this width the output stands below the facts."""


class Details(QWidget):
    """Show a run. `closed`: the person has put the details away."""

    closed = Signal()

    def __init__(
        self, context: PageContext, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._actions = actions
        self._latest = Latest(context.bridge, self)
        self._run_id: int | None = None
        self._detail: RunDetail | None = None
        self._name = ElidedLabel(parent=self)
        self._name.setFont(scaled(self._name.font(), HEADING, is_strong=True))
        self._status = StatusLabel(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP_L, 0, 0)
        self._column.setSpacing(GAP)
        self._add_head()
        self._body = QSplitter(Qt.Orientation.Horizontal, self)
        self._beside = ScrolledArea(self._body)
        self._facts = FactList(self._beside.viewport())
        self.output = OutputView(context, self._body, shows_status=False)
        self._add_body()
        actions.copied.connect(self._copy)
        context.zones.changed.connect(self._tell_again)

    @property
    def run_id(self) -> int | None:
        """Return the number of the run that is shown."""
        return self._run_id

    def show_run(self, run_id: int) -> None:
        """Show a run, or what has become of it."""
        if run_id != self._run_id:
            self._run_id = run_id
            self.output.follow(run_id)
        self.refresh()

    def refresh(self) -> None:
        """Look again at the run."""
        run_id = self._run_id
        if run_id is not None:
            self._latest.ask(
                lambda facade: facade.history.detail(run_id),
                self._show,
                self._show_error,
                about=run_id,
            )

    def is_open(self) -> bool:
        """Tell whether the run that is shown can still change."""
        return self._detail is not None and self._detail.run.status.is_open

    def tell_time(self) -> None:
        """Say how long the run has been going on."""
        if self._detail is not None:
            zone = self._context.zones.zone(self._detail.run.zone)
            self._facts.show_facts(facts(self._detail, self._context.clock.now(), zone))

    def _tell_again(self) -> None:
        if self._detail is not None:
            self._show(self._detail)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - named by Qt
        """Return the least height, below which alone all of it is scrolled.

        Facts and output are scrolled by themselves before.
        """
        return self._column.totalMinimumHeightForWidth(width)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - named by Qt
        """Put the buttons below the name where both have no room in one line."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        name = _LETTERS_NAME * self.fontMetrics().averageCharWidth()
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        fits = name + self._buttons.sizeHint().width() <= self.width()
        self._titles.setDirection(across if fits else down)
        is_narrow = self.width() < _LETTERS_NARROW * self.fontMetrics().averageCharWidth()
        side = Qt.Orientation.Vertical if is_narrow else Qt.Orientation.Horizontal
        if side is not self._body.orientation():
            self._body.setOrientation(side)
            self.output.setContentsMargins(0 if is_narrow else GAP_L, 0, 0, 0)

    def _add_head(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(GAP_S)
        words.addWidget(self._name)
        words.addWidget(self._status)
        close = icon_button("close", _("Close the details"))
        close.clicked.connect(self.closed)
        self._buttons = FlowLayout(GAP_S)
        for control in self._actions.buttons(self):
            self._buttons.addWidget(control)
        self._titles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._titles.setSpacing(GAP_S)
        self._titles.addLayout(words, 1)
        self._titles.addLayout(self._buttons)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addLayout(self._titles, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self._column.addSpacing(GAP_S)

    def _add_body(self) -> None:
        self._beside.setWidget(self._facts)
        body = self._body
        body.setChildrenCollapsible(False)
        body.setHandleWidth(1)
        body.addWidget(self._beside)
        body.addWidget(self.output)
        self.output.setContentsMargins(GAP_L, 0, 0, 0)
        for part, share in enumerate(_SHARES):
            body.setStretchFactor(part, share)
        body.setSizes([share * self.screen().size().width() for share in _SHARES])
        self._column.addWidget(body, 1)

    def _show(self, detail: RunDetail) -> None:
        if detail.run.id != self._run_id:
            return
        self._detail = detail
        self._name.setText(_named(detail))
        zone = self._context.zones.zone(detail.run.zone)
        self._status.show_status(detail.run.status, status_sentence(detail.run, zone))
        self._actions.show_detail(detail)
        self._arrange()
        self.tell_time()

    def _show_error(self, error: DeskcronError) -> None:
        self._detail = None
        self._status.show_state("error", str(error), Tone.BAD)
        self._actions.show(None)
        self._facts.show_facts([])

    def _copy(self) -> None:
        if self._detail is not None:
            zone = self._context.zones.zone(self._detail.run.zone)
            text = as_text(self._detail, self._context.clock.now(), zone)
            QGuiApplication.clipboard().setText(text)
            self._context.signals.say.emit(_("Details copied"))


def _named(detail: RunDetail) -> str:
    """Return the name of the job, and whether it is gone; one that is tried out never was there."""
    name = " ".join(detail.run.job_name.split())
    is_gone = not detail.is_job_there and detail.run.cause is not Cause.TEST
    return _("{name} (deleted)").format(name=name) if is_gone else name
