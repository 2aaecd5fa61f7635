"""What `check` writes: what was found, coverage or differences, as lines for editors or as excerpts for people."""

from collections.abc import Iterable

from rich.text import Text

from spasmhelp.cli.pages.differences import diff_json, diff_lines
from spasmhelp.cli.pages.excerpt import excerpts
from spasmhelp.cli.pages.report import Report, count, coverage_lines, report_lines
from spasmhelp.cli.terminal import Look, console_for, render
from spasmhelp.core.checks.case_faults import advise_cases, case_coverage
from spasmhelp.core.checks.diff import differ
from spasmhelp.core.model import Table


def report_text(report: Report, file: str | None, covered: bool, look: Look) -> str:
    """Return what was found: as lines for editors, on a terminal with those lines of the file that it is about."""
    if covered and report.table:
        coverage = case_coverage(report.table, advise_cases(report.table))
        return unbroken(look, [*coverage_lines(coverage, report.file), count(report)])
    if look.terminal and not look.plain:
        return render(look, *excerpts(report, look, file))
    return unbroken(look, report_lines(report, file))


def differences_text(old: Table, new: Table, file: str | None, as_json: bool, look: Look) -> str | bytes:
    """Return what a table says differently from an older one: a report, no judgement."""
    differences, names = differ(old, new), (old.file.name, new.file.name)
    if as_json:
        return diff_json(differences, *names)
    return unbroken(look, diff_lines(differences, *names, file))


def unbroken(look: Look, lines: Iterable[str]) -> str:
    """Return lines that must not be broken, as an editor reads them; in colour only where that was asked for."""
    if not look.colour:
        return "".join(f"{line}\n" for line in lines)
    console = console_for(look)
    with console.capture() as captured:
        for line in lines:
            position, colon, rest = line.partition(": ")
            console.print(Text.assemble((position, "bold"), colon, rest), soft_wrap=True)
    return captured.get()
