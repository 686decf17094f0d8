"""Keep a person's preferences in the store, where window and engine of any process find them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from deskcron.domain.errors import InvalidDraft
from deskcron.domain.job import Document
from deskcron.domain.lane import LaneUse
from deskcron.domain.policyproblems import IsPlace, any_place
from deskcron.domain.ports import WakeChannel
from deskcron.domain.preferences import Preferences
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _
from deskcron.engine.jobdefaults import defaults_in, set_defaults
from deskcron.engine.lanes import lanes_in, with_rooms

_KEY = "preferences"


class PreferencesService:
    """Read and change preferences. Thread: any; never call it on a GUI thread.

    `is_place` tells whether the holidays of a place are known.
    """

    def __init__(self, store: Store, wake: WakeChannel, is_place: IsPlace = any_place) -> None:
        self._store = store
        self._wake = wake
        self._is_place = is_place

    def get(self) -> Preferences:
        """Return what is preferred."""
        return self._store.read(preferences_in)

    # Any: each field has a type of its own; the preferences check the values
    def change(self, **fields: Any) -> Preferences:
        """Store some preferences, obeyed at once; all others stay. Return what holds now.

        Raises InvalidDraft with the fields in question.
        """
        changed = self._store.write(lambda tables: _merge(tables, fields))
        self._wake.nudge()
        return changed

    def lanes(self) -> Sequence[LaneUse]:
        """Return the lanes that were given room or have a job, with the runs that are in them."""
        return self._store.read(lambda tables: lanes_in(tables, preferences_in(tables).lanes))

    def set_lanes(self, rooms: Mapping[str, int | None]) -> None:
        """Give lanes room for so many runs at once, obeyed at once; None for one, as any other.

        All others stay. Raises InvalidDraft.
        """

        def merge(tables: Tables) -> Preferences:
            return _merge(tables, {"lanes": with_rooms(preferences_in(tables).lanes, rooms)})

        self._store.write(merge)
        self._wake.nudge()

    def defaults(self) -> Document:
        """Return the fields of a policy that new jobs start from."""
        return self._store.read(defaults_in)

    def set_defaults(self, rules: Document) -> None:
        """Let new jobs start from these fields of a policy and no others; raises InvalidDraft.

        Jobs that are there keep their rules.
        """
        self._store.write(lambda tables: set_defaults(tables, rules, self._is_place))


def preferences_in(tables: Tables) -> Preferences:
    """Return the stored preferences, with the default for each that cannot be used."""
    stored, usable = _stored(tables), Preferences()
    for field in msgspec.structs.fields(Preferences):
        if field.name in stored:
            with suppress(msgspec.ValidationError):
                value = msgspec.convert(stored[field.name], field.type)
                changed = msgspec.structs.replace(usable, **{field.name: value})
                usable = usable if changed.problems() else changed
    return usable


# Any: each field has a type of its own
def _merge(tables: Tables, fields: Mapping[str, Any]) -> Preferences:
    wanted = msgspec.structs.replace(preferences_in(tables), **fields)
    problems = wanted.problems()
    if problems:
        raise InvalidDraft(title=_("The settings cannot be saved"), problems=problems)
    tables.settings.set(_KEY, {**_stored(tables), **msgspec.to_builtins(fields)})
    return wanted


def _stored(tables: Tables) -> Mapping[str, Any]:  # JSON, maybe of a later version
    stored = tables.settings.get(_KEY)
    return stored if isinstance(stored, dict) else {}
