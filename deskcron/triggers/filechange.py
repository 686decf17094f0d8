"""Say "now" when a file, or a file in a folder, has changed and come to rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from deskcron.domain.errors import Problem
from deskcron.domain.happening import EventKind, Watched
from deskcron.domain.listening import LONGEST_DELAY_S, EventTrigger, Topic
from deskcron.domain.texts import gettext as _
from deskcron.domain.timewords import length_words
from deskcron.domain.trigger import RuleContext
from deskcron.triggers.eventwords import with_timing

SETTLE_S = 2
"""How long nothing has to happen to a file unless something else is said."""


class FileChange(EventTrigger, frozen=True, kw_only=True, tag="file"):
    """Say "now" for each file that was written, created, moved or removed.

    `pattern` is a shell pattern for the names in a folder. A leading ~ is the person's home.
    """

    path: str
    pattern: str = ""
    is_recursive: bool = False
    settle_s: int = SETTLE_S

    @property
    def topic(self) -> Topic:
        """Return the event of just these files."""
        return topic_of(self.watched)

    @property
    def watched(self) -> Watched:
        """Return what to look at."""
        return Watched(self.path, self.pattern, self.is_recursive, float(self.settle_s))

    def problems(self, now: datetime, context: RuleContext) -> Sequence[Problem]:
        """Say what keeps the trigger from being saved, in words."""
        found = list(super().problems(now, context))
        if not self.path.startswith(("/", "~")) and not Path(self.path).is_absolute():
            text = _("Name a file or folder by its whole path, from / or ~ on.")
            found.append(Problem("path", text))
        if "\0" in self.path + self.pattern:
            found.append(Problem("path", _("A path has no NUL character.")))
        if not 0 <= self.settle_s <= LONGEST_DELAY_S:
            found.append(Problem("settle_s", _("A time to rest is from no time to 30 days.")))
        return found

    def describe(self) -> str:
        """Put the files into words."""
        if not self.pattern:
            text = _("When {path} changes").format(path=self.path)
        else:
            text = _("When {pattern} in {path} changes").format(
                pattern=self.pattern, path=self.path
            )
        if self.is_recursive:
            text = _("{what}, folders included").format(what=text)
        if self.settle_s != SETTLE_S:
            text = _("{what}, {rest}").format(what=text, rest=_rest(self.settle_s))
        return with_timing(text, self)


def _rest(settle_s: int) -> str:
    if not settle_s:
        return _("at once")
    return _("after {length} of rest").format(length=length_words(settle_s))


def topic_of(watched: Watched) -> Topic:
    """Return the topic of just these files."""
    return Topic(EventKind.FILE_CHANGED.value, repr(tuple(watched)))
