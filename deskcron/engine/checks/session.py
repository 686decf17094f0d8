"""Look at the session: its bus, banners, the panel, the keyring, and who tells of sleep."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence

from deskcron.domain.answers import Finding
from deskcron.domain.errors import DeskcronError
from deskcron.domain.ports import EngineLock, Notifier
from deskcron.domain.texts import gettext as _
from deskcron.domain.vitals import SessionVitals
from deskcron.engine.checks.finding import good, note


class SessionCheck:
    """Look at the session of this process: another one's cannot be tried.

    `keyring` names the keyring, and raises KeyringClosed where there is none; it may take seconds.
    """

    def __init__(
        self,
        lock: EngineLock,
        notifiers: Callable[[], Sequence[Notifier]],
        vitals: Callable[[], SessionVitals],
        keyring: Callable[[], str],
    ) -> None:
        self._lock = lock
        self._notifiers = notifiers
        self._vitals = vitals
        self._keyring = keyring

    def findings(self) -> Iterator[Finding]:
        """Go through what there is to say."""
        vitals = self._vitals()
        yield from _bus(vitals)
        yield self._banners()
        yield from _panel(vitals)
        yield self._secrets(vitals)
        yield _sleep(vitals)

    def _banners(self) -> Finding:
        obstacles = [(notifier, notifier.obstacle()) for notifier in self._notifiers()]
        working = [notifier.label for notifier, obstacle in obstacles if not obstacle]
        if working:
            text = _("Banners can be shown: {name}.").format(name=working[0])
            return good("notifications", text + self._whose())
        reasons = " ".join(dict.fromkeys(obstacle for _notifier, obstacle in obstacles))
        text = _("No banner can be shown. {reasons}").format(reasons=reasons)
        why = _("Reminders and failures are told in the inbox only.")
        hint = _("Log in to a desktop with a notification service.")
        return note("notifications", text + self._whose(), why, hint)

    def _whose(self) -> str:
        """Say that the engine of another process has a session of its own."""
        holder = self._lock.holder()
        if holder is None or holder.pid == os.getpid():
            return ""
        more = _("Judged by the session of this program; the engine, process {pid}, has its own.")
        return f" {more.format(pid=holder.pid)}"

    def _secrets(self, vitals: SessionVitals) -> Finding:
        why = _("Jobs that use secrets cannot start without them.")
        try:
            name = self._keyring()
        except DeskcronError as error:
            text = f"{error.title}: {error.detail}." if error.detail else f"{error.title}."
            return note("keyring", text, why, error.hint)
        if vitals.is_keyring_locked:
            text = _("Secrets are kept in {name}, which is locked.").format(name=name)
            return note("keyring", text, why, _("Unlock it, or log in with a password."))
        return good("keyring", _("Secrets can be kept in {name}.").format(name=name))


def _bus(vitals: SessionVitals) -> Iterator[Finding]:
    if vitals.has_bus:
        yield good("session", _("The message bus of the session answers."))
    elif vitals.has_bus is not None:
        text = _("This program reaches no message bus of a session.")
        why = _("Banners, the icon in the panel and the keyring go over it.")
        hint = _("Start deskcron in the session of a desktop.")
        yield note("session", text, why, hint)


def _panel(vitals: SessionVitals) -> Iterator[Finding]:
    if vitals.has_panel:
        yield good("tray", _("The panel shows icons of programs."))
    elif vitals.has_panel is not None:
        text = _("No panel shows icons of programs.")
        why = _("Without its icon deskcron is minimised where it would go to the panel.")
        hint = _("Use a panel with a place for icons, or start the engine alone at login.")
        if "GNOME" in vitals.desktop.upper().split(":"):
            text = _("GNOME shows no icons of programs by itself.")
            hint = _("Switch on its extension AppIndicator and KStatusNotifierItem Support.")
        yield note("tray", text, why, hint)


def _sleep(vitals: SessionVitals) -> Finding:
    if vitals.tells_of_sleep:
        return good("sleep", _("The system tells when the computer falls asleep and wakes up."))
    text = _("The system does not tell of sleep; a gap of the clock does, within a second.")
    return good("sleep", text)
