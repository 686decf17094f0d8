"""Put an error that nobody foresaw into words; all else of it stands in the log."""

from __future__ import annotations

from deskcron.domain.errors import DeskcronError, RequestFailed
from deskcron.domain.texts import gettext as _


def unexpected(title: str, error: Exception) -> DeskcronError:
    """Return what to tell the person; `title` says what failed."""
    return RequestFailed(
        title=title,
        detail=f"{type(error).__name__}: {error}",
        hint=_("The log of the window says more."),
    )
