"""Ask a web server for something, and hold its answer against what is expected."""

from __future__ import annotations

import ipaddress
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from urllib.parse import urlsplit

import msgspec

from deskcron.actions.surroundings import place_of, secret_problems, working_directory
from deskcron.domain.action import (
    ANYWHERE,
    Launch,
    Place,
    ProcessLaunch,
    RunContext,
    StartFailed,
    Workspace,
)
from deskcron.domain.environment import Lookup
from deskcron.domain.errors import Problem
from deskcron.domain.reason import Reason, Why
from deskcron.domain.secret import names_in, reference
from deskcron.domain.texts import gettext as _

LONGEST_WAIT_S = 3600
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_STATUS = re.compile(r"([1-5])xx|([1-5]\d\d)(?:\s*-\s*([1-5]\d\d))?", re.IGNORECASE)


class BodyType(StrEnum):
    """How the body is written, which also says its content type where no header does."""

    TEXT = "text"
    JSON = "json"
    FORM = "form"


class WebRequest(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="web"):
    """One request; ${secret:NAME} in address, headers and body stands for a secret.

    `expect_status` lists codes, ranges and classes ("2xx, 301, 400-404"); empty, any will do.
    The answer must have `expect_text` in its body, and must not have `refuse_text`.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    body_type: BodyType = BodyType.TEXT
    expect_status: str = "2xx"
    expect_text: str = ""
    refuse_text: str = ""
    timeout_s: int = 30

    @property
    def starts_process(self) -> bool:
        """Tell that it starts a process."""
        return True

    def place(self, run: RunContext) -> Place:
        """Say where programs of a run start and what they find."""
        return place_of(run)

    def prepare(self, run: RunContext, workspace: Workspace) -> Launch:
        """Return the start of deskcron itself, which reads the request from a file.

        The file has the references only; the values come in the environment.
        """
        try:
            plan = workspace.script_file(msgspec.json.encode(self).decode(), ".json")
        except OSError as error:
            reason = error.strerror or str(error)
            raise StartFailed(Why(Reason.START_FAILED, {"error": reason})) from error
        secrets = {name: reference(secret) for name, secret in self.secret_variables().items()}
        return ProcessLaunch(
            argv=workspace.own_command("perform", "web", str(plan)),
            directory=working_directory("", {}, run.base),
            environment={**run.environment(), **secrets},
            masks_itself=True,
        )

    def secret_variables(self) -> Mapping[str, str]:
        """Return the variable in which the child process finds each secret, with its name."""
        return {f"DESKCRON_SECRET_{number}": name for number, name in enumerate(self.secrets(), 1)}

    def secrets(self) -> Sequence[str]:
        """Return the names of the secrets in address, headers and body."""
        return names_in((self.url, *(value for _name, value in self.headers), self.body))

    def accepts(self, status: int) -> bool:
        """Tell whether a status is among those that are expected."""
        ranges = status_ranges(self.expect_status)
        return not ranges or any(status in one for one in ranges)

    def problems(self) -> Sequence[Problem]:
        """Say what keeps the action from being saved, in words."""
        return tuple(self._problems())

    def warnings(self, lookup: Lookup = ANYWHERE) -> Sequence[str]:
        """Say what a person may not expect of the request, in words."""
        del lookup
        if self.secret_variables() and _is_open(self.url):
            return (_("An address that begins with “http://” sends the secrets unencrypted."),)
        return ()

    def describe(self) -> str:
        """Return method and address."""
        return f"{self.method} {self.url}"

    def _problems(self) -> Iterator[Problem]:
        yield from _address_problems(self.url)
        if not _TOKEN.fullmatch(self.method):
            yield Problem("method", _("A method is one word, such as GET or POST."))
        for name, value in self.headers:
            if not _TOKEN.fullmatch(name):
                text = _("“{name}” cannot be the name of a header.")
                yield Problem("headers", text.format(name=name))
            if not value.isprintable():
                text = _("The value of the header {name} is one line of plain text.")
                yield Problem("headers", text.format(name=name))
        if self.body_type is BodyType.JSON and self.body.strip():
            yield from _json_problems(self.body)
        try:
            status_ranges(self.expect_status)
        except ValueError as error:
            text = _("“{status}” is no status. Write codes like 200, 2xx or 400-404.")
            yield Problem("expect_status", text.format(status=error))
        if not 1 <= self.timeout_s <= LONGEST_WAIT_S:
            yield Problem("timeout_s", _("The wait for an answer is from 1 second to 1 hour."))
        yield from secret_problems(
            [
                ("url", self.url),
                *(("headers", value) for _name, value in self.headers),
                ("body", self.body),
            ]
        )


def status_ranges(text: str) -> tuple[range, ...]:
    """Return the ranges of a list such as "2xx, 301, 400-404"; raises ValueError with the word."""
    ranges = []
    for word in filter(None, map(str.strip, text.split(","))):
        match = _STATUS.fullmatch(word)
        if match is None:
            raise ValueError(word)
        hundred, first, last = match.groups()
        low = int(first or f"{hundred}00")
        high = int(last or first or f"{hundred}99")
        if high < low:
            raise ValueError(word)
        ranges.append(range(low, high + 1))
    return tuple(ranges)


def _address_problems(url: str) -> Iterator[Problem]:
    if not url.strip():
        yield Problem("url", _("Write the address to ask."))
    elif not url.isprintable() or " " in url.strip():
        yield Problem("url", _("An address has no blanks."))
    elif not url.startswith("${secret:"):
        try:
            parts = urlsplit(url.strip())
            is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
            parts.port  # noqa: B018 - raises ValueError for what is no port
        except ValueError:
            is_whole = False
        if not is_whole:
            text = _("A whole address begins with “https://” and the name of a server.")
            yield Problem("url", text)


def _json_problems(body: str) -> Iterator[Problem]:
    try:
        json.loads(body)
    except ValueError as error:
        text = _("This is not JSON: {error}. A secret goes between quotation marks.")
        yield Problem("body", text.format(error=error))


def _is_open(url: str) -> bool:
    """Tell whether others on the way can read what is sent."""
    parts = urlsplit(url.strip())
    if parts.scheme != "http" or parts.hostname == "localhost":
        return False
    try:
        return not ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return True
