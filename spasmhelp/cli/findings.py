"""What `check` found: problems or faults, each with its place, as lines that editors read and as JSON."""

from datetime import date
from typing import Any

from msgspec import Struct

from spasmhelp.core.document import TableError
from spasmhelp.core.model import Case, Table
from spasmhelp.core.verify import verify
from spasmhelp.core.wire import SCHEMA, case_out, encode
from spasmhelp.files import built_in, load_table, shown


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a table, or worth a warning."""

    kind: str
    name: str
    line: int
    column: int
    path: str
    message: str
    case: Case | None = None


class Findings(Struct, frozen=True, kw_only=True):
    """All that was found in a file; the table is None if it has problems."""

    file: str
    table: Table | None
    found: tuple[Finding, ...]

    @property
    def wrong(self) -> int:
        """How many findings are more than warnings."""
        return sum(finding.kind != "warning" for finding in self.found)


def check_table(path: str | None, today: date) -> Findings:
    """Return all problems of a table file, or, if it has none, its faults and warnings."""
    file = shown(path or built_in())
    try:
        table = load_table(path or built_in())  # from the YAML, which has places
    except TableError as error:
        problems = (
            Finding(kind="problem", name="", line=one.line, column=one.column, path=one.where, message=one.message)
            for one in error.problems
        )
        return Findings(file=file, table=None, found=tuple(problems))
    found = []
    for fault in verify(table, today):
        line, column = table.file.places.get(fault.path, (0, 0))
        kind = "warning" if fault.warning else "fault"
        found.append(
            Finding(
                kind=kind,
                name=fault.name,
                line=line,
                column=column,
                path=fault.path,
                message=fault.message,
                case=fault.case,
            )
        )
    return Findings(file=file, table=table, found=tuple(found))


def findings_text(findings: Findings) -> str:
    """Return one line a finding, in the form that editors jump to, and a last line that counts."""
    lines = []
    for one in findings.found:
        spot = f"{findings.file}:{one.line}:{one.column}: " if one.line else f"{findings.file}: "
        name = {"problem": "", "warning": f"warning: {one.name}: "}.get(one.kind, f"{one.name}: ")
        where = f"{one.path}: " if one.path else ""
        lines.append(f"{spot}{name}{where}{one.message}\n")
    if findings.wrong:
        lines.append(f"{findings.wrong} found\n")
    elif findings.table:
        table = findings.table
        counts = f"{len(table.rules)} rules, {len(table.red_flags)} red flags, {len(table.steps)} steps"
        lines.append(f"{findings.file}: nothing wrong in {counts}; {len(table.cases)} cases as expected\n")
    return "".join(lines)


def findings_json(findings: Findings) -> bytes:
    """Return the findings as JSON, in the shape of `check --json`."""
    found: list[dict[str, Any]] = []
    for one in findings.found:
        out: dict[str, Any] = {name: getattr(one, name) for name in one.__struct_fields__}
        out["case"] = case_out(one.case) if one.case else None
        found.append(out)
    return encode({"schema": SCHEMA, "table": findings.file, "found": found, "coverage": {}})
