"""The child process of a web request: send it, print the answer, judge it."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import quote, quote_plus

import httpx
import msgspec

from deskcron import __version__
from deskcron.actions.webrequest import BodyType, WebRequest
from deskcron.domain.masking import masked
from deskcron.domain.secret import filled, names_in
from deskcron.domain.texts import gettext as _
from deskcron.domain.texts import ngettext

READ_MOST = 1_000_000
"""Bytes of a body; what comes after is neither read nor judged."""
MOST_REDIRECTS = 10
_CONTENT_TYPES = {
    BodyType.TEXT: "text/plain; charset=utf-8",
    BodyType.JSON: "application/json",
    BodyType.FORM: "application/x-www-form-urlencoded",
}
_WRITTEN: Mapping[BodyType, Callable[[str], str]] = {
    BodyType.TEXT: str,
    BodyType.JSON: lambda value: json.dumps(value)[1:-1],
    BodyType.FORM: quote_plus,
}
_TEXT_ENDS = ("json", "xml", "javascript", "x-www-form-urlencoded", "yaml")


class _Refused(Exception):
    """The request did not come to its answer, or the answer is not the one expected; in words."""


class _Body(NamedTuple):
    text: str
    size: int
    is_whole: bool
    is_text: bool


def perform(plan: Path) -> int:
    """Send the request of a plan; return 0 for an answer as expected, 1 with the reason printed."""
    wanted = msgspec.json.decode(plan.read_bytes(), type=WebRequest)
    values = {name: os.environ[at] for at, name in wanted.secret_variables().items()}
    page = _Page(sys.stdout.buffer, values)
    try:
        _judge(wanted, *_ask(wanted, values, page))
    except _Refused as refusal:
        page.print(str(refusal))
        return 1
    except httpx.TimeoutException:
        text = ngettext("No answer within {count} second.", "No answer within {count} seconds.",
                        wanted.timeout_s)  # fmt: skip
        page.print(text.format(count=wanted.timeout_s))
        return 1
    except (httpx.HTTPError, httpx.InvalidURL, ImportError, ValueError) as error:
        # ImportError and ValueError: a proxy of the environment that cannot be used
        page.print(
            _("The request failed: {error}").format(error=str(error) or type(error).__name__)
        )
        return 1
    return 0


class _Page:
    """What the run's log gets: UTF-8 whatever the locale, without the values of secrets."""

    def __init__(self, stream: BinaryIO, values: Mapping[str, str]) -> None:
        self._stream = stream
        self._values = values

    def print(self, text: str) -> None:
        """Write lines."""
        self._stream.write(masked(text, self._values).encode(errors="replace") + b"\n")
        self._stream.flush()


def _ask(
    wanted: WebRequest, values: Mapping[str, str], page: _Page
) -> tuple[httpx.Response, _Body]:
    """Return the last answer after following redirects, and what was read of its body."""
    verify = httpx.create_ssl_context()
    verify.load_default_certs()  # besides those of httpx, what this machine trusts
    until_s = time.monotonic() + wanted.timeout_s
    with httpx.Client(verify=verify, timeout=wanted.timeout_s) as client:
        request = _request(client, wanted, values)
        secret_headers = [name for name, value in wanted.headers if names_in([value])]
        for _redirect in range(MOST_REDIRECTS + 1):
            response = client.send(request, stream=True)
            try:
                page.print(_head(response))
                if response.next_request is None:
                    body = _read(response, until_s)
                    page.print(_shown(response, body))
                    return response, body
            finally:
                response.close()
            page.print("")
            request = _redirected(request, response.next_request, wanted, secret_headers)
    raise _Refused(_("Sent on more than {count} times.").format(count=MOST_REDIRECTS))


def _request(client: httpx.Client, wanted: WebRequest, values: Mapping[str, str]) -> httpx.Request:
    usual = {"User-Agent": f"deskcron/{__version__}"}
    if wanted.body:
        usual["Content-Type"] = _CONTENT_TYPES[wanted.body_type]
    own = {name.lower() for name, _value in wanted.headers}
    headers = [(name, value) for name, value in usual.items() if name.lower() not in own]
    headers += [(name, filled(value, values)) for name, value in wanted.headers]
    return client.build_request(
        wanted.method,
        _address(wanted.url.strip(), values),
        headers=[(name.encode(), value.encode()) for name, value in headers],
        content=filled(wanted.body, values, _WRITTEN[wanted.body_type]).encode() or None,
    )


def _address(url: str, values: Mapping[str, str]) -> str:
    """Return the address; a secret at its beginning is (the beginning of) an address itself."""
    first = names_in([url])[:1] if url.startswith("${secret:") else ()
    head, rest = url.split("}", 1) if first else ("", url)
    start = filled(f"{head}}}", values) if first else ""
    return start + filled(rest, values, _in_address)


def _in_address(value: str) -> str:
    return quote(value, safe="")


def _redirected(
    before: httpx.Request, after: httpx.Request, wanted: WebRequest, secret_headers: list[str]
) -> httpx.Request:
    """Return the request to where the server sends us; another server gets no secrets."""
    if _is_trusted(before.url, after.url):
        return after
    if names_in([wanted.body]) and after.method == wanted.method:
        text = _("The server sends the request on to {host}, which does not get the secrets.")
        raise _Refused(text.format(host=after.url.host))
    for name in secret_headers:
        after.headers.pop(name, None)
    return after


def _is_trusted(before: httpx.URL, after: httpx.URL) -> bool:
    if (before.scheme, before.host, before.port) == (after.scheme, after.host, after.port):
        return True
    return before.host == after.host and (before.scheme, after.scheme) == ("http", "https")


def _head(response: httpx.Response) -> str:
    lines = [f"{response.http_version} {response.status_code} {response.reason_phrase}".strip()]
    lines += [f"{name}: {value}" for name, value in response.headers.multi_items()]
    return "\n".join(lines)


def _read(response: httpx.Response, until_s: float) -> _Body:
    data = bytearray()
    for chunk in response.iter_bytes(65_536):
        data += chunk
        if len(data) > READ_MOST:
            break
        if time.monotonic() > until_s:
            raise httpx.ReadTimeout("")
    is_whole = len(data) <= READ_MOST
    del data[READ_MOST:]
    is_text = _is_text(response.headers.get("content-type"), data)
    return _Body(_decoded(data, response.charset_encoding), len(data), is_whole, is_text)


def _decoded(data: bytearray, charset: str | None) -> str:
    """Return the text of a body; a charset that is none of text counts as UTF-8."""
    try:
        return data.decode(charset or "utf-8", errors="replace")
    except (LookupError, UnicodeError):
        return data.decode(errors="replace")


def _is_text(content_type: str | None, data: bytes | bytearray) -> bool:
    if not content_type:
        return b"\0" not in data
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(_TEXT_ENDS)


def _shown(response: httpx.Response, body: _Body) -> str:
    return "\n".join(_body_lines(response, body))


def _body_lines(response: httpx.Response, body: _Body) -> Iterator[str]:
    yield ""
    if body.is_text:
        yield body.text.removesuffix("\n")
    elif body.size:
        kind = response.headers.get("content-type") or _("unknown data")
        text = ngettext("({count} byte of {kind})", "({count} bytes of {kind})", body.size)
        yield text.format(count=body.size, kind=kind)
    if not body.is_whole:
        yield _("(Read as far as {count} bytes.)").format(count=READ_MOST)


def _judge(wanted: WebRequest, response: httpx.Response, body: _Body) -> None:
    """Raise _Refused where the answer is not as expected."""
    if not wanted.accepts(response.status_code):
        text = _("Status {status} instead of {expected}.")
        raise _Refused(text.format(status=response.status_code, expected=wanted.expect_status))
    if wanted.expect_text and wanted.expect_text not in body.text:
        text = _("The answer does not contain “{text}”.")
        raise _Refused(text.format(text=wanted.expect_text))
    if wanted.refuse_text and wanted.refuse_text in body.text:
        raise _Refused(_("The answer contains “{text}”.").format(text=wanted.refuse_text))
