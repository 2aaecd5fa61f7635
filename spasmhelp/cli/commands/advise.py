"""`spasmhelp advise`: from the options to a case, and from the case to what is written."""

import sys
from collections.abc import Callable
from typing import Annotated, Any, Literal

import typer

from spasmhelp.cli.options import ColorOption, JsonOption, PlainOption, TableOption, load, several, single
from spasmhelp.cli.terminal import Look, is_terminal, look_of, render, write
from spasmhelp.core.advise import Advice
from spasmhelp.core.model import Case, Level, Table

LevelName = Literal["self_care", "see_clinician", "urgent_care", "emergency"]


def advise(
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="With --batch: the cases; else standard input.")
    ] = None,
    # Lists, so that an answer given twice is refused; typer would take the last.
    onset: Annotated[list[str], single("--onset", "How it began: sudden or sustained.")] = (),  # type: ignore[assignment]
    location: Annotated[list[str], single("--location", "Where it is, such as calf.")] = (),  # type: ignore[assignment]
    trigger: Annotated[list[str], several("--trigger", "What set it off.")] = (),  # type: ignore[assignment]
    red_flag: Annotated[list[str], several("--red-flag", "A sign of danger; the others then count as asked.")] = (),  # type: ignore[assignment]
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
    from spasmhelp.cli.asking.answers import answers
    from spasmhelp.cli.asking.flags import flagged
    from spasmhelp.core.advise import advise as decide
    from spasmhelp.core.decoding.case import vocabulary

    known = load(table)
    given = {"onset": onset, "location": location}
    given |= {"triggers": trigger, "red_flags": red_flag, "precautions": precaution}
    none = {"triggers": no_triggers, "red_flags": no_red_flags, "precautions": no_precautions}
    flags = flagged(vocabulary(known), given, none)
    if guide:
        from spasmhelp.cli.guided import need_terminal

        need_terminal({"--json": as_json, "--no-input": no_input, "--why": why, "--batch": batch})
    lowest = None if fail_on is None else Level[fail_on]
    if batch or file is not None:
        from spasmhelp.cli.commands.batch import check_options, run_batch

        check_options(batch, file, flags, no_input)
        shape = explained_case(known) if why else None
        raise typer.Exit(
            run_batch(known, "-" if file is None else file, shape, lowest, look_of(sys.stderr, color, plain))
        )
    case, ident = answers(known, flags, no_input, look_of(sys.stderr, color, plain))
    advice = decide(known, case)
    if guide:
        from spasmhelp.cli.guided import go_through

        advice = go_through(known, advice, look_of(sys.stdout, color, plain), look_of(sys.stderr, color, plain), table)
    elif as_json:
        from spasmhelp.core.wire import advice_out, encode

        out = advice_out(known, advice, ident)
        write(sys.stdout, encode(explained_case(known)(case, out) if why else out))
    else:
        from spasmhelp.cli.pages.advice import advice_page, command_for

        account = explained(known, case) if why else None
        look = look_of(sys.stdout, color, plain)
        write(sys.stdout, advice_page(known, advice, look, command_for(advice.case, table), account))
    repeat_warning(known, advice, look_of(sys.stderr, color, plain))
    if lowest is not None and advice.level >= lowest:
        raise typer.Exit(4)


def repeat_warning(known: Table, advice: Advice, look: Look) -> None:
    """Say on stderr what cannot wait, where the person at the terminal sent the advice into a file."""
    if advice.level >= Level.urgent_care and is_terminal(sys.stdin) and look.terminal and not is_terminal(sys.stdout):
        from spasmhelp.cli.pages.advice import opening

        write(sys.stderr, render(look, *opening(known, advice)))


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
