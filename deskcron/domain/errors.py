"""What can go wrong, in words fit for the person: what failed, why, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class DeskcronError(Exception):
    """Carry a failure as title (what failed), detail (why) and hint (what to do).

    All three are finished sentences or sentence parts in the user's language, never markup.
    """

    def __init__(self, *, title: str, detail: str = "", hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.title}: {self.detail}" if self.detail else self.title
        if not head.endswith((".", "?", "!")):
            head += "."
        return f"{head} {self.hint}" if self.hint else head


class RequestFailed(DeskcronError):
    """The thing asked for was understood and did not come about."""


class ChangedElsewhere(RequestFailed):
    """What was to be saved has another revision than the one that was looked at."""


class BadInput(DeskcronError):
    """What was typed or imported cannot be used as it is."""


class Problem(NamedTuple):
    """What is wrong with one field of a draft, in words."""

    field: str
    message: str

    def within(self, path: str) -> Problem:
        """Return it with the field's path in the whole document, of which `path` is a part."""
        return Problem(f"{path}.{self.field}", self.message)


class InvalidDraft(BadInput):
    """A draft cannot become a job; `problems` names each field and why."""

    def __init__(self, *, title: str, problems: Sequence[Problem], hint: str = "") -> None:
        super().__init__(
            title=title, detail=" ".join(problem.message for problem in problems), hint=hint
        )
        self.problems = tuple(problems)


class NotFound(DeskcronError):
    """No job or run goes by the reference given."""


class StoreUnavailable(DeskcronError):
    """The store cannot be read or written, because of its surroundings."""


class StoreBusy(StoreUnavailable):
    """Another process holds the store longer than we wait; trying again may help."""


class StoreNewer(StoreUnavailable):
    """The store was written by a newer deskcron."""


class EngineRunning(DeskcronError):
    """Another process holds the engine lock of this data directory."""
