"""How the command line opens the window and has it started at login."""

from __future__ import annotations

import pytest

from deskcron.domain.opening import Opening
from deskcron.domain.ports import AutostartState


@pytest.mark.parametrize(
    ("arguments", "opening"),
    [
        ((), Opening.OPEN),
        (("--hidden",), Opening.HIDDEN),
        (("--show",), Opening.SHOW),
        (("--quit",), Opening.QUIT),
    ],
)
def test_without_a_command_the_window_is_asked_for(typed, application, arguments, opening) -> None:
    """Without a command the window is opened, hidden, shown or ended, in silence."""
    assert typed(*arguments) == (0, "", "")
    assert application.openings == [opening]


@pytest.mark.parametrize("arguments", [("--hidden", "list"), ("--show", "--quit")])
def test_options_of_the_window_stand_alone(typed, application, arguments) -> None:
    """An option of the window goes with no command and no other one."""
    answer = typed(*arguments)
    assert answer.code == 2
    assert "stands alone" in answer.err
    assert application.openings == []


@pytest.mark.parametrize("extra", [(), ("--headless",)])
def test_the_start_at_login_is_switched_and_told(typed, extra) -> None:
    """On, off and status say what the system then has, for window and engine apart."""
    assert "not start at login" in typed("autostart", "status", *extra).out
    assert "starts at login (/autostart/deskcron)" in typed("autostart", "on", *extra).out
    state = typed("autostart", "status", *extra, "--json").json
    assert state["is_on"] is True
    assert state["starts"] == "deskcron --hidden"
    other = ("--headless",) if not extra else ()
    assert typed("autostart", "status", *other, "--json").json["is_on"] is False
    assert "not start at login" in typed("autostart", "off", *extra).out


def test_a_stale_entry_is_told_with_its_repair(typed, application) -> None:
    """An entry whose program is gone is told with what mends it."""
    application.autostarts[True].now = AutostartState(
        is_on=True, place="/unit", starts="/old daemon", is_stale=True, remark="/old is gone."
    )
    out = typed("autostart", "status", "--headless").out
    assert "/old is gone." in out
    assert "deskcron autostart on --headless" in out
