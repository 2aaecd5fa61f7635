"""Whole dialogues on a real pseudo-terminal, kept in tests/transcripts/; `make transcripts` writes them anew."""

import os
import re
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
    """What is run, and what is answered; when the answers are used up, a page is turned, and a question answered 0."""

    answers: tuple[str, ...] = ()
    columns: int = 80
    rows: int = 24
    plain: bool = False
    arguments: tuple[str, ...] = ("advise",)


ANSWERS = {
    "calf_calm": ("calf cramp",),
    "emergency_taken_back": ("calf cramp", "1", "b", "0", "", "", "", ""),
    "emergency": ("calf cramp", "3", ""),
    "help_today": ("calf cramp", "10", "y"),
    "only_a_precaution": ("calf cramp", "17", "0", "", "", "", ""),
    "danger_in_own_words": ("my chest hurts", "y"),
    "group_word": ("my leg, suddenly", "4", "0", "", "", "", ""),
    "guarded_place": ("chest, slowly",),
    "another_place": ("calf cramp", "0", "b", "b", "lower back, slowly", "0", "", "", "", ""),
    "left_out": ("calf cramp", "0", "", "", "", ""),
    "stop": ("calf cramp", "0", "0", "0", "3", "y"),
    "typo": ("clf", "1", "suddenly", "99", "xyzzy", "y", "no.", "", "", "", ""),
    "more": ("?", "calf cramp", "9?", "?", "q"),
}
# A sentence with the command: what it says, what is asked of it, and what danger in it is confirmed.
SENTENCES = {
    "charley_horse": ("woke up with a charley horse", ("q",)),
    "no_swelling": ("calf cramp, no redness or swelling", ("q",)),
    "leg": ("my leg locked up on a run", ("q",)),
    "two_places": ("cramps in my foot arch and my hamstring", ("1", "q")),
    "back_went_out": ("my back went out picking up a sock", ("q",)),
    "for_weeks": ("my neck has been stiff for three weeks", ("q",)),
    "my_son": ("my son has a cramp in his calf", ("q",)),
    "breathless": ("calf cramp and I can't breathe", ("y",)),
    "years_ago": ("heart attack two years ago, now my shin cramps", ("q",)),
    "only_a_spasm": ("a spasm", ("calf", "1", "q")),
}
SIZES = {"80": (80, 24, False), "40": (40, 24, False), "plain": (80, 24, True)}
DIALOGUES = {
    **{
        f"{name}_{size}": Dialogue(answers, columns, rows, plain)
        for name, answers in ANSWERS.items()
        for size, (columns, rows, plain) in SIZES.items()
        if size == "80" or name in ("calf_calm", "guarded_place", "only_a_precaution", "another_place")
    },
    **{
        f"sentence_{name}": Dialogue(answers, arguments=("advise", *sentence.split()))
        for name, (sentence, answers) in SENTENCES.items()
    },
    "where_calf_80": Dialogue(arguments=("where", "calf", "--no-pager")),
    "where_40": Dialogue(columns=40, arguments=("where", "--no-pager")),
    "where_80": Dialogue(arguments=("where", "--no-pager")),
    "why": Dialogue(arguments=("advise", *SMALL, *GIVEN, "--why")),
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
        shown = terminal.child.before + terminal.child.after
        terminal.take(shown)
        terminal.child.sendline(answer_to(shown.decode(), answers))
    terminal.take(terminal.child.before)
    return f"{terminal.transcript()}\n[status {terminal.close()}]\n"


def answer_to(shown: str, answers: list[str]) -> str:
    """Return the next answer; a page is turned before it, and the guide is not wanted."""
    if re.search(r"Enter: more \(\d+ of \d+\) > $", shown) or shown.endswith("Enter: end.\r\n> "):
        return ""
    return answers.pop(0) if answers else "0"


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
def test_a_plain_dialogue_has_no_columns_and_no_drawing(name: str) -> None:
    text = (KEPT / f"{name}.txt").read_text(encoding="utf-8")
    assert not any("\u2500" <= character <= "\u25ff" for character in text)
    assert "   " not in text
