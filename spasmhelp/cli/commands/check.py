"""`spasmhelp check`: what is wrong with a table, what its cases exercise, or what an older one says differently."""

import sys
from datetime import date
from typing import Annotated

import typer

from spasmhelp.cli.options import ColorOption, JsonOption, PlainOption
from spasmhelp.cli.terminal import look_of, write
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.files import load_table

HELP = """Verify a table: its problems, gaps and cases.

\b
Examples:
  spasmhelp check
  spasmhelp check my-table.yaml
  spasmhelp check my-table.yaml --coverage
  spasmhelp check my-table.yaml --diff old-table.yaml

Each comes with a smallest case that shows it. Status 0 if nothing is wrong (warnings are not), 3 otherwise.
What it finds is told in English, whatever the language of the table.
"""
FileArgument = Annotated[str | None, typer.Argument(help="The table, - for stdin; the built-in one by default.")]
CoverageOption = Annotated[bool, typer.Option("--coverage", help="Show what the table's cases exercise.")]
DiffOption = Annotated[
    str | None, typer.Option("--diff", metavar="OLD", help="Show who would be told what differently.")
]


def check(
    file: FileArgument = None,
    coverage: CoverageOption = False,
    diff: DiffOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    color: ColorOption = "auto",
) -> None:
    """Write what was found to stdout; status 3 if anything is wrong, and warnings are not.

    Raises CaseError for two reports at once, TableError if there is nothing to compare.
    """
    look = look_of(sys.stdout, color, plain)
    if diff is not None:
        if coverage:
            raise CaseError([Problem(where="--diff", message="contradicts --coverage: ask for one of them")])
        from spasmhelp.cli.pages.check_text import differences_text  # rich: 40 ms

        write(sys.stdout, differences_text(load_table(diff), load_table(file), file, as_json, look))
        return
    from spasmhelp.cli.pages.report import check_table, report_json  # all that checks: 3 ms

    report = check_table(file, date.today())
    named = "/dev/stdin" if file == "-" else file  # for a command that reads it again
    if as_json:
        write(sys.stdout, report_json(report))
    else:
        from spasmhelp.cli.pages.check_text import report_text  # rich: 40 ms

        write(sys.stdout, report_text(report, named, coverage, look))
    if report.wrong:
        raise typer.Exit(3)
