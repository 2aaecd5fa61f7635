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

from spasmhelp.cli.signals import Signalled, held
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
    if not is_less(command):
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
    """Give a text to a pager and wait until it is left; whether it was shown: False where it failed by itself."""
    # As git does: less keeps colours, stays away from short texts and leaves the text on the screen.
    env = os.environ | {"LESS": os.environ.get("LESS", "FRX")}
    if is_less(command):
        command = [*command, "-R"]  # a LESS of the reader's own need not say so
    process = None
    before = signal.getsignal(signal.SIGINT)
    try:
        with held():  # until it is known what to end
            process = subprocess.Popen(command, stdin=subprocess.PIPE, env=env)  # noqa: S603 - the reader's own PAGER
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pager's while it runs
        process.communicate(text.encode((sys.stdout.encoding if sys.stdout else None) or "utf-8", "replace"))
    except OSError:
        return False
    except Signalled:
        if process:
            process.terminate()  # it would stay, and keep the terminal
            process.wait()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
    return process.returncode <= 0  # below: a signal, such as Ctrl-C, ended it


def is_less(command: list[str]) -> bool:
    """Whether a pager is less, the only one that is known to pass colours on."""
    return os.path.basename(command[0]) == "less"
