"""The one door to the core: blocking, thread-safe, the same with and without an engine here."""

from __future__ import annotations

from typing import NamedTuple

from deskcron.engine.catalogue import Catalogue
from deskcron.engine.control import Control, NoEngine
from deskcron.engine.doctor import Doctor
from deskcron.engine.history import History
from deskcron.engine.inbox import InboxDesk
from deskcron.engine.jobs import JobDesk
from deskcron.engine.transfer import Transfer
from deskcron.engine.whens import Whens

__all__ = ["Facade", "NoEngine"]


class Facade(NamedTuple):
    """What screens and command line see of the core, by subject."""

    whens: Whens
    catalogue: Catalogue
    jobs: JobDesk
    transfer: Transfer
    history: History
    inbox: InboxDesk
    control: Control
    doctor: Doctor
