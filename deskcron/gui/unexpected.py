"""Put an error that nobody foresaw into words; all else of it stands in the log."""

from __future__ import annotations

from pathlib import Path

from deskcron.domain.errors import DeskcronError, RequestFailed
from deskcron.domain.texts import gettext as _


def unexpected(title: str, error: Exception, log: Path | None = None) -> DeskcronError:
    """Return what to tell the person; `title` says what failed.

    Without a `log` the settings are said to lead to it.
    """
    way = _("window.log says more; the settings open its folder, below Data.")
    return RequestFailed(
        title=title,
        detail=f"{type(error).__name__}: {error}",
        hint=way if log is None else _("{log} says more.").format(log=log),
    )
