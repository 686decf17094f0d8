"""By what banners are shown: the ways there are here, whether they work, and a try of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from deskcron.domain.answers import Backend
from deskcron.domain.errors import DeskcronError
from deskcron.domain.preferences import Preferences
from deskcron.domain.texts import gettext as _
from deskcron.gui.bridge import Bridge
from deskcron.gui.settings.beside import Beside
from deskcron.gui.settings.keeper import Keeper
from deskcron.gui.settings.row import Problem
from deskcron.gui.settings.section import Section
from deskcron.gui.theme.buttons import button
from deskcron.gui.theme.labels import plain_label
from deskcron.gui.theme.palette import Tone
from deskcron.gui.theme.spacing import GAP, GAP_L, GAP_S

FIRST_THAT_WORKS = ""
_INDICATOR = 16 + GAP
"""From the left edge of a radio button to its words."""


class NoticeSection(Section):
    """A choice of back ends, the first one that works by default."""

    def __init__(self, bridge: Bridge, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(
            _("Notifications"),
            _(
                "A banner tells how each run ended; many at once share one banner. A job that "
                "is muted tells nothing; what waits for you is in the inbox in any case."
            ),
            parent,
        )
        self._bridge = bridge
        self._keeper = keeper
        self._group = QButtonGroup(self)
        self._preferred = FIRST_THAT_WORKS
        self.ways: dict[str, Way] = {}
        self._add(
            Way(
                FIRST_THAT_WORKS,
                _("Automatic"),
                _("The first of these that works."),
                may_test=False,
            )
        )
        keeper.read.connect(self._show)
        keeper.refused.connect(self._on_refused)

    def look(self) -> None:
        """Ask which back ends there are and whether they work."""
        self._bridge.ask(self, lambda facade: facade.notices.backends(), self._show_backends)

    def _show_backends(self, backends: Sequence[Backend]) -> None:
        for backend in backends:
            if backend.name not in self.ways:
                self._add(Way(backend.name, backend.label))
            self.ways[backend.name].show_backend(backend)
        self._choose_preferred()

    def _add(self, way: Way) -> None:
        self.ways[way.name] = way
        self._group.addButton(way.radio)
        way.radio.toggled.connect(partial(self._prefer, way.name))
        way.test.clicked.connect(partial(self._test, way.name))
        self.add_row(way)

    def _prefer(self, name: str, is_on: bool) -> None:  # noqa: FBT001 - a slot
        if not is_on or name == self._preferred:
            return
        for way in self.ways.values():
            way.problem.say("")
        self._keeper.change("notifier", name)

    def _test(self, name: str) -> None:
        way = self.ways[name]
        if way.is_testing:
            return
        way.begin_test()
        self._bridge.ask(
            way,
            lambda facade: facade.notices.test(name),
            lambda is_shown: way.end_test(is_shown=is_shown),
            way.fail_test,
        )

    def _show(self, preferences: Preferences) -> None:
        self._preferred = preferences.notifier
        self._choose_preferred()

    def _choose_preferred(self) -> None:
        self._chosen().radio.setChecked(True)

    def _chosen(self) -> Way:
        """Return what is preferred; a way that is not there any more stands for none."""
        return self.ways.get(self._preferred, self.ways[FIRST_THAT_WORKS])

    def _on_refused(self, field: str, error: Exception) -> None:
        if field == "notifier":
            self._chosen().problem.say(str(error))


class Way(QWidget):
    """One back end: to be chosen, with how it stands, and a button to try it."""

    def __init__(self, name: str, label: str, hint: str = "", *, may_test: bool = True) -> None:
        super().__init__()
        self.name = name
        self.is_testing = False
        self.radio = QRadioButton(label)
        self._label = label
        self._hint = plain_label(hint, Tone.SOFT, wraps=True)
        self._hint.setIndent(_INDICATOR)
        self.problem = Problem(self)
        self.test = button(_("Test"), "bell")
        self.test.setAccessibleName(_("Test {name}").format(name=label))
        if not may_test:
            self.test.hide()
        words = QVBoxLayout()
        words.setSpacing(GAP_S // 2)
        words.addWidget(self.radio)
        words.addWidget(self._hint)
        words.addWidget(self.problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP + GAP_S, GAP_L, GAP + GAP_S)
        column.addWidget(Beside(words, [self.test], self.radio, self))

    def show_backend(self, backend: Backend) -> None:
        """Say whether it works here."""
        self._say(_("Works here.") if backend.available else backend.reason)
        self.test.setEnabled(backend.available)

    def hint(self) -> str:
        """Return how it stands."""
        return self._hint.text()

    def begin_test(self) -> None:
        """Say that a banner is on its way."""
        self.is_testing = True  # disabled, the button would lose the keyboard
        self.problem.say("")
        self._say(_("A banner is on its way…"))

    def end_test(self, *, is_shown: bool) -> None:
        """Say what has become of it."""
        self.is_testing = False
        if is_shown:
            self._say(_("A banner was sent. If you do not see it, the desktop holds it back."))
        else:
            self._say("")
            self.problem.say(_("Nothing took the banner."))

    def fail_test(self, error: DeskcronError) -> None:
        """Say why nothing was tried."""
        self.is_testing = False
        self._say("")
        self.problem.say(str(error))

    def _say(self, text: str) -> None:
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
