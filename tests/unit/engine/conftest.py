"""The engine's parts over a real store and real logs; time and nudges are ours."""

from __future__ import annotations

from enginefixtures import (  # noqa: F401 - fixtures
    machine,
    notifier,
    rig,
    store_template,
)
