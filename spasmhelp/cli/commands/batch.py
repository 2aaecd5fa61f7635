"""`spasmhelp batch`: JSON Lines in and out, as a stream: memory does not grow with what comes in."""

import gc
import os
import sys
from functools import partial
from typing import Annotated, Any

import typer

from spasmhelp.cli.options import ColorOption, FailOnOption, PlainOption, TableOption, WhyOption, load
from spasmhelp.cli.terminal import Look, is_terminal, look_of, tell
from spasmhelp.cli.whole import write_lines
from spasmhelp.core.batch import Batch
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.explain import explained_out
from spasmhelp.core.model import Level
from spasmhelp.files import opened

LONG = 1 << 20  # bytes of input from which on a person wants to see that it goes on
HELP = """Answer many cases: JSON Lines in, one line of JSON out for each.

\b
Examples:
  spasmhelp batch cases.jsonl > advice.jsonl

A line that is no case says why in its place. Status 2 if there was one, even where --fail-on would make it 4.
"""
FileArgument = Annotated[str, typer.Argument(metavar="[FILE]", help="The cases; without it, standard input.")]


def batch(
    file: FileArgument = "-",
    why: WhyOption = False,
    fail_on: FailOnOption = None,
    table_path: TableOption = None,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write the answers to stdout, each as soon as it is read; status 4 from the level of `--fail-on` up."""
    table = load(table_path)
    answered = Batch(table, partial(explained_out, table)) if why else Batch(table)
    gc.freeze()
    gc.enable()  # what runs for an hour makes garbage, a start does not
    try:
        with opened(file) as source, progress(source, look_of(sys.stderr, color, plain)) as cases:
            for lines in answered.answers(iter(partial(cases.read, 1 << 16), b"")):
                write_lines(lines)
    except OSError as error:
        message = f"cannot be read: {(error.strerror or str(error)).lower()}"
        raise CaseError([Problem(where="batch", message=message)]) from None
    if answered.bad:
        tell(f"spasmhelp: {answered.bad} of {answered.count} lines could not be answered; each says why in its place")
        raise typer.Exit(2)
    if fail_on is not None and answered.count and answered.highest >= Level[fail_on]:
        raise typer.Exit(4)


def progress(source: Any, look: Look) -> Any:
    """Return what reads the source and, if it is a long file, shows a bar on the terminal and leaves nothing behind."""
    size = os.fstat(source.fileno()).st_size
    if look.plain or not look.terminal or is_terminal(sys.stdout) or size < LONG:
        return source
    from rich.console import Console  # rich: 40 ms
    from rich.progress import wrap_file

    console = Console(stderr=True, color_system="standard" if look.colour else None, no_color=not look.colour)
    return wrap_file(source, size, description="Answering", console=console, transient=True)
