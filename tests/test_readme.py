"""What the README shows is what the program does."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.deep import deep_only
from tests.program import ROOT, environment, run

README = (ROOT / "README.md").read_text()
EXAMPLES = re.findall(r"^\$ (.*)$", README, re.MULTILINE)


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_runs(example: str) -> None:
    assert "spasmhelp" in example
    command = example.replace("spasmhelp ", f"{shlex.quote(sys.executable)} -m spasmhelp ", 1)
    done = subprocess.run(
        command,
        shell=True,
        env=environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    if "--json" in example or "batch" in example:
        assert json.loads(done.stdout)["steps"]
    else:
        assert done.stdout.startswith("You can start now")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 3


@deep_only
@pytest.mark.parametrize("tool", ["split", "parallel"])
def test_a_batch_in_many_processes_gives_what_one_gives(tool: str, tmp_path: Path) -> None:
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed")
    [command] = re.findall(rf"^{tool} .*$", README, re.MULTILINE)
    lines = [f'{{"id": {n}, "onset": "sudden", "location": "calf", "red_flags": []}}\n' for n in range(1, 800)]
    (tmp_path / "cases.jsonl").write_text("".join(lines))
    env = environment(PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]), HOME=str(tmp_path))
    subprocess.run(command, shell=True, env=env, cwd=tmp_path, check=True)
    parts = [path.read_text() for path in sorted(tmp_path.glob("*advice*"))]
    assert "".join(parts) == run("batch", stdin="".join(lines)).out


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/table.md", "docs/guide.md"])
def test_a_page_names_no_command_option_or_target_that_there_is_not(page: str) -> None:
    text = (ROOT / page).read_text()
    shown = [
        *"".join(re.findall(r"```console\n(.*?)```", text, re.DOTALL)).splitlines(),
        *re.findall(r"`([^`\n]+)`", text),
    ]
    ours = "\n".join(re.sub("^.*?(?=spasmhelp )", "", line) for line in shown if re.search("^--|spasmhelp ", line))
    commands = re.findall(r"^  ([a-z]+)  ", run("--help").out, re.MULTILINE)
    assert set(re.findall(r"(?<!/)\bspasmhelp ([a-z]+)", ours)) <= set(commands)
    helps = "".join(run(*command, "--help").out for command in ([], *([one] for one in commands)))
    assert set(re.findall(r"(?<![\w-])--[a-z-]+", ours)) <= set(re.findall(r"--[a-z-]+", helps))
    targets = re.findall(r"^([a-z -]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= set(" ".join(targets).split())


def test_the_readme_says_what_the_program_is_not() -> None:
    for said in ("not a diagnosis", "No clinician has reviewed it", "not for anyone under 16"):
        assert said in README


def test_every_status_of_the_readme_is_one_the_program_gives() -> None:
    rows = re.findall(r"^\| ([0-9, ]+) \|", README, re.MULTILINE)
    assert [int(number) for row in rows for number in row.split(",")] == [0, 1, 2, 3, 4, 70, 130, 143, 129]


def test_the_files_that_the_readme_links_to_exist() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
