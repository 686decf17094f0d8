"""Words for what the doctor finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskcron.domain.answers import Finding, Health, Mended
from deskcron.domain.texts import gettext as _
from deskcron.domain.words import health_word

_INDENT = "       "


def topic_word(topic: str) -> str:
    """Return what the doctor looked at; of another version's the code itself."""
    return {
        "access": _("Access"),
        "autostart": _("Autostart"),
        "awake": _("Keeping awake"),
        "backups": _("Backups"),
        "clock": _("Clock"),
        "doctor": _("Check"),
        "engine": _("Engine"),
        "held": _("Held"),
        "jobs": _("Jobs"),
        "jumps": _("Clock changes"),
        "keyring": _("Keyring"),
        "leftovers": _("Leftovers"),
        "logs": _("Output"),
        "notifications": _("Notifications"),
        "pause": _("Pause"),
        "place": _("Place"),
        "session": _("Session"),
        "shell": _("Shell"),
        "sleep": _("Sleep"),
        "space": _("Disk"),
        "store": _("Data"),
        "tray": _("Panel"),
        "wakeups": _("Wakeups"),
        "zone": _("Time zone"),
    }.get(topic, topic)


def verdict(mended: Mended, findings: Sequence[Finding]) -> str:
    """Return what it all comes to."""
    if mended.failed:
        return _("Something could not be mended.")
    healths = {finding.health for finding in findings}
    if Health.BAD in healths:
        return _("Something needs to be put right.")
    if Health.NOTE in healths:
        return _("Everything works; something is worth a look.")
    return _("Everything is in order.")


def report(mended: Mended, findings: Sequence[Finding]) -> Iterator[str]:
    """Return line by line what was mended and what not, and what is found, why, and what to do."""
    for text in mended.done:
        yield _("Mended: {text}").format(text=text)
    for text in mended.failed:
        yield _("Not mended: {text}").format(text=text)
    for finding in findings:
        topic, word = topic_word(finding.topic), health_word(finding.health)
        yield f"[{word}] {topic}: {finding.text}"
        yield from (f"{_INDENT}{more}" for more in (finding.why, finding.hint) if more)
