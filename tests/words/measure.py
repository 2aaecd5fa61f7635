"""How much of what lay people said is read right: `python -m tests.words.measure [ROWS.jsonl] [--show]`.

Every fourth row of `real_words.jsonl` was set aside while the cues were written: `--aside` counts these alone,
`--tuned` the others. `more_words.jsonl` was written by somebody who had not seen the cues, and was learnt from later.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from spasmhelp import load_table
from spasmhelp.core.model import Level, Table
from spasmhelp.core.sentence import Heard, open_choices, read_sentence

ROWS = Path(__file__).with_name("real_words.jsonl")
MORE = ROWS.with_name("more_words.jsonl")


def rows(path: Path = ROWS) -> list[dict[str, Any]]:
    """Return the rows of a file, each a sentence and what it says."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def onset(heard: Heard, expect: dict[str, Any]) -> str:
    """Return right, asked or wrong; where it cannot be told, asked is right and an answer is guessed."""
    said = heard.case.onset.id if heard.case.onset else None
    if expect["onset"] is None:
        return "right" if said is None else "guessed"
    if said is None:
        return "asked"
    return "right" if said in (expect["onset"], *expect["onset_also_fine"]) else "wrong"


def location(table: Table, heard: Heard, expect: dict[str, Any]) -> str:
    """Return right, offered (asked, with a right place in a short list), asked or wrong."""
    fine = {name for name in expect["location"] if any(name == place.id for place in table.locations)}
    fine |= {"somewhere_else"} if set(expect["location"]) - fine else set()
    if heard.case.location:
        return "right" if heard.case.location.id in fine else "wrong" if fine else "guessed"
    choices = {place.id for place in open_choices(table, heard, "location")}
    if not fine:
        return "right"
    if len(choices) == len(table.locations):
        return "missed"
    several = "several_places" in fine and len(choices) > 1
    return "offered" if choices & fine or several else "wrong"


def listed(heard: Heard, expect: dict[str, Any], name: str) -> tuple[int, int, list[str]]:
    """Return how many words are expected, how many of them were heard, and what was heard beside."""
    said = [word.id for word in getattr(heard.case, name) or ()]
    return len(expect[name]), sum(word in said for word in expect[name]), [w for w in said if w not in expect[name]]


def measure(table: Table, sentences: list[dict[str, Any]]) -> tuple[Counter[str], list[str]]:
    """Return the counts, and a line for each row that is not read as expected."""
    counts: Counter[str] = Counter()
    lines = []
    levels = {flag.id: flag.level for flag in table.red_flags}
    for row in sentences:
        expect, heard, off = row["expect"], read_sentence(table, row["sentence"]), []
        told = "onset" if expect["onset"] else "no onset"
        result = onset(heard, expect)
        counts[f"{told}: {result}"] += 1
        off += [f"onset {result}"] if result != "right" else []
        result = location(table, heard, expect)
        counts[f"location: {result}"] += 1
        off += [f"location {result}"] if result not in ("right", "offered") else []
        for name in ("triggers", "red_flags", "precautions"):
            wanted, found, beside = listed(heard, expect, name)
            counts[f"{name}: expected"] += wanted
            counts[f"{name}: heard"] += found
            counts[f"{name}: beside"] += len(beside)
            off += [f"{name} {found}/{wanted} beside {beside}"] if found < wanted or beside else []
            if name == "red_flags":
                false = [one for one in beside if levels[one] is Level.emergency]
                # Of several emergencies that are expected, hearing any of them is enough.
                counts["emergencies: false"] += bool(false) and not any(
                    levels.get(one) is Level.emergency for one in expect[name]
                )
        dangers = set(expect["red_flags"]) | set(expect["precautions"])
        said = {w.id for name in ("red_flags", "precautions") for w in getattr(heard.case, name) or ()}
        counts["dangers: rows"] += bool(dangers)
        counts["dangers: rows heard"] += bool(dangers & said)
        emergencies = {one for one in expect["red_flags"] if levels.get(one) is Level.emergency}
        counts["emergencies: rows"] += bool(emergencies)
        counts["emergencies: heard"] += any(levels.get(one) is Level.emergency for one in said) if emergencies else 0
        counts["dangers: rows with a false one"] += bool(said - dangers)
        if off:
            case = heard.case
            got = f"{case.onset and case.onset.id} {case.location and case.location.id}"
            lines.append(f"{row['n']:4} {row['sentence']}\n       {'; '.join(off)}   [{got}]")
    return counts, lines


def main() -> None:
    """Print the table, and with --show the rows that are not read as expected."""
    paths = [Path(one) for one in sys.argv[1:] if not one.startswith("-")]
    for path in paths or [ROWS, MORE]:
        sentences = rows(path)
        if "--aside" in sys.argv:
            sentences = sentences[3::4]
        if "--tuned" in sys.argv:
            sentences = [row for i, row in enumerate(sentences) if i % 4 != 3]
        counts, lines = measure(load_table(), sentences)
        print(f"{path.name}: {len(sentences)} rows")
        for name in sorted(counts):
            print(f"  {name:32}{counts[name]:4}")
        if "--show" in sys.argv:
            print("\n".join(lines))


if __name__ == "__main__":
    main()
