"""The style sheet: flat controls with one shape, in the colours of a scheme."""

from __future__ import annotations

from string import Template

from deskcron.gui.theme.scheme import Scheme
from deskcron.gui.theme.spacing import CORNER, GAP, GAP_S
from deskcron.system.resources import resource

_SHEET = Template("""
QToolTip { color: $text; background: $tip; border: 1px solid $edge; padding: ${gap_s}px; }

QPushButton {
  color: $text; background: $button; border: 1px solid $edge; border-radius: ${corner}px;
  padding: 5px 12px; min-height: 18px; outline: none;
}
QPushButton:hover { background: $stripe; border-color: $soft_text; }
QPushButton:pressed { background: $hairline; }
QPushButton:focus { border-color: $accent; }
QPushButton:default, QPushButton[primary="true"] {
  color: $on_accent; background: $accent; border-color: $accent;
}
QPushButton:default:focus, QPushButton[primary="true"]:focus {
  border: 2px solid $text; padding: 4px 11px;
}
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QPushButton:disabled {
  color: $disabled_text; background: transparent; border-color: $hairline;
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
QToolButton[toolButtonStyle="2"] { padding-right: 0; }
QToolButton#qt_toolbar_ext_button { border: none; padding: 0; }
QToolButton[outlined="true"] { background: $button; border-color: $edge; padding: 4px 8px; }
QToolButton[outlined="true"]:hover { background: $stripe; border-color: $soft_text; }
QToolButton[outlined="true"]:checked { background: $selection; border-color: $accent; }
QToolButton[outlined="true"]:focus { border-color: $text; }
QToolButton[quiet="true"] { padding-left: 0; }
QToolButton[quiet="true"]:checked { background: transparent; }
QToolButton[quiet="true"]:hover { background: $hairline; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $disabled_text; }
QToolButton::menu-indicator { image: none; }

QWidget[sidebar="true"] { background: $window; }
QFrame[hairline="true"] { color: $hairline; border: none; background: $hairline; }
QFrame[hairline="true"][frameShape="4"] { max-height: 1px; }
QFrame[hairline="true"][frameShape="5"] { max-width: 1px; }
QToolButton[navigation="true"] { padding: 7px 10px; text-align: left; }
QToolButton[navigation="true"]:checked { background: $selection; }
QPushButton[toast="true"] {
  color: $inverse_accent; background: transparent; border-color: transparent; font-weight: 600;
}
QPushButton[toast="true"]:hover, QPushButton[toast="true"]:focus {
  border-color: $inverse_accent;
}
QPushButton[small="true"] { padding: 1px ${gap}px; }

QLineEdit, QAbstractSpinBox, QComboBox {
  color: $text; background: $field; border: 1px solid $edge; border-radius: ${corner}px;
  padding: 4px ${gap}px; min-height: 20px;
  selection-background-color: $selection; selection-color: $text;
  placeholder-text-color: $soft_text;
}
QAbstractSpinBox { padding-top: 3px; padding-bottom: 2px; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border-color: $accent; }
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: $disabled_text; background: transparent; border-color: $hairline;
}
QComboBox QLineEdit {
  background: transparent; border: none; padding: 0; min-height: 0;
}
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$down"); width: 14px; height: 14px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
  background: transparent; border: none; width: 20px;
}
QAbstractSpinBox::up-arrow { image: url("$up"); width: 12px; height: 12px; }
QAbstractSpinBox::down-arrow { image: url("$down"); width: 12px; height: 12px; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0; min-height: 0; }
QSpinBox QLineEdit { padding-left: 6px; }
QDateTimeEdit::drop-down { border: none; width: 22px; }
QDateTimeEdit::down-arrow { image: url("$down"); width: 14px; height: 14px; }

QCheckBox, QRadioButton { spacing: ${gap}px; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
  width: 14px; height: 14px; background: $field; border: 1px solid $soft_text;
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
  background: transparent; border-color: $disabled_text;
}

QPlainTextEdit {
  color: $text; background: $field; border: 1px solid $edge; border-radius: ${corner}px;
  padding: 2px 4px;
  selection-background-color: $selection; selection-color: $text;
}
QPlainTextEdit[bare="true"] {
  background: transparent; border: none; border-radius: 0; padding: 0;
}
QPlainTextEdit:focus { border-color: $accent; }

QAbstractItemView { background: $field; border: 1px solid $hairline; outline: none; }
QTableView { gridline-color: $hairline; }
QHeaderView { background: $field; border: none; }
QHeaderView::section {
  color: $soft_text; background: $field; border: none; border-bottom: 1px solid $hairline;
  padding: 6px ${gap}px; text-align: left; font-weight: normal;
}
QTableCornerButton::section { background: $field; border: none; }

QWidget[popup="true"] {
  background: $tip; border: 1px solid $edge; border-radius: ${corner}px;
}
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $tip; }
QCalendarWidget QAbstractItemView { background: $tip; border: none; }

QMenu { background: $tip; border: 1px solid $edge; padding: ${gap_s}px; }
QMenu::item { padding: 5px 20px 5px ${gap}px; border-radius: ${gap_s}px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $disabled_text; }
QMenu::separator { height: 1px; background: $edge; margin: ${gap_s}px ${gap}px; }
QMenu::icon { padding-left: ${gap_s}px; }

QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover { background: $soft_text; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QScrollArea { background: transparent; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $hairline; }
QSplitter[framed="true"]::handle { background: transparent; }
""")


def sheet(scheme: Scheme) -> str:
    """Return the style sheet in the colours of a scheme."""
    return _SHEET.substitute(
        scheme._asdict()
        | {
            "corner": CORNER,
            "gap": GAP,
            "gap_s": GAP_S,
            "check": _drawing(scheme.check),
            "down": _drawing("field-chevron-down.svg"),
            "up": _drawing("field-chevron-up.svg"),
        }
    )


def _drawing(name: str) -> str:
    return resource("icons", name).as_posix()
