"""The broken tables: each a .patch of good.yaml that makes one thing wrong, with what `check` prints beside it.

A patch is a line that says why, then hunks: lines with "-" are a text that stands once in good.yaml, lines with "+"
what takes its place. `python -m tests.broken` writes the expected output anew, to be read before it is committed.
"""

from contextlib import chdir
from datetime import date
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from spasmhelp.cli.pages.report import check_table, report_lines

FOLDER = Path(__file__).resolve().parent / "broken_tables"
NAMES = sorted(path.stem for path in FOLDER.glob("*.patch"))


def broken_table(name: str) -> str:
    """Return the text of a broken table."""
    text = (FOLDER / "good.yaml").read_text(encoding="utf-8")
    for old, new in hunks((FOLDER / f"{name}.patch").read_text(encoding="utf-8")):
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new) if new else text.replace(old + "\n", "")
    return text


def changed(*changes: tuple[str, str]) -> str:
    """Return the text of good.yaml after some changes, each of a text that stands once in it."""
    text = (FOLDER / "good.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def hunks(patch: str) -> list[tuple[str, str]]:
    """Return what each hunk of a patch takes away and puts in its place."""
    lines = [line for line in patch.split("\n") if not line.startswith("#")]
    found = []
    for empty, group in groupby(lines, key=lambda line: line == ""):
        hunk = [] if empty else list(group)
        if hunk:
            old, new = ("\n".join(line[1:] for line in hunk if line[0] == sign) for sign in "-+")
            found.append((old, new))
    return found


def checked(name: str) -> str:
    """Return what `check` prints for a broken table, written to the current directory, and its status."""
    Path("broken.yaml").write_text(broken_table(name), encoding="utf-8")
    report = check_table("broken.yaml", date(2026, 11, 23))
    lines = [*report_lines(report, "broken.yaml"), f"status {3 if report.wrong else 0}"]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    with TemporaryDirectory() as folder, chdir(folder):
        for name in NAMES:
            (FOLDER / f"{name}.expected").write_text(checked(name), encoding="utf-8")
