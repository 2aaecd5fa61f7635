"""What `check` found: problems or faults, each with its place, and what the table's cases exercise; as JSON too."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from spasmhelp.cli.pages.command import example_of
from spasmhelp.core.checks.case_faults import CaseCoverage, advise_cases, case_coverage
from spasmhelp.core.checks.fault import Fault, position
from spasmhelp.core.document import Problem, TableError
from spasmhelp.core.model import Case, Table
from spasmhelp.core.verify import verify
from spasmhelp.core.wire import SCHEMA, case_out, encode
from spasmhelp.files import NO_MEMORY, built_in, parsed, read_text, shown


class Found(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a table, or worth a warning."""

    kind: str
    name: str
    line: int
    column: int
    path: str
    message: str
    case: Case | None = None


class Report(Struct, frozen=True, kw_only=True):
    """All that was found in a file, and the text in which it was; the table is None if it has problems."""

    file: str
    text: str = ""
    table: Table | None = None
    found: tuple[Found, ...]

    @property
    def wrong(self) -> int:
        """How many of them are more than warnings."""
        return sum(one.kind != "warning" for one in self.found)


def check_table(path: str | None, today: date) -> Report:
    """Return all problems of a table file, or, if it has none, its faults and warnings."""
    path = built_in() if path is None else path  # the YAML, which has positions
    text = ""
    try:
        text, digest = read_text(path)
        table = parsed(text, digest, path)
        faults = verify(table, today)
    except TableError as error:
        return Report(file=shown(path), text=text, found=tuple(map(problem_found, error.problems)))
    except MemoryError:
        return Report(file=shown(path), found=(problem_found(Problem(where="", message=NO_MEMORY)),))
    found = tuple(fault_found(fault, *position(table, fault.path)) for fault in faults)
    return Report(file=shown(path), text=text, table=table, found=found)


def problem_found(one: Problem) -> Found:
    """Return a problem with the fields that faults have."""
    return Found(kind="problem", name="", line=one.line, column=one.column, path=one.where, message=one.message)


def fault_found(one: Fault, line: int, column: int) -> Found:
    """Return a fault or warning with its position."""
    kind = "warning" if one.warning else "fault"
    return Found(kind=kind, name=one.name, line=line, column=column, path=one.path, message=one.message, case=one.case)


def report_lines(report: Report, table_path: str | None) -> Iterator[str]:
    """Yield one line for each thing found, in the form that editors jump to, and a last line that counts."""
    for one in report.found:
        at = f"{report.file}:{one.line}:{one.column}: " if one.line else f"{report.file}: "
        path = f"{one.path}: " if one.path else ""
        case = f" [{command_that_shows(one.case, table_path)}]" if one.case else ""
        yield f"{at}{label(one)}{path}{one.message}{case}"
    yield count(report)


def label(one: Found) -> str:
    """Return what opens a message: "gap: ", "warning: stale: ", or nothing for a problem."""
    return {"problem": "", "warning": f"warning: {one.name}: "}.get(one.kind, f"{one.name}: ")


def command_that_shows(case: Case, table_path: str | None) -> str:
    """Return the command that shows what is wrong."""
    return " ".join(example_of(case, table_path))


def count(report: Report) -> str:
    """Return the last line: how much is wrong, or how much was looked at."""
    table = report.table
    if report.wrong or not table:
        return f"{report.file}: {report.wrong} found"
    parts = {"rule": table.rules, "red flag": table.red_flags, "step": table.steps, "case": table.cases}
    *counts, cases = (f"{len(part)} {name}{'s' * (len(part) != 1)}" for name, part in parts.items())
    return f"{report.file}: nothing wrong in {', '.join(counts)}; {cases} as expected"


def report_json(report: Report) -> bytes:
    """Return what was found as JSON, in the shape of `check --json`."""
    found: list[dict[str, Any]] = []
    for one in report.found:
        out: dict[str, Any] = {name: getattr(one, name) for name in one.__struct_fields__}
        out["case"] = case_out(one.case) if one.case else None
        found.append(out)
    table = report.table
    covered = coverage_out(case_coverage(table, advise_cases(table))) if table else {}
    return encode({"schema": SCHEMA, "table": report.file, "found": found, "coverage": covered})


def coverage_out(coverage: CaseCoverage) -> dict[str, Any]:
    """Return a coverage as JSON."""
    out: dict[str, Any] = {"cases": coverage.cases}
    for name, part in coverage.sections.items():
        missing = [entry.id for entry in part.missing]
        out[name] = {"total": part.total, "exercised": part.total - len(missing), "missing": missing}
    return out | {"words": {name: [word.id for word in words] for name, words in coverage.words.items()}}


def coverage_lines(coverage: CaseCoverage, file: str) -> Iterator[str]:
    """Yield what the cases exercise, a line a section, and then what they do not."""
    yield f"What the {coverage.cases} cases of {file} exercise:"
    for name, part in coverage.sections.items():
        done = part.total - len(part.missing)
        yield f"  {name.replace('_', ' ') + ':':<13} {done} of {part.total}, {part.percent} %"
        if part.missing:
            yield f"    not yet: {', '.join(entry.id for entry in part.missing)}"
    unreported = {name: words for name, words in coverage.words.items() if words}
    for name, words in unreported.items():
        yield f"  {name} words of rules that no case reports: {', '.join(word.id for word in words)}"
    if not unreported:
        yield "  words of rules: a case reports each of them"
    if not coverage.enough:
        yield "Every rule, red flag and precaution needs a case; `spasmhelp check` shows one for each."
