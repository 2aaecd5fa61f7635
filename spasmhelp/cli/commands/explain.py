"""`spasmhelp explain`: the background, or all that is known of a word."""

import sys
from typing import Annotated

import typer

from spasmhelp.cli.options import (
    ColorOption,
    FormatOption,
    JsonOption,
    PagerOption,
    PlainOption,
    TableOption,
    chosen_format,
    completing,
    load,
)
from spasmhelp.cli.pager import show
from spasmhelp.cli.terminal import look_of, write
from spasmhelp.core.reference import all_entries, entries_out, look_up
from spasmhelp.core.wire import encode

HELP = """Tell the background, and what sources say of it.

\b
Examples:
  spasmhelp explain
  spasmhelp explain cold pack
  spasmhelp explain --list

With WORD, all that is known of a topic, step, rule, red flag, place or source, and where it is used.
"""
WordArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[WORD]", help="An id, name or synonym.", autocompletion=completing(argument="word")),
]
ListOption = Annotated[bool, typer.Option("--list", help="List every word there is.")]


def explain(
    word: WordArgument = None,
    everything: ListOption = False,
    no_pager: PagerOption = False,
    output_format: FormatOption = None,
    table_path: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write the background, the list of all words, or the entries that a word names. Raises CaseError, TableError."""
    written = chosen_format(output_format, as_json)
    table = load(table_path)
    text = " ".join(word or [])
    entries = look_up(table, text) if text else all_entries(table, "" if everything else "topics")
    if written == "json":
        write(sys.stdout, encode(entries_out(entries)))
        return
    if written != "text":
        from spasmhelp.cli.pages.printed import printed_leaflet  # markdown-it: 30 ms

        write(sys.stdout, printed_leaflet(table, entries, text, everything, written))
        return
    from spasmhelp.cli.pages.entries import background, entry_pages, list_page  # rich: 40 ms

    pages = (
        entry_pages(entries, table.phrases)
        if text
        else list_page(entries, table.phrases)
        if everything
        else background(table)
    )
    show(look_of(sys.stdout, color, plain), pages, no_pager)
