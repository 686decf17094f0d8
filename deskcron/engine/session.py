"""Remember how to reach the session of the last window, for engines that have none."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.storage import Store, Tables

_KEY = "session"


def remember_session(store: Store, session: Mapping[str, str]) -> None:
    """Keep the variables of a session in which a window is; raises StoreUnavailable."""
    if store.read(last_session) != session:
        store.write(lambda tables: tables.settings.set(_KEY, dict(session)))


def last_session(tables: Tables) -> Mapping[str, str]:
    """Return the variables of the last window's session, none where there was no window."""
    kept = tables.settings.get(_KEY)
    if not isinstance(kept, dict):
        return {}
    return {name: value for name, value in kept.items() if isinstance(value, str)}
