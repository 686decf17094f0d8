"""The settings of the desktop's own programs, written into its directory."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path
from string import Template

PANEL_HEIGHT = 32
_FILES = Path(__file__).with_name("files")
_XFCE = Path("xfce4/xfconf/xfce-perchannel-xml")
_OPENBOX = Path("/etc/xdg/openbox/rc.xml")
_MENU = Path(__file__).with_name("dunstmenu.py")


def write_settings(directory: Path, width: int, height: int, banner_s: int) -> None:
    """Write them; a banner stays `banner_s` seconds, whatever the program asks for."""
    config = directory / "config"
    panel = {"x": width // 2, "y": height - PANEL_HEIGHT // 2}
    _write(config / _XFCE / "xfce4-panel.xml", "xfce4-panel.xml", panel)
    _write(config / _XFCE / "xfce4-notifyd.xml", "xfce4-notifyd.xml", {"seconds": banner_s})
    menu = shlex.join([sys.executable, str(_MENU), str(directory)])
    _write(config / "dunst/dunstrc", "dunstrc", {"seconds": banner_s, "menu": menu})
    _write(config / "gtk-3.0/settings.ini", "gtk.ini", {})
    _write(config / "openbox/menu.xml", "openbox-menu.xml", {})
    rules = _OPENBOX.read_text(encoding="utf-8")
    rules = re.sub(r"<number>4</number>", "<number>1</number>", rules)  # one workspace
    rules = rules.replace("/var/lib/openbox/debian-menu.xml", str(config / "openbox/menu.xml"))
    (config / "openbox/rc.xml").write_text(rules, encoding="utf-8")


def _write(path: Path, source: str, values: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    template = Template((_FILES / source).read_text(encoding="utf-8"))
    path.write_text(template.substitute(values), encoding="utf-8")
