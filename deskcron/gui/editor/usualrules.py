"""The rules that many jobs need: time limit, overlap, catch-up, priority."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from deskcron.domain.job import Document
from deskcron.domain.policy import CatchUp, Overlap, Policy, Priority
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.editor.optionalfields import OptionalLength
from deskcron.gui.editor.part import Part
from deskcron.gui.theme.inputs import ComboBox, SpinBox
from deskcron.gui.theme.rows import in_a_row

_MOST_RUNS = 1000
_DEFAULT_LIMIT_S = HOUR
_DEFAULTS = Policy()


class UsualRules(Part):
    """They are always shown, as far as they matter to the kind of action."""

    def __init__(self) -> None:
        super().__init__()
        self._limit = OptionalLength(_("Stop a run after"), _("Time limit"), _DEFAULT_LIMIT_S)
        self._overlap = LimitedChoice(
            _("While an earlier run is not over"),
            {
                Overlap.SKIP: _("Skip the new run"),
                Overlap.REPLACE: _("Stop the old run, start the new one"),
                Overlap.QUEUE: _("Wait in a queue, at most"),
                Overlap.PARALLEL: _("Run side by side, at most"),
            },
            (Overlap.QUEUE, Overlap.PARALLEL),
        )
        self._catch_up = LimitedChoice(
            _("Times missed while the computer was off"),
            {
                CatchUp.SKIP: _("Leave them out"),
                CatchUp.ONCE: _("Run once for all of them"),
                CatchUp.ALL: _("Run each of them, at most"),
            },
            (CatchUp.ALL,),
        )
        self._max_age = LengthField(
            _("Catch up on nothing older than"), (SECOND, MINUTE, HOUR, DAY)
        )
        self._priority = ComboBox(
            "",
            {Priority.LOW: _("Low"), Priority.NORMAL: _("Normal"), Priority.HIGH: _("High")},
        )
        self._lay_out()
        self._catch_up.edited.connect(self._show_max_age)
        self.load({})

    def load(self, values: Document) -> None:
        """Show the rules of a policy."""
        self._limit.set_seconds(values.get("timeout_s"))
        self._overlap.choose(
            values.get("overlap", _DEFAULTS.overlap),
            values.get("overlap_limit", _DEFAULTS.overlap_limit),
        )
        self._catch_up.choose(
            values.get("catch_up", _DEFAULTS.catch_up),
            values.get("catch_up_limit", _DEFAULTS.catch_up_limit),
        )
        self._max_age.set_seconds(values.get("max_age_s", _DEFAULTS.max_age_s))
        self._priority.set_value(values.get("priority", _DEFAULTS.priority))
        self._show_max_age()

    def values(self) -> dict[str, Any]:
        """Return the rules."""
        overlap, overlap_limit = self._overlap.chosen()
        catch_up, catch_up_limit = self._catch_up.chosen()
        return {
            "timeout_s": self._limit.seconds(),
            "overlap": overlap,
            "overlap_limit": overlap_limit,
            "catch_up": catch_up,
            "catch_up_limit": catch_up_limit,
            "max_age_s": self._max_age.seconds(),
            "priority": self._priority.value(),
        }

    def show_for(self, kind: str) -> None:
        """Show the rules that matter to a kind of action; a reminder starts nothing."""
        starts = kind != "reminder"
        for name in ("timeout_s", "overlap_limit", "priority"):
            self.fields[name].setVisible(starts)

    def _lay_out(self) -> None:
        self.add(
            "timeout_s",
            Field(_("Time limit"), self._limit, self._limit.edited,
                  hint=_("A run that takes longer is stopped, with all that it has started.")),
        )  # fmt: skip
        self.add(
            "overlap_limit",
            Field(
                _("While an earlier run is not over"),
                self._overlap,
                self._overlap.edited,
                hint=_("What becomes of a time that comes before the last run has ended."),
            ),
        )
        self.add(
            "catch_up_limit",
            Field(_("Times missed while the computer was off"), self._catch_up,
                  self._catch_up.edited,
                  hint=_("Or asleep, or while deskcron was not running.")),
        )  # fmt: skip
        self.add(
            "max_age_s",
            Field(
                _("Catch up on nothing older than"),
                self._max_age,
                self._max_age.edited,
                hint=_("Times that were missed longer ago are left out."),
            ),
        )
        self.add(
            "priority",
            Field(_("Priorit&y"), self._priority, self._priority.currentIndexChanged,
                  hint=_("Which of several waiting runs starts first.")),
        )  # fmt: skip

    def _show_max_age(self) -> None:
        self.fields["max_age_s"].setVisible(self._catch_up.chosen()[0] != CatchUp.SKIP)


class LimitedChoice(QWidget):
    """A rule, some with a number of runs; the number stays while another rule is chosen."""

    edited = Signal()

    def __init__(self, name: str, choices: dict[str, str], limited: tuple[str, ...]) -> None:
        super().__init__()
        self._limited = limited
        self._rule = ComboBox(name, choices)
        self._number = SpinBox(_("{name}: number of runs").format(name=name), 1, _MOST_RUNS)
        in_a_row(self, self._rule, self._number)
        self._rule.currentIndexChanged.connect(self._on_rule)
        self._number.valueChanged.connect(self.edited)
        self._on_rule()

    def chosen(self) -> tuple[str, int]:
        """Return the rule and the number."""
        return self._rule.value(), self._number.value()

    def choose(self, rule: str, number: int) -> None:
        """Show a rule and its number."""
        self._rule.set_value(rule)
        self._number.setValue(number)

    def _on_rule(self) -> None:
        self._number.setVisible(self._rule.value() in self._limited)
        self.edited.emit()
