"""The engine's parts with real processes and the threads that wait for them."""

from __future__ import annotations

from enginefixtures import (  # noqa: F401 - fixtures
    live,
    machine,
    new_store,
    notifier,
    rig,
    store,
    tmp_path,
)
