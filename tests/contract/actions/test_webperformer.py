"""Web requests as they are sent to a real server, and judged by its answer."""

from __future__ import annotations

import gzip
import json
import ssl
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import msgspec
import pytest

from deskcron.actions.webperformer import READ_MOST, perform
from deskcron.actions.webrequest import BodyType, WebRequest

VALUE = 's3cr&t "é'


class _Handler(BaseHTTPRequestHandler):
    """Answers by path; keeps what it was asked."""

    server: Any

    def do_GET(self) -> None:
        """Answer."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        self.server.asked.append((self.command, self.path, dict(self.headers), body.decode()))
        answer = getattr(self, f"_{self.path.strip('/').partition('/')[0].partition('?')[0]}")
        answer(body)

    do_POST = do_PUT = do_GET  # noqa: N815 - named by the library

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""

    def _echo(self, body: bytes) -> None:
        self._send(200, body or b"hello\n", "text/plain; charset=utf-8")

    def _missing(self, _body: bytes) -> None:
        self._send(404, b"gone", "text/plain")

    def _latin(self, _body: bytes) -> None:
        self._send(200, "grün".encode("latin-1"), "text/plain; charset=iso-8859-1")

    def _odd(self, _body: bytes) -> None:
        self._send(200, "grün".encode(), f"text/plain; charset={self.path.rpartition('/')[2]}")

    def _image(self, _body: bytes) -> None:
        self._send(200, b"\x89PNG\0", "image/png")

    def _packed(self, _body: bytes) -> None:
        self._send(200, gzip.compress(b"unpacked"), "text/plain", ("Content-Encoding", "gzip"))

    def _large(self, _body: bytes) -> None:
        self._send(200, b"x" * (READ_MOST + 5), "text/plain")

    def _stalled(self, _body: bytes) -> None:
        self.server.done.wait(20)

    def _loop(self, _body: bytes) -> None:
        self._send(302, b"", "text/plain", ("Location", "/loop"))

    def _away(self, _body: bytes) -> None:
        self._send(307, b"", "text/plain", ("Location", f"{self.server.elsewhere}/echo"))

    def _send(self, status: int, body: bytes, kind: str, *more: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *more):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server() -> Iterator[Any]:
    """Return a server at 127.0.0.1; what it was asked stands in `asked`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as serving:
        serving.asked, serving.done = [], Event()  # type: ignore[attr-defined]
        # the same machine by another name is another server
        serving.elsewhere = f"http://localhost:{serving.server_port}"  # type: ignore[attr-defined]
        serving.url = f"http://127.0.0.1:{serving.server_port}"  # type: ignore[attr-defined]
        thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield serving
        serving.done.set()  # type: ignore[attr-defined]
        serving.shutdown()
        thread.join()


class Trust(ssl.SSLContext):
    """What is trusted: nothing more than it was made with, as reading that takes a while."""

    def load_default_certs(self, purpose: ssl.Purpose = ssl.Purpose.SERVER_AUTH) -> None:
        """Read nothing."""


@pytest.fixture(scope="session")
def trust() -> ssl.SSLContext:
    """Return what all requests of these tests share; none of them is encrypted."""
    return Trust(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def send(server, tmp_path, capfdbinary, monkeypatch, trust):
    """Perform a request and return exit code and lines printed."""
    monkeypatch.setattr("httpx.create_ssl_context", lambda: trust)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)

    def sent(path: str = "/echo", **fields: Any) -> tuple[int, list[str]]:
        url = path if ":" in path.partition("/")[0] else server.url + path
        request = WebRequest(url=url, **fields)
        assert not request.problems()
        for variable in request.secret_variables():
            monkeypatch.setenv(variable, VALUE)
        plan = tmp_path / "plan.json"
        plan.write_bytes(msgspec.json.encode(request))
        code = perform(plan)
        return code, capfdbinary.readouterr().out.decode().splitlines()

    return sent


def test_the_answer_is_printed_as_it_came(send):
    """First the status, then headers, an empty line, and the body."""
    code, lines = send()
    assert code == 0
    assert lines[0] == "HTTP/1.0 200 OK"
    assert "content-length: 6" in lines
    assert lines[-2:] == ["", "hello"]


@pytest.mark.parametrize(
    ("path", "fields", "code", "reason"),
    [
        ("/missing", {}, 1, "Status 404 instead of 2xx."),
        ("/missing", {"expect_status": "404"}, 0, "gone"),
        ("/missing", {"expect_status": ""}, 0, "gone"),
        ("/echo", {"expect_text": "ello"}, 0, "hello"),
        ("/echo", {"expect_text": "world"}, 1, "The answer does not contain “world”."),
        ("/echo", {"refuse_text": "ello"}, 1, "The answer contains “ello”."),
        ("/echo", {"refuse_text": "world"}, 0, "hello"),
        ("/latin", {"expect_text": "grün"}, 0, "grün"),
        ("/odd/none-such", {"expect_text": "grün"}, 0, "grün"),
        ("/odd/base64", {"expect_text": "grün"}, 0, "grün"),
        ("/odd/idna", {"expect_text": "grün"}, 0, "grün"),
        ("/image", {}, 0, "(5 bytes of image/png)"),
        ("/packed", {}, 0, "unpacked"),
        ("/large", {}, 0, "(Read as far as 1000000 bytes.)"),
        ("/loop", {}, 1, "Sent on more than 10 times."),
    ],
)
def test_the_end_of_the_log_says_how_it_was_judged(send, path, fields, code, reason):
    """The exit code is 0 for an answer as expected, else the last line says why not."""
    got, lines = send(path, **fields)
    assert (got, lines[-1]) == (code, reason)


def test_what_is_asked_arrives_as_it_was_written(send, server):
    """Method, headers and body are those of the request; the content type follows the body."""
    send(method="PUT", headers=(("X-One", "1"), ("User-Agent", "me")), body="ü")
    method, _path, headers, body = server.asked[0]
    assert (method, headers["X-One"], headers["User-Agent"], body) == ("PUT", "1", "me", "ü")
    assert headers["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("body_type", BodyType)
def test_secrets_arrive_and_are_not_printed(send, server, body_type):
    """Each place gets the value in its own spelling; the log of an echo has references."""
    written = {BodyType.JSON: '{"a": "${secret:A}"}', BodyType.FORM: "a=${secret:A}"}
    body = written.get(body_type, "${secret:A}")
    headers = (("X-Key", "Bearer ${secret:A}"),)
    path = "/echo?k=${secret:A}"
    _code, lines = send(path, method="POST", headers=headers, body=body, body_type=body_type)
    _method, path, got, came = server.asked[0]
    assert path == "/echo?k=s3cr%26t%20%22%C3%A9"
    assert got["X-Key"].encode("latin-1").decode() == f"Bearer {VALUE}"
    if body_type is BodyType.JSON:
        assert json.loads(came) == {"a": VALUE}
    elif body_type is BodyType.FORM:
        assert came == "a=s3cr%26t+%22%C3%A9"
    else:
        assert came == VALUE
    assert lines[-1] == body
    assert not any("s3cr" in line for line in lines)


def test_another_server_gets_no_secrets(send, server):
    """A redirect to another server is followed without the headers that hold secrets."""
    headers = (("X-Key", "${secret:A}"), ("X-Open", "1"))
    code, _lines = send("/away", headers=headers)
    asked = server.asked[-1][2]
    assert code == 0
    assert asked["X-Open"] == "1"
    assert "X-Key" not in asked


def test_a_body_with_secrets_is_not_sent_on(send, server):
    """Where another server would get a secret body, the request ends in words."""
    code, lines = send("/away", method="POST", body="${secret:A}")
    assert code == 1
    assert lines[-1].endswith("to localhost, which does not get the secrets.")
    assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_given_up(send):
    """The time limit ends the wait."""
    assert send("/stalled", timeout_s=1)[1] == ["No answer within 1 second."]


def test_no_server_is_a_reason(send, server):
    """Where nobody listens the log says so."""
    code, lines = send("http://127.0.0.1:1/")
    assert code == 1
    assert lines[-1].startswith("The request failed: ")


@pytest.mark.parametrize("proxy", ["socks://127.0.0.1:1", "nonsense://x"])
def test_a_proxy_that_cannot_be_used_is_a_reason(send, monkeypatch, proxy):
    """A proxy of the environment is asked, and named where it is of no kind that is known."""
    monkeypatch.setenv("HTTP_PROXY", proxy)
    code, lines = send()
    assert code == 1
    assert "proxy" in lines[-1].lower()


def test_the_command_performs_a_plan_without_window_and_engine(server, tmp_path):
    """The child process is deskcron itself; it loads neither Qt nor the engine nor the store."""
    plan = tmp_path / "plan.json"
    plan.write_bytes(msgspec.json.encode(WebRequest(url=f"{server.url}/echo")))
    code = (
        "import sys; from deskcron.bootstrap.entry import main; code = main();"
        "print(code, *(m for m in sys.modules if m.startswith(('PySide6', 'deskcron.engine',"
        " 'deskcron.store', 'sqlite3', 'apscheduler'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "perform", "web", str(plan)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-2:] == ["hello", "0"]


def test_a_plan_of_an_unknown_kind_is_refused(tmp_path):
    """What this version cannot perform ends as any wrong command does."""
    done = subprocess.run(
        [sys.executable, "-m", "deskcron", "perform", "nothing", str(tmp_path / "plan.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nothing" in done.stderr
