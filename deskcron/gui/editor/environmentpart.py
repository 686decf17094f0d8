"""Rules: what the environment of a run begins with, and where its programs are looked for."""

from __future__ import annotations

from typing import Any

import msgspec

from deskcron.domain.environment import Base, Environment
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import choice, path
from deskcron.gui.editor.boundpart import BoundPart
from deskcron.gui.editor.pathfield import PathField
from deskcron.gui.editor.rowlist import RowList
from deskcron.gui.editor.rowspart import RowsPart
from deskcron.gui.theme.inputs import ComboBox


class EnvironmentPart(RowsPart):
    """The base, and folders that are looked into first."""

    def __init__(self) -> None:
        super().__init__(msgspec.structs.asdict(Environment()))
        base = ComboBox(
            _("It begins with"),
            {
                Base.LOGIN: _("What a terminal has"),
                Base.SESSION: _("What deskcron has"),
                Base.MINIMAL: _("As little as programs need"),
            },
        )
        folders = RowList(_("Add a folder"), _("Remove this folder"), _FolderRow)
        hint = _("What is added to the environment stands under More, above.")
        self.bind("base", _("It begins with"), choice(base), hint=hint)
        self.add_rows("path_prefix", _("Look for programs first in"), folders)


class _FolderRow(BoundPart):
    """A folder; in a document it is a text."""

    def __init__(self) -> None:
        super().__init__(_NOWHERE)
        self.bind("", "", path(PathField(_("Folder"), folders=True)))


_NOWHERE: dict[str, Any] = {"": ""}
