"""Say what would keep the runs of a job from getting their secrets, and which are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from deskcron.domain.concealing import masked_value
from deskcron.domain.job import Document
from deskcron.domain.ports import Clock
from deskcron.domain.secret import Keyring, KeyringClosed, is_name
from deskcron.domain.texts import gettext as _

_PLACES = ("/", "~")  # what begins like this says where a secret is kept
HOLDS_S = 10.0
"""What a keyring has or refuses holds so long: many jobs may be saved at once."""


class _Answer(NamedTuple):
    is_there: bool
    closed: str = ""
    at_s: float = 0.0


class SecretWarnings:
    """Look for secrets without keeping or showing a value. Thread: any, not the GUI's.

    `kept` are the names of the secrets that deskcron has put into the keyring.
    """

    def __init__(self, kept: Callable[[], Sequence[str]], keyring: Keyring, clock: Clock) -> None:
        self._kept = kept
        self._keyring = keyring
        self._clock = clock
        self._answers: dict[str, _Answer] = {}

    def about(self, names: Sequence[str], *, may_unlock: bool) -> Sequence[str]:
        """Return warnings about secrets with these names, in words.

        A keyring that is locked may ask the person to unlock it. While a job is typed it is not
        to do so, and what is known to have been put into it is taken to be there.
        """
        names = [name for name in names if is_name(name)]  # others are problems, not warnings
        if not names:
            return ()
        return tuple(self._asked(names) if may_unlock else self._known(names))

    def _known(self, names: Sequence[str]) -> Iterator[str]:
        if obstacle := self._keyring.obstacle():
            yield _unreachable(obstacle)
            return
        kept = set(self._kept())
        yield from (_missing(name) for name in names if name not in kept)

    def _asked(self, names: Sequence[str]) -> Iterator[str]:
        for name in names:
            answer = self._answer(name)
            if answer.closed:
                yield _unreachable(answer.closed)
                return
            if not answer.is_there:
                yield _missing(name)

    def _answer(self, name: str) -> _Answer:
        now_s = self._clock.monotonic()
        answer = self._answers.get(name)
        if answer is not None and now_s - answer.at_s < HOLDS_S:
            return answer
        try:
            if self._keyring.get(name) is None:
                return _Answer(is_there=False)
            answer = _Answer(is_there=True, at_s=now_s)
        except KeyringClosed as error:
            answer = _Answer(False, str(error), self._clock.monotonic())
        self._answers[name] = answer
        return answer


def literal_warnings(document: Document) -> Iterator[str]:
    """Yield a warning that names what looks like a secret and is written into a job as it is."""
    names = [
        label
        for name, value, label in _written_in(document)
        if not value.startswith(_PLACES) and masked_value(name, value) != value
    ]
    if names:
        text = _(
            "Everyone who sees the job, its export or a backup can read: {names}. Keep such a "
            "value in the settings, or with “deskcron secret set NAME”, and write "
            "${{secret:NAME}} in its place."
        )
        yield text.format(names=", ".join(dict.fromkeys(names)))


def _written_in(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield names and values that may stand for secrets, and what a person calls them."""
    action = document["action"]
    for name, value in (*action.get("environment", {}).items(), *action.get("headers", ())):
        yield name, value, name
    yield "", action.get("url", ""), _("the address")
    for address in document["policy"]["pings"].values():
        yield "", address, _("the address of a ping")


def _missing(name: str) -> str:
    text = _(
        "There is no secret {name}, without which the job cannot start. Keep it in the settings, "
        "or with “deskcron secret set {name}”."
    )
    return text.format(name=name)


def _unreachable(why: str) -> str:
    return _("The job cannot get its secrets now. {why}").format(why=why)
