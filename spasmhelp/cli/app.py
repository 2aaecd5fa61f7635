"""The commands, and the one place where errors become exit statuses."""

import errno
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Annotated, Any

import typer

from spasmhelp import __version__
from spasmhelp.cli.completion import join_options
from spasmhelp.cli.errors import report, report_bug, report_stopped, report_unwritable, report_wrong
from spasmhelp.cli.signals import Signalled, clean_exit
from spasmhelp.cli.terminal import Stopped, Unwritable, unwritable, write
from spasmhelp.cli.writing import whole_streams
from spasmhelp.core.document import Problem, Wrong, visible

UNWRITABLE = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO, errno.EPIPE, errno.EBADF)
# typer carries its own click and does not export the base of its errors.
UsageProblem: type[Exception] = typer.BadParameter.__mro__[2]

TOLD_BY_TYPER = {"-h", "--help", "-V", "--version"}
# The help of each command is a text and no docstring: PYTHONOPTIMIZE=2 leaves docstrings out.
HELP = """Self-care advice for muscle cramps and spasms, from one article.

It is not a diagnosis, no clinician has reviewed it, and it is not for anyone under 16.
What people are told is in the language of the table; help, `check` and errors are in English.

\b
Examples:
  spasmhelp advise
  spasmhelp advise --onset sudden --location calf --no-red-flags
  spasmhelp where calf
  spasmhelp explain cold packs
  spasmhelp check
"""


COMMANDS = ("advise", "batch", "read", "explain", "where", "check", "schema")  # in the order of the help


def make_app(arguments: Sequence[str] = ()) -> typer.Typer:
    """Return the app with the command that a command line names, or with all.

    A start that makes one saves the 3 ms that the others and their imports take, and the options about completion.
    """
    named = set(COMMANDS).intersection(arguments[:1])
    app = typer.Typer(
        name="spasmhelp",
        # Plain help and errors: rich's swallow "[calf]" as markup, cut names at 40 columns, and cost 40 ms.
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 90},
        add_completion=not named,
    )
    app.callback(invoke_without_command=True, help=HELP)(spasmhelp)
    for name in named or COMMANDS:
        command = import_module(f"spasmhelp.cli.commands.{name}")
        app.command(name, help=command.HELP)(getattr(command, name))
    return app


def spasmhelp(version: Annotated[bool, typer.Option("--version", "-V", help="Show the version.")] = False) -> None:
    """Run before each command; with `--version` it is all that runs."""
    if version:
        write(sys.stdout, f"spasmhelp {__version__}\n")
        raise typer.Exit


def __getattr__(name: str) -> typer.Typer:
    """Return `app`, which no start needs, to whoever imports it."""
    if name != "app":
        raise AttributeError(name)
    return make_app()


def usage_problem(error: Any) -> Problem:
    """Return what is wrong with the options, with the suggestion that typer makes."""
    command = error.ctx.command_path if error.ctx else "spasmhelp"
    message = visible(error.format_message().replace("\n\t", " "))
    if not message.endswith((".", "?", ")")):
        message += "."
    return Problem(where="", message=f"{message} See `{command} --help`.")


def wants_json(arguments: list[str]) -> bool:
    """Whether errors are to be written as JSON, as the output would have been."""
    return bool({"--json", "--format=json"} & set(arguments)) or ("--format", "json") in pairwise(arguments)


def run(arguments: list[str]) -> int:
    """Run a command line and return its exit status."""
    if "_SPASMHELP_COMPLETE" in os.environ:
        join_options(os.environ)
    with whole_streams():
        return status_of(arguments, wants_json(arguments))


def status_of(arguments: list[str], as_json: bool) -> int:
    """Return the exit status of a command line: every error ends here, in one message."""
    try:
        with clean_exit():
            if sys.stdout is None and TOLD_BY_TYPER & set(
                arguments or TOLD_BY_TYPER
            ):  # typer would say nothing, with status 0
                raise Unwritable("it is closed")
            return make_app(arguments)(arguments or ["--help"], prog_name="spasmhelp", standalone_mode=False) or 0
    except Wrong as error:
        return report_wrong(error, as_json)
    except UsageProblem as error:
        return report(2, [usage_problem(error)], as_json)
    except Unwritable as error:
        return report_unwritable(error, as_json)
    except OSError as error:  # typer writes its help itself
        if "--install-completion" in arguments:
            reason = f"cannot be written: {error.strerror or error}: {error.filename or 'the shell settings'}"
            return report(1, [Problem(where="--install-completion", message=visible(reason))], as_json)
        if error.errno not in UNWRITABLE:
            return report_bug(error, as_json)
        return report_unwritable(unwritable(sys.stdout, error), as_json)
    except Stopped as error:
        return report_stopped(error, as_json)
    except Signalled as error:
        return error.status
    except Exception as error:
        return report_bug(error, as_json)
