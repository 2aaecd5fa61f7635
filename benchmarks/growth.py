"""What a case costs as the rules grow: 10, 100, 1,000 and 10,000 of them, each case new.

Run `python -m benchmarks.growth [CASES]`. A larger table knows more places: one for every five rules, so that a case
always meets a handful of rules. `loop` asks every rule in turn, as `advise` does; `parts` is what a batch does, down to
the JSON; `matching` is what of it goes into finding the rules.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from msgspec.structs import replace

from spasmhelp import Case, Table, advise, load_table
from spasmhelp.core.advise import in_table_order
from spasmhelp.core.compose import Composer
from spasmhelp.core.match import Matcher
from spasmhelp.core.model import Location, Rule, When
from spasmhelp.core.wire import advice_out, encode

ROUNDS = 5


def grown(table: Table, size: int) -> Table:
    """Return the table with so many rules, over as many places as they need."""
    dice = Random(size)
    places = tuple(Location(id=f"place_{i}", name=f"Place {i}", region="leg") for i in range(max(2, size // 5)))
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
    print(f"{'rules':>7}{'loop us':>10}{'parts us':>10}{'matching us':>13}   {many} cases, medians of {ROUNDS}")
    for size in (10, 100, 1_000, 10_000):
        table = grown(base, size)
        matcher, cases = Matcher(table), new_cases(table, many)
        for case in cases[:20]:
            assert b"".join(Composer(table).of(case)) in encode(advice_out(table, advise(table, case)))
        few = cases[: max(20, many * 10 // size)]
        rounds = [
            (
                microseconds(partial(advise, table), few),
                microseconds(Composer(table).of, cases),
                microseconds(matcher.applying, cases),
            )
            for _ in range(ROUNDS)
        ]
        loop, parts, matching = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{size:>7}{loop:>10.1f}{parts:>10.1f}{matching:>13.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
