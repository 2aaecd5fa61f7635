"""`spasmhelp advise`: from the options to a case, and from the case to what is written."""

import os
import sys
from datetime import date
from typing import Annotated

import typer
from msgspec.structs import asdict

from spasmhelp.cli.asking.answers import Answered, answers
from spasmhelp.cli.asking.flags import Flags, flagged
from spasmhelp.cli.options import (
    ColorOption,
    FailOnOption,
    FormatOption,
    JsonOption,
    PageFormat,
    PlainOption,
    TableOption,
    WhyOption,
    chosen_format,
    load,
    several,
    single,
)
from spasmhelp.cli.pages.command import command_for
from spasmhelp.cli.terminal import Look, is_terminal, look_of, render, write
from spasmhelp.core.advise import Advice, withdrawn, without_put
from spasmhelp.core.advise import advise as decide
from spasmhelp.core.decoding.case import vocabulary
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.core.explain import explain as explain_case
from spasmhelp.core.explain import explanation_out
from spasmhelp.core.model import Level, Step, Table
from spasmhelp.core.wire import advice_out, encode_typed

HELP = """Ask what is not known yet, then print the relief steps.

\b
Examples:
  spasmhelp advise
  spasmhelp advise woke up with a charley horse
  spasmhelp advise --onset sudden --location calf --no-triggers --no-red-flags --no-precautions
  printf 'sudden\\ncalf\\ncold muscle\\nnone\\nnone\\n' | spasmhelp advise
  echo '{"onset": "sudden", "location": "calf"}' | spasmhelp advise --json

Red flags are ruled out before any step. Answers are ids, names or synonyms: see `spasmhelp explain --list`.
"""
SentenceArgument = Annotated[
    list[str] | None, typer.Argument(metavar="[SENTENCE]...", help="What happened, in your own words.")
]
Words = list[str] | None
OnsetOption = Annotated[Words, single("--onset", "How it began: sudden or sustained.")]
LocationOption = Annotated[Words, single("--location", "Where it is, such as calf.")]
TriggerOption = Annotated[Words, several("--trigger", "What set it off.")]
RedFlagOption = Annotated[Words, several("--red-flag", "A sign of danger; the others then count as asked.")]
PrecautionOption = Annotated[Words, several("--precaution", "A fact that rules a step out.")]
NoTriggersOption = Annotated[bool, typer.Option("--no-triggers", help="Asked about triggers: none.")]
NoRedFlagsOption = Annotated[bool, typer.Option("--no-red-flags", help="Asked about red flags: none.")]
NoPrecautionsOption = Annotated[bool, typer.Option("--no-precautions", help="Asked about precautions: none.")]
NoInputOption = Annotated[bool, typer.Option("--no-input", help="Never ask, never read stdin.")]
BatchOption = Annotated[bool, typer.Option("--batch", hidden=True)]
GuideOption = Annotated[bool, typer.Option("--guide", help="Go through the steps with a timer.")]


def advise(
    sentence: SentenceArgument = None,
    onset: OnsetOption = None,
    location: LocationOption = None,
    trigger: TriggerOption = None,
    red_flag: RedFlagOption = None,
    precaution: PrecautionOption = None,
    no_triggers: NoTriggersOption = False,
    no_red_flags: NoRedFlagsOption = False,
    no_precautions: NoPrecautionsOption = False,
    no_input: NoInputOption = False,
    why: WhyOption = False,
    batch: BatchOption = False,
    fail_on: FailOnOption = None,
    guide: GuideOption = False,
    output_format: FormatOption = None,
    table_path: TableOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write the advice for a case to stdout; status 4 from the level of `--fail-on` up."""
    refuse_batch(batch, sentence or [])
    written = chosen_format(output_format, as_json)
    flags = Flags(
        onset=onset,
        location=location,
        triggers=trigger,
        red_flags=red_flag,
        precautions=precaution,
        no_triggers=no_triggers,
        no_red_flags=no_red_flags,
        no_precautions=no_precautions,
    )
    table = load(table_path)
    given = flagged(vocabulary(table), flags)
    if guide:
        need_terminal({"--json": as_json, "--format": output_format is not None, "--no-input": no_input, "--why": why})
    lowest = None if fail_on is None else Level[fail_on]
    out, err = look_of(sys.stdout, color, plain), look_of(sys.stderr, color, plain)
    answered = answers(table, given, " ".join(sentence or ()), no_input, err)
    advice = decide(table, answered.case)
    stopped = withdrawn(answered.shown, advice)
    if written != "json":
        advice = without_put(advice, answered.put)
    if written == "json":
        write(sys.stdout, advice_json(table, advice, answered, why))
    elif guide:
        advice = guided(table, advice, answered, out, err)
    elif written != "text":
        write(sys.stdout, advice_printed(table, advice, written, " ".join(sentence or ()), stopped, why))
    else:
        write(sys.stdout, advice_text(table, advice, out, table_path, why, stopped))
        if answered.in_person and out.terminal and err.terminal and advice.steps:
            advice = guided(table, advice, answered, out, err, printed=True)
    repeat_warning(table, advice, err)
    if lowest is not None and advice.at_worst >= lowest:
        raise typer.Exit(4)


def refuse_batch(batch: bool, sentence: list[str]) -> None:
    """Raise CaseError for a file of cases, and say where it goes."""
    if batch or any(word.endswith((".jsonl", ".json")) or is_file(word) for word in sentence):
        raise CaseError([Problem(where="advise", message="takes one case; for many, use `spasmhelp batch [FILE]`")])


def need_terminal(others: dict[str, bool]) -> None:
    """Raise CaseError where there is no terminal to guide on, or an option that contradicts `--guide`."""
    problems = [Problem(where="--guide", message=f"cannot go with {name}") for name, given in others.items() if given]
    if not all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        problems.append(Problem(where="--guide", message="needs a terminal; without it the advice can be piped"))
    if problems:
        raise CaseError(problems)


def is_file(word: str) -> bool:
    """Whether a word of a sentence is the path of a file."""
    return os.path.sep in word and os.path.isfile(word)


def advice_json(table: Table, advice: Advice, answered: Answered, why: bool) -> bytes:
    """Return advice as JSON, under the `id` that its case had; with what was heard, and how it came about, last."""
    out = asdict(advice_out(table, advice, answered.case_id))
    if answered.heard is not None:
        out["heard"] = answered.heard
    if why:
        out["explanation"] = explanation_out(explain_case(table, advice.case))
    return encode_typed(out)


def advice_text(
    table: Table, advice: Advice, look: Look, table_path: str | None, why: bool, stopped: tuple[Step, ...]
) -> str:
    """Return the page of advice; off a terminal, and with the account of it, with the command that gives it again."""
    from spasmhelp.cli.pages.advice import advice_page  # rich: 40 ms

    account = explain_case(table, advice.case) if why else None
    again = command_for(advice.case, table_path) if why or not look.terminal else []
    return advice_page(table, advice, look, again, account, stopped)


def advice_printed(
    table: Table, advice: Advice, written: PageFormat, sentence: str, stopped: tuple[Step, ...], why: bool
) -> bytes:
    """Return the hand-out, of today."""
    from spasmhelp.cli.pages.printed import printed_advice  # rich and markdown-it: 70 ms

    account = explain_case(table, advice.case) if why else None
    return printed_advice(table, advice, written, sentence=sentence, today=date.today(), stopped=stopped, why=account)


def guided(table: Table, advice: Advice, answered: Answered, out: Look, err: Look, printed: bool = False) -> Advice:
    """Go through the steps with the person, or offer that once they are printed; return the advice as it then is."""
    from spasmhelp.cli.asking.guiding import guide_at_terminal  # rich: 40 ms

    return guide_at_terminal(table, advice, answered.shown, answered.since, printed, out, err)


def repeat_warning(table: Table, advice: Advice, look: Look) -> None:
    """Say on stderr what cannot wait, where the person at the terminal sent the advice into a file."""
    if advice.level >= Level.urgent_care and is_terminal(sys.stdin) and look.terminal and not is_terminal(sys.stdout):
        from spasmhelp.cli.pages.advice import opening_text  # rich: 40 ms

        write(sys.stderr, render(look, *opening_text(table, advice)))
