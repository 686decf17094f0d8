"""The kinds of triggers as the form names them, and which one shows a stored trigger."""

from __future__ import annotations

from typing import cast

from deskcron.domain.job import Document
from deskcron.domain.pattern import Frequency, pattern_of_rule
from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.domain.trigger import LOCAL_ZONE
from deskcron.gui.editor.afterjobpart import AfterJobPart
from deskcron.gui.editor.cronpart import CronPart
from deskcron.gui.editor.datespart import DatesPart
from deskcron.gui.editor.filechangepart import FileChangePart
from deskcron.gui.editor.intervalpart import IntervalPart
from deskcron.gui.editor.keptpart import KeptPart
from deskcron.gui.editor.limitspart import LimitsPart
from deskcron.gui.editor.occasionpart import OccasionPart
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.oncepart import OncePart
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.rulepart import RulePart
from deskcron.gui.editor.signalpart import SignalPart

BY_HAND = "by-hand"
RULE, KEPT = "rule", "kept"
"""Offered only to triggers that need them."""
UNLIMITED = ("once", BY_HAND)
TIMES = ("once", "interval", "daily", "weekly", "monthly", "cron")
EVENTS = ("event", "file", "after", "signal")


def kind_words(kind: str) -> str:
    """Return what the choice of kinds says."""
    return {
        "once": _("Once"),
        "interval": _("Every so many minutes or hours"),
        "daily": _("Daily"),
        "weekly": _("Weekly"),
        "monthly": _("Monthly"),
        "cron": _("By a cron expression"),
        "event": _("When something happens"),
        "file": _("When a file changes"),
        "after": _("After another job"),
        "signal": _("At a signal"),
        RULE: _("By a recurrence rule"),
        KEPT: _("Kept as it is"),
        BY_HAND: _("By hand only"),
    }[kind]


def offered_kinds() -> dict[str, str]:
    """Return what every trigger can be, with its words."""
    return {kind: kind_words(kind) for kind in (*TIMES, *EVENTS, BY_HAND)}


def make_part(kind: str, clock: Clock, offers: Offers) -> Part:
    """Return the fields of a kind."""
    if kind == "after":
        return AfterJobPart(offers)
    simple: dict[str, type[Part]] = {
        "event": OccasionPart,
        "file": FileChangePart,
        "signal": SignalPart,
        "cron": CronPart,
        RULE: RulePart,
        KEPT: KeptPart,
    }
    if kind in simple:
        return simple[kind]()
    if kind == "once":
        return OncePart(clock)
    if kind == "interval":
        return IntervalPart(clock.now().astimezone())
    return DatesPart(cast("Frequency", kind), clock.now().astimezone())


def shown_as(trigger: Document) -> str:
    """Return the kind under which the form shows a stored trigger without losing anything."""
    kind, limits = trigger.get("kind"), trigger.get("limits", {})
    is_readable = isinstance(limits, dict) and LimitsPart.can_show(limits)
    if not is_readable or not isinstance(trigger.get("zone", LOCAL_ZONE), str):
        return KEPT
    if kind == "calendar":
        pattern = pattern_of_rule(str(trigger.get("rule", "")))
        if pattern is not None and DatesPart.can_show(trigger):
            return pattern.frequency
        return RULE if RulePart.can_show(trigger) else KEPT
    can_show = {
        "once": OncePart.can_show,
        "interval": IntervalPart.can_show,
        "cron": CronPart.can_show,
        "event": OccasionPart.can_show,
        "file": FileChangePart.can_show,
        "after": AfterJobPart.can_show,
        "signal": SignalPart.can_show,
    }.get(str(kind))
    return str(kind) if can_show is not None and can_show(trigger) else KEPT
