"""Hand banners to the back end that shows them, and take them away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from deskcron.domain.banner import Notification, Press
from deskcron.domain.errors import StoreUnavailable
from deskcron.domain.ports import Notifier
from deskcron.domain.storage import Store
from deskcron.engine.preferences import preferences_in

MOST = 100
"""As many banners are remembered, to be taken away when they are out of date."""


class Screen:
    """All back ends as one, in the order of the person's preference.

    Thread: the notification thread, but for `notifiers` and `is_there`.
    """

    def __init__(self, store: Store, notifiers: Sequence[Notifier]) -> None:
        self._store = store
        self.notifiers = notifiers
        self._shown: dict[str, tuple[Notifier, int | None]] = {}

    def listen(self, pressed: Callable[[Press], None]) -> None:
        """Report what is pressed on banners."""
        for notifier in self.notifiers:
            notifier.listen(pressed)

    def is_there(self) -> bool:
        """Tell whether any back end has a session to show banners in."""
        return any(notifier.is_available() for notifier in self.notifiers)

    def show(self, banner: Notification) -> bool:
        """Hand a banner to the first back end that takes it; False when none does."""
        return any(self._offer(notifier, banner) for notifier in self._in_order())

    def show_by(self, name: str, banner: Notification) -> bool:
        """Hand a banner to one back end; False when it does not take it."""
        wanted = [notifier for notifier in self.notifiers if notifier.name == name]
        return any(self._offer(notifier, banner) for notifier in wanted)

    def shown_entries(self) -> Iterable[int]:
        """Return the inbox entries whose banners may still be seen."""
        return [entry_id for _notifier, entry_id in self._shown.values() if entry_id is not None]

    def withdraw_entry(self, entry_id: int) -> None:
        """Take away the banner of an inbox entry."""
        for key, (_notifier, shown) in list(self._shown.items()):
            if shown == entry_id:
                self.withdraw(key)

    def withdraw(self, key: str) -> None:
        """Take a banner away where it still is."""
        if key in self._shown:
            notifier, _entry_id = self._shown.pop(key)
            notifier.withdraw(key)

    def close(self) -> None:
        """End what the back ends have started."""
        for notifier in self.notifiers:
            notifier.close()

    def _offer(self, notifier: Notifier, banner: Notification) -> bool:
        if not (notifier.is_available() and notifier.notify(banner)):
            return False
        before, _entry_id = self._shown.pop(banner.key, (notifier, None))
        if before is not notifier:
            before.withdraw(banner.key)
        self._shown[banner.key] = (notifier, banner.about.entry_id)
        if len(self._shown) > MOST:
            del self._shown[next(iter(self._shown))]
        return True

    def _in_order(self) -> Sequence[Notifier]:
        """Return the back ends, the preferred one first."""
        try:
            preferred = self._store.read(preferences_in).notifier
        except StoreUnavailable:
            return self.notifiers
        return sorted(self.notifiers, key=lambda notifier: notifier.name != preferred)
