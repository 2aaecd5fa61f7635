"""How long `check` takes on the shipped table and on one ten times as large: `python benchmarks/check.py`.

The large table holds ten copies of every source, location, trigger, red flag, precaution, step, rule and case (onsets
are shared), so that rules times words are a hundred times as many. Runs are interleaved; medians are printed.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from spasmhelp.core.model import Entry, Onset, Table
from spasmhelp.core.verify import verify
from spasmhelp.files import built_in, load_table

ROOT = Path(__file__).resolve().parent.parent
TIMES, ROUNDS = 10, 9


def larger(table: Table, times: int) -> Table:
    """Return a table of so many copies of each entry, each naming the others of its own."""
    copies = [Copies(number) for number in range(times)]
    sections = {}
    for name in table.__struct_fields__:
        value = getattr(table, name)
        if isinstance(value, tuple) and name != "onsets":
            value = tuple(one.copied(entry) for one in copies for entry in value)
        sections[name] = value
    return Table(**sections)


class Copies:
    """Makes one copy of each entry, by other ids and names."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.made: dict[Entry, Entry] = {}

    def copied(self, value: Any) -> Any:
        if isinstance(value, Onset):
            return value
        if isinstance(value, Entry):
            if value not in self.made:
                self.made[value] = self.struct(value)
            return self.made[value]
        if isinstance(value, Struct):
            return self.struct(value)
        if isinstance(value, dict):
            return {self.copied(key): self.copied(part) for key, part in value.items()}
        return tuple(map(self.copied, value)) if isinstance(value, tuple) else value

    def struct(self, value: Any) -> Any:
        parts = {name: self.copied(getattr(value, name)) for name in value.__struct_fields__}
        for name in ("id", "name"):
            if name in parts:
                parts[name] = f"{parts[name]}_{self.number}"
        if "synonyms" in parts:
            parts["synonyms"] = tuple(f"{word} {self.number}" for word in parts["synonyms"])
        return type(value)(**parts)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the medians and their ratio."""
    table = load_table(built_in())
    large = larger(table, TIMES)
    today = date.today()
    work: dict[str, Callable[[], object]] = {
        "python -c pass": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True),
        "spasmhelp check, the whole command": lambda: subprocess.run(
            [sys.executable, "-m", "spasmhelp", "check"], cwd=ROOT, stdout=subprocess.DEVNULL, check=False
        ),
        "verify, the shipped table": lambda: verify(table, today),
        f"verify, {TIMES} times as large": lambda: verify(large, today),
    }
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, one in work.items():
            seconds[name].append(timed(one))
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    for name, median in medians.items():
        print(f"{name:<36} {median * 1000:8.1f} ms")
    whole = medians["spasmhelp check, the whole command"] / medians["python -c pass"]
    ratio = medians[f"verify, {TIMES} times as large"] / medians["verify, the shipped table"]
    print(f"the whole command is {whole:.1f} times `python -c pass`")
    print(f"{TIMES} times as many rules and words cost {ratio:.0f} times as much; their product grew {TIMES**2} times")


if __name__ == "__main__":
    main()
