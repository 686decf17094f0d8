"""Putting back what a run of a tidying has done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class NotPutBack(NamedTuple):
    """A file that stays where it is, and why, in words."""

    path: str
    why: str


class PutBack(NamedTuple):
    """The paths of the files that are as they were before the run, and those that are not."""

    back: Sequence[str]
    left: Sequence[NotPutBack]


class TidyJournals(Protocol):
    """What the runs of tidyings have written down."""

    def may_undo(self, run_id: int) -> bool:
        """Tell whether a run has done something that is not put back yet."""

    def undo(self, run_id: int) -> PutBack:
        """Put back what a run has done, the newest first, as far as it is unchanged.

        It can be called again after it was cut short. Raises OSError where the journal cannot be
        read.
        """
