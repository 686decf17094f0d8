"""Start, look at and use a virtual desktop from a terminal; --help lists what can be done."""

from harness.commands import main

if __name__ == "__main__":
    main()
