"""Realistic cases for the benchmarks: the same ones in every run."""

import json
import sys
from random import Random
from typing import Any

from spasmhelp import Table, load_table


def some(dice: Random, words: tuple[Any, ...], likely: float, most: int) -> list[str] | None:
    """Return a few words: often none of them, now and then "not asked"."""
    if dice.random() < 0.1:
        return None
    count = sum(dice.random() < likely for _ in range(most))
    return sorted({dice.choice(words).id for _ in range(count)})


def case(dice: Random, table: Table) -> str:
    """Return one case as JSON, without its id and its opening brace: mostly legs and backs, few red flags."""
    common = [place for place in table.locations if place.region and place.region.id in ("leg", "back")]
    place = dice.choice(common) if dice.random() < 0.7 else dice.choice(table.locations)
    answers = {
        "onset": dice.choices(table.onsets, (2, 1))[0].id,
        "location": place.id,
        "triggers": some(dice, table.triggers, 0.35, 4),
        "red_flags": some(dice, table.red_flags, 0.1, 3),
        "precautions": some(dice, table.precautions, 0.2, 4),
    }
    return json.dumps({name: answer for name, answer in answers.items() if answer is not None})[1:]


def write_cases(path: str, lines: int, distinct: int) -> None:
    """Write so many lines of so many distinct cases, each with its own id, in any order."""
    dice, table = Random(2026), load_table()
    pool: dict[str, None] = {}
    while len(pool) < distinct:
        pool[case(dice, table)] = None
    cases = list(pool)
    with open(path, "w", encoding="utf-8") as file:
        for ident in range(lines):
            # Every case once, then any of them again.
            rest = cases[ident] if ident < distinct else dice.choice(cases)
            file.write(f'{{"id": {ident}, {rest}\n')


if __name__ == "__main__":
    write_cases(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
