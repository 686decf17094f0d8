"""The due times ahead as a person is shown them, with what will bar them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from deskcron.domain.answers import Upcoming
from deskcron.domain.outlook import Unmet
from deskcron.domain.reason import Why
from deskcron.triggers.preview import PreviewItem


def unbarred(_at: datetime) -> Why | None:
    """Bar nothing."""
    return None


def upcoming(
    items: Iterable[PreviewItem], barred: Callable[[datetime], Why | None] = unbarred
) -> tuple[Upcoming, ...]:
    """Return these due times; `barred` says why one will be skipped."""
    return tuple(
        Upcoming(
            at=item.at,
            wall=item.wall,
            triggers=item.trigger_ids,
            marks=tuple(item.marks),
            barred=_unmet(barred(item.at)),
        )
        for item in items
    )


def _unmet(why: Why | None) -> Unmet | None:
    return None if why is None else Unmet(reason=why.code, reason_args=why.args)
