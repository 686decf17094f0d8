"""Keep secrets in the keyring of the system, and nowhere it would not be locked away."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from deskcron.domain.secret import KeyringClosed
from deskcron.domain.texts import gettext as _
from deskcron.system.bounded import BoundedQuestions

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "org.deskcron.Deskcron"
PATIENCE_S = 30.0
"""For a keyring that asks the person to unlock it."""
LOOK_S = 5.0
"""For whoever only wants to know whether a secret is there."""
_NO_PLACE = ("keyring.backends.fail", "keyring.backends.null")
_CHAIN = "keyring.backends.chainer"
_PLAIN_FILES = "keyrings.alt"
"""A package of back ends that keep values in files, most of them readable."""

T = TypeVar("T")


class _Answer(NamedTuple):
    value: object = None
    error: Exception | None = None


class OsKeyring:
    """The keyring that the library finds. Thread: any, not the GUI's: it may ask the person.

    All but `obstacle` raise KeyringClosed. The library is imported with the first question.
    """

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        self._questions = BoundedQuestions(patience_s)

    def get(self, name: str) -> str | None:
        """Return a value, None where there is none."""
        return self._asked(("get", name), lambda backend: backend.get_password(SERVICE, name))

    def set(self, name: str, value: str) -> None:
        """Keep a value, in place of one there is."""
        self._asked(object(), lambda backend: backend.set_password(SERVICE, name, value))

    def remove(self, name: str) -> None:
        """Forget a value, silent where there is none."""

        def forget(backend: KeyringBackend) -> None:
            if backend.get_password(SERVICE, name) is not None:
                backend.delete_password(SERVICE, name)

        self._asked(object(), forget)

    def name(self) -> str:
        """Return how the keyring calls itself."""
        return self._asked("name", lambda backend: str(_parts(backend)[0].name))

    def obstacle(self) -> str:
        """Return in words why nothing can be kept here, "" where it can.

        A keyring that is locked is no obstacle: the person is asked to unlock it.
        """
        try:
            self._asked("obstacle", lambda _backend: None)
        except KeyringClosed as error:
            return str(error)
        return ""

    def _asked(self, about: Hashable, question: Callable[[KeyringBackend], T]) -> T:
        """Ask; `about` is an object of its own for what is to be done each time."""

        def ask() -> _Answer:
            try:
                return _Answer(question(_locked_away()))
            except Exception as error:  # noqa: BLE001 - back ends raise what their services do
                return _Answer(error=error)

        answer = self._questions.ask(about, ask)
        if answer is None:
            raise _closed(_("the keyring gives no answer"))
        if isinstance(answer.error, KeyringClosed):
            raise answer.error
        if answer.error is not None:
            words = str(answer.error) or type(answer.error).__name__
            raise _closed(words) from answer.error
        return answer.value  # type: ignore[return-value]  # what this question returned


def _locked_away() -> KeyringBackend:
    """Return the back end; raises KeyringClosed for none, and for one that keeps plain text."""
    import keyring  # noqa: PLC0415 - takes a while, and most runs have no secrets

    backend = keyring.get_keyring()
    for part in _parts(backend):
        module = type(part).__module__
        if module in _NO_PLACE or module == _CHAIN:
            raise _closed(_("this session has no keyring"))
        if module.startswith(_PLAIN_FILES):
            raise _closed(_("{name} is not a safe place").format(name=type(part).__qualname__))
    return backend


def _parts(backend: KeyringBackend) -> Sequence[KeyringBackend]:
    """Return what a chain of back ends consists of, else the one itself."""
    if type(backend).__module__ != _CHAIN:
        return [backend]
    return list(getattr(backend, "backends", ())) or [backend]


def _closed(why: str) -> KeyringClosed:
    return KeyringClosed(
        title=_("Secrets cannot be kept or read"),
        detail=why,
        hint=_(
            "Log in to a desktop with a keyring, such as GNOME Keyring or KWallet, and unlock it."
        ),
    )
