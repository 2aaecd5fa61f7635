"""Shell completion: what a real bash, zsh and fish complete, and that nothing of a table is run there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest
import yaml

from tests.deep import swept
from tests.program import ROOT, run
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
        env |= {"_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1]}
    ran = run(env=env)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


needed = "SPASMHELP_SHELLS" in os.environ  # in CI no shell may be missing


def has(shell: str) -> pytest.MarkDecorator:
    """Skip where a shell is missing, but in CI."""
    return pytest.mark.skipif(not needed and not shutil.which(shell), reason=f"there is no {shell} here")


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which shells find the program, and nothing of the user's."""
    path = tmp_path / "spasmhelp"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m spasmhelp "$@"\n')
    path.chmod(0o755)
    return environment(PATH=f"{tmp_path}:{os.environ['PATH']}", TERM="dumb", HOME=str(tmp_path))


class Shell:
    """A real shell that has loaded the completion that the program gives out."""

    def __init__(self, env: dict[str, str], folder: Path, start: list[str], *settings: str) -> None:
        self.child = pexpect.spawn(start[0], start[1:], env=env, encoding="utf-8", timeout=20, cwd=str(folder))
        self.child.setwinsize(40, 200)
        for line in settings:
            self.child.sendline(line)
            self.child.expect_exact("ready> ")

    def completes(self, typed: str, completed: str) -> None:
        """Type a line and Tab, and fail unless it is completed so."""
        self.child.send(typed + "\t")
        self.child.expect_exact(completed)


BASH = ["bash", "--norc", "--noprofile", "-i"]
IN_BASH = (
    "PS1='ready''> '; bind 'set enable-bracketed-paste off'",
    'eval "$(_SPASMHELP_COMPLETE=source_bash spasmhelp)"',
)
IN_ZSH = (
    "PS1='ready''> '; unsetopt zle_bracketed_paste prompt_sp; autoload -Uz compinit; compinit -u -D",
    'eval "$(_SPASMHELP_COMPLETE=source_zsh spasmhelp)"',
)


@pytest.fixture
def bash(program: dict[str, str], tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(program, tmp_path, BASH, *IN_BASH)
    yield shell
    shell.child.close(force=True)


@pytest.fixture
def zsh(program: dict[str, str], tmp_path: Path) -> Iterator[Shell]:
    shell = Shell(program, tmp_path, ["zsh", "-f", "-i"], *IN_ZSH)
    yield shell
    shell.child.close(force=True)


@pytest.fixture
def fish(program: dict[str, str], tmp_path: Path) -> Callable[[str], str]:
    """Return what a real fish offers for a line, which it can be asked."""

    def offers(line: str) -> str:
        script = "_SPASMHELP_COMPLETE=source_fish spasmhelp | source; complete -C $argv[1]"
        command = ["fish", "--no-config", "-c", script, line]
        return subprocess.run(command, env=program, cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    return offers


WORDS = [
    ("spasmhelp where charl", "charley_horse"),  # a synonym
    ("spasmhelp where back_of_the_th", "back_of_the_thigh"),  # a name
    ("spasmhelp explain cold mus", "muscle"),  # the second word of one answer
    ("spasmhelp advise --location ca", "calf"),
    ("spasmhelp advise --onset=sud", "sudden"),
]


@has("bash")
@pytest.mark.parametrize(("typed", "word"), swept(WORDS))
def test_bash_completes_names_and_synonyms_and_what_is_joined_to_an_option(bash: Shell, typed: str, word: str) -> None:
    bash.completes(typed, re.match("(.*[ =]).*", typed)[1] + word + " ")


@has("zsh")
@pytest.mark.parametrize(("typed", "word"), swept(WORDS))
def test_zsh_completes_them_as_well(zsh: Shell, typed: str, word: str) -> None:
    zsh.completes(typed, re.match("(.*[ =]).*", typed)[1] + word)


@has("fish")
@pytest.mark.parametrize(("typed", "word"), swept(WORDS))
def test_fish_completes_them_as_well(fish: Callable[[str], str], typed: str, word: str) -> None:
    joined = "--onset=" if "=" in typed else ""
    assert fish(typed).startswith(f"{joined}{word}\t")


EVIL = r"""$(touch PWNED) | `touch PWNED` | ');touch PWNED;(' | ");touch PWNED;(" | \$(touch PWNED) | \`touch PWNED\`
((x)){touch PWNED} | $((touch PWNED)) | <(touch PWNED) | '$(touch PWNED)' | "$(touch PWNED)" | [red]$(touch PWNED)[/]
!touch PWNED | ~$(touch PWNED)* | '"$(touch PWNED)"' | ''$(touch PWNED)''"""


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A table whose names and synonyms are commands, and may be completed."""
    data = yaml.safe_load((ROOT / "data" / "remedies.yaml").read_text())
    for place, text in zip(data["locations"].values(), re.split(r" \| |\n", EVIL), strict=False):
        place["name"] += f" {text}"
        place["synonyms"] = [*place.get("synonyms", ()), f"zz{text}"]
    path = tmp_path / "evil.yaml"
    path.write_text(yaml.safe_dump(data, sort_keys=False))
    return path


@pytest.mark.parametrize("shell", swept(["bash", "zsh", "fish", "powershell"]))
def test_of_a_table_only_harmless_characters_reach_a_shell(shell: str, evil: Path) -> None:
    for begun in ("", "zz", "c"):
        out = offered(shell, f"spasmhelp where --table {evil} {begun}")
        assert begun == "zz" or "calf" in out
        ours = re.sub(r"^_arguments '\*: :\(\(|\)\)'$", "", out.strip())
        assert not set(ours) & set("$`'\\;(){}<>[]!~*&|#")


@has("bash")
@has("zsh")
@pytest.mark.parametrize("start", [(BASH, *IN_BASH), (["zsh", "-f", "-i"], *IN_ZSH)], ids=["bash", "zsh"])
def test_no_text_of_a_table_is_run_at_tab(program: dict[str, str], tmp_path: Path, evil: Path, start: Any) -> None:
    shell = Shell(program, tmp_path, *start)
    shell.completes(f"spasmhelp where --table {evil.name} cal", "calf ")
    shell.child.sendcontrol("u")
    shell.child.send(f"spasmhelp where --table {evil.name} \t\t\t")
    shell.child.expect_exact("upper_back")
    shell.child.sendcontrol("c")
    shell.child.close(force=True)
    assert not (tmp_path / "PWNED").exists()


def test_a_pipe_as_a_table_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert offered("bash", f"spasmhelp advise --table {tmp_path}/pipe --location ca").strip() == ""


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"COMP_WORDS": ""},
        {"COMP_WORDS": "spasmhelp", "COMP_CWORD": "-"},
        {"COMP_WORDS": "spasmhelp 'a", "COMP_CWORD": "1"},
        {"COMP_WORDS": "spasmhelp", "COMP_CWORD": "99"},
    ],
)
def test_a_shell_that_says_little_gets_an_answer(env: dict[str, str]) -> None:
    ran = run(env={"_SPASMHELP_COMPLETE": "complete_bash", **env})
    assert (ran.status, ran.err) == (0, "")


@pytest.mark.parametrize(
    ("typed", "completed"),
    swept(
        [
            ("spasmhelp exp", "spasmhelp explain "),
            ("spasmhelp advise --loc", "spasmhelp advise --location "),
            ("spasmhelp advise --location ca", "spasmhelp advise --location calf "),
            (
                "spasmhelp advise --onset su",
                "spasmhelp advise --onset su",
            ),  # sudden and sustained: as far as they agree
            ("spasmhelp advise --onset sud", "spasmhelp advise --onset sudden "),
            ("spasmhelp advise --red-flag dv", "spasmhelp advise --red-flag dvt_signs "),
            ("spasmhelp where thigh_b", "spasmhelp where thigh_back "),
            ("spasmhelp explain what_is", "spasmhelp explain what_is_a_spasm "),
        ]
    ),
)
def test_bash_completes_commands_options_and_the_words_of_the_table(bash, typed: str, completed: str) -> None:
    bash.completes(typed, completed)


def test_bash_completes_the_words_of_another_table(bash) -> None:
    bash.completes(f"spasmhelp advise --table {SMALL} --red-flag bad", "bad_fall ")


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
