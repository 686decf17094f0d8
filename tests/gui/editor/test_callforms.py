"""The forms of web requests and Python calls, as parts of the document."""

from __future__ import annotations

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from deskcron.actions.pythoncall import PythonCall
from deskcron.actions.webrequest import BodyType, WebRequest
from deskcron.gui.editor.pythonform import PythonForm
from deskcron.gui.editor.webform import WebForm

REQUESTS = [
    WebRequest(url="https://example.org"),
    WebRequest(
        url="https://example.org/${secret:A}",
        method="PROPFIND",
        headers=(("Accept", "text/plain"), ("X-Empty", ""), ("X-Colon", "a:b")),
        body='{\n\t"a": 1}',
        body_type=BodyType.JSON,
        expect_status="",
        expect_text=" two  blanks ",
        refuse_text="error",
        timeout_s=90,
    ),
]
CALLS = [
    PythonCall(target="a.b:c", arguments='{"n": 1}', interpreter="~/env"),
    PythonCall(text="import os\n\nprint(os)\n"),
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_request_comes_back_as_it_was(qtbot: QtBot, request_: WebRequest) -> None:
    """What is shown and not touched is saved letter for letter."""
    form = WebForm()
    qtbot.addWidget(form)
    document = msgspec.to_builtins(request_)
    form.load(document)
    again = msgspec.convert({**document, **form.values()}, WebRequest)
    assert again == request_
    assert not form.own_problems()


@pytest.mark.parametrize("call", CALLS)
def test_a_call_comes_back_as_it_was(qtbot: QtBot, call: PythonCall) -> None:
    """Function and code are told apart, and neither has the fields of the other."""
    form = PythonForm()
    qtbot.addWidget(form)
    document = msgspec.to_builtins(call)
    form.load(document)
    assert msgspec.convert({**document, **form.values()}, PythonCall) == call


def test_a_new_request_has_the_usual_expectations(qtbot: QtBot) -> None:
    """Nothing but the address is needed."""
    form = WebForm()
    qtbot.addWidget(form)
    form.load({})
    values = {**form.values(), "kind": "web", "url": "https://example.org"}
    assert msgspec.convert(values, WebRequest) == WebRequest(url="https://example.org")


def test_a_line_that_is_no_header_is_named(qtbot: QtBot) -> None:
    """The form says what it would otherwise leave out."""
    form = WebForm()
    qtbot.addWidget(form)
    form.load({"headers": [["A", "b"]]})
    box = form.fields["headers"].control
    box.setPlainText("A: b\n\nnonsense")  # type: ignore[attr-defined]  # it is a text box
    (problem,) = form.own_problems()
    assert problem.field == "headers"
    assert "nonsense" in problem.message


def test_each_field_says_what_is_wrong_with_it(qtbot: QtBot) -> None:
    """Every field that a check can name is in the form."""
    web, python = WebForm(), PythonForm()
    for form in (web, python):
        qtbot.addWidget(form)
    around = {"kind", "directory", "environment"}
    assert set(msgspec.to_builtins(WebRequest(url=""))) - around == set(web.fields)
    assert set(msgspec.to_builtins(PythonCall())) - around == set(python.fields) - {"source"}
