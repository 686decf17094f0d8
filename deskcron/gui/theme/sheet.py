"""The style sheet: flat controls with one shape, in the colours of a palette."""

from __future__ import annotations

from string import Template

from PySide6.QtGui import QPalette

from deskcron.gui.theme.spacing import CORNER, GAP, GAP_S
from deskcron.system.resources import resource

_SHEET = Template("""
QToolTip { color: $text; background: $tip; border: 1px solid $edge; padding: ${gap_s}px; }

QPushButton {
  color: $text; background: $button; border: 1px solid $edge; border-radius: ${corner}px;
  padding: 5px 12px; min-height: 18px;
}
QPushButton:hover { background: $stripe; border-color: $soft; }
QPushButton:pressed { background: $hairline; }
QPushButton:focus { border-color: $accent; }
QPushButton:default, QPushButton[primary="true"] {
  color: $on_accent; background: $accent; border-color: $accent;
}
QPushButton:default:focus, QPushButton[primary="true"]:focus { border: 2px solid $text; }
QPushButton:disabled {
  color: $disabled; background: transparent; border-color: $hairline;
}
QPushButton[flat="true"] { background: transparent; border-color: transparent; }
QPushButton[flat="true"]:hover { background: $hairline; }
QPushButton[flat="true"]:focus { border-color: $accent; }

QPushButton[card="true"] { padding: 0; border-color: $hairline; text-align: left; }
QPushButton[card="true"]:hover { border-color: $accent; background: $button; }
QPushButton[card="true"]:focus { border-color: $accent; }

QToolButton {
  color: $text; background: transparent; border: 1px solid transparent;
  border-radius: ${corner}px; padding: ${gap_s}px;
}
QToolButton:hover { background: $hairline; }
QToolButton:pressed, QToolButton:checked { background: $selection; }
QToolButton[quiet="true"]:checked { background: transparent; }
QToolButton[quiet="true"]:hover { background: $hairline; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled; }
QToolButton::menu-indicator { image: none; }

QWidget[sidebar="true"] { background: $sidebar; }
QFrame[hairline="true"] { color: $hairline; border: none; background: $hairline; }
QFrame[hairline="true"][frameShape="4"] { max-height: 1px; }
QFrame[hairline="true"][frameShape="5"] { max-width: 1px; }
QToolButton[navigation="true"] { padding: 7px 10px; text-align: left; }
QToolButton[navigation="true"]:checked { background: $selection; }
QPushButton[toast="true"] {
  color: palette(link); background: transparent; border-color: transparent; font-weight: 600;
}
QPushButton[toast="true"]:hover, QPushButton[toast="true"]:focus { border-color: palette(link); }
QPushButton[small="true"] { padding: 1px ${gap}px; }

QLineEdit, QAbstractSpinBox, QComboBox {
  color: $text; background: $field; border: 1px solid $edge; border-radius: ${corner}px;
  padding: 4px ${gap}px; min-height: 20px;
  selection-background-color: $selection; selection-color: $text;
}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: $disabled; background: transparent; border-color: $hairline;
}
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  background: transparent; border: none; width: 20px;
}
QAbstractSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit, QDateTimeEdit[calendarPopup="false"] QLineEdit {
  padding: 0 7px;
}
QDateTimeEdit::drop-down { border: none; width: 22px; }
QDateTimeEdit::down-arrow { image: url("$down"); width: 14px; height: 14px; }

QCheckBox, QRadioButton { spacing: ${gap}px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; background: $field; border: 1px solid $soft;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: $text; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
  image: url("$check"); background: $accent; border-color: $accent;
}
QCheckBox::indicator:checked:focus { border-color: $text; }
QRadioButton::indicator:checked {
  width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
  background: transparent; border-color: $disabled;
}

QPlainTextEdit {
  color: $text; background: $field; border: 1px solid $edge; border-radius: ${corner}px;
  selection-background-color: $selection; selection-color: $text;
}
QPlainTextEdit:focus { border-color: $accent; }

QAbstractItemView { background: $field; border: 1px solid $hairline; outline: none; }
QTableView { gridline-color: $hairline; }
QHeaderView { background: $field; border: none; }
QHeaderView::section {
  color: $soft; background: $field; border: none; border-bottom: 1px solid $hairline;
  padding: 6px ${gap}px; text-align: left; font-weight: normal;
}
QTableCornerButton::section { background: $field; border: none; }

QMenu { background: $tip; border: 1px solid $edge; padding: ${gap_s}px; }
QMenu::item { padding: 5px 20px 5px ${gap}px; border-radius: ${gap_s}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $hairline; margin: ${gap_s}px ${gap}px; }
QMenu::icon { padding-left: ${gap_s}px; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $soft; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QProgressBar {
  background: $hairline; border: none; border-radius: 3px; max-height: 6px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid $hairline; }
QTabBar::tab {
  color: $soft; background: transparent; border: none; border-bottom: 2px solid transparent;
  padding: 7px 12px;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover, QTabBar::tab:focus { color: $text; }

QScrollArea { background: transparent; border: none; }
QSplitter::handle { background: $hairline; }
""")


def sheet(colours: QPalette) -> str:
    """Return the style sheet for a palette."""
    role = QPalette.ColorRole
    names = {
        "text": role.Text,
        "soft": role.PlaceholderText,
        "button": role.Button,
        "field": role.Base,
        "stripe": role.AlternateBase,
        "hairline": role.Mid,
        "edge": role.Dark,
        "accent": role.Accent,
        "selection": role.Highlight,
        "tip": role.ToolTipBase,
        "sidebar": role.Window,
        "on_accent": role.BrightText,
    }
    disabled = colours.color(QPalette.ColorGroup.Disabled, role.Text)
    return _SHEET.substitute(
        {name: colours.color(which).name() for name, which in names.items()},
        disabled=disabled.name(),
        corner=CORNER,
        gap=GAP,
        gap_s=GAP_S,
        check=resource("icons", _check(colours)).as_posix(),
        down=resource("icons", "field-chevron-down.svg").as_posix(),
        up=resource("icons", "field-chevron-up.svg").as_posix(),
    )


def _check(colours: QPalette) -> str:
    is_light = colours.color(QPalette.ColorRole.BrightText).lightness() > 128
    return "field-check-light.svg" if is_light else "field-check-dark.svg"
