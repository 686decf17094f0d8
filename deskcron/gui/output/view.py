"""The log view: follow the output of a run as long as it goes on, and stop the run."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.errors import DeskcronError, StoreUnavailable
from deskcron.domain.run import Run
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import capital, outcome
from deskcron.engine.facade import Facade
from deskcron.gui.later import later
from deskcron.gui.output.attemptchoice import AttemptChoice
from deskcron.gui.output.find import FindBar
from deskcron.gui.output.tail import PIECE_LINES, Piece, Tail
from deskcron.gui.output.text import OutputText
from deskcron.gui.output.tools import Tools
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_S, GAP_XL
from deskcron.gui.theme.statuslabel import StatusLabel

LOOK_MS = 100
"""Between looks at the output of a run that is not over."""


class OutputView(QWidget):
    """Show what a run prints. Nothing is read while the view is not to be seen."""

    def __init__(
        self, context: PageContext, parent: QWidget | None = None, *, shows_status: bool = True
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._shows_status = shows_status
        self._tail: Tail | None = None
        self._run_id: int | None = None
        self._run: Run | None = None
        self._is_asking = False
        self._has_earlier = False
        self._look_again = later(self, LOOK_MS, self._look)
        self._earlier_soon = later(self, LOOK_MS, self._ask_earlier)
        self.text = OutputText()
        self.find_bar = FindBar(self.text)
        self._status = StatusLabel()
        self._earlier = Notice(
            _("Only the end of the output is shown here; the log file has more.")
        )
        self._load_earlier = self._earlier.add_button(_("Show &earlier"))
        self._to_end = button(_("&Jump to end"), "chevron-down")
        self._stop = button(_("S&top"), "stop")
        self._attempts = AttemptChoice()
        self._tools = Tools(context, self, self.text, self.find_bar)
        self._lay_out()
        self._load_earlier.clicked.connect(self._ask_earlier)
        self._attempts.chosen.connect(self._begin_anew)
        self._stop.clicked.connect(self._stop_run)
        self._to_end.clicked.connect(self.text.follow_end)
        self.text.settled.connect(self._on_settled)
        self.text.followed.connect(self._on_followed)
        self.text.verticalScrollBar().rangeChanged.connect(self._refresh_jump)
        self.text.recoloured.connect(self._begin_anew)
        self.clear()

    def follow(self, run_id: int) -> None:
        """Show the output of a run and what is still to come of it."""
        if run_id != self._run_id:
            self.clear()
            self._run_id = run_id
            self._begin_anew()

    def clear(self) -> None:
        """Show nothing."""
        self._look_again.stop()
        self._tail = self._run_id = self._run = None
        self._has_earlier = False
        self._attempts.show_number(1)
        self.text.begin_anew()
        self.text.setPlaceholderText("")
        self._refresh(is_there=False)
        self._refresh_earlier()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - named by Qt
        """Go on reading."""
        super().showEvent(event)
        self._look()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - named by Qt
        """Stop reading."""
        super().hideEvent(event)
        self._look_again.stop()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self._status, 1)
        if not self._shows_status:
            head.addWidget(plain_label(_("Output"), Tone.SOFT), 1)
        head.addWidget(self._attempts)
        head.addWidget(self._stop)
        for control in self._tools.buttons():
            head.addWidget(control)
        paper = QGridLayout()
        paper.setRowStretch(0, 1)
        paper.setRowMinimumHeight(1, GAP_XL)
        paper.addWidget(self.text, 0, 0, 2, 1)
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        paper.addWidget(self._to_end, 0, 0, below)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self._earlier)
        column.addLayout(paper, 1)
        column.addWidget(self.find_bar)
        self._to_end.hide()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Hand the keyboard on; Tab would skip what comes before the proxy that Qt offers."""
        self.text.setFocus(event.reason())

    def _begin_anew(self) -> None:
        if self._run_id is not None:
            self._tail = Tail(self._run_id, self._attempts.attempt)
            self._look()

    def _look(self) -> None:
        may_look = self.text.is_following or self.text.has_room(PIECE_LINES)
        if self.isVisible() and may_look:  # what scrolls away is not what is being read
            self._ask(Tail.look, self._show)

    def _ask_earlier(self) -> None:
        if self._is_asking:
            self._earlier_soon.start()
        else:
            self._ask(Tail.earlier, self._show_earlier)

    def _ask(
        self, question: Callable[[Tail, Facade], Piece], then: Callable[[Piece], None]
    ) -> None:
        tail = self._tail
        if tail is None or self._is_asking:
            return

        def answered(piece: Piece) -> None:
            self._is_asking = False
            if tail is self._tail:
                then(piece)
            else:  # another run has been chosen meanwhile
                self._look()

        def failed(error: DeskcronError) -> None:
            self._is_asking = False
            if tail is self._tail:
                self._status.show_state("error", str(error), Tone.BAD)
                self._status.setVisible(self._shows_status)
                if isinstance(error, StoreUnavailable):  # which may pass
                    self._look_again.start()
            else:
                self._look()

        self._is_asking = True
        self._context.bridge.ask(self, lambda facade: question(tail, facade), answered, failed)

    def _show(self, piece: Piece) -> None:
        if piece.is_anew:
            self.text.begin_anew()
        self._run = piece.run
        self._has_earlier = piece.has_earlier
        self._refresh(is_there=piece.is_there)
        self.text.write(piece.lines)

    def _show_earlier(self, piece: Piece) -> None:
        self.text.write_before(piece.lines)
        self._has_earlier = piece.has_earlier
        self._refresh_earlier()
        self._look_again.start()

    def _on_settled(self) -> None:
        self._refresh_earlier()
        is_over = self._run is None or not self._run.status.is_open
        if not is_over and not self._look_again.isActive():
            self._look_again.start()

    def _on_followed(self, is_following: bool) -> None:  # noqa: FBT001 - a slot
        self._refresh_jump()
        if is_following:
            self._on_settled()

    def _refresh_jump(self) -> None:
        """Offer the way to the end where that is out of sight, or may come to be."""
        is_open = self._run is not None and self._run.status.is_open
        is_more = is_open or self.text.verticalScrollBar().maximum() > 0
        self._to_end.setVisible(is_more and not self.text.is_following)

    def _refresh_earlier(self) -> None:
        """Say that the beginning is not shown, and offer it while there is room for it."""
        has_room = self.text.has_room(1)
        self._earlier.setVisible(self._has_earlier or not has_room)
        self._load_earlier.setVisible(self._has_earlier and has_room)

    def _refresh(self, *, is_there: bool) -> None:
        """Offer what fits the run."""
        run = self._run
        self._status.setVisible(run is not None and self._shows_status)
        if run is not None:
            self._status.show_status(run.status, capital(outcome(run)))
            self.text.setPlaceholderText(_nothing(run, is_there=is_there))
        self._stop.setVisible(run is not None and run.status.is_open)
        self._refresh_jump()
        self._attempts.show_number(1 if run is None else run.attempt)
        self._tools.show(self._run_id, self._attempts.attempt, is_there=is_there)

    def _stop_run(self) -> None:
        if self._run is not None:
            run_id = self._run.id
            self._context.bridge.ask(
                self, lambda facade: facade.control.stop_run(run_id), lambda _: None
            )


def _nothing(run: Run, *, is_there: bool) -> str:
    """Say why there is no text to be seen."""
    if run.status.is_open:
        return _("No output yet.")
    if run.started_at is None:
        return _("It was not executed, so there is no output.")
    if run.output_bytes and not is_there:
        return _("The output of this run is no longer kept.")
    return _("It printed nothing.")
