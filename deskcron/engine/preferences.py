"""Keep a person's preferences in the store, where window and engine of any process find them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec

from deskcron.domain.errors import InvalidDraft
from deskcron.domain.ports import WakeChannel
from deskcron.domain.preferences import Preferences
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _

_KEY = "preferences"


class StoredPreferences:
    """Read and change preferences. Thread: any; never call it on a GUI thread."""

    def __init__(self, store: Store, wake: WakeChannel) -> None:
        self._store = store
        self._wake = wake

    def get(self) -> Preferences:
        """Return what is preferred."""
        return self._store.read(preferences_in)

    # Any: each field has a type of its own; the preferences check the values
    def change(self, **fields: Any) -> Preferences:
        """Store some preferences, obeyed at once; all others stay. Return what holds now.

        Raises InvalidDraft with the fields in question.
        """

        def merge(tables: Tables) -> Preferences:
            wanted = msgspec.structs.replace(preferences_in(tables), **fields)
            problems = wanted.problems()
            if problems:
                raise InvalidDraft(title=_("The settings cannot be saved"), problems=problems)
            tables.settings.set(_KEY, {**_stored(tables), **msgspec.to_builtins(fields)})
            return wanted

        changed = self._store.write(merge)
        self._wake.nudge()
        return changed


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


def _stored(tables: Tables) -> Mapping[str, Any]:  # JSON, maybe of a later version
    stored = tables.settings.get(_KEY)
    return stored if isinstance(stored, dict) else {}
