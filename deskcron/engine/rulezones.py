"""Say which fixed zone rules share: those of a job, and those that made a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from deskcron.domain.codec import UNDECODABLE
from deskcron.domain.run import JobId, Run
from deskcron.domain.storage import Tables
from deskcron.domain.trigger import LOCAL_ZONE

MOST_KEPT = 10_000
_NONE: Mapping[str, str] = MappingProxyType({})


class _Rules(msgspec.Struct, frozen=True):
    """Any: a rule that is damaged or of an unknown kind has a zone all the same."""

    triggers: Any = ()


_rules_in = msgspec.json.Decoder(_Rules).decode


def shared_zone(triggers: Any) -> str | None:
    """Return the fixed zone of all trigger documents, None where they differ or have none."""
    return _shared(zone for _id, zone in _zones(triggers))


class RunZones:
    """Tell runs the zone of their rules; a revision never changes, so it is read once."""

    def __init__(self) -> None:
        self._fixed: dict[tuple[JobId, int], Mapping[str, str]] = {}

    def told(self, tables: Tables, run: Run) -> Run:
        """Return the run with the fixed zone of the triggers that made it. Thread: any."""
        if not run.triggers:
            return run
        key = (run.job_id, run.revision)
        fixed = self._fixed.get(key)
        if fixed is None:
            if len(self._fixed) >= MOST_KEPT:
                self._fixed.clear()
            fixed = self._fixed[key] = _fixed_zones(tables.jobs.body(*key))
        zone = _shared(fixed.get(trigger, LOCAL_ZONE) for trigger in run.triggers)
        return run if zone is None else msgspec.structs.replace(run, zone=zone)


def _fixed_zones(body: bytes | None) -> Mapping[str, str]:
    """Return the zones of a definition's triggers by their ids, without those that are local."""
    try:
        triggers = () if body is None else _rules_in(body).triggers
    except UNDECODABLE:
        return _NONE
    return {key: zone for key, zone in _zones(triggers) if zone != LOCAL_ZONE} or _NONE


def _zones(triggers: Any) -> list[tuple[str, str]]:
    """Return the ids of trigger documents with their zones."""
    if not isinstance(triggers, list):
        return []
    return [
        (str(item.get("id")), str(item.get("zone", LOCAL_ZONE)))
        for item in triggers
        if isinstance(item, dict)
    ]


def _shared(zones: Iterable[str]) -> str | None:
    distinct = set(zones)
    zone = distinct.pop() if len(distinct) == 1 else LOCAL_ZONE
    return None if zone == LOCAL_ZONE else zone
