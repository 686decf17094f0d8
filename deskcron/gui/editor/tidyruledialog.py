"""One rule of a tidying: which files, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from deskcron.domain.sizewords import KB
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import FIELDS, FileOperation, FileType, TidyRule, rule_problems
from deskcron.domain.tidywords import becomes_words, deed_word, type_word, which_words
from deskcron.domain.words import capital
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import DAY
from deskcron.gui.editor.optionalfields import OptionalLength
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.dialogs import in_usual_order, place_on_screen
from deskcron.gui.theme.inputs import ComboBox, SpinBox
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.rows import in_a_row
from deskcron.gui.theme.spacing import GAP, GAP_L

_COLUMNS = 4


class TidyRuleDialog(QDialog):
    """What a newer deskcron knows about a rule is kept."""

    def __init__(self, raw: Mapping[str, Any], parent: QWidget | None = None) -> None:
        """Any: a rule as it is stored, JSON."""
        super().__init__(parent)
        self.setWindowTitle(_("Edit rule") if raw else _("Add rule"))
        self._raw = raw
        self.name = QLineEdit()
        self.types = _Types()
        self.older = OptionalLength(_("Older than"), _("Age"), 30 * DAY)
        self.larger = _OptionalSize(_("Larger than"))
        self.smaller = _OptionalSize(_("Smaller than"))
        self.below = QLineEdit()
        self.below.setPlaceholderText(_("Any"))
        self.deed = ComboBox("", {deed: deed_word(deed) for deed in FileOperation})
        self.target = PathField(_("Target"), folders=True)
        self._fields = {
            "name": Field(_("Names"), self.name, self.name.textChanged,
                          hint=_("* and ? stand for anything; commas separate several.")),
            "types": Field(_("Types; none means all"), self.types, self.types.edited),
            "older": Field("", self.older, self.older.edited),
            "larger": Field("", self.larger, self.larger.edited),
            "size": Field("", self.smaller, self.smaller.edited),
            "below": Field(_("In the folder"), self.below, self.below.textChanged),
            "deed": Field(_("What happens"), self.deed, self.deed.currentIndexChanged),
            "target": Field(_("Target"), self.target, self.target.edited),
        }  # fmt: skip
        self._sentence = plain_label("", Tone.SOFT, wraps=True)
        self.ok = button(_("OK"))
        self.ok.setDefault(True)
        self.cancel = button(_("Cancel"))
        self._lay_out()
        self._load(raw)
        for field in self._fields.values():
            field.changed.connect(self._look)
            field.begin_anew()
        self.deed.currentIndexChanged.connect(self._show_target)
        self.ok.clicked.connect(self._accept)
        self.cancel.clicked.connect(self.reject)
        self._show_target()
        self._look()
        place_on_screen(self)

    def rule(self) -> dict[str, Any]:
        """Return the rule as it is to be stored."""
        rule = self._rule()
        return {**self._raw, **msgspec.to_builtins(rule), "types": list(rule.types)}

    def _rule(self) -> TidyRule:
        deed = FileOperation(self.deed.value())
        return TidyRule(
            name=self.name.text().strip(),
            types=self.types.types(),
            older_than_s=self.older.seconds() or 0,
            larger_than=self.larger.size_bytes(),
            smaller_than=self.smaller.size_bytes(),
            below=self.below.text().strip(),
            deed=deed,
            target="" if deed is FileOperation.TRASH else self.target.text().strip(),
        )

    def _load(self, raw: Mapping[str, Any]) -> None:
        try:
            rule = msgspec.convert(raw, TidyRule)
        except msgspec.ValidationError:  # what is not understood is chosen anew
            rule = TidyRule()
        self.name.setText(rule.name)
        self.types.set_types(rule.types)
        self.older.set_seconds(rule.older_than_s or None)
        self.larger.set_bytes(rule.larger_than)
        self.smaller.set_bytes(rule.smaller_than)
        self.below.setText(rule.below)
        self.deed.set_value(rule.deed)
        self.target.set_text(rule.target)

    def _lay_out(self) -> None:
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP + GAP // 2)
        for field in self._fields.values():
            column.addWidget(field)
        switches = (self.older.switch, self.larger.switch, self.smaller.switch)
        widest = max(switch.sizeHint().width() for switch in switches)
        for switch in switches:  # what they switch stands below each other
            switch.setMinimumWidth(widest)
        column.addWidget(self._sentence)
        column.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch(1)
        for control in in_usual_order(self.ok, self.cancel):
            row.addWidget(control)
        column.addLayout(row)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 100)

    def _show_target(self) -> None:
        deed = FileOperation(self.deed.value())
        field = self._fields["target"]
        field.setVisible(deed is not FileOperation.TRASH)
        fields = " ".join(f"{{{name}}}" for name in FIELDS)
        field.set_hint(_target_hint(deed).format(fields=fields))
        self._grow()

    def _grow(self) -> None:
        """Make room for lines that have wrapped."""
        width = max(self.width(), self.minimumWidth())
        needed = self._column.totalHeightForWidth(width)
        self.resize(width, max(self.height() if self.isVisible() else 0, needed))

    def _look(self) -> None:
        """Say the rule in words, and what is wrong with it."""
        rule = self._rule()
        sentence = _("{which}: {becomes}").format(
            which=which_words(rule), becomes=becomes_words(rule)
        )
        self._show_problems(even_untouched=False)
        self._sentence.setText("" if list(rule_problems(rule)) else capital(sentence))
        self._grow()

    def _show_problems(self, *, even_untouched: bool) -> bool:
        problems = {problem.field: problem.message for problem in rule_problems(self._rule())}
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""), even_untouched=even_untouched)
        return bool(problems)

    def _accept(self) -> None:
        if not self._show_problems(even_untouched=True):
            self.accept()


def _target_hint(deed: FileOperation) -> str:
    if deed is FileOperation.RENAME:
        return _("The new name. {fields} stand for what the file has.")
    if deed is FileOperation.ARCHIVE:
        return _(
            "A new ZIP file in the folder to tidy, or by its whole path. "
            "{fields} stand for what the file has."
        )
    return _(
        "A folder in the one to tidy, or by its whole path. {fields} stand for what the file has."
    )


class _Types(QWidget):
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._boxes = {one: QCheckBox(capital(type_word(one))) for one in FileType}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for number, box in enumerate(self._boxes.values()):
            grid.addWidget(box, number // _COLUMNS, number % _COLUMNS, Qt.AlignmentFlag.AlignLeft)
            box.toggled.connect(self.edited)
        self.setFocusProxy(next(iter(self._boxes.values())))

    def types(self) -> tuple[FileType, ...]:
        """Return the types that are chosen."""
        return tuple(one for one, box in self._boxes.items() if box.isChecked())

    def set_types(self, types: tuple[FileType, ...]) -> None:
        """Choose exactly these types."""
        for one, box in self._boxes.items():
            box.setChecked(one in types)


class _OptionalSize(QWidget):
    """A size in bytes, 0 while the switch is off."""

    edited = Signal()

    def __init__(self, words: str) -> None:
        super().__init__()
        self.switch = QCheckBox(words)
        self._number = SpinBox(_("{name}: number").format(name=words), 1, 999_999)
        self._number.setValue(10)
        self._unit = ComboBox(
            _("{name}: unit").format(name=words),
            {"0": _("bytes"), "1": _("KB"), "2": _("MB"), "3": _("GB")},
        )
        self._unit.set_value("2")
        in_a_row(self, self.switch, self._number, self._unit)
        for control in (self._number, self._unit):
            control.setEnabled(False)
            self.switch.toggled.connect(control.setEnabled)
        self.switch.toggled.connect(self.edited)
        self._number.valueChanged.connect(self.edited)
        self._unit.currentIndexChanged.connect(self.edited)

    def size_bytes(self) -> int:
        """Return the size."""
        factor = KB ** int(self._unit.value())
        return self._number.value() * factor if self.switch.isChecked() else 0

    def set_bytes(self, size: int) -> None:
        """Show a size, or none; one that no unit holds evenly is shown in the next whole ones."""
        if size:
            power = max(power for power in range(4) if power == 0 or size % KB**power == 0)
            while size // KB**power > self._number.maximum():
                power += 1
            self._unit.set_value(str(power))
            self._number.setValue(max(1, size // KB**power))
        self.switch.setChecked(size > 0)
