"""Keep secrets and forget them; their names stand in the store, their values in the keyring."""

from __future__ import annotations

from collections.abc import Sequence

from deskcron.domain.errors import BadInput, NotFound
from deskcron.domain.secret import Keyring, is_name
from deskcron.domain.storage import Store, Tables
from deskcron.domain.texts import gettext as _

_KEY = "secrets"


class Secrets:
    """What a person does with secrets. Thread: any, not the GUI's: a keyring may ask the person.

    No value ever comes back: only the process that needs one gets it.
    """

    def __init__(self, store: Store, keyring: Keyring) -> None:
        self._store = store
        self._keyring = keyring

    def names(self) -> Sequence[str]:
        """Return the names of the secrets kept, in order."""
        return self._store.read(_names)

    def obstacle(self) -> str:
        """Return in words why no secret can be kept here, "" where it can."""
        return self._keyring.obstacle()

    def set(self, name: str, value: str) -> None:
        """Keep a secret, in place of one of this name; raises BadInput and KeyringClosed."""
        title = _("'{name}' was not kept").format(name=name)
        if not is_name(name):
            raise BadInput(
                title=title,
                detail=_("a name has up to 64 letters, digits and “_-.”"),
                hint=_("Choose a name like API_TOKEN."),
            )
        if not value or "\0" in value:
            raise BadInput(title=title, detail=_("it is empty, or has a NUL character"))
        self._keyring.set(name, value)  # a name without its value would be a promise
        self._store.write(lambda tables: _store(tables, {*_names(tables), name}))

    def remove(self, name: str) -> None:
        """Forget a secret; raises NotFound and KeyringClosed."""
        if name not in self.names():
            raise NotFound(
                title=_("There is no secret '{name}'").format(name=name),
                hint=_("The settings and 'deskcron secret list' show all secrets."),
            )
        self._keyring.remove(name)
        self._store.write(lambda tables: _store(tables, {*_names(tables)} - {name}))


def _names(tables: Tables) -> list[str]:
    stored = tables.settings.get(_KEY)
    return [str(name) for name in stored] if isinstance(stored, list) else []


def _store(tables: Tables, names: set[str]) -> None:
    tables.settings.set(_KEY, sorted(names, key=str.casefold) or None)
