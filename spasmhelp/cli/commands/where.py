"""`spasmhelp where`: the body map, or one place on it."""

import sys
from typing import Annotated

import typer

from spasmhelp.cli.options import ColorOption, JsonOption, PagerOption, PlainOption, TableOption, completing, load
from spasmhelp.cli.pager import show
from spasmhelp.cli.terminal import look_of, write
from spasmhelp.core.wire import encode

HELP = """Show the places on a body map, with their muscles.

\b
Examples:
  spasmhelp where
  spasmhelp where calf
  spasmhelp where back of thigh --json

With PLACE, that place alone, and what stretches it.
"""
PlaceArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PLACE]", help="An id, name or synonym.", autocompletion=completing("locations", argument="place")
    ),
]


def where(
    place: PlaceArgument = None,
    no_pager: PagerOption = False,
    table_path: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write all places, or the one that is named. Raises CaseError for an unknown one, TableError."""
    from spasmhelp.cli.pages.places import all_places, find_place, one_place, places_out  # rich: 40 ms

    table = load(table_path)
    found = find_place(table, " ".join(place)) if place else None
    if as_json:
        write(sys.stdout, encode(places_out((found,) if found else table.locations)))
        return
    look = look_of(sys.stdout, color, plain)
    show(look, one_place(table, found, look) if found else all_places(table, look), no_pager)
