"""Writes docs/spasmhelp.1 from what `--help` says, the README's statuses and the changelog's date."""

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import Any

import typer

from spasmhelp import __version__
from spasmhelp.cli.app import make_app

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "spasmhelp.1"
ENVIRONMENT = {
    "ACCESSIBLE": "If set, as --plain.",
    "COLUMNS": "How wide to write where that is no terminal.",
    "NO_COLOR": "If set, no colour.",
    "PAGER": "What shows a text longer than the screen; less by default.",
    "SPASMHELP_DEBUG": "If 1, a bug of ours is told with where it happened.",
}


def man_page() -> str:
    """Return the page: the whole program first, then each command."""
    whole: Any = typer.main.get_command(make_app())
    top = whole.make_context("spasmhelp", [], resilient_parsing=True)
    return "\n".join([*opening(whole, top), *commands(whole, top), *closing()]) + "\n"


def opening(whole: Any, top: Any) -> Iterator[str]:
    """Yield what stands before the commands."""
    [date] = re.findall(
        rf"^## {re.escape(__version__)}, (.*)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    name, about = whole.help.split("\n\n", 1)
    yield f'.TH SPASMHELP 1 "{date}" "spasmhelp {__version__}" "User Commands"'
    yield from [".SH NAME", f"spasmhelp \\- {troff(name[0].lower() + name[1:]).rstrip('.')}"]
    yield from [".SH SYNOPSIS", synopsis(whole, top), ".SH DESCRIPTION", *paragraphs(about)]
    yield from [".SH OPTIONS", *parameters(whole, top)]


def commands(whole: Any, top: Any) -> Iterator[str]:
    """Yield each command: how it is called, what it does, examples, what it takes."""
    yield ".SH COMMANDS"
    for name in whole.list_commands(top):
        command = whole.commands[name]
        context = command.make_context(name, [], parent=top, resilient_parsing=True)
        yield from [f".SS {name}", synopsis(command, context), ".PP", *paragraphs(command.help)]
        yield from parameters(command, context)


def closing() -> Iterator[str]:
    """Yield the exit status, as the README has it, and the environment."""
    rows = re.findall(r"^\| ([0-9][0-9, ]*) \| (.*) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    for heading, entries in (("EXIT STATUS", rows), ("ENVIRONMENT", ENVIRONMENT.items())):
        yield f".SH {heading}"
        for term, meaning in entries:
            yield from tagged(term, meaning)


def synopsis(command: Any, context: Any) -> str:
    """Return how a command is called."""
    return f"\\fB{context.command_path}\\fP {troff(' '.join(command.collect_usage_pieces(context)))}"


def parameters(command: Any, context: Any) -> Iterator[str]:
    """Yield the arguments and options that `--help` lists."""
    for parameter in command.get_params(context):
        if record := parameter.get_help_record(context):
            yield from tagged(*record)


def tagged(term: str, meaning: str) -> Iterator[str]:
    """Yield a term and, indented below it, what it means."""
    yield from [".TP", f".B {troff(term)}", *filled(meaning)]


def paragraphs(text: str) -> Iterator[str]:
    """Yield the paragraphs of a help text; one that typer leaves as it is, after a backspace, keeps its lines."""
    for i, part in enumerate(text.strip().split("\n\n")):
        if i:
            yield ".PP"
        if not part.startswith("\b"):
            yield from filled(part)
            continue
        _, heading, *lines = part.split("\n")
        yield from [troff(heading), ".PP", ".RS 4", ".nf", *(troff(line.strip()) for line in lines), ".fi", ".RE"]


def filled(text: str) -> list[str]:
    """Return a paragraph in short lines, as those who read the source expect."""
    lines = wrap(troff(text), 78, break_long_words=False, break_on_hyphens=False)
    return [re.sub(r"^\.", r"\\&.", line) for line in lines]


def troff(text: str) -> str:
    """Return a text in which nothing but a dot at its beginning is a request; what stands in `ticks` is bold."""
    for plain, escaped in ("\\", "\\e"), ("-", "\\-"), ("'", "\\(aq"), ("^", "\\(ha"), ("~", "\\(ti"):
        text = text.replace(plain, escaped)
    return re.sub(r"`([^`]+)`", r"\\fB\1\\fP", text)


if __name__ == "__main__":
    PAGE.write_text(man_page(), encoding="utf-8")
