"""`spasmhelp schema`: the JSON Schema of a case, of advice, of what is heard, or of a table."""

import sys
from typing import Annotated, Literal

import typer
from msgspec.json import format as indented

from spasmhelp.cli.terminal import write
from spasmhelp.core.schema import SCHEMAS
from spasmhelp.core.wire import encode

HELP = """Print the JSON Schema of what goes in, of what comes out or is heard, or of a table.

\b
Examples:
  spasmhelp schema case
  spasmhelp schema table > table.schema.json
"""


SchemaArgument = Annotated[
    Literal["case", "advice", "heard", "table"], typer.Argument(metavar="case|advice|heard|table")
]


def schema(of: SchemaArgument) -> None:
    """Write one of the schemas, indented, since people read it."""
    write(sys.stdout, indented(encode(SCHEMAS[of]()), indent=2) + b"\n")
