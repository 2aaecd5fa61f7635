"""`spasmhelp batch`: JSON Lines in and out, as a stream: memory does not grow with what comes in."""

import gc
import os
import sys
from collections.abc import Iterator
from functools import partial
from typing import Annotated

import typer

from spasmhelp.cli.options import ColorOption, FailOnOption, PlainOption, TableOption, WhyOption, load
from spasmhelp.cli.terminal import Look, is_terminal, look_of, tell, write
from spasmhelp.cli.whole import write_lines
from spasmhelp.core.batch import Batch
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.explain import explained_out
from spasmhelp.core.model import Level
from spasmhelp.core.phrases import Phrases
from spasmhelp.files import opened, reason
from spasmhelp.pieces import pieces

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
        with opened(file) as source:
            size = os.fstat(source.fileno()).st_size
            cases = progress(pieces(source.fileno()), size, look_of(sys.stderr, color, plain), table.phrases)
            for lines in answered.answers(cases):
                write_lines(lines)
    except OSError as error:
        message = f"cannot be read: {reason(error)}"
        raise CaseError([Problem(where="batch", message=message)]) from None
    if answered.bad:
        tell(f"spasmhelp: {answered.bad} of {answered.count} lines could not be answered; each says why in its place")
        raise typer.Exit(2)
    if fail_on is not None and answered.count and answered.highest >= Level[fail_on]:
        raise typer.Exit(4)


def progress(found: Iterator[bytes], size: int, look: Look, phrases: Phrases) -> Iterator[bytes]:
    """Yield the pieces and, if they are of a long file, show on the terminal how far it is; nothing is left behind."""
    dumb = os.environ.get("TERM", "dumb") == "dumb"
    if look.plain or dumb or not look.terminal or is_terminal(sys.stdout) or size < LONG:
        yield from found
        return
    done, shown = 0, ""
    try:
        for piece in found:
            yield piece
            done += len(piece)
            percent = f"{min(100, 100 * done // size):>3}"
            line = "\r" + phrases.answering.format(percent=percent)
            if line != shown:
                write(sys.stderr, line)
                shown = line
    finally:
        # A letter may take two cells; one blank more than there is room for would begin a row that stays.
        write(sys.stderr, "\r" + " " * min(2 * len(shown), look.columns - 1) + "\r")
