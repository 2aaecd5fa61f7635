"""The command `check`: what is found in a table, what its cases exercise, or what an older one told differently."""

import sys
from collections.abc import Iterable
from datetime import date

from spasmhelp.cli.pages.report import check_table, count, coverage_lines, findings_json, findings_lines
from spasmhelp.cli.terminal import Look, console_for, render, write
from spasmhelp.core.checks.case_faults import coverage, tried
from spasmhelp.core.document import CaseError, Problem
from spasmhelp.files import load_table


def check_command(file: str | None, old: str | None, covered: bool, as_json: bool, look: Look, today: date) -> int:
    """Write what was found to stdout and return the status: 3 if anything is wrong; warnings are not.

    Raises CaseError for two reports at once, TableError if there is nothing to compare.
    """
    if old is not None and covered:
        raise CaseError([Problem(where="--diff", message="contradicts --coverage: ask for one of them")])
    if old is not None:
        return diff_command(file, old, as_json, look)
    findings = check_table(file, today)
    if as_json:
        write(sys.stdout, findings_json(findings))
    elif covered and findings.table:
        known = coverage(findings.table, tried(findings.table))
        write(sys.stdout, whole(look, [*coverage_lines(known, findings.file), count(findings)]))
    elif look.terminal and not look.plain:
        from spasmhelp.cli.pages.excerpt import quoted

        write(sys.stdout, render(look, *quoted(findings, look, file)))
    else:
        write(sys.stdout, whole(look, findings_lines(findings, file)))
    return 3 if findings.wrong else 0


def whole(look: Look, lines: Iterable[str]) -> str:
    """Return lines that must not be broken, as an editor reads them; in colour only where that was asked for."""
    if not look.colour:
        return "".join(f"{line}\n" for line in lines)
    from rich.text import Text

    console = console_for(look)
    with console.capture() as captured:
        for line in lines:
            spot, colon, rest = line.partition(": ")
            console.print(Text.assemble((spot, "bold"), colon, rest), soft_wrap=True)
    return captured.get()


def diff_command(file: str | None, old: str, as_json: bool, look: Look) -> int:
    """Write what the table tells differently from an older one: a report, so the status is 0. Raises TableError."""
    from spasmhelp.cli.pages.differences import diff_json, diff_lines
    from spasmhelp.core.checks.diff import differ

    before, after = load_table(old), load_table(file)
    differences, names = differ(before, after), (before.file.name, after.file.name)
    if as_json:
        write(sys.stdout, diff_json(differences, *names))
    else:
        write(sys.stdout, whole(look, diff_lines(differences, *names, file)))
    return 0
