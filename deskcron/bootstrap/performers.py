"""Which function does the work of an action whose child process is deskcron itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import cast

from deskcron.domain.errors import BadInput
from deskcron.domain.texts import gettext as _

_Performer = Callable[[Path], int]

PERFORMERS: Mapping[str, str] = MappingProxyType(
    {"web": "deskcron.actions.webperformer", "tidy": "deskcron.tidying.performer"}
)
"""The module of each; its function `perform` takes the file of the plan, and returns the exit code.

It is imported in the child alone, with whatever it needs.
"""


def perform(what: str, plan: Path) -> int:
    """Perform a plan in this process and return the exit code; raises BadInput."""
    if what not in PERFORMERS:
        raise BadInput(title=_("'{what}' cannot be performed").format(what=what))
    performer = cast("_Performer", import_module(PERFORMERS[what]).perform)
    return performer(plan)
