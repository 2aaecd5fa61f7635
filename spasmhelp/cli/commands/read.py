"""`spasmhelp read`: what a sentence says."""

import sys
from typing import Annotated

import typer

from spasmhelp.cli.options import ColorOption, JsonOption, PlainOption, TableOption, load
from spasmhelp.cli.terminal import look_of, render, write
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.wire import encode_typed
from spasmhelp.files import read_all

MOST = 20_000  # characters: some pages; what is longer is no sentence, and takes long to read
HELP = """Tell what a sentence says, and what must still be asked.

\b
Examples:
  spasmhelp read woke up with a charley horse, no swelling
  spasmhelp read --json "my back went out"
  echo 'foot cramps at night' | spasmhelp read

Without SENTENCE it is read from stdin. Nothing in it counts as an answer to the safety questions.
"""
SentenceArgument = Annotated[list[str] | None, typer.Argument(metavar="[SENTENCE]...", help="What happened.")]


def read(
    sentence: SentenceArgument = None,
    table_path: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write what a sentence says. Raises CaseError for none, or one that is too long, and TableError."""
    from spasmhelp.core.heard_json import heard_out  # 5 ms, which no other command needs
    from spasmhelp.core.sentence import read_sentence

    table = load(table_path)
    text = " ".join(sentence) if sentence else read_all().removeprefix("\ufeff").strip()
    if not text.strip():
        raise CaseError([Problem(where="", message="there is no sentence to read")])
    if len(text) > MOST:
        message = f"a sentence of {len(text)} characters is too long; {MOST} are the most"
        raise CaseError([Problem(where="", message=message)])
    heard = read_sentence(table, text)
    if as_json:
        write(sys.stdout, encode_typed(heard_out(heard)))
        return
    from rich.text import Text  # 20 ms, which --json does not need

    from spasmhelp.cli.pages.heard import heard_lines

    write(sys.stdout, render(look_of(sys.stdout, color, plain), *map(Text, heard_lines(table, heard))))
