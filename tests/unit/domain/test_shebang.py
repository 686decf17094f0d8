"""The first line of a script: which interpreter it names, and with which argument."""

from __future__ import annotations

import pytest

from deskcron.domain.shebang import Shebang, parsed_shebang


@pytest.mark.parametrize(
    ("text", "shebang"),
    [
        ("#!/bin/sh", Shebang("/bin/sh")),
        ("#!/bin/sh\necho\n", Shebang("/bin/sh")),
        ("#! \t/bin/sh \t\necho\n", Shebang("/bin/sh")),
        ("#!/usr/bin/env -S sh  -e \n", Shebang("/usr/bin/env", ("-S sh  -e",))),
        ("#!/bin/sh\r\necho\r\n", Shebang("/bin/sh\r")),
        ("#!/bin/sh -e\r\n", Shebang("/bin/sh", ("-e\r",))),
        ("#!/bin/sh\0rest -e\n", Shebang("/bin/sh")),
        ("#!/opt/a\u00a0b/sh\n", Shebang("/opt/a\u00a0b/sh")),
    ],
)
def test_a_first_line_is_split_as_the_kernel_splits_it(text: str, shebang: Shebang) -> None:
    """One argument at most follows; only blanks and tabs separate, newline and NUL end."""
    assert parsed_shebang(text) == shebang


@pytest.mark.parametrize("text", ["", "echo\n", " #!/bin/sh\n", "# !/bin/sh\n", "#!", "#! \n/sh"])
def test_a_text_without_interpreter_names_none(text: str) -> None:
    """Without the two characters at the very beginning, or a name after them, nothing is named."""
    assert parsed_shebang(text) is None


def test_a_carriage_return_is_shown() -> None:
    """The carriage return that keeps the interpreter from being found can be seen."""
    assert Shebang("/bin/sh\r").shown_interpreter == "/bin/sh\\r"
