"""Start-up, side by side: how long a person or a script waits, against what else they could run.

Run `python benchmarks/startup.py [ROUNDS]` with the Python of an environment where spasmhelp is installed as users
install it (`pip install '.[bench]'`, not editable). Every contender runs once a round, in turn; medians are compared.
"""

import os
import pty
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

SCRIPTS = Path(sysconfig.get_path("scripts"))
FLAGS = ["--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions"]
SENTENCE = ["woke", "up", "with", "a", "charley", "horse,", "no", "swelling"]
HELLO = "import typer\napp = typer.Typer()\n@app.command()\ndef main(name: str = 'you'):\n    {body}\n"
RIVALS = {
    "returns": "def main():\n    return 0\n",
    "hello": HELLO.format(body="typer.echo(f'Hello {name}')") + "main = app\n",
    "panel": HELLO.format(
        body="from rich.console import Console; from rich.panel import Panel; Console().print(Panel('Hello ' + name))"
    )
    + "main = app\n",
}
# (what is timed, what it is compared with, the most that the ratio should be)
GOALS = [
    ("advise --json", "typer hello", 1.25),
    ("advise, as text", "typer and a rich panel", 1.1),
    ("advise SENTENCE --json", "typer hello", 1.5),
    ("--version", "a script that returns", 1.3),
]
QUIET = os.environ | {"NO_COLOR": "1", "TERM": "xterm"}

Timed = Callable[[], tuple[float, float]]


def rival(folder: Path, name: str) -> str:
    """Write a rival as the same kind of console script that pip made for spasmhelp, and return its path."""
    module = f"rival_{name}"
    (folder / f"{module}.py").write_text(RIVALS[name])
    script = folder / name
    script.write_text((SCRIPTS / "spasmhelp").read_text().replace("spasmhelp.__main__", module))
    script.chmod(0o755)
    return str(script)


def run(*command: str) -> Timed:
    """Return a function that runs a command, with nothing on stdin, and returns the seconds waited and worked."""

    def once() -> tuple[float, float]:
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=QUIET)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return time.perf_counter() - start, worked

    return once


def on_a_terminal(*command: str) -> Timed:
    """Return a function that runs a command on a terminal and returns the seconds until it waits for an answer."""

    def once() -> tuple[float, float]:
        ours, theirs = pty.openpty()
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=QUIET, start_new_session=True)
        os.close(theirs)
        said = b""
        while not said.endswith(b"> "):
            said += os.read(ours, 1 << 16)
        waited = time.perf_counter() - start
        os.write(ours, b"q\n")
        os.close(ours)
        child.wait()
        return waited, 0.0

    return once


def contenders(folder: Path) -> dict[str, Timed]:
    """Return all that is timed, by name; what is not installed is left out."""
    us = str(SCRIPTS / "spasmhelp")
    found = {
        "python -c pass": run(sys.executable, "-c", "pass"),
        "a script that returns": run(rival(folder, "returns")),
        "typer hello": run(rival(folder, "hello")),
        "typer and a rich panel": run(rival(folder, "panel")),
        "--version": run(us, "--version"),
        "--help": run(us, "--help"),
        "advise --json": run(us, "advise", *FLAGS, "--json"),
        "advise, as text": run(us, "advise", *FLAGS),
        "advise SENTENCE --json": run(us, "advise", *SENTENCE, "--json"),
        "the first question": on_a_terminal(us, "advise"),
    }
    for name in ("tldr", "http"):
        if path := shutil.which(name, path=str(SCRIPTS)):
            found[f"{name} --version"] = run(path, "--version")
    return found


def main(rounds: int) -> None:
    """Time every contender `rounds` times in turn and print medians and ratios."""
    with tempfile.TemporaryDirectory() as folder:
        timed = contenders(Path(folder))
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in timed}
        for once in timed.values():
            once()  # writes what .pyc files are missing
        for _ in range(rounds):
            for name, once in timed.items():
                taken[name].append(once())
    waited = {name: statistics.median(one[0] for one in each) for name, each in taken.items()}
    worked = {name: statistics.median(one[1] for one in each) for name, each in taken.items()}
    print(f"{'':24}{'waited':>10}{'worked':>10}{'x pass':>8}{'x hello':>8}   medians of {rounds}, in milliseconds")
    for name, seconds in waited.items():
        ratios = f"{seconds / waited['python -c pass']:8.2f}{seconds / waited['typer hello']:8.2f}"
        print(f"{name:24}{seconds * 1000:10.1f}{worked[name] * 1000:10.1f}{ratios}")
    for name, other, most in GOALS:
        ratio = waited[name] / waited[other]
        met = "met" if ratio <= most else "missed"
        print(f"{name}: {ratio:.2f} times {other} (worked: {worked[name] / worked[other]:.2f}); goal {most}: {met}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)
