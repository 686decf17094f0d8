"""Entry of `deskcron` and `python -m deskcron`."""

from __future__ import annotations

import sys

from deskcron.bootstrap.entry import main as start


def main() -> None:
    """Run deskcron and exit with its code."""
    sys.exit(start())


if __name__ == "__main__":
    main()
