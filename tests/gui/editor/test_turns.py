"""Long work goes on in pieces, and the window answers between them."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from deskcron.gui.editor.turns import Turns


def test_pieces_come_in_order_with_other_events_between_them(qtbot: QtBot) -> None:
    """Work goes on in the order in which it was added, and other timers fire meanwhile."""
    done: list[str] = []
    owner = QObject()
    other = QTimer(owner)
    other.timeout.connect(lambda: done.append("other"))

    def work(name: str) -> Iterator[None]:
        done.append(f"{name} begins")
        yield
        done.append(f"{name} ends")

    turns = Turns(owner)
    other.start(0)
    turns.add(work("first"))
    turns.add(work("second"))
    assert done == []
    qtbot.waitUntil(lambda: "second ends" in done)
    other.stop()
    pieces = [one for one in done if one != "other"]
    assert pieces == ["first begins", "first ends", "second begins", "second ends"]
    assert "other" in done[done.index("first begins") : done.index("second ends")]
