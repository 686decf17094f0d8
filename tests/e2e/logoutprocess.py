"""The window in a process of its own with a form in which something was typed; HOME.

It prints "typed" then, and obeys lines of its input: "quit" closes all windows as the end of a
session does, "logout" tells of that end before, as the platforms do that have sessions. What it
does then is `deskcron` itself. Qt's own signal of a logout cannot be sent from outside of Qt.
"""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from deskcron.gui.life.importing import own_import

with own_import():  # as whoever opens a window does
    from PySide6.QtCore import QSocketNotifier, QTimer
    from PySide6.QtWidgets import QApplication, QLineEdit

from deskcron.bootstrap.core import Core
from deskcron.domain.opening import Opening
from deskcron.gui.editor.dialog import Editor
from deskcron.gui.life import application
from deskcron.system.paths import Paths

LOOK_MS = 20


class LeftLife(application.Life):
    """The life of the application, which is left by a logout."""

    def begin(self, opening: Opening) -> None:
        """Begin as ever, and open a form."""
        self._room.opened.connect(lambda: self._forms.begin("reminder", self._windows.window))
        super().begin(opening)
        self._look = QTimer(self)
        self._look.timeout.connect(self._type)
        self._look.start(LOOK_MS)
        self._input = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._input.activated.connect(self._obey)

    def _type(self) -> None:
        for form in self._windows.window.findChildren(Editor):
            if form.save_button.isEnabled():
                self._look.stop()
                name = form.form.fields()["name"].control
                assert isinstance(name, QLineEdit)
                name.setText("Tea")
                print("typed", flush=True)

    def _obey(self) -> None:
        if sys.stdin.readline().strip() == "logout":
            # Fails where Qt's signal does not lead there.
            self._app.commitDataRequest.disconnect(self._on_logout)
            self._on_logout()
        QApplication.quit()
        print("asked to end", flush=True)


def main() -> int:
    """Be the window of a home until it is left."""
    application.Life = LeftLife  # type: ignore[misc]  # that is how it is left
    with closing(Core(Paths.below(Path(sys.argv[1])))) as core:
        return core.open_window(Opening.OPEN)


if __name__ == "__main__":
    sys.exit(main())
