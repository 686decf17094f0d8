"""When: a file, or a file in a folder, has changed and come to rest."""

from __future__ import annotations

from types import MappingProxyType

from PySide6.QtWidgets import QCheckBox, QLineEdit

from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.bindings import length, line, path, switch
from deskcron.gui.editor.eventpart import EventPart
from deskcron.gui.editor.lengthfield import HOUR, MINUTE, SECOND, LengthField
from deskcron.gui.editor.pathfield import PathField


class FileChangePart(EventPart):
    """The place, which names in it, and how long nothing has to happen."""

    KIND = "file"
    DEFAULTS = MappingProxyType({"path": "", "pattern": "", "is_recursive": False, "settle_s": 2})

    def __init__(self) -> None:
        super().__init__()
        place = PathField(_("File or folder"), files=True, folders=True)
        names = QLineEdit()
        names.setPlaceholderText(_("All"))
        below = QCheckBox(_("Also in folders below it"))
        rest = LengthField(_("Without a change for"), (SECOND, MINUTE, HOUR))
        self.bind("path", _("File or folder"), path(place))
        hint = _("A pattern such as *.pdf, for a folder. The job gets the path in DESKCRON_FILE.")
        self.bind("pattern", _("Names"), line(names), hint=hint)
        self.bind("is_recursive", "", switch(below))
        hint = _("So that nothing starts while the file is still being written.")
        self.bind("settle_s", _("Without a change for"), length(rest), hint=hint)
        self.load({})
