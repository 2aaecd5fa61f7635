"""What `check` writes: findings, coverage or differences, as lines for editors or as excerpts for people."""

from collections.abc import Iterable

from rich.text import Text

from spasmhelp.cli.pages.differences import diff_json, diff_lines
from spasmhelp.cli.pages.excerpt import quoted
from spasmhelp.cli.pages.report import Findings, count, coverage_lines, findings_lines
from spasmhelp.cli.terminal import Look, console_for, render
from spasmhelp.core.checks.case_faults import coverage, tried
from spasmhelp.core.checks.diff import differ
from spasmhelp.core.model import Table


def findings_text(findings: Findings, file: str | None, covered: bool, look: Look) -> str:
    """Return what was found: as lines for editors, on a terminal with the lines of the file that it is about."""
    if covered and findings.table:
        seen = coverage(findings.table, tried(findings.table))
        return unbroken(look, [*coverage_lines(seen, findings.file), count(findings)])
    if look.terminal and not look.plain:
        return render(look, *quoted(findings, look, file))
    return unbroken(look, findings_lines(findings, file))


def differences_text(old: Table, new: Table, file: str | None, as_json: bool, look: Look) -> str | bytes:
    """Return what a table tells differently from an older one: a report, no judgement."""
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
