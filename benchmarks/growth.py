"""What a case costs as the rules grow: 10, 100, 1,000 and 10,000 of them, each case new.

Run `python -m benchmarks.growth [CASES]`. A larger table knows more places: one for every five rules, so that a case
always meets a handful of rules. `loop` asks every rule in turn, as `advise` does; `bits` is what a batch does.
"""

import statistics
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

from msgspec.structs import replace

from spasmhelp import Case, Table, advise, load_table
from spasmhelp.core.advise import conclude
from spasmhelp.core.match import Matcher
from spasmhelp.core.model import Location, Rule, When

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
    """Return so many cases of a table, all asked, without red flags."""
    dice = Random(many)
    return [
        Case(
            onset=dice.choice(table.onsets),
            location=dice.choice(table.locations),
            triggers=tuple(dice.sample(table.triggers, 2)),
            red_flags=(),
            precautions=(),
        )
        for _ in range(many)
    ]


def microseconds(answer: Callable[[Case], Any], cases: list[Case]) -> float:
    """Return what one case costs."""
    start = time.perf_counter()
    for case in cases:
        answer(case)
    return (time.perf_counter() - start) / len(cases) * 1e6


def main(many: int) -> None:
    """Print medians of interleaved rounds."""
    base = load_table()
    print(f"{'rules':>7}{'loop us':>10}{'bits us':>10}{'matching us':>13}   {many} cases, medians of {ROUNDS}")
    for size in (10, 100, 1_000, 10_000):
        table = grown(base, size)
        matcher, cases = Matcher(table), new_cases(table, many)
        for case in cases[:20]:
            assert conclude(table, case, matcher.applying(case), matcher.covered(case)) == advise(table, case)

        def by_bits(case: Case, table: Table = table, matcher: Matcher = matcher) -> Any:
            return conclude(table, case, matcher.applying(case), matcher.covered(case))

        def by_loop(case: Case, table: Table = table) -> Any:
            return advise(table, case)

        few = cases[: max(20, many * 10 // size)]
        rounds = [
            (microseconds(by_loop, few), microseconds(by_bits, cases), microseconds(matcher.applying, cases))
            for _ in range(ROUNDS)
        ]
        loop, bits, matching = (statistics.median(column) for column in zip(*rounds, strict=True))
        print(f"{size:>7}{loop:>10.1f}{bits:>10.1f}{matching:>13.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
