"""The groups of rules that few jobs need, in the order in which the form shows them."""

from __future__ import annotations

from collections.abc import Mapping

from deskcron.domain.ports import Clock
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.askpart import AskPart
from deskcron.gui.editor.brakepart import BrakePart
from deskcron.gui.editor.conditionspart import ConditionsPart
from deskcron.gui.editor.environmentpart import EnvironmentPart
from deskcron.gui.editor.exitcodespart import ExitCodesPart
from deskcron.gui.editor.hourspart import HoursPart
from deskcron.gui.editor.offers import Offers
from deskcron.gui.editor.pingspart import PingsPart
from deskcron.gui.editor.retrypart import RetryPart
from deskcron.gui.editor.rulegroup import GroupKind
from deskcron.gui.editor.runningpart import RUNNING, RunningPart
from deskcron.gui.editor.watchpart import WATCH, WatchPart

FOR_REMINDERS = ("hours", "conditions")


def rule_groups(clock: Clock, offers: Offers) -> Mapping[str, GroupKind]:
    """Return the groups by names that the code gives them."""
    return {
        "retry": GroupKind(_("Retries"), ("retry",), RetryPart, _("none"), inside="retry"),
        "exit_codes": GroupKind(
            _("Exit codes"),
            ("exit_codes",),
            ExitCodesPart,
            _("0 is a success"),
            inside="exit_codes",
        ),
        "brake": GroupKind(
            _("Failures in a row, runs a day"),
            ("brake",),
            BrakePart,
            _("no limit"),
            inside="brake",
        ),
        "hours": GroupKind(
            _("Hours and days"),
            ("hours",),
            lambda: HoursPart(clock.now().astimezone().date(), offers),
            _("at any time"),
            inside="hours",
            can_show=HoursPart.can_show,
        ),
        "conditions": GroupKind(
            _("Conditions"), ("conditions",), ConditionsPart, _("none"), inside="conditions"
        ),
        "ask": GroupKind(_("Ask before it starts"), ("ask_s",), AskPart, _("no")),
        "running": GroupKind(
            _("Running"),
            RUNNING,
            RunningPart,
            _("lane, use of processor and disk, output, how it ends"),
        ),
        "environment": GroupKind(
            _("Environment"),
            ("environment",),
            EnvironmentPart,
            _("as in a terminal"),
            inside="environment",
        ),
        "watch": GroupKind(_("Tell me if"), WATCH, WatchPart, _("nothing")),
        "pings": GroupKind(
            _("Addresses that are told"), ("pings",), PingsPart, _("none"), inside="pings"
        ),
    }
