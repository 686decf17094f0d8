"""A web request: what is sent to a server, and what is expected of its answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from deskcron.domain.errors import Problem
from deskcron.domain.job import Document
from deskcron.domain.texts import gettext as _
from deskcron.gui.editor.field import Field
from deskcron.gui.editor.lengthfield import MINUTE, SECOND, LengthField
from deskcron.gui.editor.part import Part
from deskcron.gui.editor.textbox import TextBox
from deskcron.gui.theme.inputs import ComboBox
from deskcron.gui.theme.spacing import GAP

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
_HEADER_LINES, _BODY_LINES = 2, 4
_USUAL_STATUS, _USUAL_WAIT_S = "2xx", 30


class WebForm(Part):
    """The request above, the answer that is a success below."""

    def __init__(self) -> None:
        super().__init__()
        self._method = ComboBox(_("Method"), {method: method for method in _METHODS})
        self._url = QLineEdit()
        self._headers = TextBox(_("Headers"), _HEADER_LINES, is_code=True)
        self._body = TextBox(_("Body"), _BODY_LINES, is_code=True)
        self._body_type = ComboBox(
            _("Body is"), {"text": _("Text"), "json": _("JSON"), "form": _("Form fields")}
        )
        self._status, self._has, self._lacks = QLineEdit(), QLineEdit(), QLineEdit()
        self._wait = LengthField(_("Wait for an answer"), (SECOND, MINUTE))
        self._lay_out()
        self.load({})

    def load(self, values: Document) -> None:
        """Show a request."""
        method = values.get("method", "GET")
        if self._method.findData(method) < 0:
            self._method.addItem(method, method)
        self._method.set_value(method)
        self._url.setText(values.get("url", ""))
        headers = values.get("headers", ())
        self._headers.set_text("\n".join(f"{name}: {value}" for name, value in headers))
        self._body.set_text(values.get("body", ""))
        self._body_type.set_value(values.get("body_type", "text"))
        self._status.setText(values.get("expect_status", _USUAL_STATUS))
        self._has.setText(values.get("expect_text", ""))
        self._lacks.setText(values.get("refuse_text", ""))
        self._wait.set_seconds(values.get("timeout_s", _USUAL_WAIT_S))

    def values(self) -> dict[str, Any]:
        """Return the request."""
        return {
            "method": self._method.value(),
            "url": self._url.text(),
            "headers": _headers(self._headers.text()),
            "body": self._body.text(),
            "body_type": self._body_type.value(),
            "expect_status": self._status.text(),
            "expect_text": self._has.text(),
            "refuse_text": self._lacks.text(),
            "timeout_s": self._wait.seconds(),
        }

    def own_problems(self) -> Sequence[Problem]:
        """Say which line is no header."""
        for line in self._headers.text().splitlines():
            if line.strip() and ":" not in line:
                text = _("“{line}” is no header. Write one a line, like “Accept: text/plain”.")
                return [Problem("headers", text.format(line=line.strip()))]
        return []

    def _lay_out(self) -> None:
        method = Field(_("&Method"), self._method, self._method.currentIndexChanged)
        url = Field(_("&Address"), self._url, self._url.textChanged)
        body_type = Field(_("Body &is"), self._body_type, self._body_type.currentIndexChanged)
        status = Field(_("E&xpected status"), self._status, self._status.textChanged)
        wait = Field(_("&Wait for an answer"), self._wait, self._wait.edited)
        has = Field(_("Has to c&ontain"), self._has, self._has.textChanged)
        lacks = Field(_("Must not contain"), self._lacks, self._lacks.textChanged)
        self._url.setPlaceholderText(_("https://"))
        self._status.setPlaceholderText(_("Any"))
        self._add_row({"method": (method, 0), "url": (url, 1)})
        headers = Field(
            _("Hea&ders"),
            self._headers,
            self._headers.textChanged,
            hint=_(
                "One a line. ${secret:NAME} stands for a secret, here, in the address and in the "
                "body; the settings keep them."
            ),
        )
        self.add("headers", headers)
        self.add("body", Field(_("&Body"), self._body, self._body.textChanged))
        self._add_row({"body_type": (body_type, 1), "timeout_s": (wait, 1)})
        self._add_row({"expect_status": (status, 1), "expect_text": (has, 1)})
        self.add("refuse_text", lacks)

    def _add_row(self, fields: dict[str, tuple[Field, int]]) -> None:
        """Put fields beside each other, each with its share of the width."""
        row = QHBoxLayout()
        row.setSpacing(GAP + GAP // 2)
        for name, (field, share) in fields.items():
            row.addWidget(self.take(name, field), share)
        self.column.addLayout(row)


def _headers(text: str) -> list[list[str]]:
    """Return name and value of each line that has both."""
    lines = [line.partition(":") for line in text.splitlines() if ":" in line]
    return [[name.strip(), value.strip()] for name, _colon, value in lines]
