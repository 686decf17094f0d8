"""All tables over one connection."""

from __future__ import annotations

import sqlite3

from deskcron.store.changed import ChangedSeq
from deskcron.store.holds import HoldRows
from deskcron.store.inbox import InboxRows
from deskcron.store.jobs import JobRows
from deskcron.store.listeners import ListenerRows
from deskcron.store.overview import OverviewQueries
from deskcron.store.requests import RequestRows
from deskcron.store.runs import RunRows
from deskcron.store.settings import SettingRows
from deskcron.store.wakeups import WakeupRows


class SqliteTables:
    """The tables that changes and queries are given; `connection` stays within the store."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.seq = ChangedSeq(connection)
        self.jobs = JobRows(connection, self.seq)
        self.runs = RunRows(connection, self.seq)
        self.wakeups = WakeupRows(connection)
        self.listeners = ListenerRows(connection)
        self.holds = HoldRows(connection)
        self.requests = RequestRows(connection)
        self.inbox = InboxRows(connection, self.seq)
        self.settings = SettingRows(connection)
        self.overview = OverviewQueries(connection)
