"""The desktop as commands for a terminal.

The state is in DESKTOP_STATE, by default a directory of the person's own below /tmp; several
desktops can run with different ones.
"""

from __future__ import annotations

import getpass
import json
import os
import shlex
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from waiting import NotSeen

from harness.desktop import Desktop
from harness.life import BANNER_S, NOTIFIERS, add_panel, processes, start, stop
from harness.packages import missing_packages
from harness.processes import MARK
from harness.session import NOT_OURS, Session
from harness.treetext import lines
from harness.widgets import ANY, WITHIN_S, Where

Command = Callable[..., None]


@click.group(help=__doc__)
def main() -> None:
    """Choose a command."""


def directory() -> Path:
    """Return where the desktop is kept."""
    default = Path(tempfile.gettempdir()) / f"desktop-{getpass.getuser()}"
    return Path(os.environ.get("DESKTOP_STATE", default)).absolute()


def running() -> Session:
    """Return the desktop that runs; fails in words where there is none."""
    session = Session.load(directory())
    if session is None or not session.is_running():
        raise click.ClickException("No desktop is running. Begin with: start")
    return session


@contextmanager
def hands() -> Iterator[Desktop]:
    """Give the desktop, and turn what was not found into words."""
    with Desktop(running()) as desktop:
        try:
            yield desktop
        except (NotSeen, LookupError) as failure:
            raise click.ClickException(str(failure)) from failure


def places(command: Command) -> Command:
    """Add the options that say where to look for ROLE and NAME."""

    @click.option("--app", default="", help="Only in this program.")
    @click.option("--window", default="", help="Only in windows whose title matches.")
    @click.option("--nth", default=1, help="Which of several.")
    @click.option("--column", default="", help="Another cell of the row that is found.")
    @click.option("--hidden", is_flag=True, help="Also what cannot be seen.")
    @click.option("--within", "within_s", default=WITHIN_S, help="Seconds to wait.")
    @wraps(command)
    def with_places(
        *arguments: Any,
        app: str,
        window: str,
        nth: int,
        column: str,
        hidden: bool,
        within_s: float,
        **options: Any,
    ) -> None:
        where = Where(app, window, nth, column, hidden, within_s)
        command(*arguments, where=where, **options)

    return with_places


# life


@main.command("start")
@click.option("--size", default="1400x900", show_default=True)
@click.option("--notifier", type=click.Choice(NOTIFIERS), default=NOTIFIERS[0], show_default=True)
@click.option("--banners", default=BANNER_S, help="Seconds that a banner stays.")
@click.option("--no-panel", is_flag=True, help="Without a panel; add one with: panel")
def start_desktop(size: str, notifier: str, banners: int, *, no_panel: bool) -> None:
    """Start it, and print what leads a shell to it, away from its own home: eval "$(… start)"."""
    missing = missing_packages()
    if missing:
        raise click.ClickException(f"Not installed: {' '.join(missing)}")
    width, height = map(int, size.split("x"))
    session = start(
        directory(),
        width=width,
        height=height,
        notifier=notifier,
        banner_s=banners,
        has_panel=not no_panel,
    )
    _print_exports(session)


@main.command("panel")
def start_panel() -> None:
    """Start the panel of a desktop that has none."""
    add_panel(running())


@main.command("env")
def print_env() -> None:
    """Print what leads a shell to the desktop that runs."""
    _print_exports(running())


@main.command("status")
def print_status() -> None:
    """Print where it is and what runs on it."""
    session = running()
    click.echo(f"{session.environ['DISPLAY']}  {session.notifier}  {session.directory}")
    for pid in processes(session):
        words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
        click.echo(f"{pid:8} {words.decode(errors='replace')[:110]}")


@main.command("stop")
def stop_desktop() -> None:
    """End it and everything that was started on it."""
    session = Session.load(directory())
    if session is None:
        click.echo("It was not running.")
        return
    count = stop(session)
    shutil.rmtree(session.failures, ignore_errors=True)
    click.echo(f"Ended {count} processes.")


@main.command("run", context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def run_command(command: tuple[str, ...]) -> None:
    """Run a command on it; it ends with the desktop."""
    environ = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    os.execvpe(command[0], command, {**environ, **running().client_environ})


def _print_exports(session: Session) -> None:
    click.echo("unset " + " ".join(NOT_OURS))
    for key, value in session.client_environ.items():
        if key != MARK:
            click.echo(f"export {key}={shlex.quote(value)}")


# screen


@main.command("shot")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--window", default="", help="Only the window whose title matches.")
@click.option("--no-pointer", is_flag=True)
def take_shot(file: Path, window: str, *, no_pointer: bool) -> None:
    """Photograph the screen or a window."""
    with hands() as desktop:
        if window:
            desktop.screen.shot_window(window, file)
        else:
            desktop.screen.shot(file, pointer=not no_pointer)
    click.echo(file)


@main.command("windows")
def print_windows() -> None:
    """Print the windows that can be seen: id x y width height title."""
    with hands() as desktop:
        for window in desktop.screen.windows():
            click.echo(" ".join(map(str, window)))


@main.command("activate")
@click.argument("title")
def activate_window(title: str) -> None:
    """Bring a window to the front."""
    with hands() as desktop:
        desktop.screen.activate(title)


@main.command("close")
@click.argument("title")
def close_window(title: str) -> None:
    """Close a window as its own button does."""
    with hands() as desktop:
        desktop.screen.close(title)


@main.command("click")
@click.argument("x", type=int)
@click.argument("y", type=int)
@click.argument("button", type=int, default=1)
@click.option("--double", is_flag=True)
def click_point(x: int, y: int, button: int, *, double: bool) -> None:
    """Click on a point."""
    with hands() as desktop:
        desktop.screen.click(x, y, button, double=double)


@main.command("move")
@click.argument("x", type=int)
@click.argument("y", type=int)
def move_pointer(x: int, y: int) -> None:
    """Put the pointer somewhere."""
    with hands() as desktop:
        desktop.screen.move(x, y)


@main.command("drag")
@click.argument("place", nargs=4, type=int)
def drag_pointer(place: tuple[int, int, int, int]) -> None:
    """Move the pointer from X1 Y1 to X2 Y2 with its button held."""
    with hands() as desktop:
        desktop.screen.drag(place[:2], place[2:])


@main.command("key")
@click.argument("names", nargs=-1, required=True)
def press_keys(names: tuple[str, ...]) -> None:
    """Press keys: ctrl+n Return F1."""
    with hands() as desktop:
        desktop.screen.keys(*names)


@main.command("type")
@click.argument("text")
def type_text(text: str) -> None:
    """Type a text."""
    with hands() as desktop:
        desktop.screen.type(text)


# notifications


@main.command("notifications")
def print_notifications() -> None:
    """Print what was notified, as lines of JSON."""
    with hands() as desktop:
        for one in desktop.notifications.all():
            click.echo(one.as_json())


@main.command("notified")
@click.argument("pattern")
@click.option("--within", "within_s", default=WITHIN_S, help="Seconds to wait.")
def await_notification(pattern: str, within_s: float) -> None:
    """Wait for a notification whose words match, and print it."""
    with hands() as desktop:
        click.echo(desktop.notifications.await_one(pattern, within_s=within_s).as_json())


@main.command("invoke")
@click.argument("pattern")
@click.argument("action")
def invoke_action(pattern: str, action: str) -> None:
    """Press a button of the banner whose words match."""
    with hands() as desktop:
        desktop.notifications.invoke(desktop.notifications.await_one(pattern), action)


@main.command("dismiss")
@click.argument("pattern")
def dismiss_banner(pattern: str) -> None:
    """Close the banner whose words match, as a person does."""
    with hands() as desktop:
        desktop.notifications.dismiss(desktop.notifications.await_one(pattern))


# tray


@main.command("tray")
def print_tray() -> None:
    """Print the icons of the panel with their menus."""
    with hands() as desktop:
        for icon in desktop.tray.icons():
            click.echo(f"{icon.id} {icon.title!r} {icon.status} {icon.point} {icon.tooltip!r}")
            for entry in icon.entries:
                click.echo("\n".join(entry.lines(depth=1)))


@main.command("tray-click")
@click.argument("button", type=int, default=1)
@click.argument("icon", default="")
def click_tray(button: int, icon: str) -> None:
    """Click on an icon: 1 activates, 3 opens the menu."""
    with hands() as desktop:
        desktop.tray.click(button, icon)


@main.command("tray-press")
@click.argument("entry")
@click.argument("icon", default="")
def press_tray(entry: str, icon: str) -> None:
    """Choose an entry of the menu; / leads into a submenu."""
    with hands() as desktop:
        desktop.tray.press(entry, icon)


# widgets


@main.command("tree")
@click.argument("app", default="")
@click.option("--all", "everything", is_flag=True, help="Also what says nothing.")
def print_tree(app: str, *, everything: bool) -> None:
    """Print the accessible tree: role 'name' [states] @place =value."""
    with hands() as desktop:
        for found in desktop.widgets.apps(app):
            click.echo("\n".join(lines(found, everything=everything)))


@main.command("find")
@click.argument("role")
@click.argument("name")
@places
def find_widget(role: str, name: str, where: Where) -> None:
    """Wait for something and print it as JSON."""
    with hands() as desktop:
        found = desktop.widgets.find(role, name, where)
        parts = ("role", "name", "label", "description", "states", "place", "value", "actions")
        click.echo(json.dumps({part: getattr(found, part) for part in parts}, ensure_ascii=False))


@main.command("gone")
@click.argument("role")
@click.argument("name")
@places
def await_gone(role: str, name: str, where: Where) -> None:
    """Wait until something is there no more."""
    with hands() as desktop:
        desktop.widgets.await_gone(role, name, where)


@main.command("press")
@click.argument("role")
@click.argument("name")
@places
def press_widget(role: str, name: str, where: Where) -> None:
    """Press something without the mouse."""
    with hands() as desktop:
        click.echo(f"pressed {desktop.widgets.press(role, name, where)}")


@main.command("clickon")
@click.argument("role")
@click.argument("name")
@click.option("--button", default=1)
@click.option("--double", is_flag=True)
@places
def click_widget(role: str, name: str, button: int, *, double: bool, where: Where) -> None:
    """Click on something with the mouse."""
    with hands() as desktop:
        found = desktop.widgets.click(role, name, where, button=button, double=double)
        click.echo(f"clicked {found}")


@main.command("fill")
@click.argument("role")
@click.argument("name")
@click.argument("text")
@places
def fill_widget(role: str, name: str, text: str, where: Where) -> None:
    """Fill a field or a spin box, or choose from a combo box."""
    with hands() as desktop:
        found = desktop.widgets.fill(role, name, text, where)
        click.echo(f"filled {found} = {found.value!r}")


@main.command("table")
@click.argument("name", default=ANY)
@places
def print_table(name: str, where: Where) -> None:
    """Print a table as text between tabs."""
    with hands() as desktop:
        for row in desktop.widgets.table(name, where):
            click.echo("\t".join(row))
