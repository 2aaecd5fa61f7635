"""`spasmhelp batch` beside the floor (decode each line, write as many bytes) and beside three rule engines.

Run `python -m benchmarks.batch [LINES] [ROUNDS]` where spasmhelp and its extra `bench` are installed.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

import msgspec

from benchmarks.cases import write_cases
from benchmarks.peers import PEERS
from spasmhelp import Advice, load_table, read_case
from spasmhelp.core.advise import advise
from spasmhelp.core.decoding.case_json import CaseIn
from spasmhelp.core.model import Rule
from spasmhelp.core.situation import applies
from spasmhelp.files import built_in

GOALS = {400: 4, 4_000: 6, 0: 40}  # distinct cases, 0 for all new: times the floor
OURS = [sys.executable, "-m", "spasmhelp", "batch"]
FLOOR = [sys.executable, "-m", "benchmarks.batch", "floor"]
PEER_LINES = 500  # clipspy slows down with every case it has seen
OLD_LINES = 400_000
NEW_LINES = 100_000  # for us, all of them different: with so few as the engines get, most of the time is the start


class Line(CaseIn, kw_only=True):
    """A case with its id."""

    id: msgspec.Raw


def floor(path: str, size: int) -> None:
    """Decode each line of a file and write `size` bytes for it, in blocks of the size that was fastest here."""
    decode = msgspec.json.Decoder(Line).decode
    answer, out, rest = b"x" * (size - 1) + b"\n", bytearray(), b""
    with open(path, "rb", buffering=0) as file:
        while data := os.read(file.fileno(), 1 << 16):
            lines = (rest + data).split(b"\n")
            rest = lines.pop()
            for line in lines:
                decode(line)
                out += answer
                if len(out) > 1 << 16:
                    os.write(1, out)
                    out.clear()
    os.write(1, out)


def cases_file(path: str, lines: int, distinct: int) -> None:
    """Write cases from a process of its own: the memory of a child is counted from that of its parent."""
    subprocess.run([sys.executable, "-m", "benchmarks.cases", path, str(lines), str(distinct)], check=True)


def timed(command: list[str]) -> tuple[float, int]:
    """Run a command with stdout to nowhere and return its seconds and its peak memory in KiB."""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as child:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0
    return time.perf_counter() - start, usage.ru_maxrss


def beside_the_floor(folder: str, lines: int, rounds: int) -> None:
    """Print medians and ratios for each number of distinct cases."""
    print(f"{'distinct':>10}{'floor s':>10}{'ours s':>10}{'ratio':>8}{'MiB':>6}   {lines} lines, medians of {rounds}")
    for distinct, goal in GOALS.items():
        path, several = f"{folder}/cases.jsonl", min(lines, distinct or NEW_LINES)
        cases_file(path, several if distinct == 0 else lines, several)
        with open(path, "rb") as cases:
            head = b"".join(line for line, _ in zip(cases, range(2_000), strict=False))
        size = len(subprocess.run(OURS, input=head, capture_output=True, check=True).stdout) // 2_000
        runs = [(timed([*FLOOR, path, str(size)])[0], *timed([*OURS, path])) for _ in range(rounds)]
        least, ours = (statistics.median(run[i] for run in runs) for i in (0, 1))
        met = "met" if ours <= goal * least else "missed"
        memory = max(run[2] for run in runs) >> 10
        print(
            f"{distinct or 'all new':>10}{least:>10.2f}{ours:>10.2f}{ours / least:>8.2f}{memory:>6}   "
            f"goal {goal}: {met}",
            flush=True,
        )
    long = f"{folder}/long.yaml"
    wordy(long)
    print(f"memory, sentences ten times as long: {timed([*OURS, '--table', long, path])[1] >> 10} MiB")
    cases_file(f"{folder}/short.jsonl", 10_000, 4_000)
    print(f"memory for 10000 lines: {timed([*OURS, f'{folder}/short.jsonl'])[1] >> 10} MiB")


def wordy(path: str) -> None:
    """Write the built-in table with every sentence ten times as long."""
    with open(built_in(), encoding="utf-8") as file:
        text = file.read()
    text, _, cases = text.partition("\ncases:\n")  # a case's name is no sentence that anybody is told
    with open(path, "w", encoding="utf-8") as file:
        file.write(re.sub(r'"([A-Z][^"\n]{20,}[.?])"', lambda one: f'"{" ".join([one[1]] * 10)}"', text))
        file.write(f"\ncases:\n{cases}")


def beside_peers(folder: str, rounds: int) -> None:
    """Print how many cases a second each engine decides; that all name the same rules is checked first."""
    table = load_table()
    write_cases(f"{folder}/peers.jsonl", PEER_LINES, PEER_LINES)
    with open(f"{folder}/peers.jsonl", encoding="utf-8") as file:
        cases: list[dict[str, Any]] = [{"triggers": []} | json.loads(line) for line in file]
    read = [read_case(table, case) for case in cases]
    expected = [{rule.id for rule in table.rules if applies(rule, case)} for case in read]
    deciders = {"spasmhelp, advise": lambda _cases: [rules_of(advise(table, case)) for case in read]}
    deciders |= {name: make(table) for name, make in PEERS.items()}
    for name, decide in deciders.items():
        assert decide(cases) == expected, f"{name} decides otherwise"
    batches = {
        f"spasmhelp batch, {NEW_LINES} new cases": (NEW_LINES, NEW_LINES),
        f"spasmhelp batch, {OLD_LINES} lines of 400 cases": (OLD_LINES, 400),
    }
    for lines, distinct in batches.values():
        cases_file(f"{folder}/{lines}.jsonl", lines, distinct)
    seconds: dict[str, list[float]] = {name: [] for name in (*batches, *deciders)}
    for _ in range(rounds):
        for name, decide in deciders.items():
            start = time.perf_counter()
            decide(cases)
            seconds[name].append((time.perf_counter() - start) / PEER_LINES)
        for name, (lines, _) in batches.items():
            seconds[name].append(timed([*OURS, f"{folder}/{lines}.jsonl"])[0] / lines)
    print(f"\n{'':40}{'cases/s':>10}{'x ZEN':>8}   equal answers to {PEER_LINES} distinct cases, medians of {rounds}")
    rates = {name: 1 / statistics.median(each) for name, each in seconds.items()}
    for name, rate in rates.items():
        print(f"{name:40}{rate:>10.0f}{rate / rates['GoRules ZEN']:>8.1f}")


def rules_of(advice: Advice) -> set[str]:
    """Return the rules that applied, by their ids."""
    return {entry.id for entry, _ in advice.because if isinstance(entry, Rule)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["floor"]:
        floor(sys.argv[2], int(sys.argv[3]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            # First, while this process is small.
            beside_the_floor(folder, int((sys.argv[1:2] or ["1000000"])[0]), int((sys.argv[2:3] or ["3"])[0]))
            beside_peers(folder, 3)
