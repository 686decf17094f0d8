"""What a web request is: its checks, its words, and what it tells the child process."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from deskcron.actions.webrequest import BodyType, WebRequest, status_ranges
from deskcron.domain.action import StartFailed


def a_request(**fields):
    """Return a request to a good address."""
    return WebRequest(**{"url": "https://example.org/x", **fields})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", " "),
        ("url", "example.org"),
        ("url", "ftp://example.org"),
        ("url", "https://"),
        ("url", "https://a:b"),
        ("url", "https://[a"),
        ("url", "https://a/b c"),
        ("url", "https://a/${secret:a b}"),
        ("method", ""),
        ("method", "GET /"),
        ("headers", (("A B", "c"),)),
        ("headers", (("A", "c\r\nB: d"),)),
        ("headers", (("A", "${secret:}"),)),
        ("body", "${secret:é}"),
        ("expect_status", "2xx, foo"),
        ("expect_status", "404-400"),
        ("expect_status", "6xx"),
        ("timeout_s", 0),
        ("timeout_s", 3601),
    ],
)
def test_what_cannot_be_sent_is_refused(field, value):
    """A problem names the field that is wrong, and no other."""
    assert {problem.field for problem in a_request(**{field: value}).problems()} == {field}


def test_a_body_that_is_said_to_be_json_has_to_be():
    """JSON is checked before it is sent; a secret stands in it as a string."""
    assert not a_request(body='{"a": "${secret:A}"}', body_type=BodyType.JSON).problems()
    assert not a_request(body="{", body_type=BodyType.TEXT).problems()
    assert a_request(body="{", body_type=BodyType.JSON).problems()[0].field == "body"


def test_a_secret_may_be_the_address_itself():
    """Addresses that are secret as a whole need no scheme that can be seen."""
    assert not a_request(url="${secret:HOOK}").problems()


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("2xx", (200, 299), (199, 300)),
        ("200, 301 ,400-404", (200, 301, 402), (201, 300, 405)),
        ("2XX,", (204,), (404,)),
    ],
)
def test_expected_statuses(text, inside, outside):
    """Codes, ranges and classes can be listed."""
    request = a_request(expect_status=text)
    assert all(request.accepts(status) for status in inside)
    assert not any(request.accepts(status) for status in outside)
    assert status_ranges("") == ()
    assert a_request(expect_status="").accepts(500)


@pytest.mark.parametrize(
    ("url", "warns"),
    [
        ("http://example.org", True),
        ("http://192.168.1.2", True),
        ("http://127.0.0.1:80", False),
        ("http://localhost", False),
        ("https://example.org", False),
    ],
)
def test_a_secret_on_an_open_way_is_warned_of(url, warns):
    """Secrets that leave this computer unencrypted are worth a warning, other data is not."""
    assert bool(a_request(url=url, headers=(("K", "${secret:A}"),)).warnings()) is warns
    assert not a_request(url=url).warnings()


def test_the_child_gets_a_plan_without_values(run, workspace):
    """References stay in a private file; variables say in which order the values come."""
    request = a_request(headers=(("K", "${secret:B}"),), body="${secret:A}${secret:B}")
    launch = request.prepare(run, workspace)
    *command, plan = launch.argv
    assert command == ["deskcron", "perform", "web"]
    assert launch.environment["DESKCRON_SECRET_1"] == "${secret:B}"
    assert launch.environment["DESKCRON_SECRET_2"] == "${secret:A}"
    assert msgspec.json.decode(Path(plan).read_bytes(), type=WebRequest) == request


def test_a_plan_that_cannot_be_written_is_a_reason(run, workspace, monkeypatch):
    """A full disk is told of as what kept the request from its start."""

    def full(text, suffix):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace, "script_file", full)
    with pytest.raises(StartFailed) as failed:
        a_request().prepare(run, workspace)
    assert failed.value.why.args == {"error": "No space left on device"}


def test_it_is_described_by_method_and_address():
    """Lists show a reference and never a value."""
    assert a_request(url="https://a/${secret:A}").describe() == "GET https://a/${secret:A}"
