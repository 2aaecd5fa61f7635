"""The commands, and the one place where errors become exit statuses."""

import errno
import sys
from datetime import date
from typing import Annotated, Any, Literal

import typer

from spasmhelp.cli.commands.advise import advise
from spasmhelp.cli.errors import report, report_bug, report_stopped, report_unwritable, report_wrong
from spasmhelp.cli.options import (
    ColorOption,
    JsonOption,
    PagerOption,
    PlainOption,
    TableOption,
    completing,
    load,
)
from spasmhelp.cli.signals import Signalled, orderly
from spasmhelp.cli.terminal import Stopped, Unwritable, look_of, unwritable, write
from spasmhelp.core.document import Problem, Wrong, visible

app = typer.Typer(
    name="spasmhelp",
    # Plain help and errors: rich's swallow "[calf]" as markup, cut names at 40 columns, and cost 40 ms.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
    add_completion=True,
)
UNWRITABLE = (errno.ENOSPC, errno.EIO, errno.EPIPE, errno.EBADF)
# typer carries its own click and does not export the base of its errors.
UsageProblem: type[Exception] = typer.BadParameter.__mro__[2]

HELP = {"-h", "--help", "-V", "--version"}


@app.callback(invoke_without_command=True)
def spasmhelp(version: Annotated[bool, typer.Option("--version", "-V", help="Show the version.")] = False) -> None:
    """Self-care advice for muscle cramps and spasms, from one article.

    It is not a diagnosis, no clinician has reviewed it, and it is not for anyone under 16.

    \b
    Examples:
      spasmhelp advise
      spasmhelp advise --onset sudden --location calf --no-red-flags
      spasmhelp where calf
      spasmhelp explain cold packs
      spasmhelp check
    """
    if version:
        from spasmhelp import __version__

        write(sys.stdout, f"spasmhelp {__version__}\n")
        raise typer.Exit


app.command()(advise)


@app.command()
def explain(
    word: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]", help="An id, name or synonym.", autocompletion=completing())
    ] = None,
    everything: Annotated[bool, typer.Option("--list", help="List every word there is.")] = False,
    no_pager: PagerOption = False,
    table: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Tell the background, and what sources say of it.

    \b
    Examples:
      spasmhelp explain
      spasmhelp explain cold pack
      spasmhelp explain --list

    With WORD, all that is known of a topic, step, rule, red flag, place or source, and where it is used.
    """
    from spasmhelp.core.explain import all_known, entries_out, look_up
    from spasmhelp.core.wire import encode

    known = load(table)
    text = " ".join(word or [])
    found = look_up(known, text) if text else all_known(known, "" if everything else "topics")
    if as_json:
        write(sys.stdout, encode(entries_out(found)))
        return
    from spasmhelp.cli.pager import show
    from spasmhelp.cli.pages.entries import background, entry_pages, list_page

    pages = entry_pages(found) if text else list_page(found) if everything else background(known)
    show(look_of(sys.stdout, color, plain), pages, no_pager)


@app.command()
def where(
    place: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PLACE]", help="An id, name or synonym.", autocompletion=completing("locations")),
    ] = None,
    no_pager: PagerOption = False,
    table: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Show the places on a body map, with their muscles.

    \b
    Examples:
      spasmhelp where
      spasmhelp where calf
      spasmhelp where back of thigh --json

    With PLACE, that place alone, and what stretches it.
    """
    from spasmhelp.cli.pager import show
    from spasmhelp.cli.pages.places import all_places, find_place, one_place, places_out
    from spasmhelp.core.wire import encode

    known = load(table)
    found = find_place(known, " ".join(place)) if place else None
    if as_json:
        write(sys.stdout, encode(places_out((found,) if found else known.locations)))
        return
    look = look_of(sys.stdout, color, plain)
    show(look, one_place(known, found, look) if found else all_places(known, look), no_pager)


@app.command()
def check(
    file: Annotated[str | None, typer.Argument(help="The table; the built-in one by default.")] = None,
    coverage: Annotated[bool, typer.Option("--coverage", help="Show what the table's cases exercise.")] = False,
    diff: Annotated[
        str | None, typer.Option("--diff", metavar="OLD", help="Show who would be told what differently.")
    ] = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Verify a table: its problems, gaps and cases.

    \b
    Examples:
      spasmhelp check
      spasmhelp check my-table.yaml
      spasmhelp check my-table.yaml --coverage
      spasmhelp check my-table.yaml --diff old-table.yaml

    Each comes with a smallest case that shows it. Status 0 if nothing is wrong (warnings are not), 3 otherwise.
    """
    from spasmhelp.cli.commands.check import check_command

    status = check_command(file, diff, coverage, as_json, look_of(sys.stdout, color, plain), date.today())
    if status:
        raise typer.Exit(status)


@app.command()
def schema(of: Annotated[Literal["case", "advice", "table"], typer.Argument(metavar="{case,advice,table}")]) -> None:
    """Print the JSON Schema of what goes in, of what comes out, or of a table.

    \b
    Examples:
      spasmhelp schema case
      spasmhelp schema table > table.schema.json
    """
    from msgspec.json import format as indented

    from spasmhelp.core.schema import SCHEMAS
    from spasmhelp.core.wire import encode

    write(sys.stdout, indented(encode(SCHEMAS[of]()), indent=2) + b"\n")


def usage_problem(error: Any) -> Problem:
    """Return what is wrong with the options, with the suggestion that typer makes."""
    command = error.ctx.command_path if error.ctx else "spasmhelp"
    return Problem(where="", message=f"{visible(error.format_message())} See `{command} --help`.")


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit status: every error ends here, in one message."""
    as_json = "--json" in arguments
    try:
        with orderly():
            if sys.stdout is None and HELP & set(arguments or HELP):  # typer would say nothing, with status 0
                raise Unwritable("it is closed")
            return app(arguments or ["--help"], prog_name="spasmhelp", standalone_mode=False) or 0
    except Wrong as error:
        return report_wrong(error, as_json)
    except UsageProblem as error:
        return report(2, [usage_problem(error)], as_json)
    except Unwritable as error:
        return report_unwritable(error, as_json)
    except OSError as error:  # typer writes its help itself
        if error.errno not in UNWRITABLE:
            return report_bug(error, as_json)
        return report_unwritable(unwritable(sys.stdout, error), as_json)
    except Stopped as error:
        return report_stopped(error, as_json)
    except Signalled as error:
        return error.status
    except Exception as error:
        return report_bug(error, as_json)
