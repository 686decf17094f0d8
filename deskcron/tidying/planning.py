"""Plan what happens to each file: pure but for looking at which names are taken."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from fnmatch import translate
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from deskcron.domain.tidying import Conflict, FileOperation, TidyRule, file_type_of
from deskcron.tidying.folder import Found
from deskcron.tidying.naming import Namer

SETTLING_S = 60
_MOST_NUMBERS = 100_000


class Left(StrEnum):
    """Why a file that a rule fits stays as it is."""

    LINK = "link"
    IN_PROGRESS = "in-progress"
    FRESH = "fresh"
    IN_PLACE = "in-place"
    TAKEN = "taken"
    NOT_OLDER = "not-older"
    NO_NAME = "no-name"


class Step(NamedTuple):
    """What happens to one file: something at `target`, or nothing because of `left`."""

    file: Found
    rule: TidyRule
    target: Path | None = None
    replaces: bool = False
    left: Left | None = None


class Occupant(NamedTuple):
    """What is where a file is to go."""

    is_file: bool
    size: int
    mtime_ns: int


Look = Callable[[Path], Occupant | None]
"""What is at a path now."""


class Planner:
    """Plans all files of one run, so that no two get the same name."""

    def __init__(
        self, rules: Sequence[TidyRule], conflict: Conflict, namer: Namer, look: Look, now_s: float
    ) -> None:
        self._rules = [(_Condition(rule, now_s), rule) for rule in rules]
        self._conflict = conflict
        self._namer = namer
        self._look = look
        self._now_s = now_s
        self._promised: set[Path] = set()
        self._dealt_with: set[Path] = set()
        self._archives: dict[Path, Path | None] = {}

    def plan(self, files: Sequence[Found]) -> list[Step]:
        """Return a step for each file that a rule fits, in the order of the files."""
        self._dealt_with = {file.path for file in files if self._is_dealt_with(file)}
        return [step for file in files if (step := self._step(file)) is not None]

    def another(self, step: Step) -> Step:
        """Return a step anew whose target was taken by somebody else since."""
        return self._with_target(step.file, step.rule)

    def _is_dealt_with(self, file: Found) -> bool:
        """Tell whether a rule has something else in mind for a file than to leave it."""
        rule = self._rule_of(file)
        if rule is None or self._reason_to_leave(file):
            return False
        try:
            match rule.deed:
                case FileOperation.TRASH:
                    return True
                case FileOperation.ARCHIVE:
                    return not self._namer.is_archive_of(rule.target, file)
                case FileOperation.RENAME:
                    return not self._namer.is_renamed(rule.target, file)
                case _:
                    return next(self._namer.in_folder(rule.target, file)) != file.path
        except ValueError:  # the fields make a name of nothing
            return False

    def _rule_of(self, file: Found) -> TidyRule | None:
        return next((rule for condition, rule in self._rules if condition.fits(file)), None)

    def _step(self, file: Found) -> Step | None:
        rule = self._rule_of(file)
        if rule is None:
            return None
        left = self._reason_to_leave(file)
        return Step(file, rule, left=left) if left else self._with_target(file, rule)

    def _reason_to_leave(self, file: Found) -> Left | None:
        if file.is_link:
            return Left.LINK
        if file.is_in_progress:
            return Left.IN_PROGRESS
        # either way: a clock that was set back must not make a new file look settled
        return Left.FRESH if abs(self._now_s - file.mtime_ns / 1e9) < SETTLING_S else None

    def _with_target(self, file: Found, rule: TidyRule) -> Step:
        try:
            match rule.deed:
                case FileOperation.TRASH:
                    return Step(file, rule)
                case FileOperation.ARCHIVE:
                    return self._packed(file, rule)
                case FileOperation.RENAME:
                    if self._namer.is_renamed(rule.target, file):
                        return Step(file, rule, left=Left.IN_PLACE)
                    return self._placed(file, rule, self._namer.renamed(rule.target, file))
                case _:
                    return self._placed(file, rule, self._namer.in_folder(rule.target, file))
        except ValueError:  # the fields make a name of nothing
            return Step(file, rule, left=Left.NO_NAME)

    def _placed(self, file: Found, rule: TidyRule, places: Iterator[Path]) -> Step:
        for number, place in enumerate(places):
            if place == file.path:
                return Step(file, rule, left=Left.IN_PLACE)
            there = self._look(place)
            if place not in self._promised:
                if there is None:
                    return self._promise(Step(file, rule, place))
                if rule.deed is FileOperation.COPY and there == (True, file.size, file.mtime_ns):
                    return Step(file, rule, left=Left.IN_PLACE)
            is_counted = "{counter}" in rule.target
            if self._conflict is not Conflict.NUMBER and not is_counted:
                return self._in_conflict(file, rule, place, there)
            if number > _MOST_NUMBERS:
                break
        return Step(file, rule, left=Left.TAKEN)

    def _in_conflict(
        self, file: Found, rule: TidyRule, place: Path, there: Occupant | None
    ) -> Step:
        is_ours = place in self._promised or place in self._dealt_with
        if self._conflict is Conflict.SKIP or is_ours or there is None:
            return Step(file, rule, left=Left.TAKEN)
        if not there.is_file or there.mtime_ns >= file.mtime_ns:
            return Step(file, rule, left=Left.NOT_OLDER if there.is_file else Left.TAKEN)
        return self._promise(Step(file, rule, place, replaces=True))

    def _packed(self, file: Found, rule: TidyRule) -> Step:
        """Return the step into an archive of this run; one that is there is never changed."""
        if self._namer.is_archive_of(rule.target, file):
            return Step(file, rule, left=Left.IN_PLACE)
        names = self._namer.archives(rule.target, file)
        wanted = next(names)
        if wanted not in self._archives or self._was_taken(wanted):
            self._archives[wanted] = self._new_archive(wanted, names)
        archive = self._archives[wanted]
        return Step(file, rule, archive, left=None if archive else Left.TAKEN)

    def _was_taken(self, wanted: Path) -> bool:
        archive = self._archives[wanted]
        return archive is not None and self._look(archive) is not None

    def _new_archive(self, wanted: Path, others: Iterator[Path]) -> Path | None:
        more = () if self._conflict is Conflict.SKIP else _first(others)
        for candidate in chain([wanted], more):
            if candidate not in self._promised and self._look(candidate) is None:
                self._promised.add(candidate)
                return candidate
        return None

    def _promise(self, step: Step) -> Step:
        if step.target is not None:
            self._promised.add(step.target)
        return step


class _Condition:
    """The conditions of a rule, ready to be held against many files."""

    def __init__(self, rule: TidyRule, now_s: float) -> None:
        self._rule = rule
        self._name = _pattern(rule.name)
        self._below = _pattern(rule.below.strip("/\\")) if rule.below else None
        self._before_s = now_s - rule.older_than_s

    def fits(self, file: Found) -> bool:
        """Tell whether the rule is for a file; hidden ones have to be asked for by a dot."""
        rule, name = self._rule, file.path.name
        is_hidden = name.startswith(".") and not rule.name.startswith(".")
        return not is_hidden and bool(self._name.fullmatch(name)) and self._fits_facts(file)

    def _fits_facts(self, file: Found) -> bool:
        rule, inside = self._rule, file.inside
        if rule.types and file_type_of(inside.name) not in rule.types:
            return False
        if rule.older_than_s and file.mtime_ns / 1e9 > self._before_s:
            return False
        if file.size <= rule.larger_than > 0 or file.size >= (rule.smaller_than or math.inf):
            return False
        return self._below is None or any(
            self._below.fullmatch(folder.as_posix()) for folder in inside.parents
        )


def _pattern(text: str) -> re.Pattern[str]:
    """Return what matches one of the patterns between commas, in capitals or not."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return re.compile("|".join(translate(part) for part in parts or ["*"]), re.IGNORECASE)


def _first(paths: Iterator[Path]) -> Iterator[Path]:
    for _number, path in zip(range(_MOST_NUMBERS), paths, strict=False):
        yield path
