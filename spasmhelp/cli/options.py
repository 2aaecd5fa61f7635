"""What several commands share: their options, and the table that `--table` names."""

import os
from datetime import date
from typing import Annotated, Any, Literal

import typer

from spasmhelp.cli.completion import joined_to, offered
from spasmhelp.core.advise import overdue
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.model import Level, Table
from spasmhelp.files import load_table

Color = Literal["auto", "always", "never"]
TableOption = Annotated[
    str | None, typer.Option("--table", metavar="FILE", help="Use this table, not the built-in one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON to stdout, and errors as JSON to stderr.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="No layout: for screen readers. So does ACCESSIBLE=1.")]
PagerOption = Annotated[bool, typer.Option("--no-pager", help="Do not page a text longer than the screen.")]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]
PageFormat = Literal["markdown", "html"]  # of a page to hand out
Format = Literal["text", "json", PageFormat]
FormatOption = Annotated[
    Format | None, typer.Option("--format", help="Markdown and HTML are a page to hand out; --json is short for json.")
]
LevelName = Literal["self_care", "see_clinician", "urgent_care", "emergency"]
FailOnOption = Annotated[
    LevelName | None,
    typer.Option("--fail-on", metavar="LEVEL", help=f"Status 4 from this level up: {', '.join(Level.__members__)}."),
]
WhyOption = Annotated[bool, typer.Option("--why", help="Say how the advice came about.")]


def chosen_format(wanted: Format | None, as_json: bool) -> Format:
    """Return the format that is asked for. Raises CaseError where `--json` asks for another."""
    if as_json and wanted not in (None, "json"):
        raise CaseError([Problem(where="--format", message=f"{wanted} cannot go with --json")])
    return wanted or ("json" if as_json else "text")


def completing(*sections: str, argument: str = "") -> Any:
    """Return what completes a word of these sections of the table, or of all; an argument may have several words."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        before = ctx.params.get(argument) or ()
        joined = joined_to(os.environ)
        found = offered(ctx.params.get("table_path"), before, incomplete, sections)
        return [(Offer(joined + value), name) for value, name in found]

    return complete


class Offer(str):
    """What is offered for a word, and need not begin with the same characters: typer would leave it out."""

    def startswith(self, *_: Any) -> bool:
        return True


def several(name: str, about: str) -> Any:
    """Return an option that may be given more than once."""
    return single(name, f"{about} Repeatable.")


def single(name: str, about: str) -> Any:
    """Return an option that takes a word of the table."""
    section = name.strip("-").replace("-", "_") + "s"
    return typer.Option(name, metavar="WORD", help=about, autocompletion=completing(section))


def load(path: str | None) -> Table:
    """Return the table, its disclaimer saying so if its review is overdue. Raises TableError."""
    return overdue(load_table(path), date.today())
