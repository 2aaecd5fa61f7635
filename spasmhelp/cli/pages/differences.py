"""What two tables say differently, as a reviewer reads it and as JSON."""

from collections.abc import Iterator
from typing import Any

from spasmhelp.cli.pages.report import command_that_shows
from spasmhelp.core.checks.diff import Difference
from spasmhelp.core.model import Case, Word
from spasmhelp.core.wire import SCHEMA, case_out, encode

KINDS = {
    "level": "the level",
    "action": "action:",
    "tell": "tell them:",
    "because": "reason:",
    "wording": "wording of step",
    "timer": "timer of step",
    "says": "wording of level",
    "safety_net": "when to get help:",
    "asked": "red flag asked:",
    "guarded": "guarded place",
    "answer": "meaning of the answer,",
    "question": "wording of the question,",
    "precaution": "held back by",
    "short": "short line of",
    "stops": "stopped by",
}
SENTENCES = ("wording", "timer", "says", "precaution", "question", "asked", "short")  # too long for one line with both


def diff_lines(differences: list[Difference], old: str, new: str, path: str | None) -> Iterator[str]:
    """Yield the differences, those of the same cases together, with these cases and a smallest one to try."""
    if not differences:
        yield (
            f"No difference: {new} gives every case the level, steps and sentences that {old} gives it, reads the same "
            "answers as the same words, and asks for danger and precautions in the same way. Not compared: the order "
            "of steps and sentences, the wording of the five questions, the background."
        )
        return
    yield f"What {new} tells differently from {old}:"
    groups: dict[tuple[Case, ...], list[Difference]] = {}
    for one in differences:
        groups.setdefault(one.cases, []).append(one)
    for cases, group in groups.items():
        yield ""
        for one in group:
            yield from difference_lines(one)
        yield from (f"  for {line}" for line in case_lines(cases))
        if cases:
            yield f"  shown by: {command_that_shows(cases[0], path)}"
    yield ""
    yield f"{len(differences)} difference{'s' * (len(differences) > 1)}"


def difference_lines(one: Difference) -> Iterator[str]:
    """Yield what the old table says and what the new one says, in one line if they are short."""
    title = f"{KINDS.get(one.kind, one.kind.replace('_', ' ').removesuffix('s'))} {one.subject}".rstrip()
    if one.before is None or one.after is None:
        value = one.after or one.before or ""
        sign = "+" if one.before is None else "-"
        yield f"{sign} {title}" + ("" if value in ("said", "in the table", "stopped") else f": {value}")
    elif one.kind in SENTENCES:
        yield from (f"~ {title}", f"  - {one.before}", f"  + {one.after}")
    else:
        yield f"~ {title}: {one.before} -> {one.after}"


def case_lines(cases: tuple[Case, ...]) -> Iterator[str]:
    """Yield cases in as few lines as there are kinds: "sudden or sustained; calf, shin; exercise"."""
    rows: list[tuple[str, ...]] = []
    for case in cases:
        rest = (*(case.triggers or ()), *(case.red_flags or ()), *(case.precautions or ()))
        rows.append((joined(case.onset), joined(case.location), joined(*rest)))
    for column, between in ((1, ", "), (0, " or "), (2, " or ")):
        rows = merged(rows, column, between)
    yield from ("; ".join(part for part in row if part) for row in rows)


def merged(rows: list[tuple[str, ...]], column: int, between: str) -> list[tuple[str, ...]]:
    """Make one row of those that differ in one column only."""
    same: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        same.setdefault((*row[:column], *row[column + 1 :]), []).append(row[column])
    return [(*rest[:column], between.join(values), *rest[column:]) for rest, values in same.items()]


def joined(*words: Word | None) -> str:
    """Join the ids of words."""
    return " and ".join(word.id for word in words if word)


def diff_json(differences: list[Difference], old: str, new: str) -> bytes:
    """Return the differences as JSON."""
    out: list[dict[str, Any]] = []
    for one in differences:
        cases = [case_out(case) for case in one.cases]
        out.append({"kind": one.kind, "id": one.subject, "before": one.before, "after": one.after, "cases": cases})
    return encode({"schema": SCHEMA, "table": new, "old": old, "differences": out})
