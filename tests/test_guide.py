"""The guide: the faults that were found in it, whatever is typed or sent, and the real terminal."""

import os
import re
import signal
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from spasmhelp.cli.asking import clock
from spasmhelp.cli.asking.guide import Begun
from spasmhelp.cli.asking.status import minutes_and_seconds, minutes_in_words
from spasmhelp.cli.signals import Signalled, stops_with
from spasmhelp.cli.terminal import Stopped
from spasmhelp.core.advise import advise, early_steps
from spasmhelp.core.guiding.hearing import hear
from spasmhelp.core.guiding.moves import begin, follow
from spasmhelp.core.guiding.states import Event, Stage
from spasmhelp.core.model import Level
from spasmhelp.files import load_table
from tests.deep import swept
from tests.guide import BEGINNING, END, Shown, case, guided
from tests.program import run
from tests.tables import SHIPPED
from tests.terminal import Terminal, environment

SMALL_PATH = str(Path(__file__).with_name("small.yaml"))
SMALL = load_table(SMALL_PATH)
CALF = case(SMALL, trigger="cold_muscle")
FLAGS = ("--onset", "sudden", "--location", "calf", "--no-triggers", "--no-red-flags", "--no-precautions")
GUIDE = ("advise", "--table", SMALL_PATH, *FLAGS, "--guide")
NET = "Ask if you are worried."  # the small table's safety net
TODAY = "Today: Get medical help today."


def talk(*typed, given=CALF, **more) -> Shown:
    """Go through the guide of the small table."""
    return guided(SMALL, given, typed, **more)


# What was found wrong.


def test_the_limit_is_looked_at_while_a_prompt_waits():
    shown = talk((5, "n"), (700, "n"))
    assert TODAY in shown.text
    assert "That was the last step" not in shown.text
    assert shown.clock.time == pytest.approx(BEGINNING + 600)
    assert shown.advice is not None
    assert shown.advice.level is Level.urgent_care


def test_a_machine_that_slept_past_the_limit_is_told_at_once():
    state, _ = begin(SMALL, advise(SMALL, CALF), BEGINNING)
    state, said = follow(SMALL, state, Event.not_yet, BEGINNING + 8 * 3600)
    assert state.stage is Stage.help
    assert TODAY in [one.text for one in said]


@pytest.mark.parametrize(("clocks", "seconds"), [(("MONOTONIC", "BOOTTIME"), 9000), (("MONOTONIC",), 100)])
def test_the_clock_counts_the_seconds_in_which_the_machine_slept(monkeypatch, clocks, seconds):
    told = {"BOOTTIME": 9000, "MONOTONIC": 100}  # the machine slept most of the time
    there = {f"CLOCK_{name}": name for name in clocks}
    monkeypatch.setattr(clock, "time", SimpleNamespace(clock_gettime=told.get, **there))
    assert clock.seconds_awake_or_not() == clock.Keyboard(plain=False).now() == seconds


def test_yes_leads_to_what_is_for_a_muscle_that_let_go():
    shown = guided(SHIPPED, case(SHIPPED), ["y", "n", "n", "n"])
    after = shown.text.split("It let go.")[1]
    assert "walk" in after
    assert "still tight" not in after.lower()
    assert "press" not in after.lower()
    assert shown.error is None


def test_not_yet_leads_on_and_round_again_until_the_limit():
    shown = talk(*[(5, "n")] * 6)
    assert shown.text.count("That was the last step for now.") == 3
    assert shown.text.count("Press a thumb gently into it.") == 3
    assert TODAY in shown.text


def test_without_a_limit_the_last_step_ends_with_when_to_get_help():
    shown = talk(*[(4000, "n")] * 3, given=case(SMALL, onset="sustained", trigger="exercise"))
    assert "That was the last step for now." in shown.text
    assert NET in shown.text
    assert "1. Warm up next time." in shown.text
    assert TODAY not in shown.text
    assert shown.error is None


@pytest.mark.parametrize("said", ["worse", "it hurts more", "w", "It's getting worse!", "not better, worse"])
def test_worse_asks_the_red_flags_and_leads_back_to_the_same_step(said):
    shown = talk("n", said, "0", "y", "n")
    assert "Then the signs of danger once more." in shown.text
    assert "Tight chest" in shown.text
    assert shown.text.count("Press a thumb gently into it.") == 2
    assert shown.error is None


@pytest.mark.parametrize("said", ["heart signs", "I think I have heart signs", "a-bad-fall", "911"])
def test_a_danger_in_any_words_asks_the_red_flags(said):
    table = replace(SMALL, about=replace(SMALL.about, emergency="Chest pain: call 911."))
    shown = guided(table, CALF, ["n", said, "y", "0", "1", ""])
    assert "Then the signs of danger once more." in shown.text


@pytest.mark.parametrize("said", ["no chest pain", "chest pain years ago", "no chest pain, still tight"])
def test_a_danger_that_is_denied_or_long_past_is_none(said):
    state, _ = begin(SHIPPED, advise(SHIPPED, case(SHIPPED)), BEGINNING)
    assert hear(SHIPPED, state, said) is not Event.worse


HEARD = {
    Event.enter: ["", "ok", "Done."],
    Event.let_go: ["y", "Yes!", "it let go", "it's gone", "it went away"],
    Event.not_yet: [
        "n",
        "no",
        "not yet",
        "it has not let go",
        "hasn't let go",
        "hasn\u2019t gone",
        "still tight",
        "it doesn't help",
    ],
    Event.easing: ["quite a bit better", "gone a bit", "almost gone", "it is easing", "better"],
    Event.worse: ["worse", "it hurts more", "much worse now", "something changed", "Help!", "numb between my legs"],
    Event.came_back: ["c", "it came back", "it's back"],
    Event.leave: ["q", "quit", "Stop"],
    Event.again: ["?", "??"],
    Event.longer: ["+", "longer"],
    Event.shorter: ["-", "shorter"],
    Event.pause: ["p", "pause"],
    Event.unknown: ["x", "qwerty", "pizza", "yn", "12"],
}


@pytest.mark.parametrize(("event", "said"), [(event, said) for event, all_of in HEARD.items() for said in all_of])
def test_a_word_is_heard_as_a_word(event, said):
    state, _ = begin(SHIPPED, advise(SHIPPED, case(SHIPPED)), BEGINNING)
    assert hear(SHIPPED, state, said) is event


PACK = ("n", "n", "")  # in a spasm that stays, which has no limit
BEFORE = {
    "sudden": [(), ("n",), ("w",), ("y",), ("y", ""), ("y", "", (5, "p")), ("y", "w"), ("y", "", "w")],
    "sustained": [("n", "n"), PACK, (*PACK, (5, "p")), (*PACK, (5, "p"), "w"), (*PACK, "y", "")],
}


@pytest.mark.parametrize("last", ["q", (0.0, END), "quit", (0.0, Signalled(2)), (0.0, Signalled(15))], ids=str)
@pytest.mark.parametrize(
    ("onset", "before"), [(onset, before) for onset, all_of in BEFORE.items() for before in all_of], ids=str
)
@pytest.mark.parametrize("plain", [False, True])
def test_whoever_leaves_from_wherever_is_told_when_to_get_help(onset, before, last, plain):
    if last == "quit" and "w" in before:
        last = "q"  # there the interview answers
    shown = talk(*before, last, plain=plain, given=case(SMALL, onset=onset))
    assert isinstance(shown.error, Stopped if last in ("q", "quit") or last[-1] is END else Signalled)
    ended = shown.text.strip().splitlines()
    assert NET in ended
    assert ended[-1].startswith("A table for tests.")


@given(st.lists(st.sampled_from(["y", "n", "w", "", "0", "p", "+", "-", "?", "c", "1", "heart signs", "b", "so so"])))
def test_no_keys_in_any_order_lose_the_end(typed):
    shown = talk(*[(20, one) for one in typed], (20, END))
    assert shown.error is None or isinstance(shown.error, Stopped)
    flat = " ".join(shown.text.split())
    level = shown.advice.level if shown.advice else Level.self_care
    assert all(line in flat for line in SMALL.levels[level].safety_net)
    assert "A table for tests." in flat


# Time.


def test_the_guide_begins_at_the_step_that_was_shown_early_with_its_time():
    begun = Begun(shown=early_steps(SMALL, CALF.onset, CALF.location), since=BEGINNING - 300, printed=True)
    shown = talk("g", begun=begun)
    assert shown.text.startswith("\ng: step by step, with a timer.")
    assert "You can start now" not in shown.text
    assert shown.clock.time == pytest.approx(BEGINNING + 300)
    assert TODAY in shown.text


@pytest.mark.parametrize("said", ["", "no", "q", (3, END)], ids=str)
def test_who_does_not_want_the_guide_is_done(said):
    shown = talk(said, begun=Begun(printed=True))
    assert shown.error is None
    assert "Pull your toes" not in shown.text


def test_danger_is_heard_where_the_guide_is_offered():
    shown = talk("heart signs", "y", "", begun=Begun(printed=True))
    assert "Emergency: Call the emergency number now." in shown.text


def test_a_danger_said_where_the_guide_is_offered_comes_before_any_step():
    shown = talk("heart signs", "y", "", begun=Begun(printed=True))
    assert "Pull your toes" not in shown.text.split("Emergency: Call")[0]


def test_the_limit_is_reached_while_the_guide_is_offered():
    begun = Begun(shown=early_steps(SMALL, CALF.onset, CALF.location), since=BEGINNING - 300, printed=True)
    assert TODAY in talk(begun=begun).text


def test_a_pack_counts_down_with_the_look_at_the_skin_and_a_bell():
    shown = talk("y", "")
    text = shown.text
    assert (
        text.index("5:00 left") < text.index("Look at the skin.") < text.index("0:00 left") < text.index("Time is up.")
    )
    assert shown.raw.count("\a") == 2
    assert shown.clock.time == pytest.approx(BEGINNING + 600)


def test_a_minute_longer_a_minute_shorter_and_a_pause():
    assert talk("y", "", "+").clock.time == pytest.approx(BEGINNING + 660)
    assert talk("y", "", "-").clock.time == pytest.approx(BEGINNING + 540)
    assert talk("y", "", "p", (100, "p")).clock.time == pytest.approx(BEGINNING + 700)
    assert talk("y", "", "p", "-", (100, "p")).clock.time == pytest.approx(BEGINNING + 640)


def test_a_pack_is_made_five_minutes_longer_at_most_and_shorter_until_it_is_over():
    shown = talk("y", "", *["+"] * 9)
    assert "Not longer than that." in shown.text
    assert shown.clock.time == pytest.approx(BEGINNING + 900)
    shown = talk("y", "", *["-"] * 10)
    assert "Time is up." in shown.text
    assert shown.clock.time == BEGINNING


def test_the_red_flags_in_the_middle_of_a_pack_do_not_stop_its_time():
    shown = talk("y", "", (60, "w"), (60, "0"))
    assert "None of these." in shown.text
    assert shown.clock.time == pytest.approx(BEGINNING + 600)


def test_if_it_comes_back_the_limit_begins_anew():
    shown = talk((300, "y"), (60, "c"))
    assert shown.clock.time == pytest.approx(BEGINNING + 960)
    assert TODAY in shown.text


def test_a_plain_guide_says_each_minute_once_in_words():
    shown = guided(SHIPPED, case(SHIPPED), [(200, "y"), *"nnn"], plain=True)
    spoken = [line for line in shown.text.splitlines() if "so far" in line]
    names = ["Under a minute", "One minute", "Two minutes", "Three minutes"]
    assert spoken == [f"{name} so far, ten minutes at most." for name in names]


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (59.6, "0:59"), (600, "10:00"), (-3, "0:00")])
def test_the_time_in_minutes_and_seconds(seconds, shown):
    assert minutes_and_seconds(seconds) == shown


@pytest.mark.parametrize(
    ("number", "said"), [(0, "under a minute"), (1, "one minute"), (4, "four minutes"), (25, "25 minutes")]
)
def test_the_time_in_words(number, said):
    assert minutes_in_words(SHIPPED, number) == said


def test_what_was_reported_before_still_counts_once_the_red_flags_were_asked_again():
    flag = next(flag for flag in SMALL.red_flags if flag.level is Level.see_clinician)
    shown = talk("w", "0", "y", "n", given=replace(CALF, red_flags=(flag,)))
    assert shown.advice is not None
    assert shown.advice.case.red_flags == (flag,)


def test_what_was_typed_before_a_step_was_shown_does_not_answer_it():
    shown = talk("n\ny n", (1, END))
    assert "What you typed before you saw this does not count: y n" in shown.text
    assert "It let go" not in shown.text


def test_danger_is_heard_in_what_was_typed_ahead():
    shown = talk("n\nmy heart signs", "y")
    assert "Emergency: Call the emergency number now." in shown.text


# On a real terminal.

STEP = r"0:\d\d of 10:00 > "


def at_first_step(**more) -> Terminal:
    """Return a terminal on which the first step is shown."""
    terminal = Terminal(*GUIDE, **more)
    terminal.wait(STEP if "env" not in more else r"> $")
    return terminal


def drain(terminal: Terminal) -> None:
    """Take what the terminal shows until it is quiet for a moment."""
    try:
        while True:
            terminal.take(terminal.child.read_nonblocking(4096, 0.3))
    except (pexpect.TIMEOUT, pexpect.EOF):
        return


def test_keys_lead_to_the_cold_pack_and_to_the_end():
    terminal = at_first_step()
    assert terminal.modes() != terminal.before
    terminal.press("y")
    assert "Hold a cold pack on it." in terminal.wait(r"leave it out.*> $")
    terminal.press("n")
    assert terminal.end() == 0
    assert NET in terminal.transcript()
    assert terminal.after == terminal.before


LEAVING = {"^C": 130, "^D": 1, "q": 1, "^\\": 131}


@pytest.mark.parametrize("key", swept(LEAVING))
def test_leaving_says_when_to_get_help_and_leaves_the_terminal_sane(key):
    terminal = at_first_step()
    terminal.press(key)
    assert terminal.end() == LEAVING[key]
    assert terminal.after == terminal.before
    assert NET in terminal.transcript()
    assert "Traceback" not in terminal.transcript()
    assert terminal.raw.endswith(b"\n")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_says_when_to_get_help_and_leaves_the_terminal_sane(number):
    terminal = at_first_step()
    os.kill(terminal.child.pid, number)
    assert terminal.end() == 128 + number
    assert terminal.after == terminal.before
    assert NET in terminal.transcript()


@pytest.mark.parametrize(
    "keys", swept(["\x1b[C", "\x1bOP", "\x1b[[A", "\x1bOQ", "\x1bq", "\x1b[200~q\nq\n\x1b[201~"]), ids=repr
)
def test_a_key_that_means_nothing_does_nothing(keys):
    terminal = at_first_step()
    terminal.press(keys)
    drain(terminal)
    assert terminal.child.isalive()
    assert "signs of danger" not in terminal.transcript()
    terminal.press("\x15")
    terminal.press("q")
    assert terminal.end() == 1


@pytest.mark.parametrize("extra", [{}, {"ACCESSIBLE": "1"}], ids=str)
def test_quite_a_bit_better_is_no_q(extra):
    terminal = at_first_step(env=environment(**extra))
    terminal.press("quite a bit better\r")
    terminal.wait(r"once it has let go")
    terminal.press("q\r")
    assert terminal.end() == 1


def test_a_word_that_is_typed_is_shown():
    terminal = at_first_step()
    terminal.press("wor")
    terminal.wait(r"> wor")
    terminal.press("\x7f\x7f")
    terminal.wait(r"> w")
    terminal.press("^D")
    terminal.press("^C")
    assert terminal.end() == 130


def until(held) -> None:
    """Wait until something holds."""
    for _ in range(3000):
        if held():
            return
        time.sleep(0.01)
    raise AssertionError("it never came")


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="sees in /proc whether a process stands still")
@pytest.mark.parametrize("number", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_it_leaves_the_terminal_sane_and_takes_keys_again_once_it_goes_on(number):
    shell = Terminal(command=("/bin/sh", "-m"))
    shell.child.delaybeforesend = None
    shell.wait(r"\$ $|# $")
    before = shell.modes()
    shell.press(f"python={sys.executable}\r")
    shell.wait(r"\$ $|# $")
    shell.press(f"$python -m spasmhelp {' '.join(GUIDE)}\r")
    shell.wait(STEP)
    child = int(Path(f"/proc/{shell.child.pid}/task/{shell.child.pid}/children").read_text().split()[0])
    inside = shell.modes()
    os.kill(child, number)
    shell.wait(r"[Ss]topped[^\n]*\n.*(\$|#) $")
    if number == signal.SIGTSTP:
        assert shell.modes() == before
    shell.press("fg\r")
    shell.wait(STEP)
    until(lambda: shell.modes() == inside)
    shell.press("q")
    shell.wait(r"Stopped\.\r\n.*(\$|#) $")
    assert shell.modes() == before
    shell.press("exit\r")
    shell.end()


@pytest.mark.skipif(not hasattr(signal, "SIGCONT"), reason="nothing is stopped on Windows")
def test_once_it_goes_on_the_terminal_is_set_again_whoever_stopped_it():
    done = []
    with stops_with(lambda: done.append("restored"), lambda: done.append("set again")):
        signal.raise_signal(signal.SIGCONT)  # after SIGSTOP, which nobody hears, it is all there is
    assert done == ["set again"]


def test_a_narrower_window_adds_no_line_a_second():
    terminal = at_first_step()
    terminal.press("y")
    terminal.wait(r"leave it out.*> $")
    terminal.press("\r")
    terminal.wait(r"9:59 left")
    terminal.child.setwinsize(24, 30)
    terminal.wait(r"9:57 left")
    before = len(terminal.raw)
    terminal.wait(r"9:55 left")
    drawn = terminal.raw[before:]
    assert b"\n" not in drawn
    assert all(len(line.decode()) < 30 for line in re.split(rb"\r", drawn))
    terminal.press("^C")
    assert terminal.end() == 130


def test_on_a_real_terminal_worse_asks_the_red_flags_again_and_an_emergency_ends_it():
    terminal = at_first_step()
    terminal.press("w")
    assert "Tight chest" in terminal.wait(r"counts as yes.*> $")
    terminal.answer("1")
    assert terminal.last("") == 0
    assert "Emergency: Call the emergency number now." in terminal.transcript()
    assert terminal.after == terminal.before


def test_the_end_of_input_at_the_red_flags_says_when_to_get_help():
    terminal = at_first_step()
    terminal.press("w")
    terminal.wait(r"counts as yes.*> $")
    terminal.press("^D")
    assert terminal.end() == 1
    assert NET in terminal.transcript()
    assert terminal.after == terminal.before


def test_a_plain_guide_on_a_real_terminal_writes_no_escape():
    terminal = at_first_step(env=environment(ACCESSIBLE="1"))
    terminal.press("n\r")
    terminal.wait(r"Press a thumb.*> $")
    terminal.press("^C")
    assert terminal.end() == 130
    assert b"\x1b" not in terminal.raw
    assert NET in terminal.transcript()


def test_a_byte_that_is_no_text_is_not_understood():
    terminal = at_first_step(env=environment(PYTHONIOENCODING="utf-8:strict"))
    terminal.child.send(b"caf\xe9\r")
    terminal.wait(r"not understood")
    terminal.press("q")
    assert terminal.end() == 1
    assert "bug" not in terminal.transcript()


def test_g_after_the_advice_begins_the_guide():
    terminal = Terminal("advise", "--table", SMALL_PATH, *FLAGS[:2], *FLAGS[4:])
    terminal.wait()
    assert "g: step by step, with a timer." in terminal.answer("calf", r"Enter: end.*> $")
    terminal.press("g\r")
    terminal.wait(STEP)
    terminal.press("q")
    assert terminal.end() == 1


def test_enter_after_the_advice_ends_it():
    terminal = Terminal("advise", "--table", SMALL_PATH, *FLAGS[:2], *FLAGS[4:])
    terminal.wait()
    terminal.answer("calf", r"Enter: end.*> $")
    assert terminal.last("") == 0


def test_where_nothing_was_asked_nothing_is_offered():
    terminal = Terminal("advise", "--table", SMALL_PATH, *FLAGS)
    assert terminal.end() == 0
    assert "g: step" not in terminal.transcript()


def test_fail_on_counts_the_level_that_the_guide_ended_with():
    terminal = Terminal(*GUIDE, "--fail-on", "emergency")
    terminal.wait(STEP)
    terminal.press("w")
    terminal.wait(r"counts as yes.*> $")
    terminal.answer("1")
    assert terminal.last("") == 4


def test_the_guide_needs_a_terminal():
    ran = run(*GUIDE)
    assert (ran.status, ran.out) == (2, "")
    assert "needs a terminal" in ran.err


@pytest.mark.parametrize("other", ["--json", "--no-input"])
def test_the_guide_cannot_go_with_json_or_without_questions(other):
    terminal = Terminal(*GUIDE, other)
    assert terminal.end() == 2
    assert f"cannot go with {other}" in terminal.transcript().replace("\n", "")


# The keyboard, on a pipe.


@pytest.fixture
def pipe(monkeypatch):
    """Standard input is a pipe; return the end to write to."""
    reading, writing = os.pipe()
    with os.fdopen(reading, encoding="utf-8") as stdin, os.fdopen(writing, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keys


def test_without_single_keys_as_on_windows_a_key_needs_enter(monkeypatch, pipe):
    monkeypatch.setattr(clock, "termios", None)
    keyboard = clock.Keyboard(plain=False)
    with keyboard.keys():
        pipe.write(b"q")
        assert keyboard.read(1, "q") is None
        pipe.write(b"uite\n")
        assert keyboard.read(1, "q") == "quite"


def test_a_plain_keyboard_reads_line_by_line_and_then_the_end(pipe):
    keyboard = clock.Keyboard(plain=True)
    with keyboard.keys():
        pipe.write("\N{LATIN SMALL LETTER E WITH ACUTE}t\N{LATIN SMALL LETTER E WITH ACUTE}\nn\n".encode())
        assert keyboard.read(1, "q") == "\xe9t\xe9"
        assert keyboard.read(1, "q") == "n"
        assert keyboard.read(0, "q") is None
        pipe.close()
        with pytest.raises(Stopped):
            keyboard.read(1, "q")


def test_what_was_typed_and_not_read_can_be_dropped(pipe):
    keyboard = clock.Keyboard(plain=True)
    pipe.write(b"y\nn\nwor")
    assert keyboard.read(1, "") == "y"
    assert keyboard.drop() == "n wor"


def test_a_letter_is_a_key_once_nothing_follows_it(pipe):
    keyboard = clock.Keyboard(plain=False)
    keyboard.typed.single = True
    pipe.write(b"\x1bOPQ")
    assert keyboard.read(1, "q") is None
    assert keyboard.word == "Q"
    assert keyboard.read(1, "q") == "q"
