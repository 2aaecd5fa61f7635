"""The program's entry: `--version` is answered before anything slow is imported."""

import gc
import sys
from contextlib import suppress

from spasmhelp import __version__
from spasmhelp.cli.signals import clean_exit


def main() -> int:
    """Run the command line and return the exit status; a signal counts from here on."""
    with clean_exit(starting=True):
        try:
            return start()
        finally:
            gc.freeze()  # as it ends, Python looks for garbage in all that it holds: 10 ms and more


def start() -> int:
    """Answer `--version`, or import the commands and run one."""
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None:
        with suppress(OSError):  # the command line, below, tries again and says why it cannot
            sys.stdout.write(f"spasmhelp {__version__}\n")
            sys.stdout.flush()
            return 0
    gc.disable()  # a start makes no garbage worth looking for; `spasmhelp batch` turns it on again
    from spasmhelp.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
