"""The man page: it says what `--help` says, and is written as those who read man pages expect."""

import re
import shutil
import subprocess

import pytest
import typer

from release.manpage import PAGE, filled, man_page, paragraphs
from spasmhelp.cli.app import COMMANDS
from tests.program import run

# The page is made with the newest that is allowed.
same_typer = pytest.mark.skipif(
    tuple(map(int, typer.__version__.split(".")[:2])) < (0, 28), reason="typer before 0.28 writes choices another way"
)


def shown() -> str:
    """Return the page as text, with a blank wherever lines end."""
    command = ["groff", "-man", "-Tascii", "-ww", "-P-cbou", "-rHY=0", "-rLL=400n", PAGE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return " ".join(done.stdout.split())


@same_typer
def test_the_page_that_is_kept_is_the_one_that_help_gives() -> None:
    assert PAGE.read_text(encoding="utf-8") == man_page(), "`make man` writes it anew"


@same_typer
@pytest.mark.skipif(not shutil.which("groff"), reason="groff is not installed: the man page is not laid out")
@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS)], ids=str)
def test_whatever_help_says_stands_on_the_page(command: tuple[str, ...]) -> None:
    page, told = shown().casefold(), run(*command, "--help").out.replace("`", "").casefold()
    for said in re.split(r"\s{2,}|\n|^usage: ", told):
        assert said.rstrip(".") in page or said in ("arguments:", "options:", "commands:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [(".TH is no request", "\\&.TH is no request"), ("'b -x` \\n", "\\(aqb \\-x` \\en"), ("a `b`", "a \\fBb\\fP")],
)
def test_no_text_is_taken_for_a_request(text: str, expected: str) -> None:
    assert filled(text) == [expected]


def test_a_part_after_a_backspace_keeps_its_lines() -> None:
    assert list(paragraphs("A\nb.\n\n\b\nExamples:\n  c\n  d")) == [
        *["A b.", ".PP", "Examples:", ".PP", ".RS 4", ".nf", "c", "d", ".fi", ".RE"]
    ]


@pytest.mark.skipif(not shutil.which("mandoc"), reason="mandoc is not installed: the man page is not linted")
def test_the_page_has_no_fault_of_form() -> None:
    done = subprocess.run(["mandoc", "-T", "lint", "-W", "style", PAGE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")
