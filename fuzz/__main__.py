"""Run one target under atheris: `python -m fuzz TARGET [libFuzzer options] [corpus folders]`."""

import sys

import atheris

with atheris.instrument_imports(include=["spasmhelp"]):
    from tests.targets import TARGETS


def main() -> None:
    """Fuzz until a limit that the options set, or until a promise is broken."""
    if len(sys.argv) < 2 or sys.argv[1] not in TARGETS:
        sys.exit(f"usage: python -m fuzz {'|'.join(TARGETS)} [libFuzzer options] [corpus folders]")
    atheris.Setup([sys.argv[0], *sys.argv[2:]], TARGETS[sys.argv[1]])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
