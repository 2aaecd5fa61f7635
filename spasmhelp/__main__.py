"""The program's entry: `--version` is answered before anything slow is imported."""

import sys


def main() -> int:
    """Run the command line and return the exit status; a signal counts from here on."""
    from spasmhelp.cli.signals import orderly

    with orderly(starting=True):
        return start()


def start() -> int:
    """Answer `--version`, or import the commands and run one."""
    if sys.argv[1:] in (["--version"], ["-V"]) and sys.stdout is not None:
        from spasmhelp import __version__

        try:
            sys.stdout.write(f"spasmhelp {__version__}\n")
            sys.stdout.flush()
        except OSError as error:
            from spasmhelp.cli.errors import report_unwritable
            from spasmhelp.cli.terminal import unwritable

            return report_unwritable(unwritable(sys.stdout, error))
        else:
            return 0
    import gc

    gc.disable()  # a start makes no garbage worth looking for; `advise --batch` turns it on again
    from spasmhelp.cli.app import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
