"""What dialogs are called, how large they are and where they stand, the order of their buttons."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialogButtonBox, QPushButton, QScrollArea, QStyle, QWidget

from deskcron.gui.theme.spacing import GAP_XL

_FRAME = 2 * GAP_XL
"""Room for the title bar, whose height no window knows before it is shown."""


def as_title(text: str) -> str:
    """Return words as the title of a window, in which Qt gives "[*]" a meaning of its own."""
    return text.replace("[*]", "[*][*]")


def place_on_screen(dialog: QWidget) -> None:
    """Put a dialog that is not shown yet over its parent, with its title bar on the screen."""
    parent = dialog.parentWidget()
    room = (parent or dialog).screen().availableGeometry()
    centre = parent.window().frameGeometry().center() if parent else room.center()
    left = centre.x() - dialog.width() // 2
    top = centre.y() - (dialog.height() + _FRAME) // 2
    dialog.move(
        max(room.left(), min(left, room.right() - dialog.width())),
        max(room.top(), min(top, room.bottom() - dialog.height() - _FRAME)),
    )


def resize_to_letters(dialog: QWidget, letters: int, lines: int) -> None:
    """Make a dialog that is not shown yet so large, as far as its screen has room."""
    metrics = dialog.fontMetrics()
    wanted = QSize(metrics.averageCharWidth() * letters, metrics.lineSpacing() * lines)
    dialog.resize(wanted.boundedTo(_room(dialog)))


def resize_to_scrolled(dialog: QWidget, area: QScrollArea, part: QWidget) -> None:
    """Make a dialog that is not shown yet so large that a part need not be scrolled in its area.

    Where its screen has too little room, the part is made as narrow as it may be, and scrolled.
    """
    bar = QSize(area.verticalScrollBar().sizeHint().width(), 0)
    around, room = dialog.sizeHint() - area.sizeHint() + bar, _room(dialog)
    wanted = around + part.sizeHint()
    if wanted.width() > room.width():
        wanted.setWidth(around.width() + part.minimumSizeHint().width())
    dialog.resize(wanted.boundedTo(room))


def _room(dialog: QWidget) -> QSize:
    return (dialog.parentWidget() or dialog).screen().availableSize() - QSize(0, _FRAME)


def bring_to_front(dialog: QWidget) -> None:
    """Show a dialog above the other windows, also one that was minimised."""
    dialog.setWindowState(dialog.windowState() & ~Qt.WindowState.WindowMinimized)
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def in_usual_order(accept: QPushButton, reject: QPushButton) -> tuple[QPushButton, QPushButton]:
    """Return two buttons from left to right, as this desktop has them in its own dialogs."""
    order = accept.style().styleHint(QStyle.StyleHint.SH_DialogButtonLayout)
    accepts_first = {
        QDialogButtonBox.ButtonLayout.WinLayout.value,
        QDialogButtonBox.ButtonLayout.KdeLayout.value,
    }
    return (accept, reject) if order in accepts_first else (reject, accept)
