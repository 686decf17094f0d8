"""What was notified, and the banners on the screen."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from typing import Any

from waiting import until

from harness.accessible import Accessible
from harness.dunstmenu import CHOICE
from harness.life import RECORD
from harness.session import Session
from harness.widgets import Widgets

SHORTLY_S = 5.0
_DAEMON = "xfce4-notifyd"
_ENDINGS = {1: "expired", 2: "dismissed", 3: "closed by the program", 4: "undefined"}


class Notification:
    """One call of Notify and what became of it."""

    def __init__(self, number: int, fields: dict[str, Any]) -> None:
        self.number = number
        self.fields = fields
        self.id: int | None = None
        self.summary = str(fields.get("summary", ""))
        self.body = str(fields.get("body", ""))
        self.actions: dict[str, str] = fields.get("actions", {})
        self.urgency = str(fields.get("urgency", ""))
        self.invoked: list[str] = []
        self.closed = ""
        self.error = ""

    def __repr__(self) -> str:
        return f"<notification {self.number} {self.summary!r} {self.body!r}>"

    def as_json(self) -> str:
        """Return everything about it as one line."""
        outcome = {
            "n": self.number,
            "id": self.id,
            "invoked": self.invoked,
            "closed": self.closed,
            "error": self.error,
        }
        return json.dumps(outcome | self.fields, ensure_ascii=False)


class Notifications:
    """The record of a desktop, and the hands to press its banners."""

    def __init__(self, session: Session, widgets: Widgets) -> None:
        self._session = session
        self._widgets = widgets

    def all(self) -> Sequence[Notification]:
        """Return everything that was notified, from the first on."""
        record = self._session.directory / RECORD
        if not record.exists():
            return []
        text = record.read_text(encoding="utf-8")
        return _joined(
            [json.loads(line) for line in text.splitlines(keepends=True) if _whole(line)]
        )

    def await_one(
        self, pattern: str, *, after: int = 0, within_s: float = SHORTLY_S
    ) -> Notification:
        """Wait for one whose words match and whose number is above `after`; return the last."""

        def matching() -> list[Notification]:
            return [
                one
                for one in self.all()
                if one.number > after and re.search(pattern, f"{one.summary}\n{one.body}")
            ]

        return until(matching, f"{pattern!r} is notified", within_s)[-1]

    def count(self) -> int:
        """Return how many there were."""
        return len(self.all())

    def by_number(self, number: int) -> Notification:
        """Return one as it is now."""
        return self.all()[number - 1]

    def invoke(self, notification: Notification, action: str) -> None:
        """Press a button of the banner: its key, or what it says."""
        labels = notification.actions
        key = next((key for key, label in labels.items() if action in (key, label)), None)
        if key is None:
            raise LookupError(f"{notification} has {labels}, but no {action!r}")
        if self._session.notifier == "dunst":
            self._choose(notification, labels[key])
        else:
            button = until(
                lambda: self._button(notification, labels[key]),
                f"the banner of {notification} is on the screen",
                SHORTLY_S,
            )
            self._widgets.press_it(button)
        before = len(notification.invoked)
        until(
            lambda: len(self.by_number(notification.number).invoked) > before,
            f"the notification service tells of {action!r}",
            SHORTLY_S,
        )

    def dismiss(self, notification: Notification) -> None:
        """Close the banner as a person does."""
        if self._session.notifier == "dunst":
            self._dunst("close")
        else:
            banner = until(
                lambda: self._banner(notification),
                f"the banner of {notification} is on the screen",
                SHORTLY_S,
            )
            x, y, _width, height = next(one for one in banner.walk() if one.role == "label").place
            self._widgets.click_at(x + 5, y + height // 2)
        until(
            lambda: self.by_number(notification.number).closed,
            f"{notification} is closed",
            SHORTLY_S,
        )

    def _choose(self, notification: Notification, label: str) -> None:
        """Have it chosen from dunst's menu, which holds what is on the screen."""
        shown = until(
            lambda: self._shown_by_dunst(notification.number),
            f"the banner of {notification} is on the screen",
            SHORTLY_S,
        )
        file = self._session.directory / CHOICE
        file.write_text(json.dumps([label, shown.id, shown.summary]), encoding="utf-8")
        self._dunst("context")

    def _shown_by_dunst(self, number: int) -> Notification | None:
        """Return a notification that dunst has answered and that waits for no place."""
        one = self.by_number(number)
        is_shown = one.id and self._dunst("count", "waiting").strip() == "0"
        return one if is_shown else None

    def _dunst(self, *command: str) -> str:
        asked = ["dunstctl", *command]
        environ = self._session.environ
        return subprocess.run(
            asked, env=environ, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    def _button(self, notification: Notification, label: str) -> Accessible | None:
        banner = self._banner(notification)
        if banner is None:
            return None
        buttons = (one for one in banner.walk() if one.role == "push button")
        return next((one for one in buttons if one.name == label), None)

    def _banner(self, wanted: Notification) -> Accessible | None:
        """Return the window of a notification; those with the same words stand in order."""
        frames = [
            frame
            for app in self._widgets.apps(_DAEMON)
            for frame in app.children
            if frame.is_showing and _says(frame, wanted)
        ]
        earlier = [
            one
            for one in self.all()
            if one.number < wanted.number
            and not one.closed
            and (one.summary, one.body) == (wanted.summary, wanted.body)
        ]
        return frames[min(len(earlier), len(frames) - 1)] if frames else None


def _joined(events: Sequence[dict[str, Any]]) -> Sequence[Notification]:
    """Put answers and signals to the calls they belong to."""
    found: list[Notification] = []
    by_call: dict[tuple[Any, ...], Notification] = {}
    by_id: dict[int, Notification] = {}
    for event in events:
        kind = event.pop("event")
        if kind in {"notify", "bad"}:
            call = tuple(event.pop("call", ()))
            one = Notification(len(found) + 1, event)
            one.error = "" if kind == "notify" else "wrong types of arguments"
            by_call[call] = one
            found.append(one)
        elif kind == "id":
            one = by_call[tuple(event["call"])]
            one.id = event["id"]
            by_id[event["id"]] = one
        elif kind == "error":
            by_call[tuple(event["call"])].error = event["error"]
        elif event["id"] in by_id:
            one = by_id[event["id"]]
            if kind == "invoked":
                one.invoked.append(event["action"])
            else:
                one.closed = _ENDINGS.get(event["reason"], str(event["reason"]))
    return found


def _says(frame: Accessible, wanted: Notification) -> bool:
    words = [one.name.strip() for one in frame.walk(hidden=True) if one.role == "label"]
    if not words or words[0] != wanted.summary.strip():
        return False
    return not wanted.body or _plain(wanted.body) in words


def _plain(text: str) -> str:
    text = re.sub(r"<[^>]*>", "", text).strip()
    for sign, entity in (("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("&", "&amp;")):
        text = text.replace(entity, sign)
    return text


def _whole(line: str) -> bool:
    return line.endswith("\n")
