"""`advise --batch`: JSON Lines in and out, as a stream: memory does not grow with what comes in."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any

from spasmhelp.cli.terminal import Look, is_terminal, tell
from spasmhelp.cli.whole import block_writer
from spasmhelp.core.answer import Answerer, Shape
from spasmhelp.core.document import CaseError, Problem, printable
from spasmhelp.core.model import Case, Level, Table
from spasmhelp.core.stream import answer_stream
from spasmhelp.files import opened

READ = 1 << 16
LONG = 1 << 20  # bytes of input after which a person wants to see that it goes on


def check_options(batch: bool, file: str | None, flags: Case, no_input: bool) -> None:
    """Raise CaseError for a file without --batch, for answers beside it, and where there is nothing to read."""
    if not batch:
        message = f"unexpected extra argument '{printable(file or '')}': answers are options; a FILE goes with --batch"
        raise CaseError([Problem(where="advise", message=message)])
    if given := [name for name in flags.__struct_fields__ if getattr(flags, name) is not None]:
        message = f"takes its answers from its lines, not from options: leave out {', '.join(given)}"
        raise CaseError([Problem(where="--batch", message=message)])
    if no_input and file in (None, "-"):
        raise CaseError([Problem(where="--batch", message="with --no-input never reads standard input: name a FILE")])


def run_batch(table: Table, file: str, shape: Shape | None, fail_on: Level | None, look: Look) -> int:
    """Answer every line of a file, or of standard input ("-"), and return the exit status.

    A line that is no case makes it 2, even where `fail_on` would make it 4: what was not answered may be worse.
    Raises CaseError if the input cannot be read, Unwritable if the output cannot be written.
    """
    gc.freeze()
    gc.enable()  # what runs for an hour makes garbage, a start does not
    answerer, flush = Answerer(table, shape), block_writer()
    with opened(file) if file != "-" else nullcontext(sys.stdin) as source, progress(source, look) as seen:
        for block in answer_stream(answerer, read(source, seen)):
            if block:
                flush(block)
    if answerer.bad:
        tell(f"spasmhelp: {answerer.bad} of {answerer.count} lines could not be answered; each says why in its place")
        return 2
    return 4 if fail_on is not None and answerer.count and answerer.highest >= fail_on else 0


def read(source: Any, seen: Callable[[int], None]) -> Iterator[bytes]:
    """Yield what there is to read, as soon as it is there. Raises CaseError if it cannot be read."""
    try:
        while source and (data := os.read(source.fileno(), READ)):
            yield data
            seen(len(data))
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise CaseError([Problem(where="--batch", message=f"cannot be read: {reason}")]) from None


@contextmanager
def progress(source: Any, look: Look) -> Iterator[Callable[[int], None]]:
    """Give a function to call with each number of bytes read; it shows a bar on a terminal, if the input is long."""
    if look.plain or not look.terminal or is_terminal(sys.stdout):
        yield lambda _size: None
        return
    with ExitStack() as stack:
        bar: Any = None
        done = 0

        def seen(size: int) -> None:
            nonlocal bar, done
            done += size
            if bar is None and done > LONG:
                bar = stack.enter_context(new_bar(look))
                bar.add_task("Answering", total=os.fstat(source.fileno()).st_size or None)
            if bar:
                bar.update(0, completed=done)

        yield seen


def new_bar(look: Look) -> Any:
    """Return a progress bar on stderr that leaves nothing behind."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    console = Console(stderr=True, color_system="standard" if look.colour else None, no_color=not look.colour)
    return Progress(*columns, console=console, transient=True)
