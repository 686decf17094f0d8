"""Notifications: which ends of a run are told by a banner."""

from __future__ import annotations

from typing import Any

from deskcron.domain.job import Document
from deskcron.domain.policy import Notify, Policy
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.part import Part
from deskcron.gui.theme.inputs import ComboBox


class NotifySection(Part):
    """One choice."""

    def __init__(self) -> None:
        super().__init__()
        self._choice = ComboBox(
            "",
            {
                Notify.ALWAYS: _("After each run"),
                Notify.FAILURE: _("When a run fails"),
                Notify.SUCCESS: _("When a run succeeds"),
                Notify.NEVER: _("Never"),
            },
        )
        self.add("notify", Field(_("Noti&fy"), self._choice, self._choice.currentIndexChanged))
        self._kind = ""
        self._choice.currentIndexChanged.connect(self._show_hint)

    def load(self, values: Document) -> None:
        """Show the choice of a policy."""
        self._choice.set_value(values.get("notify", Policy().notify))
        self._show_hint()

    def values(self) -> dict[str, Any]:
        """Return the choice."""
        return {"notify": self._choice.value()}

    def show_for(self, kind: str) -> None:
        """Fit the words to a kind of action."""
        self._kind = kind
        self._show_hint()

    def _show_hint(self) -> None:
        is_reminder = self._kind == "reminder"
        if self._choice.value() == Notify.NEVER:
            words = (
                _("Muted: the reminder waits in the inbox, without a banner.")
                if is_reminder
                else _("Muted: no banners; failures still wait in the inbox.")
            )
        elif is_reminder:
            words = _("The reminder shows a banner and waits in the inbox.")
        else:
            words = _("A banner tells how the run ended; failures also wait in the inbox.")
        self.fields["notify"].set_hint(words)
