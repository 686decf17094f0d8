"""Notifications: which ends of a run are told by a banner."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker

from deskcron.domain.job import Document
from deskcron.domain.policy import Notify, Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.theme.inputs import ComboBox


class NotifySection(Part):
    """One choice; a reminder has a banner or none, which keeps what is chosen for other kinds."""

    def __init__(self) -> None:
        super().__init__()
        self._kind = ""
        self._told: str = Policy().notify
        self._choice = ComboBox("", _choices(self._kind))
        self._choice.currentIndexChanged.connect(self._on_chosen)
        self.add("notify", Field(_("Noti&fy"), self._choice, self._choice.currentIndexChanged))

    def load(self, values: Document) -> None:
        """Show the choice of a policy."""
        self._show(values.get("notify", Policy().notify))

    def values(self) -> dict[str, Any]:
        """Return the choice."""
        return {"notify": self._value()}

    def show_for(self, kind: str) -> None:
        """Offer what a kind of action can do."""
        value = self._value()
        self._kind = kind
        with QSignalBlocker(self._choice):
            self._choice.clear()
            for choice, words in _choices(kind).items():
                self._choice.addItem(words, choice)
        self._show(value)

    def _value(self) -> str:
        """Return what is chosen; a banner of a reminder stands for what else was chosen."""
        is_banner = self._kind == "reminder" and self._choice.value() != Notify.NEVER
        return self._told if is_banner else self._choice.value()

    def _show(self, value: str) -> None:
        with QSignalBlocker(self._choice):
            if value != Notify.NEVER:
                self._told = value
            is_banner = self._kind == "reminder" and value != Notify.NEVER
            self._choice.set_value(Notify.ALWAYS if is_banner else value)
        self._show_hint()

    def _on_chosen(self) -> None:
        if self._kind != "reminder" and self._choice.value() != Notify.NEVER:
            self._told = self._choice.value()
        self._show_hint()

    def _show_hint(self) -> None:
        self.fields["notify"].set_hint(_hint(self._kind, self._choice.value()))


def _choices(kind: str) -> dict[str, str]:
    if kind == "reminder":
        return {Notify.ALWAYS: _("With a banner"), Notify.NEVER: _("Without a banner")}
    return {
        Notify.ALWAYS: _("After each run"),
        Notify.FAILURE: _("When a run fails"),
        Notify.SUCCESS: _("When a run succeeds"),
        Notify.NEVER: _("Never"),
    }


def _hint(kind: str, choice: str) -> str:
    if kind == "reminder":
        return (
            _("Muted: the reminder waits in the inbox, without a banner.")
            if choice == Notify.NEVER
            else _("The reminder shows a banner and waits in the inbox.")
        )
    hints: dict[str, str] = {
        Notify.FAILURE: _("A banner tells why it failed; failures also wait in the inbox."),
        Notify.SUCCESS: _("A banner tells of the success; failures wait in the inbox."),
        Notify.NEVER: _("Muted: no banners; failures still wait in the inbox."),
    }
    return hints.get(
        choice, _("A banner tells how the run ended; failures also wait in the inbox.")
    )
