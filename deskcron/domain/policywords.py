"""Put the rules of a job into plain language, one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from deskcron.domain.braking import Brake
from deskcron.domain.concealing import masked_text
from deskcron.domain.conditionwords import conditions_words
from deskcron.domain.daywords import date_text
from deskcron.domain.environment import Base, Environment
from deskcron.domain.exitcodes import ExitCodes
from deskcron.domain.hours import Hours, Window
from deskcron.domain.pinging import Pings
from deskcron.domain.policy import CatchUp, Io, Notify, OutputOver, Overlap, Policy, Priority
from deskcron.domain.retrying import Retry
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext
from deskcron.domain.timewords import length_words
from deskcron.domain.watchdogs import Watchdogs
from deskcron.domain.weekdaywords import days_text
from deskcron.domain.words import status_word

_USUAL = Policy()


def policy_words(policy: Policy) -> Sequence[str]:
    """Return a line for each rule that is not the default; what has no effect has no line."""
    lines = [
        *_missed(policy),
        _overlap(policy),
        *_limits(policy),
        retry_words(policy.retry),
        _exit_codes(policy.exit_codes),
        *_brake(policy.brake),
        *hours_words(policy.hours),
        conditions_words(policy.conditions),
        *_environment(policy.environment),
        *_start(policy),
        _lane(policy.lane),
        *_manners(policy),
        _keep_awake(policy),
        *_watchdogs(policy.watchdogs),
        *_pings(policy.pings),
        _notify(policy.notify),
    ]
    return [line for line in lines if line]


def retry_words(retry: Retry) -> str:
    """Return how often and when a run is tried again, "" for never."""
    if not retry.count:
        return ""
    ends = _(" or ").join(map(status_word, retry.on))
    text = ngettext(
        "Tried again once if it {ends}, after {length}",
        "Tried again up to {count} times if it {ends}, after {length}",
        retry.count,
    ).format(count=retry.count, ends=ends, length=length_words(retry.delay_s))
    if retry.count == 1 or not retry.delay_s:
        return text
    if retry.growth == 1:
        return _("{text} each time").format(text=text)
    return _("{text}, then each time {factor} times as long, up to {ceiling}").format(
        text=text, factor=f"{retry.growth:g}", ceiling=length_words(retry.ceiling_s)
    )


def hours_words(hours: Hours) -> Iterator[str]:
    """Yield the hours and days at which a job may run, and those at which it may not."""
    if hours.windows:
        windows = _(" or ").join(map(window_words, hours.windows))
        yield _("Only {windows}").format(windows=windows)
    for blackout in hours.blackout:
        first, slash, last = blackout.partition("/")
        text = _("Not from {first} to {last}") if slash else _("Not on {first}")
        yield text.format(first=_date(first), last=_date(last) if slash else "")
    if hours.holidays:
        yield _("Not on public holidays of {place}").format(place=hours.holidays)


def _date(text: str) -> str:
    """Return a stored date in words; what is none yet, as it was typed."""
    try:
        return date_text(date.fromisoformat(text.strip()))
    except ValueError:
        return text.strip()


def window_words(window: Window) -> str:
    """Return the hours of a window with its days."""
    is_whole = window.begin == window.end
    hours = _("all day") if is_whole and window.begin == "00:00" else f"{window.begin}-{window.end}"
    if not window.days:
        return hours
    return _("{days} {hours}").format(days=days_text(window.days), hours=hours)


def _missed(policy: Policy) -> Iterator[str]:
    if policy.catch_up is CatchUp.SKIP:
        yield _("What was missed is not caught up")
        return
    if policy.catch_up is CatchUp.ALL:
        text = ngettext(
            "Each missed time is caught up, up to {count}",
            "Each missed time is caught up, up to {count}",
            policy.catch_up_limit,
        )
        yield text.format(count=policy.catch_up_limit)
    if policy.max_age_s != _USUAL.max_age_s:
        length = length_words(policy.max_age_s)
        yield _("Nothing older than {length} is caught up").format(length=length)


def _overlap(policy: Policy) -> str:
    text = {
        Overlap.SKIP: "",
        Overlap.QUEUE: ngettext(
            "Up to {count} run waits behind an earlier one",
            "Up to {count} runs wait behind an earlier one",
            policy.overlap_limit,
        ),
        Overlap.PARALLEL: ngettext(
            "Up to {count} run at once", "Up to {count} runs at once", policy.overlap_limit
        ),
        Overlap.REPLACE: _("A later run takes the place of an earlier one"),
    }[policy.overlap]
    return text.format(count=policy.overlap_limit)


def _lane(lane: str) -> str:
    return _("Runs in the lane {lane}").format(lane=lane) if lane else ""


def _manners(policy: Policy) -> Iterator[str]:
    if policy.nice:
        yield _("Gives way to other programs, niceness {nice}").format(nice=policy.nice)
    if policy.io is Io.IDLE:
        yield _("Uses the disk only when nobody else does")


def _keep_awake(policy: Policy) -> str:
    return _("Keeps the computer awake while it runs") if policy.keep_awake else ""


def _environment(environment: Environment) -> Iterator[str]:
    if environment.base is Base.SESSION:
        yield _("Gets the environment of the session, not of the login shell")
    if environment.base is Base.MINIMAL:
        yield _("Gets as little of an environment as programs need")
    if environment.path_prefix:
        folders = ", ".join(environment.path_prefix)
        yield _("Looks for programs in {folders} first").format(folders=folders)


def _watchdogs(dogs: Watchdogs) -> Iterator[str]:
    if dogs.no_success_s is not None:
        text = _("You are told if it has no success for {length}")
        yield text.format(length=length_words(dogs.no_success_s))
    if dogs.not_started_s is not None:
        text = _("You are told if it has not started {length} after it was due")
        yield text.format(length=length_words(dogs.not_started_s))
    if dogs.slower_than is not None:
        text = _("You are told if it takes more than {factor} times as long as usual")
        yield text.format(factor=f"{dogs.slower_than:g}")
    if dogs.smaller_than is not None:
        text = _("You are told if it prints less than {percent} % of the usual")
        yield text.format(percent=f"{100 * dogs.smaller_than:g}")
    if dogs.errors:
        yield _("You are told if it succeeds and writes to its error output")


def _pings(pings: Pings) -> Iterator[str]:
    if pings.start:
        yield _("Its start is told to {address}").format(address=masked_text(pings.start))
    if pings.success:
        yield _("Its success is told to {address}").format(address=masked_text(pings.success))
    if pings.failure:
        yield _("Its failure is told to {address}").format(address=masked_text(pings.failure))


def _limits(policy: Policy) -> Iterator[str]:
    if policy.soft_timeout_s is not None:
        yield _("You are told after {length}").format(length=length_words(policy.soft_timeout_s))
    yield _output(policy)
    if policy.timeout_s is not None:
        yield _("Stopped after {length}").format(length=length_words(policy.timeout_s))
    if policy.grace_s != _USUAL.grace_s:
        length = length_words(policy.grace_s)
        yield _("Killed {length} after it is told to stop").format(length=length)
    if policy.exact:
        yield _("Keeps exact evidence of start and end")


def _output(policy: Policy) -> str:
    stops, limit_mb = policy.output_over is OutputOver.STOP, policy.output_limit_mb
    if limit_mb is None:
        return _("Stopped if it prints more than is kept") if stops else ""
    text = (
        _("Stopped if it prints more than {count} MB")
        if stops
        else _("The newest {count} MB of its output are kept")
    )
    return text.format(count=limit_mb)


def _exit_codes(codes: ExitCodes) -> str:
    if codes == _USUAL.exit_codes:
        return ""
    success, warning = (", ".join(map(str, part)) for part in (codes.success, codes.warning))
    if not warning:
        return _("Succeeds with exit code {codes}").format(codes=success)
    if not success:
        return _("Succeeds with exit code {codes} as a warning").format(codes=warning)
    return _("Succeeds with exit code {codes}, and with {warning} as a warning").format(
        codes=success, warning=warning
    )


def _brake(brake: Brake) -> Iterator[str]:
    if brake.failures:
        text = ngettext(
            "Held after {count} failure", "Held after {count} failures in a row", brake.failures
        ).format(count=brake.failures)
        if brake.resume_s is not None:
            text = _("{text}, for {length}").format(text=text, length=length_words(brake.resume_s))
        yield text
    if brake.runs_per_day:
        text = ngettext(
            "At most {count} run a day", "At most {count} runs a day", brake.runs_per_day
        )
        yield text.format(count=brake.runs_per_day)


def _start(policy: Policy) -> Iterator[str]:
    if policy.ask_s:
        length = length_words(policy.ask_s)
        yield _("Asks before it starts, and starts after {length} without an answer").format(
            length=length
        )
    if policy.priority is Priority.HIGH:
        yield _("Starts before others that wait")
    if policy.priority is Priority.LOW:
        yield _("Starts after others that wait")


def _notify(notify: Notify) -> str:
    return {
        Notify.ALWAYS: "",
        Notify.NEVER: _("No banners"),
        Notify.FAILURE: _("A banner for failures only"),
        Notify.SUCCESS: _("A banner for successes only"),
    }[notify]
