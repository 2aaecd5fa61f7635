"""Long pages go through the reader's pager, where there is somebody to page for."""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from spasmhelp.cli.terminal import Look, is_terminal, render, write

if TYPE_CHECKING:
    from rich.console import RenderableType


def show(look: Look, parts: Iterable["RenderableType"], no_pager: bool = False) -> None:
    """Write pages to stdout; through PAGER where stdin and stdout are terminals and the text is longer than the screen.

    Never in plain mode or on a dumb terminal. Raises Unwritable.
    """
    parts = tuple(parts)
    text = render(look, *parts)
    command = pager(look) if not no_pager and look.rows and text.count("\n") >= look.rows else []
    if not command:
        write(sys.stdout, text)
        return
    if os.path.basename(command[0]) != "less":  # only less is known to pass colours on
        text = render(replace(look, colour=False), *parts)
    if not run_pager(command, text):
        write(sys.stdout, text)


def pager(look: Look) -> list[str]:
    """Return the pager's command, or nothing where none should run. An empty PAGER means none; so does cat."""
    if look.plain or not is_terminal(sys.stdin) or not is_terminal(sys.stdout):
        return []
    if os.environ.get("TERM", "dumb") == "dumb":
        return []
    try:
        command = shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []
    if not command or command == ["cat"] or not shutil.which(command[0]):
        return []
    return command


def run_pager(command: list[str], text: str) -> bool:
    """Give a text to a pager and wait until it is left; whether it could be started."""
    # As git does: less keeps colours, stays away from short texts and leaves the text on the screen.
    env = os.environ | {"LESS": os.environ.get("LESS", "FRX")}
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, env=env)  # noqa: S603 - the reader's own PAGER
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's while it runs
    try:
        process.communicate(text.encode((sys.stdout.encoding if sys.stdout else None) or "utf-8", "replace"))
    finally:
        signal.signal(signal.SIGINT, before)
    return True
