"""A field for a few whole numbers with commas between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from deskcron.domain.texts import gettext as _


class NumbersField(QLineEdit):
    """What is no number stays in it as text, and is told."""

    def numbers(self) -> list[int | str]:
        """Return the numbers, and as text what is none."""
        pieces = self.text().replace(",", " ").split()
        return [int(piece) if _is_number(piece) else piece for piece in pieces]

    def set_numbers(self, numbers: Sequence[int]) -> None:
        """Show numbers."""
        self.setText(", ".join(map(str, numbers)))

    def problem(self) -> str:
        """Say what is no number, "" for nothing."""
        wrong = [one for one in self.numbers() if isinstance(one, str)]
        if not wrong:
            return ""
        text = _("“{text}” is not a whole number. Type them like 0, 3.")
        return text.format(text=wrong[0])


def _is_number(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdigit()
