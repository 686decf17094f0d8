"""What the exit code of a program means for its run."""

from __future__ import annotations

import msgspec

from deskcron.domain.reason import Reason, Why
from deskcron.domain.run import Status


class ExitCodes(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The codes that count as success, and those that do so with a warning; others are failures."""

    success: tuple[int, ...] = (0,)
    warning: tuple[int, ...] = ()

    def meaning(self, code: int) -> tuple[Status, Why | None]:
        """Return what a code says of the run."""
        if code in self.warning:
            return Status.SUCCEEDED, Why(Reason.WARNING_CODE, {"code": code})
        if code in self.success:
            return Status.SUCCEEDED, None
        return Status.FAILED, Why(Reason.EXIT_CODE, {"code": code})
