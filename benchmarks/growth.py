"""What a case costs as the rules grow: 10, 100, 1,000 and 10,000 of them, each case new.

Run `python -m benchmarks.growth [CASES]`. A larger table knows more places: one for every five rules, so that a case
always meets a handful of rules. `first` is `advise` in places that were not met before, `again` in the same ones;
`json` is the same again, down to the JSON, as in a batch.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from msgspec.structs import replace

from spasmhelp import Case, Table, load_table
from spasmhelp.core.advise import advise, in_table_order
from spasmhelp.core.model import Location, Rule, When
from spasmhelp.core.wire import advice_out, encode

ROUNDS = 5


def grown(table: Table, size: int) -> Table:
    """Return the table with so many rules, over as many places as they need."""
    dice = Random(size)
    places = tuple(Location(id=f"place_{i}", name=f"Place {i}") for i in range(max(2, size // 5)))
    steps = [step for step in table.steps if not step.how]
    rules = tuple(
        Rule(
            id=f"rule_{i}",
            when=When(
                onset=(dice.choice(table.onsets),) if i % 2 else (),
                location=(places[i % len(places)],),
                trigger=(dice.choice(table.triggers),) if i % 3 == 0 else (),
            ),
            advise=(dice.choice(steps),),
            because="It was made to be counted.",
        )
        for i in range(size)
    )
    return replace(table, locations=places, rules=rules)


def new_cases(table: Table, many: int) -> list[Case]:
    """Return so many cases of a table, all asked, without red flags, in the table's order."""
    dice = Random(many)
    cases = [
        Case(
            onset=dice.choice(table.onsets),
            location=dice.choice(table.locations),
            triggers=tuple(dice.sample(table.triggers, 2)),
            red_flags=(),
            precautions=(),
        )
        for _ in range(many)
    ]
    return [in_table_order(table, case) for case in cases]


def microseconds(answer: Callable[[Case], Any], cases: list[Case]) -> float:
    """Return what one case costs."""
    start = time.perf_counter()
    for case in cases:
        answer(case)
    return (time.perf_counter() - start) / len(cases) * 1e6


def main(many: int) -> None:
    """Print medians of interleaved rounds."""
    base = load_table()
    print(f"{'rules':>7}{'first us':>10}{'again us':>10}{'json us':>10}   {many} cases, medians of {ROUNDS}")
    for size in (10, 100, 1_000, 10_000):
        rounds = []
        for _ in range(ROUNDS):
            table = grown(base, size)
            cases = new_cases(table, many)
            decide, written = partial(advise, table), partial(as_json, table)
            rounds.append([microseconds(answer, cases) for answer in (decide, decide, written)])
        first, again, down = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{size:>7}{first:>10.1f}{again:>10.1f}{down:>10.1f}")


def as_json(table: Table, case: Case) -> bytes:
    """Return the advice for a case as JSON."""
    return encode(advice_out(table, advise(table, case)))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
