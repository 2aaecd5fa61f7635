"""docs/translating.md: what it shows runs, and it names what stands in the program."""

import re
import subprocess
import sys

import pytest
import yaml
from msgspec.structs import asdict

from spasmhelp.core.phrases import CAPITAL_NOUNS, RIGHT_TO_LEFT, Phrases, direction, uncapitalized
from tests.program import ROOT, environment, run

GUIDE = (ROOT / "docs" / "translating.md").read_text(encoding="utf-8")


def test_what_prints_the_phrases_prints_all_of_them_as_a_table_has_them() -> None:
    (command,) = re.findall(r"^ *```console\n(.*?)^ *```$", GUIDE, re.M | re.S)
    command = re.sub(r"^   ", "", command, flags=re.M)
    command = command.replace("python3", sys.executable).replace("spasmhelp", f"{sys.executable} -m spasmhelp", 1)
    done = subprocess.run(command, shell=True, env=environment(), cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""
    assert yaml.safe_load("phrases:\n" + done.stdout.decode())["phrases"] == asdict(Phrases())


@pytest.mark.parametrize("arguments", [("--help",), ("check", "--help")])
def test_the_help_says_that_it_stays_english(arguments: tuple[str, ...]) -> None:
    assert "in English" in run(*arguments).out


@pytest.mark.parametrize(
    ("tag", "way", "name"), [("he", "rtl", "wade"), ("de-AT", "ltr", "Wade"), ("AR", "rtl", "wade")]
)
def test_a_language_has_its_direction_and_its_capitals(tag: str, way: str, name: str) -> None:
    phrases = Phrases(language_tag=tag)
    assert (direction(phrases), uncapitalized(phrases, "Wade")) == (way, name)
    assert tag.lower()[:2] in (*RIGHT_TO_LEFT, *CAPITAL_NOUNS)


def test_the_guide_names_phrases_that_there_are() -> None:
    named = re.findall(r"^ *\| ([^|]*) \|", GUIDE, re.M)[2:]
    names = [name for cell in named for name in re.findall(r"`([a-z_]+)(?:\.\.\.)?`", cell)]
    assert len(names) > 6
    assert [name for name in names if not any(one.startswith(name) for one in asdict(Phrases()))] == []
