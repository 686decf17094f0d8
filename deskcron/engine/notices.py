"""Show banners from this process, say by which back ends that can be, and try one."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.answers import Backend
from deskcron.engine.announcer import Announcer


class PresentedNotices:
    """Banners in this process. Thread: any; never call it on a GUI thread."""

    def __init__(self, announcer: Announcer) -> None:
        self._announcer = announcer

    def look(self) -> None:
        """Show what is new in the inbox, also where the engine is another process.

        Each entry is shown by one process only. It returns at once; the first call begins.
        """
        self._announcer.start()

    def backends(self) -> Sequence[Backend]:
        """Return all back ends, the best first; each is asked, which may take seconds."""
        return [
            Backend(
                name=notifier.name,
                label=notifier.label,
                available=not (reason := notifier.obstacle()),
                reason=reason,
            )
            for notifier in self._announcer.notifiers
        ]

    def test(self, name: str) -> bool:
        """Show a banner by this back end from this process; False where it was not taken."""
        return self._announcer.test(name)
