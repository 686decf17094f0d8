"""Stand in for the person who chooses from dunst's menu of actions.

dunst has no buttons; its menu is a program that is given the entries and prints one of them.
dunstmenu.py DIRECTORY    the choice is in DIRECTORY/choice, as left by `Notifications.invoke`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

CHOICE = "choice"


def main(directory: Path, entries: list[str]) -> None:
    """Print the entry that was chosen."""
    file = directory / CHOICE
    label, number, summary = json.loads(file.read_text(encoding="utf-8"))
    file.unlink()
    for entry in entries:
        if entry.lstrip("#").startswith(f"{label} ({summary}") and f"[{number}," in entry:
            print(entry)
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.stdin.read().splitlines())
