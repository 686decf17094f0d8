"""Photograph every page and dialog, light and dark, at 1366x768 and at twice the scale.

No screen is needed. The pictures are for people to look at; nothing is compared.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from samples import furnish

OUT = Path("build/shots")
APPEARANCES = ("light", "dark")
SCALES = (1, 2)
SCREENSHOTS = Path(__file__).parents[2] / "packaging" / "screenshots"
SHOWN = ("jobs", "editor-edit", "history-running", "why")
"""In the README, as they are in the first appearance and scale."""
WIDTH, HEIGHT = 1366, 768
SCREEN = {"name": "shots", "x": 0, "y": 0, "logicalDpi": 96, "dpr": 1}


def main() -> int:
    """Take the pictures; return 1 where a scene failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="where they are put")
    parser.add_argument("--only", default="", help="a part of the names of pictures")
    parser.add_argument("--appearance", choices=APPEARANCES, help="this one only")
    parser.add_argument("--scale", type=int, choices=SCALES, help="this one only")
    parser.add_argument("--readme", action="store_true", help="renew those in the README, too")
    options = parser.parse_args()
    failed = 0
    for appearance, scale in product(APPEARANCES, SCALES):
        if appearance == (options.appearance or appearance) and scale == (options.scale or scale):
            folder = options.out.absolute() / f"{appearance}-{scale}x"
            failed += _photograph(folder, appearance, scale, options.only)
    if options.readme and not failed:
        _renew_screenshots(options.out / f"{APPEARANCES[0]}-{SCALES[0]}x")
    return min(failed, 1)


def _renew_screenshots(folder: Path) -> None:
    SCREENSHOTS.mkdir(exist_ok=True)
    for name in SHOWN:
        shutil.copy(folder / f"{name}.png", SCREENSHOTS)


def _photograph(folder: Path, appearance: str, scale: int, only: str) -> int:
    """Let a process take the pictures, as Qt takes the scale at its start."""
    if not only:
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    print(folder, flush=True)
    with tempfile.TemporaryDirectory(prefix="deskcron-shots-") as place:
        home = Path(place)
        furnish(home / "full")
        screens = home / "screens.json"
        screens.write_text(json.dumps({"screens": [SCREEN | _size(scale)]}), encoding="utf-8")
        environment = os.environ | {
            "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
            "QT_SCALE_FACTOR": str(scale),
            "QT_LOGGING_RULES": "qt.qpa.*=false;default=false",
            "XDG_CONFIG_HOME": str(home / "config"),
        }
        photographer = Path(__file__).with_name("photographer.py")
        command = [sys.executable, photographer, home, folder, appearance, only]
        return subprocess.run(command, env=environment, check=False).returncode


def _size(scale: int) -> dict[str, int]:
    return {"width": WIDTH * scale, "height": HEIGHT * scale}


if __name__ == "__main__":
    raise SystemExit(main())
