"""List the kinds of action a job can have."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from deskcron.actions.command import Command
from deskcron.actions.open import Open
from deskcron.actions.pythoncall import PythonCall
from deskcron.actions.reminder import Reminder
from deskcron.actions.script import Script
from deskcron.actions.tidy import Tidy
from deskcron.actions.webrequest import WebRequest

ACTION_KINDS: Mapping[str, type] = MappingProxyType(
    {
        "command": Command,
        "script": Script,
        "reminder": Reminder,
        "open": Open,
        "web": WebRequest,
        "python": PythonCall,
        "tidy": Tidy,
    }
)
"""The class of each kind, by the name that is stored."""
