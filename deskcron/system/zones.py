"""Find the computer's time zone and the version of the rules it goes by."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, available_timezones

import tzdata  # type: ignore[import-untyped]  # it has no types; one constant is used
import tzlocal

_log = logging.getLogger(__name__)
_UNKNOWN = "UTC"
_UNNAMED = frozenset({"local", "localtime"})  # a zone file that is not at its own place


class SystemZones:
    """The Zones of this machine; an answer is good for `good_for_s`. Thread: any."""

    def __init__(
        self,
        database: tuple[str, ...] = TZPATH,
        localtime: str = "/etc/localtime",
        good_for_s: float = 1.0,
    ) -> None:
        self._database = tuple(Path(directory) for directory in database)
        self._localtime = Path(localtime)
        self._seen: tuple[str | int | None, ...] | None = None
        self._name = _UNKNOWN
        self._good_for_s = good_for_s
        self._good_until_s = 0.0
        self._fault = ""
        self._rules = self.rules_version()

    def local_zone(self) -> str:
        """Return the IANA name of the computer's zone as it is now; "UTC" where unknown.

        The TZ variable goes first. It may hold rules instead of a name (TZ=CET-1CEST); no IANA
        zone follows them, so they count as unknown.
        """
        if time.monotonic() < self._good_until_s:
            return self._name
        sources = self._sources()
        if sources is None or sources != self._seen:
            self._name, self._seen = self._look_up(), sources
        self._good_until_s = time.monotonic() + self._good_for_s
        return self._name

    def fault(self) -> str:
        """Say why the computer's zone is not known, "" where it is."""
        self.local_zone()
        return self._fault

    def _sources(self) -> tuple[str | int | None, ...] | None:
        """Return what tells whether the zone was set anew, None where that cannot be told."""
        variable = os.environ.get("TZ")
        if variable is not None and "/" in variable[:2]:
            return None  # a file of its own, which may be written to
        try:
            link, file = os.lstat(self._localtime), os.stat(self._localtime)  # noqa: PTH116
        except OSError:
            return None
        return (variable, link.st_ino, link.st_mtime_ns, file.st_ino, file.st_mtime_ns)

    def _look_up(self) -> str:
        if hasattr(time, "tzset"):
            time.tzset()  # the C library keeps the zone of its first use otherwise
        try:
            zone = tzlocal.reload_localzone()
            name = getattr(zone, "key", None) or _UNKNOWN
            if name in _UNNAMED:
                name = self._name_by_content()
            known = ZoneInfo(name).key
        except (KeyError, ValueError, OSError) as error:
            if str(error) != self._fault:
                _log.warning("The computer's time zone is unknown, using UTC: %s", error)
                self._fault = str(error)  # asked for often, said once
            return _UNKNOWN
        self._fault = ""
        return known

    def rules_version(self) -> str:
        """Return the versions of both rule sources: the system's files and the tzdata package.

        zoneinfo prefers the system's files and takes the package where they lack a zone.
        """
        return f"{self._system_version()}+{tzdata.IANA_VERSION}"

    def renew(self) -> None:
        """Let zones be read anew when the version is another one: zoneinfo reads each once."""
        version = self.rules_version()
        if version != self._rules:
            ZoneInfo.clear_cache()
            self._rules = version

    def _system_version(self) -> str:
        for directory in self._database:
            for name in ("tzdata.zi", "+VERSION"):
                try:
                    with (directory / name).open(encoding="ascii", errors="replace") as file:
                        line = file.readline(100)
                except OSError:
                    continue
                return line.removeprefix("# version").strip()
        return ""

    def _name_by_content(self) -> str:
        """Name a zone file that was copied to its place, by its twin in the database."""
        named = os.environ.get("TZ", "").removeprefix(":")
        content = (Path(named) if os.path.isabs(named) else self._localtime).read_bytes()  # noqa: PTH117
        by_plainness = sorted(available_timezones(), key=lambda name: ("/" not in name, name))
        for directory in self._database:
            for name in by_plainness:
                twin = directory / name
                if twin.is_file() and twin.read_bytes() == content:
                    return name
        return _UNKNOWN
