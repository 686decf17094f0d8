"""What a new job can begin with: drafts that work once the one thing missing is filled in."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from deskcron.domain.drafting import Blank, BlankKind, Template, coming_hour
from deskcron.domain.job import Document
from deskcron.domain.policy import Notify
from deskcron.domain.texts import gettext as _
from deskcron.domain.tidying import FileType, TidyRule
from deskcron.triggers.builders import daily, weekly
from deskcron.triggers.once import Once

Resource = Callable[..., Path]
"""Where a file is that ships with the program, by the parts of its path."""

_QUIET = ("script", "command", "tidy")
_WORKDAYS = ("mon", "tue", "wed", "thu", "fri")


def templates(resource: Resource, now: datetime) -> Sequence[Template]:
    """Return all templates; `now` is aware, in the computer's zone."""
    return (
        _reminder(now),
        _script(now),
        _tidy_downloads(now),
        _backup(resource, now),
        _web_page(now),
        Template(
            name="empty",
            title=_("Start from scratch"),
            summary=_("An empty form"),
            icon="edit",
            document=_document({"kind": "reminder"}),
            missing="name",
        ),
    )


def _reminder(now: datetime) -> Template:
    at = coming_hour(now).isoformat(timespec="minutes")
    return Template(
        name="reminder",
        title=_("Reminder"),
        summary=_("A message at a time you choose"),
        icon="bell",
        document=_document({"kind": "reminder"}, Once(id="t1", at=at)),
        missing="name",
    )


def _script(now: datetime) -> Template:
    return Template(
        name="script",
        title=_("Script"),
        summary=_("Your own script, run on a schedule"),
        icon="script",
        document=_document(
            {"kind": "script"}, daily("09:00", start=now.date()), name=_("My script")
        ),
        missing="action.text",
    )


def _tidy_downloads(now: datetime) -> Template:
    places = {
        FileType.IMAGES: _("Pictures"),
        FileType.DOCUMENTS: _("Documents"),
        FileType.ARCHIVES: _("Archives"),
        FileType.AUDIO: _("Music"),
        FileType.VIDEO: _("Video"),
        FileType.PROGRAMS: _("Programs"),
        FileType.OTHER: _("Other"),
    }
    rules = [
        TidyRule(types=(file_type,), target=f"{place}/{{year}}-{{month}}")
        for file_type, place in places.items()
    ]
    action = {
        "kind": "tidy",
        "folder": platformdirs.user_downloads_dir(),
        "rules": msgspec.to_builtins(rules),
    }
    return Template(
        name="tidy-downloads",
        title=_("Tidy Downloads"),
        summary=_("Sort downloaded files by type and month"),
        icon="download",
        document=_document(action, daily("18:00", start=now.date()), name=_("Tidy Downloads")),
        advice=_(
            "This is a rehearsal: it lists what it would move, and moves nothing. Press “Test run” "
            "and read the list, then switch “Rehearse” off. What a run has moved can be put back "
            "from the history."
        ),
    )


def _backup(resource: Resource, now: datetime) -> Template:
    script, interpreter = ("backup_folder.sh", "sh")
    if os.name == "nt":
        script, interpreter = ("backup_folder.ps1", "powershell")
    blanks = (
        Blank(
            kind=BlankKind.FOLDER,
            label=_("&Folder"),
            value=platformdirs.user_documents_dir(),
            hint=_("All that is in it is packed."),
        ),
        Blank(
            kind=BlankKind.PLACE,
            label=_("&Place for the archives"),
            value=str(Path.home() / _("Backups")),
            hint=_("It is made where it is missing; best on another disk."),
        ),
        Blank(
            kind=BlankKind.NUMBER,
            label=_("Archives to &keep"),
            value="7",
            hint=_("When there are more, the oldest is removed."),
        ),
    )
    action = {
        "kind": "script",
        "text": _text(resource("scripts", script)),
        "interpreter": interpreter,
        "arguments": [blank.value for blank in blanks],
    }
    return Template(
        name="backup",
        title=_("Back up a folder"),
        summary=_("An archive with the date in its name, the newest kept"),
        icon="archive",
        document=_document(action, daily("12:30", start=now.date()), name=_("Backup")),
        advice=_(
            "Press “Test run” to make the first archive. The arguments are the folder, the place "
            "for the archives, and how many of them to keep."
        ),
        blanks=blanks,
    )


def _web_page(now: datetime) -> Template:
    monday = now.date() - timedelta(days=now.weekday())
    return Template(
        name="web-page",
        title=_("Open a web page"),
        summary=_("An address that opens by itself"),
        icon="globe",
        document=_document(
            {"kind": "open", "target": "https://"},
            weekly(_WORKDAYS, "09:00", start=monday),
            name=_("Web page"),
        ),
        missing="action.target",
    )


def _document(action: Document, *triggers: msgspec.Struct, name: str = "") -> dict[str, Any]:
    """Return a draft; of what runs often, only failures are worth a banner."""
    rules = [msgspec.to_builtins(trigger) for trigger in triggers]
    policy = {"notify": Notify.FAILURE.value} if action["kind"] in _QUIET else {}
    return {"name": name, "triggers": rules, "action": action, "policy": policy}


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
