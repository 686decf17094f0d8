"""Put the rules of a tidying into plain language."""

from __future__ import annotations

from collections.abc import Iterator

from deskcron.domain.sizewords import size_words
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.tidying import Conflict, FileOperation, FileType, Tidying, TidyRule

_UNITS = ((31_536_000, "y"), (604_800, "w"), (86_400, "d"), (3600, "h"), (60, "m"), (1, "s"))


def type_word(file_type: FileType) -> str:
    """Return a group of files by its name."""
    return {
        FileType.IMAGES: _("images"),
        FileType.DOCUMENTS: _("documents"),
        FileType.ARCHIVES: _("archives"),
        FileType.AUDIO: _("audio"),
        FileType.VIDEO: _("video"),
        FileType.PROGRAMS: _("programs"),
        FileType.OTHER: _("other files"),
    }[file_type]


def deed_word(deed: FileOperation) -> str:
    """Return what becomes of a file, as a choice."""
    return {
        FileOperation.MOVE: _("Move to a folder"),
        FileOperation.COPY: _("Copy to a folder"),
        FileOperation.RENAME: _("Rename"),
        FileOperation.ARCHIVE: _("Pack into an archive"),
        FileOperation.TRASH: _("Move to the trash"),
    }[deed]


def conflict_word(conflict: Conflict) -> str:
    """Return what is done where a name is taken, as a choice."""
    return {
        Conflict.NUMBER: _("Add a number"),
        Conflict.SKIP: _("Leave the file where it is"),
        Conflict.REPLACE_OLDER: _("Replace an older file, which goes to the trash"),
    }[conflict]


def which_words(rule: TidyRule) -> str:
    """Return which files a rule is for."""
    return _(", ").join(_which(rule))


def becomes_words(rule: TidyRule) -> str:
    """Return what becomes of the files of a rule."""
    if rule.deed is FileOperation.TRASH:
        return _("move to the trash")
    return {
        FileOperation.MOVE: _("move to {target}"),
        FileOperation.COPY: _("copy to {target}"),
        FileOperation.RENAME: _("rename to {target}"),
        FileOperation.ARCHIVE: _("pack into {target}"),
    }[rule.deed].format(target=rule.target)


def tidying_words(tidying: Tidying) -> str:
    """Return a tidying in one line: its folder, its first rule, and how many there are besides."""
    line = tidying.folder
    if tidying.rules:
        first, more = tidying.rules[0], len(tidying.rules) - 1
        words = _("{folder}: {which}: {becomes}")
        line = words.format(folder=line, which=which_words(first), becomes=becomes_words(first))
        if more:
            words = ngettext(
                "{line} (and {more} more rule)", "{line} (and {more} more rules)", more
            )
            line = words.format(line=line, more=more)
    return _("{what} (rehearsal)").format(what=line) if tidying.rehearse else line


def _which(rule: TidyRule) -> Iterator[str]:
    if rule.name != "*" or not rule.types:
        yield _("all files") if rule.name == "*" else rule.name
    if rule.types:
        yield _(" or ").join(type_word(file_type) for file_type in rule.types)
    if rule.older_than_s:
        yield _("older than {age}").format(age=_age(rule.older_than_s))
    if rule.larger_than:
        yield _("larger than {size}").format(size=size_words(rule.larger_than))
    if rule.smaller_than:
        yield _("smaller than {size}").format(size=size_words(rule.smaller_than))
    if rule.below:
        yield _("in {folder}").format(folder=rule.below)


def _age(seconds: int) -> str:
    unit_s, unit = next(item for item in _UNITS if seconds % item[0] == 0)
    count = seconds // unit_s
    return {
        "y": ngettext("{count} year", "{count} years", count),
        "w": ngettext("{count} week", "{count} weeks", count),
        "d": ngettext("{count} day", "{count} days", count),
        "h": ngettext("{count} hour", "{count} hours", count),
        "m": ngettext("{count} minute", "{count} minutes", count),
        "s": ngettext("{count} second", "{count} seconds", count),
    }[unit].format(count=count)
