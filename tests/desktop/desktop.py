"""Start, look at and use a virtual desktop from a terminal; --help lists what can be done."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))  # what several folders share

from harness.commands import main

if __name__ == "__main__":
    main()
