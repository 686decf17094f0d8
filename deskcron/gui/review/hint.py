"""The strip above the pages that tells once what an absence has left to be answered."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
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


class ReviewHint(Notice):
    """Look for news while `pages` are seen; stay until the strip is closed or the review opened."""

    def __init__(self, context: PageContext, pages: QWidget) -> None:
        super().__init__("", Tone.SOFT)
        self._context = context
        self._latest = Latest(context.bridge, self)
        self._looks = Throttle(pages, self._look)
        self._news: ReviewNews | None = None
        review = self.add_button(_("Re&view…"))
        review.clicked.connect(self._open)
        self.add_close()
        self.hide()
        pages.installEventFilter(self)
        context.bridge.changed.connect(self._looks.changed)
        context.signals.show_review.connect(lambda _at: self.hide())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - named by Qt
        """Look when the pages come into sight."""
        if event.type() == QEvent.Type.Show:
            self._looks.catch_up()
        return super().eventFilter(watched, event)

    def tell(self, news: ReviewNews) -> None:
        """Say what an absence has left to be answered."""
        self._news = news
        times = times_as_of(self._context.clock.now(), self._context.zones.zone())
        self.say(news_words(news, times), title=_("While deskcron was away"))
        self.show()
        announce(self, f"{self.title()}. {self.text()}")

    def _look(self) -> None:
        self._latest.ask(lambda facade: facade.review.news(), self._on_news)

    def _on_news(self, news: ReviewNews | None) -> None:
        if news is not None:
            self.tell(news)

    def _open(self) -> None:
        at = None if self._news is None else self._news.absence.until
        self._context.signals.show_review.emit(at)
