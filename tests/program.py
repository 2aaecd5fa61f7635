"""The program as a user runs it: a process with streams and an exit status."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Ran(NamedTuple):
    """What came of a run."""

    status: int
    out: str
    err: str


def environment(**more: str) -> dict[str, str]:
    """Return an environment without anything that changes how the program looks, and with `more`."""
    kept = ("PATH", "HOME", "SYSTEMROOT", "COVERAGE_PROCESS_CONFIG")
    base = {name: os.environ[name] for name in kept if name in os.environ}
    return base | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | more


def run(*arguments: str, stdin: str | bytes = b"", env: dict[str, str] | None = None, cwd: Path = ROOT) -> Ran:
    """Run `spasmhelp` with these arguments and this standard input, to its end."""
    command: Sequence[str] = [sys.executable, "-m", "spasmhelp", *arguments]
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        command, input=data, capture_output=True, env=environment(**(env or {})), cwd=cwd, timeout=60, check=False
    )
    return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
