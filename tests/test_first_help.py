"""How long first help takes: answers, words and rows, for every place and onset; docs/first-help.md keeps them."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from spasmhelp import Case, Table
from spasmhelp.cli.pages.advice import advice_page
from spasmhelp.cli.terminal import Look
from spasmhelp.core.advise import early_steps
from spasmhelp.core.interview import Kind, lines_of
from spasmhelp.core.model import Asked, Extent, Location, Onset, RedFlag
from tests.program import CHECKOUT
from tests.talking import Talked, talk

DOC = Path(CHECKOUT) / "docs" / "first-help.md"
QUICK = ("calf", "toes", "foot_arch", "thigh_front", "thigh_back", "inner_thigh", "lower_back", "buttock")
COMMON = ("calf", "toes", "foot_arch", "thigh_front", "thigh_back", "inner_thigh", "lower_back", "upper_back", "neck")
FIRST_SCREEN = "Any of these? Its number, 0 for none."
MORE_PAGES = re.compile(r"Enter: more \(\d+ of \d+\) > $")


class Measured(Struct, frozen=True, kw_only=True):
    """What a calm person meets: answers and words up to the first step (else to the advice), rows of what is shown."""

    onset: Onset
    location: Location
    early: bool
    answers: int
    words: int
    screen: int
    advice: int


def measured(table: Table, onset: Onset, location: Location, columns: int) -> Measured:
    """Hold the interview in which nothing is reported: place and onset in one line, then 0, and Enter for a page."""

    so_far = ""

    def answer(shown: str) -> str | None:
        nonlocal so_far
        so_far += " ".join([*shown.split(), ""])
        assert len(so_far) < 20_000, "it asks without end"
        if MORE_PAGES.search(shown):
            return ""
        return "0" if FIRST_SCREEN in so_far else f"{location.name}, {onset.name}"

    talked = talk(table, type_next=answer, columns=columns)
    assert (talked.given.onset, talked.given.location) == (onset, location), talked.text
    shown, answers = before_first_step(talked)
    look = Look(width=columns, columns=columns, rows=24, terminal=True)
    return Measured(
        onset=onset,
        location=location,
        early=bool(early_steps(table, onset, location)),
        answers=answers,
        words=sum(bool(re.search(r"[^\W\d_]", word)) for word in shown.split()),
        screen=len(first_screen(talked).splitlines()),
        advice=len(advice_page(table, talked.advice, look, []).splitlines()),
    )


def before_first_step(talked: Talked) -> tuple[str, int]:
    """Return what is shown before the first step, and the answers until then; turning a page is none."""
    shown, answers = "", 0
    for turn in talked.turns:
        shown += turn.shown
        if talked.table.phrases.start_now in turn.shown:
            return shown.split(talked.table.phrases.start_now)[0] + talked.table.phrases.start_now, answers
        answers += not MORE_PAGES.search(turn.shown)
    return shown, answers


def first_screen(talked: Talked) -> str:
    """Return the first screen, from its question to its prompt; all its pages together."""
    return (FIRST_SCREEN + talked.text.split(FIRST_SCREEN, 1)[1]).split("> 0\n")[0] + "> "


Measure = Callable[..., list[Measured]]


@pytest.fixture(scope="module")
def measure(table: Table) -> Measure:
    """Measures places at some columns, both onsets; each once: workers that share these tests need not do them all."""
    kept: dict[tuple[Location, Onset, int], Measured] = {}

    def measure(columns: int, fits: Callable[[Location], bool] = lambda _: True) -> list[Measured]:
        for location in filter(fits, table.locations):
            for onset in table.onsets:
                key = (location, onset, columns)
                kept[key] = kept.get(key) or measured(table, onset, location, columns)
        return [kept[place, onset, columns] for place in filter(fits, table.locations) for onset in table.onsets]

    return measure


@pytest.mark.parametrize("place", QUICK)
def test_first_help_takes_two_answers_and_two_hundred_words_as_the_readme_says(measure: Measure, place: str) -> None:
    found = [(columns, one) for columns in (80, 40) for one in measure(columns, lambda where: where.id == place)]
    told = [(columns, one.onset.id, one.answers, one.words) for columns, one in found]
    assert all(one.early and one.answers <= 2 and one.words <= 200 for _, one in found), told


def test_the_first_screen_of_a_place_that_is_not_guarded_stands_on_24_rows(measure: Measure) -> None:
    found = [(one.location.id, one.onset.id, one.screen) for one in measure(80, lambda place: not place.guarded)]
    # The upper back has a line more: its stretch is not for weak bones. It is shown on two pages.
    assert {one[0] for one in found if one[-1] > 24} <= {"upper_back"}


@pytest.mark.parametrize("place", COMMON)
def test_the_advice_of_a_common_place_takes_at_most_23_rows(measure: Measure, place: str) -> None:
    rows = {one.onset.id: one.advice for one in measure(80, lambda where: where.id == place)}
    assert max(rows.values()) <= 23, rows


# The document


def measures_table(measure: Measure) -> list[str]:
    """Return the measured table, a line a place and onset."""
    lines = ["| place | onset | answers | words | first screen, rows at 80 (40) | advice, rows at 80 (40) |"]
    lines += ["|---|---|---|---|---|---|"]
    for wide, narrow in zip(measure(80), measure(40), strict=True):
        until = "" if wide.early else " to the advice"
        lines.append(
            f"| {wide.location.id} | {wide.onset.id} | {wide.answers}{until} | {wide.words} "
            f"| {wide.screen} ({narrow.screen}) | {wide.advice} ({narrow.advice}) |"
        )
    return lines


def lines_before_and_after(table: Table) -> list[str]:
    """Return, for every place and onset, the early steps and what is asked before and after them."""
    found = []
    for location in table.locations:
        for onset in table.onsets:
            early = [given.step.id for given in early_steps(table, onset, location)]
            case = Case(onset=onset, location=location, triggers=())
            before = Asked(red_flags=Extent.before, precautions=Extent.before)
            later = Case(onset=onset, location=location, triggers=(), red_flags=(), precautions=(), asked=before)
            found.append(f"**{location.id}, {onset.id}**: {', '.join(early) or 'no early step'}")
            found.append(f": before: {said(table, case, Kind.first_screen)}")
            found.append(f": after: {said(table, later, Kind.precautions)}; {said(table, later, Kind.red_flags)}")
            found.append("")
    return found


def said(table: Table, case: Case, kind: Kind) -> str:
    """Return how many lines a question puts, and whose they are; how many of each where it is more than one."""
    words = [line.word for line in lines_of(table, case, kind)]
    flags = [word for word in words if isinstance(word, RedFlag)]
    counted = {word.id: words.count(word) for word in (*flags, *words)}
    return ", ".join(f"{name} ({count})" if count > 1 else name for name, count in counted.items()) or "nothing"


def document(table: Table, measure: Measure) -> str:
    """Return docs/first-help.md."""
    most = measure(80, lambda place: place.id in QUICK)
    head = f"""# How long first help takes

Made by `WRITE_TRANSCRIPTS=1 pytest tests/test_first_help.py`, which fails where this is out of date.

A calf, toe, foot, thigh, lower back or buttock that cramps: at most {max(one.answers for one in most)} answers and \
{max(one.words for one in most)} words before the first step.
Words are counted from the first character on the screen to the first word of the first step; numerals and what is typed
are left out. Place and onset are said in one line, everything else is answered with 0. Where there is no early step
(the guarded places), all is asked before any step is given: the answers and words are those until the advice.
A first screen of more than 24 rows is shown in pages; to turn one is no answer.

"""
    rest = ["", "## What is asked before and after the first step", "", *lines_before_and_after(table)]
    return head + "\n".join([*measures_table(measure), *rest]).rstrip() + "\n"


def test_the_document_says_what_is_measured(table: Table, measure: Measure) -> None:
    text = document(table, measure)
    if os.environ.get("WRITE_TRANSCRIPTS"):
        DOC.write_text(text, encoding="utf-8")
    assert DOC.read_text(encoding="utf-8") == text, "if that is meant: make transcripts"
