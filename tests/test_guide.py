"""The guide: steps one at a time, on a clock that the test moves, and once on a real terminal."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from spasmhelp.cli.asking.clock import Terminal as Keyboard
from spasmhelp.cli.asking.guide import Guide, minutes_and_seconds
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look, Stopped
from spasmhelp.core.advise import advise
from spasmhelp.core.model import Case, Level, RedFlag
from spasmhelp.files import load_table
from tests.terminal import Terminal, environment

SMALL = str(Path(__file__).with_name("small.yaml"))
TABLE = load_table(SMALL)
FLAGS = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
GUIDE = ("advise", "--table", SMALL, *FLAGS, "--guide")


class Script:
    """A clock that stands still until somebody waits, and a keyboard with (seconds later, key) and lines."""

    def __init__(self, *typed: str | tuple[float, str]) -> None:
        self.typed = list(typed)
        self.time = 1000.0

    def now(self) -> float:
        return self.time

    def line(self) -> str:
        assert isinstance(self.typed[0], str), f"a line is asked for, {self.typed[0]} comes next"
        return self.typed.pop(0)  # type: ignore[return-value]

    def key(self, seconds: float | None) -> str:
        if not self.typed or isinstance(self.typed[0], str):
            assert seconds is not None, "nobody will ever press a key"
            self.time += seconds
            return ""
        after, key = self.typed[0]
        if seconds is not None and after > seconds:
            self.typed[0] = (after - seconds, key)
            self.time += seconds
            return ""
        self.typed.pop(0)
        self.time += after
        return key

    @contextmanager
    def keys(self) -> Iterator[None]:
        yield


def word(section, ident):
    return next(one for one in getattr(TABLE, section) if one.id == ident)


def guided(*typed, onset="sudden", flags: tuple[RedFlag, ...] = (), plain=False, changes=(), precautions=()):
    """Go through the guide for a calf; return what was shown and the clock."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    paper = Paper(Look(plain=plain), stream)
    watch = Script(*typed)
    case = Case(
        onset=word("onsets", onset),
        location=word("locations", "calf"),
        triggers=(word("triggers", "cold_muscle"),),
        red_flags=flags,
        precautions=precautions,
    )
    answers = iter(changes)

    def screen(case):
        assert case.red_flags is None
        return Case(**{name: getattr(case, name) for name in case.__struct_fields__} | {"red_flags": next(answers)})

    try:
        guided.advice = Guide(TABLE, paper, paper, watch, screen).run(advise(TABLE, case))
    finally:
        stream.flush()
        shown = stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
        guided.shown = shown
    return shown, watch


ENTER = (0.0, "\n")


def test_one_step_is_shown_at_a_time_and_when_it_let_go_the_next_phase_follows():
    shown, _ = guided(ENTER, "y", "n")
    assert "STEP 1 OF 2" in shown
    assert "STEP 2 OF 2" not in shown
    assert "Hold a cold pack on it." in shown
    assert "Warm up next time." in shown


def test_a_step_is_shown_with_the_precautions_that_were_not_asked():
    shown, _ = guided(ENTER, "n", ENTER, "y", "n", precautions=None)
    assert "Press a thumb gently into it. Not if: Blood thinners." in shown
    assert "Not if" not in guided(ENTER, "n", ENTER, "y", "n")[0]


def test_another_key_than_those_that_are_named_does_nothing():
    shown, watch = guided((5.0, "x"), (5.0, "\n"), "y", "n", onset="sustained")
    assert watch.time == 1010.0
    assert shown.count("STEP 1 OF 2") == 1


def test_while_it_has_not_let_go_the_next_step_follows():
    shown, _ = guided(ENTER, "n", ENTER, "y", "n")
    assert shown.index("STEP 1 OF 2") < shown.index("Has it let go?") < shown.index("STEP 2 OF 2")


def test_when_all_was_tried_the_safety_net_comes_before_the_steps_for_later():
    shown, _ = guided(ENTER, "n", ENTER, "n")
    tried = shown.index("That was the last step for now.")
    assert tried < shown.index("Ask if you are worried.") < shown.index("Hold a cold pack on it.")


def test_the_timer_counts_up_until_enter():
    shown, watch = guided((83.0, "\n"), "y", "n")
    assert "1:22 (at most 10:00)" in shown
    assert "1:24" not in shown
    assert watch.time == 1083.0


def test_at_its_limit_a_cramp_needs_help_now():
    shown, watch = guided()
    assert "10:00 (at most 10:00)" in shown
    assert "Today: Get medical help today." in shown
    assert "Has it let go?" not in shown
    assert watch.time == pytest.approx(1600.0)


def test_at_its_limit_the_level_is_that_of_the_limit_and_no_command_gives_the_same_steps_again():
    shown, _ = guided()
    assert guided.advice.level is Level.urgent_care
    assert "Again:" not in shown
    assert "A table for tests." in shown


def test_the_guide_that_lets_go_says_how_to_get_the_advice_again():
    shown, _ = guided(ENTER, "y", "n")
    assert "Again:" in shown
    assert guided.advice.level is Level.self_care


def test_the_limit_runs_on_from_step_to_step_while_it_has_not_let_go():
    shown, watch = guided((540.0, "\n"), "n")
    assert "STEP 2 OF 2" in shown
    assert "9:00 (at most 10:00)" in shown
    assert "Today: Get medical help today." in shown
    assert watch.time == pytest.approx(1600.0)


def test_a_spasm_that_has_been_there_for_days_has_no_limit_of_minutes():
    shown, _ = guided((4000.0, "\n"), "y", "n", onset="sustained")
    assert "at most" not in shown
    assert "Get medical help today." not in shown


def test_a_cold_pack_counts_down_with_the_skin_check_on_the_way():
    shown, watch = guided(ENTER, "y", "")
    check = shown.index("Look at the skin.")
    assert shown.index("5:01 left") < check < shown.index("4:59 left")
    assert "Time is up." in shown
    assert watch.time == pytest.approx(1600.0)


def test_a_countdown_ends_early_on_enter():
    shown, watch = guided(ENTER, "y", "", (60.0, "\n"))
    assert "9:01 left" in shown
    assert "Look at the skin." not in shown
    assert "Time is up." not in shown
    assert watch.time == 1060.0


def test_a_countdown_shows_how_far_it_is():
    shown, _ = guided(ENTER, "y", "")
    assert "\N{FULL BLOCK}" * 30 + " 0:00 left" in shown


def test_a_countdown_can_be_left_out():
    shown, watch = guided(ENTER, "y", "n")
    assert "left\n" not in shown
    assert watch.time == 1000.0


def test_something_changed_while_a_timer_runs_asks_the_red_flags_again():
    shown, _ = guided((30.0, "c"), changes=[(word("red_flags", "heart_signs"),)])
    assert "Emergency: Call the emergency number now." in shown
    assert shown.count("Pull your toes toward your shin.") == 1


def test_something_changed_at_a_question_asks_the_red_flags_again():
    shown, _ = guided(ENTER, "c", changes=[(word("red_flags", "dvt_signs"),)])
    assert "Today: Get medical help today." in shown
    assert "STEP 2" not in shown


def test_when_nothing_had_changed_the_same_step_goes_on():
    shown, _ = guided((30.0, "c"), ENTER, "y", "n", changes=[()])
    assert shown.count("STEP 1 OF 2") == 2
    assert "0:30 (at most 10:00)" in shown.split("STEP 1 OF 2")[2]


def test_what_was_reported_before_still_counts_after_something_changed():
    shown, _ = guided(ENTER, "c", ENTER, "y", "n", flags=(word("red_flags", "new_medicine"),), changes=[()])
    assert shown.count("Ask your doctor.") == 2


def test_q_stops():
    with pytest.raises(Stopped):
        guided((5.0, "q"))
    assert "Has it let go?" not in guided.shown


def test_an_emergency_is_advised_without_a_step():
    shown, _ = guided(flags=(word("red_flags", "bad_fall"),))
    assert "Emergency: Call the emergency number now." in shown
    assert "STEP" not in shown


def test_in_plain_mode_a_line_a_minute_and_no_cursor_movement():
    shown, _ = guided((150.0, "\n"), "y", "n", plain=True)
    lines = [line for line in shown.splitlines() if "at most" in line]
    assert lines == ["0:00 (at most 10:00)", "1:00 (at most 10:00)", "2:00 (at most 10:00)"]
    assert not any(character in shown for character in "\r\x1b\N{FULL BLOCK}")


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (600, "10:00")])
def test_the_clock_shows_minutes_and_seconds(seconds, shown):
    assert minutes_and_seconds(seconds) == shown


def test_on_a_real_terminal_enter_and_y_lead_to_the_cold_pack():
    terminal = Terminal(*GUIDE)
    terminal.wait(r"0:0\d \(at most 10:00\)")
    before = terminal.modes()
    terminal.press("\r")
    terminal.wait()
    assert terminal.answer("y").count("Hold a cold pack on it.") == 1
    assert terminal.last("n") == 0
    assert before != terminal.before


@pytest.mark.parametrize("key", ["^C", "^D", "q"])
def test_leaving_while_a_timer_runs_leaves_the_terminal_sane(key):
    terminal = Terminal(*GUIDE)
    terminal.wait(r"0:0\d \(at most 10:00\)")
    terminal.press(key)
    assert terminal.end() == (130 if key == "^C" else 1)
    assert terminal.after == terminal.before
    assert "Traceback" not in terminal.transcript()
    assert terminal.raw.endswith(b"\n")


def test_the_end_of_input_at_a_question_of_the_guide_stops_it():
    terminal = Terminal(*GUIDE)
    terminal.wait(r"0:0\d \(at most 10:00\)")
    terminal.press("\r")
    terminal.wait(r"Has it let go.*> $")
    terminal.press("^D")
    assert terminal.end() == 1
    assert terminal.after == terminal.before
    assert "Stopped." in terminal.transcript()


def test_on_a_real_terminal_c_asks_the_red_flags_again():
    terminal = Terminal(*GUIDE)
    terminal.wait(r"0:0\d \(at most 10:00\)")
    terminal.press("c")
    assert "Any of these, for the emergency number?" in terminal.wait()
    assert terminal.last("heart signs") == 0
    assert terminal.transcript().count("Emergency: Call the emergency number now.") == 1


def test_the_clock_goes_on_while_no_key_is_pressed():
    terminal = Terminal(*GUIDE)
    terminal.wait(r"0:02 \(at most 10:00\)")
    terminal.press("^C")
    assert terminal.end() == 130


def test_without_single_keys_as_on_windows_a_key_needs_enter(monkeypatch):
    monkeypatch.setitem(sys.modules, "termios", None)
    watch = Keyboard(plain=False)
    with watch.keys():
        assert not watch.single


def test_the_guide_asks_first_what_it_was_not_told():
    terminal = Terminal("advise", "--table", SMALL, "--guide", *FLAGS[:2], *FLAGS[4:])
    assert "Where is it?" in terminal.wait()
    assert "STEP 1 OF 2" in terminal.answer("calf", r"0:0\d \(at most 10:00\)")
    terminal.press("^C")
    assert terminal.end() == 130


def test_the_guide_needs_a_terminal():
    from tests.program import run

    ran = run(*GUIDE)
    assert (ran.status, ran.out) == (2, "")
    assert "needs a terminal" in ran.err


@pytest.mark.parametrize("other", ["--json", "--no-input"])
def test_the_guide_cannot_go_with_json_or_without_questions(other):
    terminal = Terminal(*GUIDE, other)
    assert terminal.end() == 2
    assert f"cannot go with {other}" in terminal.transcript().replace("\n", "")


def test_without_the_guide_an_advice_on_a_terminal_names_it_before_its_last_paragraph():
    terminal = Terminal("advise", "--table", SMALL, *FLAGS)
    assert terminal.end() == 0
    paragraphs = terminal.transcript().strip().split("\n\n")
    assert "--guide" in paragraphs[-2]


def test_a_plain_guide_on_a_real_terminal_writes_no_escape():
    terminal = Terminal(*GUIDE, env=environment(ACCESSIBLE="1"))
    terminal.wait(r"0:00 \(at most 10:00\)\r\n")
    terminal.press("\r")
    terminal.wait()
    terminal.press("^C")
    assert terminal.end() == 130
    assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("extra", [{}, {"ACCESSIBLE": "1"}], ids=str)
def test_a_byte_that_is_no_text_is_asked_again_in_the_guide(extra):
    terminal = Terminal(*GUIDE, env=environment(PYTHONIOENCODING="utf-8:strict", **extra))
    terminal.wait(r"0:0\d \(at most 10:00\)")
    terminal.child.send(b"\xe9\n")  # where a key needs Enter, this is another key, and not Enter
    if extra:
        terminal.press("\r")
    terminal.wait(r"Has it let go.*> $")
    terminal.child.send(b"caf\xe9\n")
    terminal.wait(r"Has it let go.*> $")
    assert terminal.last("q") == 1
    assert "bug" not in terminal.transcript()


@pytest.mark.parametrize("said", ["heart signs", "a-bad-fall"])
def test_a_sign_of_danger_that_is_typed_in_the_guide_asks_the_red_flags_again(said):
    shown, _ = guided(ENTER, said, changes=[(word("red_flags", "heart_signs"),)])
    assert "Emergency: Call the emergency number now." in shown
