"""`spasmhelp schema`: the JSON Schema of a case, of advice, or of a table."""

import sys
from typing import Annotated, Literal

import typer
from msgspec.json import format as indented

from spasmhelp.cli.terminal import write
from spasmhelp.core.wire import encode

HELP = """Print the JSON Schema of what goes in, of what comes out, or of a table.

\b
Examples:
  spasmhelp schema case
  spasmhelp schema table > table.schema.json
"""


def schema(of: Annotated[Literal["case", "advice", "table"], typer.Argument(metavar="case|advice|table")]) -> None:
    """Write one of the schemas, indented, since people read it."""
    from spasmhelp.core.schema import SCHEMAS  # 1 ms, which only this command needs

    write(sys.stdout, indented(encode(SCHEMAS[of]()), indent=2) + b"\n")
