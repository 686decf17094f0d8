"""The kinds of conditions as the form names them, and the fields of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLineEdit

from deskcron.domain.policyproblems import MOST_LOAD_PERCENT, MOST_MEGABYTES
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import Binding, length, line, number, path
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.lengthfield import DAY, HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.theme.inputs import ComboBox, SpinBox

IN_LINE = ("battery-above", "idle", "load-below", "success-older")
"""The kinds whose one value ends the sentence that their words begin."""


def condition_words() -> Mapping[str, str]:
    """Return what the choice of kinds says."""
    return {
        "on-mains": _("Power comes from a socket"),
        "battery-above": _("The battery is fuller than"),
        "online": _("The network is there"),
        "idle": _("Nobody at the computer for"),
        "load-below": _("Processors less busy than"),
        "present": _("A file, folder or disk is there"),
        "free-space": _("A disk has room for"),
        "process": _("A program runs, or not"),
        "undisturbed": _("Nothing fills the screen"),
        "check": _("A command exits with 0"),
        "success-older": _("Last success longer ago than"),
    }


def condition_part(kind: str) -> BoundPart:
    """Return the fields of a kind with what they begin with."""
    fields = _FIELDS.get(kind, dict)()
    part = BoundPart({name: begins for name, (_label, _binding, begins) in fields.items()})
    for name, (label, binding, _begins) in fields.items():
        part.bind(name, label, binding)
    part.load({})
    return part


_Fields = dict[str, tuple[str, Binding, Any]]
"""Label, control and first value of each field. Any: it is JSON."""


def _battery() -> _Fields:
    return {"percent": ("", _percent(_("Percent"), 0, 99), 30)}


def _load() -> _Fields:
    return {"percent": ("", _percent(_("Percent"), 1, MOST_LOAD_PERCENT), 50)}


def _idle() -> _Fields:
    return {"for_s": ("", length(LengthField(_("Time"), (SECOND, MINUTE, HOUR))), 10 * MINUTE)}


def _older() -> _Fields:
    units = (SECOND, MINUTE, HOUR, DAY)
    return {"than_s": ("", length(LengthField(_("Time"), units)), DAY)}


def _present() -> _Fields:
    return {"path": ("", path(PathField(_("Path"), files=True, folders=True)), "")}


def _free_space() -> _Fields:
    room = SpinBox(_("Megabytes"), 1, MOST_MEGABYTES)
    room.set_measure(_("{count} MB"))
    place = PathField(_("On the disk of"), folders=True)
    return {
        "megabytes": ("", number(room), 1000),
        "path": (_("On the disk of"), path(place), "~"),
    }


def _process() -> _Fields:
    wanted = ComboBox(_("The program"), {"1": _("has to run"), "": _("must not run")})
    is_wanted = Binding(
        wanted,
        wanted.currentIndexChanged,
        lambda: bool(wanted.value()),
        lambda is_wanted: wanted.set_value("1" if is_wanted else ""),
    )
    name = QLineEdit()
    return {
        "name": (_("Name or path of the program"), line(name), ""),
        "is_wanted": (_("The program"), is_wanted, True),
    }


def _check() -> _Fields:
    command = QLineEdit()
    command.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
    wait = LengthField(_("Within"), (SECOND, MINUTE))
    return {
        "command": (_("Command, as in a shell"), line(command), ""),
        "timeout_s": (_("Within"), length(wait), 10),
    }


def _percent(name: str, least: int, most: int) -> Binding:
    box = SpinBox(name, least, most)
    box.set_measure(_("{count} %"))
    return number(box)


_FIELDS: Mapping[str, Callable[[], _Fields]] = {
    "battery-above": _battery,
    "idle": _idle,
    "load-below": _load,
    "present": _present,
    "free-space": _free_space,
    "process": _process,
    "check": _check,
    "success-older": _older,
}
