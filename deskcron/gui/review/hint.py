"""The strip above the pages that tells what the latest absence has left to be answered."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from deskcron.domain.review import ReviewNews
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Latest
from deskcron.gui.later import Throttle
from deskcron.gui.pagecontext import PageContext
from deskcron.gui.review.words import news_words, times_as_of
from deskcron.gui.theme.announcing import announce
from deskcron.gui.theme.notice import Notice
from deskcron.gui.theme.palette import Tone

LOOK_MS = 3_000
"""Between looks: it may be there for days, and thousands of jobs may have been due."""


class ReviewHint(Notice):
    """Look for news while `pages` are seen; stay until all is answered, or somebody has seen it.

    Where it goes with its window before, the next window has it again.
    """

    def __init__(self, context: PageContext, pages: QWidget) -> None:
        super().__init__("", Tone.SOFT)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._looks = Throttle(pages, self._look, LOOK_MS)
        self._news: ReviewNews | None = None
        self._seen_until: datetime | None = None
        review = self.add_button(_("Review…"))  # its letter belongs to the pages
        review.clicked.connect(self._open)
        self.add_close().clicked.connect(self._put_away)
        self.hide()
        context.bridge.changed.connect(self._looks.changed)
        context.zones.changed.connect(self._say)

    def catch_up(self) -> None:
        """Look, and say it in the words of this moment: the pages have come into sight."""
        self._looks.catch_up()
        self._say()

    def tell(self, news: ReviewNews) -> None:
        """Say what an absence has left to be answered."""
        is_new = self._news is None or self._news.absence.until != news.absence.until
        self._news = news
        self._say()
        self.show()
        if is_new:
            announce(self, f"{self.title()}. {self.text()}")

    def _say(self) -> None:
        if self._news is not None:
            times = times_as_of(self._context.clock.now(), self._context.zones.zone())
            self.say(news_words(self._news, times), title=_("While deskcron was away"))

    def _look(self) -> None:
        self._latest.ask(lambda facade: facade.review.news(), self._on_news)

    def _on_news(self, news: ReviewNews | None) -> None:
        if news is None:
            self._news = None
            self.hide()
        elif news.absence.until != self._seen_until:  # an answer from before it was put away
            self.tell(news)

    def _open(self) -> None:
        if self._news is not None:
            self._context.signals.show_review.emit(self._news.absence.until)
            self._put_away()

    def _put_away(self) -> None:
        news, self._news = self._news, None
        self.hide()
        if news is not None:
            self._seen_until = news.absence.until
            self._context.bridge.ask(
                self, lambda facade: facade.review.mark_told(news.absence), lambda _told: None
            )
