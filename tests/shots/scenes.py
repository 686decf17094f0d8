"""What is photographed: every page, every form, dialog and menu, and the window's own states."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dialogscenes import DIALOGS
from formscenes import FORMS, TIMES
from menuscenes import MENUS
from pagescenes import EMPTY, PAGES
from stage import Scene

FULL: Mapping[str, Mapping[str, Scene]] = MappingProxyType({
    "pages": PAGES,
    "forms": FORMS,
    "times": TIMES,
    "dialogs": DIALOGS,
    "menus": MENUS,
})  # fmt: skip
"""Over a home with jobs, runs and an inbox."""
BARE: Mapping[str, Mapping[str, Scene]] = MappingProxyType({"empty": EMPTY})
"""Over a home with nothing in it."""
