"""How the value of a control is read, shown, and told to have changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from deskcron.gui.editor.lengthfield import LengthField
from deskcron.gui.editor.optionalfields import OptionalDecimal, OptionalLength
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.theme.inputs import ComboBox, DecimalBox, SpinBox


class Binding(NamedTuple):
    """A control with its value. Any: values are JSON, and signals have no type of their own."""

    control: QWidget
    edited: Any
    read: Callable[[], Any]
    show: Callable[[Any], None]


def number(control: SpinBox) -> Binding:
    """Bind a whole number."""
    return Binding(control, control.valueChanged, control.value, control.setValue)


def number_or_none(control: SpinBox) -> Binding:
    """Bind a whole number; 0 stands for None."""
    return Binding(
        control,
        control.valueChanged,
        lambda: control.value() or None,
        lambda number: control.setValue(number or 0),
    )


def decimal(control: DecimalBox) -> Binding:
    """Bind a number with a decimal place."""
    return Binding(control, control.valueChanged, control.value, control.setValue)


def share(control: SpinBox) -> Binding:
    """Bind a share from 0 to 1 that is shown in percent."""
    return Binding(
        control,
        control.valueChanged,
        lambda: control.value() / 100,
        lambda share: control.setValue(round(share * 100)),
    )


def optional_number(control: OptionalDecimal) -> Binding:
    """Bind a number; a switch that is off stands for None."""
    return Binding(control, control.edited, control.number, control.set_number)


def optional_share(control: OptionalDecimal) -> Binding:
    """Bind a share from 0 to 1 that is shown in percent; a switch that is off stands for None."""

    def read() -> float | None:
        percent = control.number()
        return None if percent is None else round(percent / 100, 3)

    return Binding(
        control,
        control.edited,
        read,
        lambda share: control.set_number(None if share is None else share * 100),
    )


def length(control: LengthField | OptionalLength) -> Binding:
    """Bind a length of time in seconds; a switch that is off stands for None."""
    return Binding(control, control.edited, control.seconds, control.set_seconds)


def length_or_zero(control: OptionalLength) -> Binding:
    """Bind a length of time in seconds; a switch that is off stands for 0."""
    return Binding(
        control,
        control.edited,
        lambda: control.seconds() or 0,
        lambda seconds: control.set_seconds(seconds or None),
    )


def line(control: QLineEdit) -> Binding:
    """Bind a line of text."""
    return Binding(control, control.textChanged, control.text, control.setText)


def path(control: PathField) -> Binding:
    """Bind a path."""
    return Binding(control, control.edited, control.text, control.set_text)


def switch(control: QCheckBox) -> Binding:
    """Bind a yes or no."""
    return Binding(control, control.toggled, control.isChecked, control.setChecked)


def choice(control: ComboBox) -> Binding:
    """Bind a choice of words."""
    return Binding(control, control.currentIndexChanged, control.value, control.set_value)
