"""What two tables tell differently, as a reviewer reads it and as JSON."""

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
    "step": "step",
    "wording": "wording of step",
    "timer": "timer of step",
    "says": "wording of level",
    "safety_net": "when to get help:",
    "asked": "red flag asked:",
    "guarded": "guarded place",
    "answer": "meaning of the answer,",
    "question": "wording of the question,",
    "precaution": "held back by",
}


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
            yield from told(one)
        for where in places(cases):
            yield f"  for {where}"
        if cases:
            yield f"  shown by: {command_that_shows(cases[0], path)}"
    yield ""
    yield f"{len(differences)} difference{'s' * (len(differences) > 1)}"


def told(one: Difference) -> Iterator[str]:
    """Yield what was told and what is told now."""
    title = f"{KINDS.get(one.kind, one.kind.replace('_', ' ').removesuffix('s'))} {one.subject}".rstrip()
    if one.kind in ("wording", "timer", "says", "precaution", "question") and one.before and one.after:
        yield f"~ {title}"
        yield f"  - {one.before}"
        yield f"  + {one.after}"
    elif one.before is None:
        yield f"+ {title}" + ("" if one.after in ("said", "in the table") else f": {one.after}")
    elif one.after is None:
        yield f"- {title}" + ("" if one.before in ("said", "in the table") else f": {one.before}")
    else:
        yield f"~ {title}: {one.before} -> {one.after}"


def places(cases: tuple[Case, ...]) -> Iterator[str]:
    """Yield the cases of a difference in as few lines as there are kinds: onsets, locations and what else it takes."""
    locations: dict[tuple[str, str], list[str]] = {}
    for case in cases:
        rest = names(*(case.triggers or ()), *(case.red_flags or ()), *(case.precautions or ()))
        locations.setdefault((names(case.onset), rest), []).append(names(case.location))
    onsets: dict[tuple[str, str], list[str]] = {}
    for (onset, rest), at in locations.items():
        onsets.setdefault((", ".join(at), rest), []).append(onset)
    rests: dict[tuple[str, str], list[str]] = {}
    for (where, rest), of in onsets.items():
        rests.setdefault((" or ".join(of), where), []).append(rest)
    for (onset, where), given in rests.items():
        yield f"{onset}; {where}" + (f"; {' or '.join(given)}" if any(given) else "")


def names(*words: Word | None) -> str:
    """Join the ids of words."""
    return " and ".join(word.id for word in words if word)


def diff_json(differences: list[Difference], old: str, new: str) -> bytes:
    """Return the differences as JSON."""
    out: list[dict[str, Any]] = [
        {
            "kind": one.kind,
            "id": one.subject,
            "before": one.before,
            "after": one.after,
            "cases": list(map(case_out, one.cases)),
        }
        for one in differences
    ]
    return encode({"schema": SCHEMA, "table": new, "old": old, "differences": out})
