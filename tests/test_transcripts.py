"""Whole dialogues on a real pseudo-terminal, kept in tests/transcripts/; `make transcripts` writes them anew."""

import os
from pathlib import Path
from typing import NamedTuple

import pexpect
import pytest

from tests.terminal import Terminal, environment

HERE = Path(__file__).parent
KEPT = HERE / "transcripts"
SMALL = ("--table", "tests/small.yaml")
GIVEN = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")


class Dialogue(NamedTuple):
    """What is run, and what is answered; when the answers are used up, each further question is answered 0."""

    arguments: tuple[str, ...] = ("advise",)
    answers: tuple[str, ...] = ()
    columns: int = 80
    rows: int = 24
    plain: bool = False


DIALOGUES = {
    # The shipped table: an ordinary calf cramp, from the first question to the advice.
    **{
        f"calf_{columns}{'_plain' if plain else ''}": Dialogue(("advise",), ("sudden", "calf"), columns, plain=plain)
        for columns in (40, 80, 120)
        for plain in (False, True)
    },
    "where_calf_80": Dialogue(("where", "calf", "--no-pager")),
    "where_40": Dialogue(("where", "--no-pager"), columns=40),
    "where_80": Dialogue(("where", "--no-pager")),
    # A table whose wording never changes: how the terminal answers.
    "emergency": Dialogue(("advise", *SMALL), ("1", "neck", "1")),
    "not_sure": Dialogue(("advise", *SMALL), ("1", "calf", "0", "not sure", "2")),
    "near_miss": Dialogue(("advise", *SMALL), ("sudden", "clf", "y")),
    "words_in_any_order": Dialogue(("advise", *SMALL), ("cramp", "the back of my thigh")),
    "which_of_several": Dialogue(("advise", *SMALL), ("cramp", "thigh", "2")),
    "list_of_places": Dialogue(("advise", *SMALL), ("cramp", "", "5")),
    "back_and_again": Dialogue(("advise", *SMALL), ("cramp", "calf", "0", "b", "b", "neck", "cold")),
    "why_it_is_asked": Dialogue(("advise", *SMALL), ("?", "1", "?", "calf", "?")),
    "stopped": Dialogue(("advise", *SMALL), ("1", "q")),
    "low_terminal": Dialogue(("advise", *SMALL), ("1", "calf"), columns=40, rows=7),
    "why": Dialogue(("advise", *SMALL, *GIVEN, "--why")),
}


def held(dialogue: Dialogue) -> str:
    """Return the paper of a dialogue, and below it the status."""
    env = environment(ACCESSIBLE="1") if dialogue.plain else environment()
    terminal = Terminal(*dialogue.arguments, columns=dialogue.columns, rows=dialogue.rows, env=env)
    answers = list(dialogue.answers)
    prompts = 0
    while terminal.child.expect([r"> $", pexpect.EOF]) == 0:
        prompts += 1
        assert prompts < 40, "it asks without end:\n" + terminal.transcript()[-500:]
        terminal.take(terminal.child.before + terminal.child.after)
        terminal.child.sendline(answers.pop(0) if answers else "0")
    terminal.take(terminal.child.before)
    return f"{terminal.transcript()}\n[status {terminal.close()}]\n"


@pytest.mark.parametrize("name", DIALOGUES)
def test_a_dialogue_reads_as_it_is_kept(name: str) -> None:
    kept = KEPT / f"{name}.txt"
    text = held(DIALOGUES[name])
    if os.environ.get("WRITE_TRANSCRIPTS"):
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text, "if that is meant: make transcripts"


def test_every_kept_dialogue_is_still_held() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == set(DIALOGUES)


@pytest.mark.parametrize("name", [name for name in DIALOGUES if name.endswith("_plain")])
def test_a_plain_dialogue_has_neither_boxes_nor_a_drawing(name: str) -> None:
    text = (KEPT / f"{name}.txt").read_text(encoding="utf-8")
    assert text.isascii()
    assert "|" not in text


def test_an_ordinary_calf_cramp_takes_few_prompts_and_about_forty_choices() -> None:
    text = (KEPT / "calf_80.txt").read_text(encoding="utf-8").split("You can start now")[0]
    choices = [line for line in text.splitlines() if line.strip().split(".")[0].isdecimal()]
    assert text.count("> ") <= 7
    assert len(choices) <= 45
