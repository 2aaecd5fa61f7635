"""Answers a folder of JSON Lines files on many machines, or on all cores of this one, with Dask.

    pip install 'spasmhelp[many-machines]'
    python examples/many_machines.py cases/ advice/ [tcp://scheduler:8786]

Each file is answered as `spasmhelp batch` answers it, into a file of the same name: cases do not depend on
each other, so there is nothing to share but the table, which every machine reads from its own spasmhelp. Both folders
must be where all machines see them. The status is that of a batch: 2 if some line of some file was no case.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import dask.bag

from spasmhelp import load_table, overdue
from spasmhelp.core.batch import Batch


def answer_file(source: str, target: str) -> int:
    """Answer one file into another, and return how many of its lines were no case."""
    batch = Batch(overdue(load_table(), date.today()))
    with open(source, "rb") as cases, open(target, "wb") as answers:
        answers.writelines(batch.answers(iter(lambda: cases.read(1 << 16), b"")))
    return batch.bad


@contextmanager
def cluster(address: str | None) -> Iterator[None]:
    """Within, Dask uses the machines of the scheduler at an address; without one, the cores of this machine."""
    if address is None:
        yield
        return
    from distributed import Client

    with Client(address):
        yield


def main(cases: Path, advice: Path, address: str | None = None) -> int:
    """Answer every *.jsonl of a folder into another, and return the exit status."""
    files = sorted(cases.glob("*.jsonl"))
    if not files:
        print(f"{cases}: no *.jsonl there", file=sys.stderr)
        return 2
    advice.mkdir(parents=True, exist_ok=True)
    pairs = [(str(file.resolve()), str((advice / file.name).resolve())) for file in files]
    with cluster(address):
        bad = dask.bag.from_sequence(pairs, partition_size=1).starmap(answer_file).sum().compute()
    if bad:
        print(f"{bad} lines could not be answered; each says why in its place", file=sys.stderr)
    return 2 if bad else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))
