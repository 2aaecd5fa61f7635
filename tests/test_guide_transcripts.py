"""Whole conversations with the guide on a clock that the test moves, kept in tests/transcripts/guide/."""

import os
from pathlib import Path
from typing import NamedTuple

import pytest

from spasmhelp.cli.asking.guide import Begun
from spasmhelp.core.advise import early_steps
from spasmhelp.core.model import Level
from tests.guide import BEGINNING, END, Shown, Typed, case, guided
from tests.tables import SHIPPED

KEPT = Path(__file__).parent / "transcripts" / "guide"
TABLE = SHIPPED
GIVEN = case(TABLE, trigger="at_night")
SHOWN = early_steps(TABLE, GIVEN.onset, GIVEN.location)
LEFT_OFF = Begun(shown=SHOWN, since=BEGINNING - 90, printed=True)  # first help took a minute and a half

# Worse, but no sign of danger; better, then it let go; no warm pack; a cold pack with a pause and a minute more.
WHOLE: tuple[Typed, ...] = (
    *((5, "g"), (20, "n"), (15, "it hurts more"), (5, ""), (5, "0"), (10, "0"), (10, "n")),
    *((30, "quite a bit better"), (30, "y"), (20, ""), (5, "n"), (5, ""), (60, "p"), (30, "p"), (5, "+")),
)
WHOLE_80 = tuple(one for i, one in enumerate(WHOLE) if i != 3)  # the screen is one page there


class Kept(NamedTuple):
    """What is typed, where, and what came before."""

    typed: tuple[Typed, ...]
    columns: int = 80
    plain: bool = False
    begun: Begun = LEFT_OFF


KEPT_ONES = {
    "whole_80": Kept(WHOLE_80),
    "whole_40": Kept(WHOLE, 40),
    "whole_80_plain": Kept(WHOLE_80, 80, True),
    "whole_40_plain": Kept(WHOLE, 40, True),
    "limit": Kept(((5, "g"), (60, "n"))),
    "limit_plain": Kept(((5, "g"), (60, "n")), plain=True),
    "limit_while_asked": Kept(((5, "g"), (300, "w"))),
    "danger": Kept(((5, "g"), (5, "my chest feels tight"), (5, "y"))),
    "leaving": Kept(((10, "n"), (10, "q")), begun=Begun()),
    "leaving_40_plain": Kept(((10, "n"), (10, END)), 40, True, Begun()),
}


def held(name: str) -> Shown:
    """Hold a conversation."""
    kept = KEPT_ONES[name]
    return guided(TABLE, GIVEN, kept.typed, kept.columns, kept.plain, kept.begun)


@pytest.mark.parametrize("name", KEPT_ONES)
def test_a_conversation_reads_as_it_is_kept(name: str) -> None:
    shown = held(name)
    ended = f"{shown.advice.level.name}" if shown.advice else repr(shown.error)
    text = f"{shown.text}\n[{ended}, after {shown.clock.time - BEGINNING:.0f} seconds]\n"
    kept = KEPT / f"{name}.txt"
    if os.environ.get("WRITE_TRANSCRIPTS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(text, encoding="utf-8")
    assert kept.read_text(encoding="utf-8") == text, "if that is meant: make transcripts"


def test_every_kept_conversation_is_still_held() -> None:
    assert {path.stem for path in KEPT.glob("*.txt")} == set(KEPT_ONES)


@pytest.mark.parametrize("name", [name for name in KEPT_ONES if "plain" in name])
def test_a_plain_conversation_has_neither_a_bar_nor_figures_of_time_nor_cursor_movement(name: str) -> None:
    raw = held(name).raw
    assert raw.replace("\a", "").isascii()
    assert not any(character in raw for character in "\r\x1b\b")
    assert ":00" not in raw


@pytest.mark.parametrize("name", KEPT_ONES)
def test_no_line_is_wider_than_the_terminal(name: str) -> None:
    # A line that the terminal has to break is as wide as it; ours break before.
    columns = KEPT_ONES[name].columns
    assert all(len(line) <= columns for line in held(name).text.splitlines())


@pytest.mark.parametrize("name", [name for name in KEPT_ONES if name.startswith("whole")])
def test_nothing_for_a_tight_muscle_is_said_after_it_let_go(name: str) -> None:
    after = held(name).text.split("It let go.")[1]
    assert "still tight" not in after.lower()
    assert "shin" not in after


@pytest.mark.parametrize("name", KEPT_ONES)
def test_every_conversation_ends_with_when_to_get_help(name: str) -> None:
    shown = held(name)
    level = shown.advice.level if shown.advice else Level.self_care
    flat = " ".join(shown.text.split())
    assert all(line in flat for line in TABLE.levels[level].safety_net)
