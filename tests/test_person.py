"""The interview with a person, on a real pseudo-terminal and a small table whose wording never changes."""

from pathlib import Path

import pytest

from spasmhelp import Table
from spasmhelp.cli.asking.replies import Hearing, Screen, doubtful
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look
from tests.tables import SMALL as NARROW
from tests.terminal import Terminal, dialogue, environment

SMALL = str(Path(__file__).with_name("small.yaml"))
ADVISE = ("advise", "--table", SMALL)
CALM = ["sudden", "calf", "0", "0", "0", "0", "0"]  # six questions to the advice and the last red flags


def talk(*answers, arguments=ADVISE, **size):
    """Return the paper and the status of a dialogue."""
    text, status, _ = dialogue(arguments, answers, **size)
    return text, status


def at_question(number, columns=80):
    """Return a terminal that waits at the question with this number."""
    terminal = Terminal(*ADVISE, columns=columns)
    terminal.wait()
    for text in CALM[:number]:
        terminal.answer(text)
    return terminal


def test_a_calf_cramp_goes_from_the_first_question_to_the_steps():
    text, status = talk(*CALM)
    assert status == 0
    assert "1. Pull your toes toward your shin. Hold until it eases." in text
    assert text.count("> ") == len(CALM)


def test_the_emergency_words_stand_before_the_first_question():
    terminal = at_question(0)
    assert terminal.shown().startswith("Chest pain: call the emergency number now.\n")
    assert "How did it start?" in terminal.shown()


@pytest.mark.parametrize("question", range(7))
def test_q_stops_without_advice_at_every_question(question):
    terminal = at_question(question)
    assert terminal.last("q") == 1
    assert "NOW" not in terminal.transcript()
    assert terminal.transcript().endswith("Stopped. No advice was given.\n")


@pytest.mark.parametrize("question", range(7))
def test_ctrl_d_stops_without_advice_at_every_question(question):
    terminal = at_question(question)
    terminal.press("^D")
    assert terminal.end() == 1
    assert "Traceback" not in terminal.transcript()


@pytest.mark.parametrize("question", range(7))
def test_ctrl_c_ends_with_130_at_every_question_and_leaves_the_terminal_sane(question):
    terminal = at_question(question)
    terminal.press("^C")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.transcript()
    assert terminal.raw.endswith(b"\n")


@pytest.mark.parametrize("question", range(1, 7))
def test_b_leads_back_and_keeps_the_earlier_answer_as_default(question):
    terminal = at_question(question)
    terminal.answer("b")
    assert "Enter for" in terminal.shown().splitlines()[-1]
    terminal.answer("")
    for text in CALM[question:-1]:
        terminal.answer(text)
    assert terminal.last(CALM[-1]) == 0
    assert "Pull your toes" in terminal.transcript()


@pytest.mark.parametrize("question", range(7))
def test_a_question_mark_says_why_and_shows_the_list_at_every_question(question):
    terminal = at_question(question)
    before = terminal.transcript()
    terminal.answer("?")
    added = terminal.transcript()[len(before.rstrip()) :]
    assert "1." in added or "1 " in added
    assert sum(line.strip() != "" for line in added.splitlines()) >= 3


def test_b_at_the_first_question_asks_it_again():
    terminal = at_question(0)
    assert terminal.answer("b").count("How did it start?") == 2


def test_an_emergency_ends_the_questions_at_once():
    text, status = talk("sudden", "calf", "0", "2")
    assert status == 0
    assert "Emergency: Call the emergency number now." in text
    assert "Is any of these true?" not in text
    assert "\n1. Pull" not in text


@pytest.mark.parametrize("words", ["not sure", "Not sure", "I don't know", "maybe"])
def test_not_sure_about_a_red_flag_counts_as_yes_and_says_so(words):
    text, _ = talk("sudden", "calf", "0", words, "1")
    assert "Which line? Not sure counts as yes" in text
    assert "You said: heart signs. Not sure counts as yes." in text
    assert "Emergency: Call the emergency number now." in text


def test_not_sure_with_a_number_needs_no_second_question():
    text, _ = talk("sudden", "calf", "0", "not sure, 1")
    assert "You said: heart signs. Not sure counts as yes." in text


def test_not_sure_about_what_set_it_off_is_none():
    terminal = at_question(2)
    assert "You said: none." in terminal.answer("not sure")


def test_a_near_miss_is_offered_and_confirmed():
    terminal = at_question(1)
    assert "Nothing here is called 'clf'. Did you mean this? (0: no)" in terminal.answer("clf")
    assert "You said: Calf." in terminal.answer("y")


def test_a_near_miss_that_is_refused_is_asked_again():
    terminal = at_question(1)
    terminal.answer("clf")
    shown = terminal.answer("0")
    assert "You said: Calf" not in shown
    assert "You said: Neck." in terminal.answer("neck")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("back of thigh", "Back of the thigh"),
        ("thigh back", "Back of the thigh"),
        ("under my foot", "Arch of the foot"),
        ("shoulder blade", "Upper back"),
        ("the left calf", "Calf"),
        ("CHARLEY-horse", "Calf"),
        ("ham", "Back of the thigh"),
    ],
)
def test_a_place_is_found_by_everyday_words_in_any_order(text, place):
    terminal = at_question(1)
    assert f"You said: {place}." in terminal.answer(text)


def test_several_places_that_fit_are_a_short_list_numbered_anew():
    terminal = at_question(1)
    shown = terminal.answer("thigh")
    assert "  1. Front of the thigh\n  2. Back of the thigh\n" in shown
    assert "You said: Back of the thigh." in terminal.answer("2")


def test_enter_shows_the_list_of_places_by_region():
    terminal = at_question(1)
    shown = terminal.answer("")
    assert [name in shown for name in ("Foot", "Leg", "Back")] == [True] * 3
    assert "You said: Upper back." in terminal.answer("5")


def test_a_number_that_is_no_line_is_asked_again():
    terminal = at_question(0)
    assert "There is no line 9 here." in terminal.answer("9")
    assert "You said: Slowly." in terminal.answer("2")


def test_an_answer_given_by_a_flag_is_not_asked():
    text, status = talk("calf", "0", "0", "0", "0", "0", arguments=(*ADVISE, "--onset", "sudden"))
    assert status == 0
    assert "How did it start?" not in text


def test_on_a_small_terminal_the_worst_red_flags_have_a_screen_of_their_own():
    terminal = Terminal(*ADVISE, columns=40, rows=7)
    terminal.wait()
    for text in ("sudden", "calf", "0"):
        shown = terminal.answer(text)
    assert "Tight chest?" in shown
    assert "Is one leg swollen?" not in shown


def test_escape_sequences_that_are_typed_never_come_back():
    terminal = at_question(1)
    terminal.answer("\x1b[31mzzz")
    after = terminal.raw.split(b"(b, ?, q)")[-2]
    assert b"\x1b[31m" not in after.split(b"\n", 1)[1]
    assert "Nothing here is called 'zzz" in terminal.transcript()


def test_in_plain_mode_there_is_neither_an_escape_nor_a_box():
    text, status, terminal = dialogue(ADVISE, CALM, env=environment(ACCESSIBLE="1"))
    assert status == 0
    assert b"\x1b" not in terminal.raw
    assert not any("\u2500" <= character <= "\u25ff" for character in text)
    assert "\n1. Suddenly\n2. Slowly\n" in text


def test_the_questions_go_to_stderr_and_the_advice_to_stdout(tmp_path):
    import sys

    out = tmp_path / "advice.txt"
    line = f"{sys.executable} -m spasmhelp advise --table {SMALL} > {out}"
    text, status, _ = dialogue((), CALM, command=("/bin/sh", "-c", line))
    assert status == 0
    assert "Pull your toes" in out.read_text()
    assert "How did it start?" in text
    assert "Pull your toes" not in text


@pytest.fixture(scope="session")
def narrow(tmp_path_factory):
    """A table that asks about the heart at the chest only."""
    path = tmp_path_factory.mktemp("narrow") / "narrow.yaml"
    text = NARROW.replace(
        "name: signs of the heart,", "name: signs of the heart, synonyms: [chest pain, heart attack],"
    )
    path.write_text(text.replace("name: Torn muscle,", "name: Torn muscle, synonyms: [tear],"))
    return ("advise", "--table", str(path))


@pytest.mark.parametrize(
    "said", ["chest pain", "Heart-Attack", "heart_signs", "not sure, chest pain", "zzz, chest pain"]
)
def test_an_emergency_that_is_not_on_the_screen_ends_the_questions_at_once(narrow, said):
    text, status = talk("sudden", "calf", "0", said, arguments=narrow)
    assert status == 0
    assert "Emergency: Call now. Sit down." in " ".join(text.split())
    assert "Nothing here" not in text


@pytest.mark.parametrize("question", range(6))
def test_an_emergency_is_heard_at_every_question(narrow, question):
    terminal = Terminal(*narrow)
    terminal.wait()
    for text in ["sudden", "calf", "0", "0", "0"][:question]:
        terminal.answer(text)
    if question not in (3, 5):  # where red flags are asked, there is nothing to confirm
        assert "That is a sign of danger: signs of the heart. Is the chest heavy?" in terminal.answer("chest pain")
        assert terminal.last("y") == 0
    else:
        assert terminal.last("chest pain") == 0
    assert "Emergency: Call now." in terminal.transcript()


@pytest.mark.parametrize(("said", "counts"), [("not sure", True), ("1", True), ("no", False), ("0", False)])
def test_a_sign_of_danger_named_at_another_question_is_confirmed_and_a_doubt_counts(narrow, said, counts):
    terminal = Terminal(*narrow)
    terminal.wait()
    terminal.answer("sudden")
    terminal.answer("chest pain")
    assert terminal.answer("something else").count("That is a sign of danger") == 2
    if counts:
        assert terminal.last(said) == 0
        assert "Emergency: Call now." in terminal.transcript()
    else:
        terminal.answer(said)
        assert "You said: Chest." in terminal.answer("chest")


def test_a_word_of_the_question_itself_comes_before_a_sign_of_danger(narrow):
    terminal = Terminal(*narrow)
    terminal.wait()
    terminal.answer("sudden")
    assert "You said: Chest." in terminal.answer("chest")


def test_a_lesser_red_flag_that_is_not_on_the_screen_counts_to_the_end(narrow):
    text, status = talk("sudden", "calf", "0", "many cramps", "0", arguments=narrow)
    assert status == 0
    assert "You said: many cramps." in text
    assert text.count("Does it spoil your sleep?") == 0
    assert "--red-flag often" in text


def test_a_red_flag_that_was_on_no_screen_is_kept_on_the_way_back(narrow):
    terminal = Terminal(*narrow)
    terminal.wait()
    for text in ("sudden", "calf", "0", "many cramps", "b"):
        terminal.answer(text)
    assert "Enter for many cramps" in terminal.shown().splitlines()[-1]
    terminal.answer("")
    assert terminal.last("0") == 0
    assert "--red-flag often" in terminal.transcript()


def test_a_precaution_that_is_not_on_the_screen_counts(narrow):
    text, status = talk("sudden", "chest", "0", "0", "blood thinners", "0", arguments=narrow)
    assert status == 0
    assert "--precaution thin_blood" in text


@pytest.mark.parametrize("words", ["maybe no", "not sure, 0", "not sure, none", "no, not sure"])
def test_a_doubtful_no_about_a_red_flag_is_a_doubt(words):
    terminal = at_question(3)
    assert "Which line? Not sure counts as yes" in terminal.answer(words)
    assert "You said: none." in terminal.answer("0")


@pytest.mark.parametrize("question", range(7))
def test_a_byte_that_is_no_text_is_asked_again_like_an_unknown_word(question):
    terminal = Terminal(*ADVISE, env=environment(PYTHONIOENCODING="utf-8:strict"))
    terminal.wait()
    for text in CALM[:question]:
        terminal.answer(text)
    terminal.child.send(b"caf\xe9\n")
    terminal.wait()
    for text in CALM[question:-1]:
        terminal.answer(text)
    assert terminal.last(CALM[-1]) == 0
    assert "Nothing here is called" in terminal.transcript()


@pytest.mark.parametrize("text", ["1.", "1, 2", "1 2", "1 and 2", "1.,2.", "not sure about 1", "number 1", "line 2?"])
def test_numbers_are_understood_as_people_write_them(small: Table, text: str) -> None:
    paper = Paper(Look())
    screen = Screen(title="?", because="", words=small.precautions, unsure_is_yes=True)
    said, unsure = doubtful(text)
    found = Hearing(paper, lambda: "", ()).understand(screen, said, unsure, True)
    assert [word.id for word in found or ()] == [small.precautions[int(n) - 1].id for n in text if n.isdigit()]
