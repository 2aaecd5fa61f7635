"""Shell completion: what a real bash completes, and what zsh and fish are offered."""

import os
import sys
from pathlib import Path

import pexpect
import pytest

from tests.program import run
from tests.terminal import environment

SMALL = str(Path(__file__).with_name("small.yaml"))


def offered(shell: str, line: str) -> str:
    """Return what the program offers to a shell for a line that ends where the cursor is."""
    words = line.split(" ")
    env = {"_SPASMHELP_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        env |= {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    else:
        env |= {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    ran = run(env=env)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


@pytest.fixture
def bash(tmp_path: Path):
    """A real bash that has loaded the completion that the program gives out."""
    program = tmp_path / "spasmhelp"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m spasmhelp "$@"\n')
    program.chmod(0o755)
    env = environment(PATH=f"{tmp_path}:{os.environ['PATH']}", TERM="dumb")
    shell = pexpect.spawn("bash", ["--norc", "--noprofile", "-i"], env=env, encoding="utf-8", timeout=20)
    shell.sendline("PS1='ready''> '; bind 'set enable-bracketed-paste off'")
    shell.expect_exact("ready> ")
    shell.sendline('eval "$(_SPASMHELP_COMPLETE=source_bash spasmhelp)"')
    shell.expect_exact("ready> ")
    yield shell
    shell.close(force=True)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("spasmhelp exp", "spasmhelp explain "),
        ("spasmhelp advise --loc", "spasmhelp advise --location "),
        ("spasmhelp advise --location ca", "spasmhelp advise --location calf "),
        ("spasmhelp advise --onset su", "spasmhelp advise --onset su"),  # sudden and sustained: as far as they agree
        ("spasmhelp advise --onset sud", "spasmhelp advise --onset sudden "),
        ("spasmhelp advise --red-flag dv", "spasmhelp advise --red-flag dvt_signs "),
        ("spasmhelp where thigh_b", "spasmhelp where thigh_back "),
        ("spasmhelp explain what_is", "spasmhelp explain what_is_a_spasm "),
    ],
)
def test_bash_completes_commands_options_and_the_words_of_the_table(bash, typed: str, completed: str) -> None:
    bash.send(typed + "\t")
    bash.expect_exact(completed)


def test_bash_completes_the_words_of_another_table(bash) -> None:
    bash.send(f"spasmhelp advise --table {SMALL} --red-flag bad\t")
    bash.expect_exact("bad_fall ")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_names_the_program(shell: str) -> None:
    ran = run(env={"_SPASMHELP_COMPLETE": f"source_{shell}"})
    assert (ran.status, ran.err) == (0, "")
    assert f"complete_{shell}" in ran.out or "complete_zsh" in ran.out
    assert "spasmhelp" in ran.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_is_offered_the_places_that_begin_so(shell: str) -> None:
    out = offered(shell, "spasmhelp advise --location upper_a")
    assert "upper_arm_front" in out
    assert "upper_arm_back" in out
    assert "upper_back" not in out


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_a_name_stands_beside_the_id_where_the_shell_shows_it(shell: str) -> None:
    assert "Front of the thigh" in offered(shell, "spasmhelp where thigh")


def test_a_precaution_and_a_trigger_are_offered_to_their_own_options() -> None:
    assert "blood_thinners" in offered("bash", "spasmhelp advise --precaution bl")
    assert "blood_thinners" not in offered("bash", "spasmhelp advise --trigger bl")


def test_a_broken_table_offers_nothing_and_says_nothing(tmp_path: Path) -> None:
    table = tmp_path / "broken.yaml"
    table.write_text("about: [")
    assert offered("bash", f"spasmhelp advise --table {table} --location ca").strip() == ""
