"""Whatever keys are pressed, in whatever order: no line counts as none that was not shown and answered so."""

import random
import re

import pytest

from spasmhelp import Table
from spasmhelp.core.asked import SCREENED, extent, fitting_lines, is_danger, was_put
from spasmhelp.core.model import Case, Part, RedFlag
from spasmhelp.core.record import precaution_lines
from tests.deep import DEEP
from tests.talking import Talked, Typist, one_line, talk

KEYS = 10_000 if DEEP else 1_500  # in all walks together
LONGEST = 80  # keys of one walk
DANGER = "That can be a sign of danger."
TAKE_BACK = "b takes it back."
MORE_PAGES = re.compile(r"Enter: more \(\d+ of \d+\) > $")
SAID = (
    *("calf cramp", "chest, suddenly", "neck", "leg", "upper back, slowly", "sudden", "slowly", "toes", "belly"),
    *("chest pain", "my leg is swollen and hot", "no chest pain", "can't breathe", "not sure", "back pain", "cramp"),
    *("maybe 3", "1 3", "16", "17 18", "99", "0.", "none of the above", "nah", "", " ", "\x1b[A", "x" * 300, "911"),
)


def keys(chance: random.Random) -> Typist:
    """Type at random, but so that a walk gets far: 0 and Enter often, b now and then, and dangers mostly not there."""

    left = LONGEST

    def type_next(shown: str) -> str | None:
        nonlocal left
        left -= 1
        if left < 0:
            return None
        kind = chance.random()
        if MORE_PAGES.search(shown) and kind < 0.6:
            return ""
        if TAKE_BACK in one_line(shown) and kind < 0.8:
            return "b"
        if DANGER in one_line(shown):
            return "0" if kind < 0.7 else chance.choice(("y", "b", "", "not sure", "calf"))
        if kind < 0.4:
            return "0"
        if kind < 0.55:
            return ""
        if kind < 0.65:
            return "b"
        if kind < 0.75:
            return str(chance.randint(1, 20))
        if kind < 0.8:
            return chance.choice(("?", "9?", "y", "n"))
        return chance.choice(SAID)

    return type_next


NONE = {"0", "0.", "none of the above", "nah", "n"}


class Witness:
    """Reads the dialogue as a stranger would: which lines stand on the screen, and what was answered below them."""

    def __init__(self, table: Table) -> None:
        self.table = table
        questions, phrases = table.questions, table.phrases
        titles = (
            phrases.first_screen.split("{")[0],
            phrases.before_you_go_on,
            questions.red_flags.ask,
            questions.triggers.ask,
            phrases.what_happened.split("{")[0],
            questions.location.ask,
            phrases.which_onset,
        )
        self.titles = tuple(one_line(title) for title in titles)
        self.screen = ""  # from its title on, in one line
        self.answered: set[str] = set()  # screens that were answered with none or the like, as text
        self.confirmed: list[RedFlag] = []

    def see(self, talked: Talked) -> None:
        """Read a whole dialogue."""
        for turn in talked.turns:
            shown = one_line(turn.shown)
            begins = max(shown.rfind(title) for title in self.titles)
            self.screen = shown[begins:] if begins >= 0 else f"{self.screen} {shown}"
            if DANGER in shown and turn.typed == "y":
                last = shown.rpartition(DANGER)[2]
                self.confirmed += [flag for flag in self.table.red_flags if one_line(flag.ask) in last]
            elif shown.endswith(">") and DANGER not in shown and TAKE_BACK not in shown:
                self.hear(turn.typed.strip(), bool(MORE_PAGES.search(turn.shown)))

    def hear(self, typed: str, more: bool) -> None:
        """Note which screens were answered: those that were shown to their end, by a word for none or what stays."""
        picks = re.fullmatch(r"(maybe )?\d+( \d+)*", typed) and typed != "99"
        keeps = typed == "" and "Enter keeps:" in self.screen
        if not more and (typed in NONE or picks or keeps):
            self.answered.add(self.screen)

    def saw_answered(self, say: str) -> bool:
        """Whether a line, short or long, stood on a screen that was answered."""
        return any(one_line(say) in screen for screen in self.answered)


def recorded_as_answered(table: Table, case: Case) -> list[tuple[str, str]]:
    """Return each line that the case says was put and is not there, short and long."""
    lines = []
    for name in SCREENED:
        for part in Part:
            if was_put(part, extent(case, name)):
                wanted = fitting_lines if name == "red_flags" else precaution_lines
                reported = getattr(case, name) or ()
                lines += [(line.say, line.word.ask) for line in wanted(table, case, part) if line.word not in reported]
    return lines


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24), (60, 8)])
@pytest.mark.parametrize("plain", [False, True], ids=["drawn", "plain"])
def test_no_key_leaves_a_line_unanswered_and_counted_as_none(
    table: Table, columns: int, rows: int, plain: bool
) -> None:
    ended = pressed = 0
    for seed in range(KEYS):
        talked = talk(table, type_next=keys(random.Random(seed)), columns=columns, rows=rows, plain=plain)
        pressed += len(talked.turns)
        if talked.case is not None:
            ended += 1
            witness = Witness(table)
            witness.see(talked)
            lost = [
                line for line in recorded_as_answered(table, talked.case) if not any(map(witness.saw_answered, line))
            ]
            assert not lost, f"seed {seed}: {lost}\n{talked.text}"
            stands = [flag for flag in talked.case.red_flags or () if is_danger(flag)]
            worst = [flag for flag in stands if flag.level is max(stands, key=lambda one: one.level).level]
            assert all(one_line(flag.ask) in talked.words for flag in worst), f"seed {seed}\n{talked.text}"
            assert set(witness.confirmed) <= set(stands), f"seed {seed}\n{talked.text}"
        if pressed >= KEYS / 6:
            break
    assert ended, "no walk gets to an end"
