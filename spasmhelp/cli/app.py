"""The commands, and the one place where errors become exit statuses."""

import errno
import sys
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

import typer
from msgspec.structs import replace

from spasmhelp.cli.errors import report, report_bug, report_wrong
from spasmhelp.cli.signals import Signalled, orderly
from spasmhelp.cli.terminal import Stopped, Unwritable, look_of, report_unwritable, tell, unwritable, write
from spasmhelp.core.document import Problem, Wrong
from spasmhelp.core.model import Case, Level, Table
from spasmhelp.files import load_table

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
Color = Literal["auto", "always", "never"]
LevelName = Literal["self_care", "see_clinician", "urgent_care", "emergency"]
TableOption = Annotated[
    str | None, typer.Option("--table", metavar="FILE", help="Use this table, not the built-in one.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON to stdout, and errors as JSON to stderr.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="No layout: for screen readers. So does ACCESSIBLE=1.")]
PagerOption = Annotated[bool, typer.Option("--no-pager", help="Do not page a text longer than the screen.")]
ColorOption = Annotated[Color, typer.Option("--color", help="When to use colour.")]


def completing(*sections: str) -> Any:
    """Return what completes a word of these sections of the table, or of all; it imports nothing until it is asked."""

    def complete(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
        from spasmhelp.cli.complete import offered

        return offered(ctx.params.get("table"), incomplete, sections)

    return complete


def several(name: str, about: str) -> Any:
    """Return an option that may be given more than once."""
    section = name.strip("-").replace("-", "_") + "s"
    return typer.Option(name, metavar="WORD", help=f"{about} Repeatable.", autocompletion=completing(section))


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


@app.command()
def advise(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="With --batch: the cases; else standard input.")
    ] = None,
    onset: Annotated[
        str | None,
        typer.Option(
            "--onset", metavar="WORD", help="How it began: sudden or sustained.", autocompletion=completing("onsets")
        ),
    ] = None,
    location: Annotated[
        str | None,
        typer.Option(
            "--location", metavar="WORD", help="Where it is, such as calf.", autocompletion=completing("locations")
        ),
    ] = None,
    trigger: Annotated[list[str], several("--trigger", "What set it off.")] = (),  # type: ignore[assignment]
    red_flag: Annotated[list[str], several("--red-flag", "A sign of danger.")] = (),  # type: ignore[assignment]
    precaution: Annotated[list[str], several("--precaution", "A fact that rules a step out.")] = (),  # type: ignore[assignment]
    no_triggers: Annotated[bool, typer.Option("--no-triggers", help="Asked about triggers: none.")] = False,
    no_red_flags: Annotated[bool, typer.Option("--no-red-flags", help="Asked about red flags: none.")] = False,
    no_precautions: Annotated[bool, typer.Option("--no-precautions", help="Asked about precautions: none.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask, never read stdin.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Say how the advice came about.")] = False,
    batch: Annotated[
        bool, typer.Option("--batch", help="Many cases: JSON Lines in, one line of JSON out each.")
    ] = False,
    fail_on: Annotated[
        LevelName | None,
        typer.Option(
            "--fail-on", metavar="LEVEL", help=f"Status 4 from this level up: {', '.join(Level.__members__)}."
        ),
    ] = None,
    guide: Annotated[bool, typer.Option("--guide", help="Go through the steps with a timer.")] = False,
    table: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Ask what is not known yet, then print the relief steps.

    \b
    Examples:
      spasmhelp advise
      spasmhelp advise --onset sudden --location calf --no-triggers --no-red-flags --no-precautions
      printf 'sudden\\ncalf\\ncold muscle\\nnone\\nnone\\n' | spasmhelp advise
      echo '{"onset": "sudden", "location": "calf"}' | spasmhelp advise --json
      spasmhelp advise --batch cases.jsonl > advice.jsonl

    Red flags are ruled out before any step. Answers are ids, names or synonyms: see `spasmhelp explain --list`.
    """
    from spasmhelp.cli.ask import answers, flagged
    from spasmhelp.core.advise import advise as decide
    from spasmhelp.core.parse import vocabulary
    from spasmhelp.core.wire import advice_out, encode

    known = load(table)
    given = {"onset": [] if onset is None else [onset], "location": [] if location is None else [location]}
    given |= {"triggers": trigger, "red_flags": red_flag, "precautions": precaution}
    none = {"triggers": no_triggers, "red_flags": no_red_flags, "precautions": no_precautions}
    flags = flagged(vocabulary(known), given, none)
    if guide:
        from spasmhelp.cli.guided import need_terminal

        need_terminal({"--json": as_json, "--no-input": no_input, "--why": why, "--batch": batch})
    lowest = None if fail_on is None else Level[fail_on]
    if batch or file is not None:
        from spasmhelp.cli.batch import check_options, run_batch

        check_options(batch, file, flags)
        shape = explained_case(known) if why else None
        raise typer.Exit(run_batch(known, file or "-", shape, lowest, look_of(sys.stderr, color, plain)))
    case, ident = answers(known, flags, no_input, look_of(sys.stderr, color, plain))
    advice = decide(known, case)
    if guide:
        from spasmhelp.cli.guided import go_through

        advice = go_through(known, advice, look_of(sys.stdout, color, plain), look_of(sys.stderr, color, plain), table)
    elif as_json:
        out = advice_out(known, advice, ident)
        write(sys.stdout, encode(explained_case(known)(case, out) if why else out))
    else:
        from spasmhelp.cli.show import advice_page, command_for

        account = explained(known, case) if why else None
        look = look_of(sys.stdout, color, plain)
        write(sys.stdout, advice_page(known, advice, look, command_for(advice.case, table), account))
    if lowest is not None and advice.level >= lowest:
        raise typer.Exit(4)


def explained(known: Table, case: Case) -> Any:
    """Return how an advice came about."""
    from spasmhelp.core.explain import explain as explain_case

    return explain_case(known, case)


def explained_case(known: Table) -> Callable[[Case, Any], Any]:
    """Return what adds to an advice, as JSON, how it came about, as its last key."""
    from spasmhelp.core.explain import explanation_out

    return lambda case, out: (
        {name: getattr(out, name) for name in out.__struct_fields__}
        | {"explanation": explanation_out(explained(known, case))}
    )


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
    from spasmhelp.cli.pages import background, entry_pages, list_page

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
    from spasmhelp.cli.places import all_places, find_place, one_place, places_out
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
    diff: Annotated[str, typer.Option("--diff", metavar="OLD", help="Show who would be told what differently.")] = "",
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
    from spasmhelp.cli.checking import check_command

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


def load(path: str | None) -> Table:
    """Return the table, its disclaimer saying so if its review is overdue. Raises TableError."""
    table = load_table(path)
    about = table.about
    if date.today() <= about.review_by:
        return table
    late = f"{about.disclaimer} This table was due for review by {about.review_by}: it may be out of date."
    return replace(table, about=replace(about, disclaimer=late))


def usage_problem(error: Any) -> Problem:
    """Return what is wrong with the options, with the suggestion that typer makes."""
    command = error.ctx.command_path if error.ctx else "spasmhelp"
    return Problem(where="", message=f"{error.format_message()} See `{command} --help`.")


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
        return report_unwritable(error)
    except OSError as error:  # typer writes its help itself
        if error.errno not in UNWRITABLE:
            return report_bug(error, as_json)
        return report_unwritable(unwritable(sys.stdout, error))
    except Stopped as error:
        tell(str(error) or "Stopped. No advice was given.")
        return 1
    except Signalled as error:
        return error.status
    except Exception as error:
        return report_bug(error, as_json)
