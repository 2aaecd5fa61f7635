"""Each rule of first help at the terminal, replayed on the same code without one; what needs one is below."""

import re
from itertools import pairwise

import pytest

from spasmhelp import Table
from spasmhelp.core.advise import without_put
from spasmhelp.core.asked import fitting_lines
from spasmhelp.core.model import Asked, Case, Extent, Level, Part
from tests.program import run
from tests.talking import Talked, talk
from tests.terminal import Terminal, environment

CALM = ("calf cramp", "0", "0", "0", "0", "0")
DVT = "is one side newly swollen, hot, red or darker"
FIRST = "Any of these? Its number, 0 for none."
START = "START NOW"
MORE_PAGES = re.compile(r"Enter: more \(\d+ of \d+\) > $")
DANGER = "That can be a sign of danger."
CALL = "Call the emergency number now."


def level(talked: Talked) -> str:
    return talked.advice.level.name


def number_of(talked: Talked, say: str) -> str:
    """Return the number of a line on the screen."""
    line = next(line for line in talked.text.splitlines() if say in line)
    return line.split()[0].rstrip(".")


def line(table: Table, say: str) -> str:
    """Return the number of a line of the first screen at the calf."""
    return number_of(talk(table, "calf cramp"), say)


# Rule 1: the first step, and its end


def test_a_calf_cramp_goes_from_one_line_and_one_answer_to_the_first_step(table: Table) -> None:
    talked = talk(table, *CALM[:2])
    step, after = talked.text.split(START)
    assert step.count("> ") == 2
    assert "Straighten your knee." in after.split("> ")[0]
    assert "get help today" in after.split("Did any")[0]


def test_what_was_shown_early_stands_again_in_the_advice(table: Table) -> None:
    talked = talk(table, *CALM)
    assert "1. Straighten your knee." in talked.page
    assert "Stop:" not in talked.page


def test_a_later_danger_stops_what_was_shown_early(table: Table) -> None:
    talked = talk(table, *CALM[:4], "my leg is swollen and hot", "y")
    assert talked.page.startswith("Stop: ")
    assert level(talked) == "urgent_care"


def test_another_place_stops_what_was_shown_early(table: Table) -> None:
    talked = talk(table, "calf cramp", "0", "b", "b", "chest, suddenly", "0")
    assert "Stop: " in talked.rest + talked.turns[-1].shown
    assert talked.turns[-1].shown.count(START) == 0


def test_an_early_step_that_a_pick_withholds_is_not_replaced(table: Table) -> None:
    talked = talk(table, "calf cramp", line(table, "Told not to stretch it"), "0", "0", "0", "0", "0")
    assert START not in talked.text
    assert "lengthen" in {one.step.id for one in talked.advice.withheld}


# Rule 2: one line, and lists that hear everything


@pytest.mark.parametrize("said", ["calf cramp", "cramp in my calf", "suddenly, calf"])
def test_one_line_says_place_and_onset(table: Table, said: str) -> None:
    assert "Calf, suddenly (within seconds). (b if wrong)" in talk(table, said).text


def test_what_one_line_leaves_open_is_asked_in_a_line(table: Table) -> None:
    assert "Suddenly, or slowly?" in talk(table, "calf").text
    assert table.questions.location.ask in talk(table, "suddenly").text


def test_a_group_word_leads_to_a_short_list_of_its_places(table: Table) -> None:
    talked = talk(table, "leg, suddenly", "1", "0", "", "", "", "")
    assert "Which part of the leg?\n 1 Calf\n 2 Shin\n" in talked.text
    assert talked.given.location is not None
    assert talked.given.location.id == "calf"


def test_a_sub_list_hears_another_place_a_danger_or_a_doubt(table: Table) -> None:
    assert "Neck" in talk(table, "leg", "neck").turns[-1].shown
    assert DANGER in talk(table, "leg", "chest pain").text
    assert "Which part of the arm?" in talk(table, "leg", "arm").text
    assert "None of these, then" not in talk(table, "leg", "0", "calf").text


@pytest.mark.parametrize("said", ["lower", "the lower one", "Lower part"])
def test_a_word_at_a_sub_list_is_one_of_its_places_before_any_other(table: Table, said: str) -> None:
    talked = talk(table, "my back", said)
    assert "Lower back. (b if wrong)" in talked.text
    assert "Belly" not in talked.text


def test_a_word_for_several_of_a_sub_list_makes_it_shorter(table: Table) -> None:
    shown = talk(table, "my leg", "thigh").turns[-1].shown + talk(table, "my leg", "thigh").rest
    assert "Front of the thigh" in talk(table, "my leg", "thigh", "1").text
    assert shown.split("Which one is 'thigh'?")[1].split() == [
        *("1", "Front", "of", "the", "thigh", "2", "Back", "of", "the", "thigh", "3", "Inner", "thigh", ">")
    ]


def test_a_danger_that_names_a_place_of_a_sub_list_is_heard_as_one(table: Table) -> None:
    talked = talk(table, "front", "chest pain", "y")
    assert DANGER in talked.text
    assert level(talked) == "emergency"
    assert "Chest muscle. (b if wrong)" in talk(table, "front", "chest pain", "0").text


def test_an_onset_said_at_the_list_of_onsets_is_taken_though_another_word_stood_for_both(table: Table) -> None:
    talked = talk(table, "calf", "s", "cramp")
    assert talked.text.count("Which one is 's'?") == 1
    assert FIRST in talked.text.replace("\n", " ")


@pytest.mark.parametrize("aside", ["it just seized up", "sldkfj"])
def test_what_is_said_beside_a_sub_list_is_kept_and_the_list_asked_again(table: Table, aside: str) -> None:
    talked = talk(table, "my back", aside, "2")
    assert talked.text.count("Which part of the back?") == 2
    assert "Along the spine" in talked.text.split("> 2\n")[1].splitlines()[0]
    assert ("suddenly (within" in talked.text) is (aside != "sldkfj")


def test_a_place_that_is_said_where_the_onset_is_asked_is_heard_and_the_onset_asked_again(table: Table) -> None:
    talked = talk(table, "calf", "no, my neck", "suddenly", "0", "", "", "", "")
    assert talked.given.location is not None
    assert talked.given.location.id == "neck"
    assert talked.given.onset is table.onsets[0]


def test_an_answer_on_a_page_of_a_list_is_heard(table: Table) -> None:
    talked = talk(table, "?", "calf cramp", columns=40, rows=10)
    assert "Enter: more" in talked.text
    assert "Calf, suddenly" in talked.words


# Rule 3: picks


def test_an_emergency_that_is_picked_says_at_once_to_call_and_b_takes_it_back(table: Table) -> None:
    talked = talk(table, "calf cramp", "1", "b", "0", "", "", "", "")
    after = talked.text.split("> 1\n")[1]
    assert after.startswith(CALL)
    assert talked.given.red_flags == ()
    assert after.count(FIRST) == 1, "the screen is drawn again"


@pytest.mark.parametrize("then", ["", "q", "0", "no"])
def test_anything_else_after_an_emergency_prints_its_advice(table: Table, then: str) -> None:
    assert level(talk(table, "calf cramp", "1", then)) == "emergency"


def test_the_end_of_input_after_an_emergency_prints_its_advice(table: Table) -> None:
    assert level(talk(table, "calf cramp", "1")) == "emergency"


@pytest.mark.parametrize(("then", "there"), [("y", True), ("not sure", True), ("maybe", True), ("0", False)])
def test_a_line_of_today_shows_its_long_form_and_asks(table: Table, then: str, there: bool) -> None:
    talked = talk(table, "calf cramp", line(table, "One leg newly swollen"), then, "0", "", "", "", "")
    assert DVT in talked.words
    assert (level(talked) == "urgent_care") is there


def test_a_picked_danger_leaves_the_others_unasked(table: Table) -> None:
    talked = talk(table, "calf cramp", line(table, "One leg newly swollen"), "y")
    assert talked.given.asked.red_flags is Extent.none
    assert {flag.level for flag in talked.advice.unasked} >= {Level.emergency, Level.urgent_care}


def test_a_pick_under_not_this_step_alone_is_followed_by_and_none(table: Table) -> None:
    number = line(table, "Told not to stretch it")
    talked = talk(table, "calf cramp", number)
    assert "And none of 1 to 15? 0: none." in talked.words
    assert talk(table, "calf cramp", number, "0", "", "", "", "").given.asked.red_flags is Extent.before
    talked = talk(table, "calf cramp", number, "1", "", "0")
    assert level(talked) == "emergency"
    assert [word.id for word in talked.given.precautions or ()] == ["told_not_to"]


@pytest.mark.parametrize(
    "then", [("?", ""), ("1", "b"), ("DVT", "0"), ("17", "?", ""), ("?", "", "?", ""), ("",)], ids="/".join
)
def test_a_pick_under_not_this_step_stays_whatever_draws_the_screen_again(table: Table, then: tuple[str, ...]) -> None:
    pick = line(table, "Torn muscle")
    then = tuple(line(table, "newly swollen") if one == "DVT" else one for one in then)
    talked = talk(table, "calf cramp", pick, *then, "0", "0", "0", "0", "0")
    assert "torn_muscle" in [word.id for word in talked.given.precautions or ()]
    assert "lengthen" not in [given.step.id for given in talked.advice.steps]


def test_a_pick_beside_a_danger_that_is_none_stays(table: Table) -> None:
    pick = line(table, "Torn muscle")
    for then in ((f"{pick} 1", "b"), ("a torn muscle, and my leg is swollen", "0")):
        talked = talk(table, "calf cramp", *then, "0", "0", "0", "0", "0")
        assert [word.id for word in talked.given.precautions or ()] == ["torn_muscle"], then


def test_a_pick_that_is_typed_a_thousand_times_is_one_pick(table: Table) -> None:
    pick = line(table, "Torn muscle")
    talked = talk(table, "calf cramp", *[pick] * 1000, "0", "0", "0", "0", "0")
    assert [word.id for word in talked.given.precautions or ()] == ["torn_muscle"]


def test_a_question_mark_shows_all_long_forms_and_one_with_a_number_one(table: Table) -> None:
    talked = talk(table, "calf cramp", "?", "", "0", rows=60)
    assert DVT in talked.words
    assert START in talked.text
    assert "9. " in talk(table, "calf cramp", "9?").turns[-1].shown


# Rule 4: dangers at every prompt

HEARD = ("can't breathe", "my chest hurts", "I can\N{RIGHT SINGLE QUOTATION MARK}t breathe")
PROMPTS: tuple[tuple[str, ...], ...] = (
    (),
    ("calf",),
    ("leg",),
    ("clf",),
    ("calf cramp",),
    ("calf cramp", "17"),
    ("calf cramp", "0"),
    ("calf cramp", "0", ""),
    ("calf cramp", "0", "", ""),
    ("calf cramp", "0", "", "", ""),
)


@pytest.mark.parametrize("before", PROMPTS, ids=" / ".join)
@pytest.mark.parametrize("said", HEARD)
def test_a_danger_in_their_own_words_is_heard_at_every_prompt(table: Table, before: tuple[str, ...], said: str) -> None:
    assert level(talk(table, *before, said, "y")) == "emergency"


@pytest.mark.parametrize("number", ["911", "112", "999"])
@pytest.mark.parametrize("before", PROMPTS, ids=" / ".join)
def test_the_number_to_call_repeats_the_emergency_line(table: Table, before: tuple[str, ...], number: str) -> None:
    talked = talk(table, *before, number)
    assert talked.words.count(" ".join(table.about.emergency.split())) == 2
    assert len(talked.turns) == len(before) + 2, "it answers nothing"


@pytest.mark.parametrize("said", ["pain", "arm", "tight", "back pain", "foot", "spasm", "legs", "no chest pain"])
@pytest.mark.parametrize("before", PROMPTS, ids=" / ".join)
def test_a_common_word_or_a_denial_is_no_danger(table: Table, before: tuple[str, ...], said: str) -> None:
    assert DANGER not in talk(table, *before, said).text


def test_b_at_a_sign_of_danger_asks_it_again_and_the_end_of_input_is_a_yes(table: Table) -> None:
    assert talk(table, "chest pain", "b", "b").text.count(DANGER) == 3
    assert level(talk(table, "chest pain")) == "emergency"


def test_b_at_a_list_of_places_takes_back_no_danger_that_was_confirmed_above_it(table: Table) -> None:
    talked = talk(table, "my leg is swollen and hot and cramped", "y", "b", "calf cramp", "0", "0", "0", "0", "0")
    assert [flag.id for flag in talked.given.red_flags or ()] == ["dvt_signs"]
    assert level(talked) == "urgent_care"


def test_enter_keeps_the_place_and_the_danger_that_was_confirmed_since(table: Table) -> None:
    said = ("calf", "b", "my leg is swollen", "y", "none", "", "suddenly", "0", "0", "0", "0", "0")
    talked = talk(table, *said)
    assert [flag.id for flag in talked.given.red_flags or ()] == ["dvt_signs"]
    assert talked.given.location is table.locations[[place.id for place in table.locations].index("calf")]


def test_who_leaves_a_list_of_places_below_a_danger_is_told_to_get_help(table: Table) -> None:
    talked = talk(table, "my leg is swollen and hot and cramped", "y", "q")
    assert talked.case is None
    assert table.levels[Level.urgent_care].do in talked.words


def test_who_leaves_after_a_danger_is_told_to_get_help(table: Table) -> None:
    talked = talk(table, "calf cramp, my leg is swollen and hot", "y", "q")
    assert talked.case is None
    assert table.levels[Level.urgent_care].do in talked.words


def test_who_leaves_after_a_danger_is_told_what_not_to_do(table: Table) -> None:
    talked = talk(table, "calf cramp, my leg is swollen and hot", "y", "q")
    assert "Do not press, rub or stretch it." in talked.words
    assert talked.stopped == "Stopped. No other advice was given."


def test_who_leaves_is_told_whether_a_step_was_given(table: Table) -> None:
    assert talk(table, "calf", "q").stopped == "Stopped. No advice was given."
    shown = talk(table, "calf cramp", "0", "q")
    assert shown.early
    assert shown.stopped == "Stopped. The step above is all that was given."


# Rule 5: an earlier answer is a default only for what was on the screen


def test_b_skips_no_danger_question(table: Table) -> None:
    known = Case(onset=table.onsets[0], location=table.locations[0], triggers=())
    talked = talk(table, "b", "b", "0", "0", "0", "0", known=known)
    assert talked.text.count(FIRST) == 3
    assert talked.given.asked.red_flags is Extent.all


def test_another_place_asks_every_line_that_is_new(table: Table) -> None:
    talked = talk(table, "calf cramp", "0", "b", "b", "chest, suddenly", "", "")
    assert talked.case is None
    assert talked.text.split("> chest, suddenly")[1].count("Enter keeps") == 0
    assert "Type a number, or 0 for none." in talked.turns[-1].shown


def test_the_same_place_keeps_the_answer_and_says_so(table: Table) -> None:
    talked = talk(table, "calf cramp", "0", "b", "", "", "", "", "")
    assert "Enter keeps: none." in talked.text
    assert talked.given.asked.red_flags is Extent.before


def test_b_where_nothing_came_before_stays_where_it_is(table: Table) -> None:
    assert talk(table, "b", "b").text.count("Where is it?") == 3


# Rule 6: typed ahead


def test_what_was_typed_before_a_screen_of_dangers_does_not_answer_it(table: Table) -> None:
    typed = iter(["0\n0\n"])
    talked = talk(table, "calf cramp", ahead=lambda: next(typed, ""))
    assert "What you typed before you saw this does not count: 0 0" in talked.text
    assert talked.text.rstrip().endswith(">")


def test_what_was_typed_before_a_sign_of_danger_was_asked_does_not_answer_it(table: Table) -> None:
    ahead = iter(["0 my chest hurts"])
    talked = talk(table, "my calf is swollen and hot", "0", "y", ahead=lambda: next(ahead, ""))
    assert "does not count: 0 my chest hurts" in talked.words
    assert [flag.id for flag in talked.given.red_flags or ()] == ["heart_signs"]


@pytest.mark.parametrize("before", [("calf cramp, my leg is swollen",), ("calf cramp", "DVT")], ids="/".join)
def test_another_danger_is_heard_where_one_is_confirmed(table: Table, before: tuple[str, ...]) -> None:
    before = tuple(line(table, "newly swollen") if one == "DVT" else one for one in before)
    talked = talk(table, *before, "no, but my chest hurts", "0", "y")
    assert [flag.id for flag in talked.given.red_flags or ()] == ["heart_signs"]


def test_a_danger_that_was_typed_ahead_is_heard(table: Table) -> None:
    typed = iter(["0\nchest pain\n"])
    assert level(talk(table, "calf cramp", "y", ahead=lambda: next(typed, ""))) == "emergency"


# Rule 8: pages


def test_on_an_early_page_nothing_but_a_danger_counts_and_enter_turns_it(table: Table) -> None:
    talked = talk(table, "calf cramp", "0", "17", "", columns=40)
    assert talked.text.count("More lines follow.") == 2
    assert talked.turns[-1].shown.count("Enter: more") == 0
    assert START not in talked.text
    assert level(talk(table, "calf cramp", "1", columns=40)) == "emergency"


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24), (20, 24), (30, 10), (60, 4)])
def test_no_page_of_a_screen_is_higher_than_the_terminal(table: Table, columns: int, rows: int) -> None:
    talked = talk(table, *("calf cramp", *[""] * 60), columns=columns, rows=rows)
    turned = [after.shown for page, after in pairwise(talked.turns) if MORE_PAGES.search(page.shown)]
    assert turned or columns * rows >= 80 * 24
    assert all(len(page.splitlines()) <= rows for page in turned)
    case = Case(onset=table.onsets[0], location=next(one for one in table.locations if one.id == "calf"))
    assert all(line.say in talked.words for line in fitting_lines(table, case, Part.before))


# Rule 10: for who listens


def test_plain_says_how_many_lines_come_and_puts_them_in_one_page(table: Table) -> None:
    talked = talk(table, "calf cramp", "0", columns=40, plain=True)
    assert "18 lines, then one answer." in talked.text
    assert "Enter: more" not in talked.text
    assert START in talked.text
    assert "\n1. Suddenly: droopy face" in talked.text


def test_no_page_of_places_ends_with_a_heading(table: Table) -> None:
    talked = talk(table, "?", *[""] * 9, "calf", columns=40, rows=10)
    above = [part.rstrip().splitlines()[-1] for part in talked.text.split("Enter: more")[:-1]]
    assert len(above) > 4
    assert not [line for line in above if line.endswith(":")]


def test_plain_lists_all_places_in_one_page(table: Table) -> None:
    talked = talk(table, "?", "calf", columns=40, rows=10, plain=True)
    assert "Enter: more" not in talked.text
    assert all(place.name in talked.text for place in table.locations)


@pytest.mark.parametrize("columns", [40, 70])
def test_the_numbers_of_the_list_of_places_stand_in_order(table: Table, columns: int) -> None:
    listed = talk(table, "?", columns=columns, rows=200).turns[-1].shown
    assert [int(number) for number in re.findall(r"\d+", listed)] == list(range(1, len(table.locations) + 1))


# What counts as asked


@pytest.mark.parametrize("line", ["calf cramp in bed", "stiff neck at night"])
def test_a_line_picked_on_the_last_screen_answers_that_screen(table: Table, line: str) -> None:
    talked = talk(table, line, "0", "0", "0", "8")
    assert [flag.id for flag in talked.given.red_flags or ()] == ["keeps_coming_back"]
    assert talked.given.asked.red_flags is Extent.all
    assert talked.advice.steps
    assert not talked.advice.not_asked


def test_what_was_denied_is_not_called_not_asked_where_the_last_screen_is_left_out(table: Table) -> None:
    talked = talk(table, "calf cramp in bed", "0", "0", "0", "")
    assert talked.given.asked.red_flags is Extent.before
    left = without_put(talked.advice, talked.put)
    assert "Muscles still very swollen" in talked.advice.not_asked
    assert "Muscles still very swollen" not in left.not_asked
    assert "Keeps coming back" in left.not_asked
    assert {line.word.level.name for line in left.not_put} == {"see_clinician"}


def test_a_medicine_said_at_the_first_screen_counts(table: Table) -> None:
    talked = talk(table, "calf cramp in bed", "on warfarin", "0", "0", "0", "0")
    assert [word.id for word in talked.given.precautions or ()] == ["blood_thinners"]
    assert "Blood thinners. (b if wrong)" in talked.text


def test_a_danger_that_is_denied_at_another_question_does_not_move_the_cramp(table: Table) -> None:
    talked = talk(table, "chest", "no but my leg is swollen", "0", "suddenly", "0", "0", "0", "0", "0")
    assert "Which part of the leg?" not in talked.text
    assert talked.given.location is not None
    assert talked.given.location.id == "chest"


# Bad input


@pytest.mark.parametrize("answer", ["0", "0.", "no.", "nah", "not really", "none of the above", "none of those"])
def test_no_is_understood_as_people_write_it(table: Table, answer: str) -> None:
    assert START in talk(table, "calf cramp", answer).text


@pytest.mark.parametrize("doubt", ["not sure", "maybe"])
def test_a_doubt_without_a_word_is_repeated_as_it_was_typed(table: Table, doubt: str) -> None:
    assert f"'{doubt}' is not understood here" in talk(table, "calf", doubt).words


@pytest.mark.parametrize("answer", ["1,", "1.", "1 and 2", "number 1"])
def test_a_number_is_understood_as_people_write_it(table: Table, answer: str) -> None:
    assert CALL in talk(table, "calf cramp", answer).text


BAD = (
    "",
    " ",
    "99",
    "0 1",
    "00",
    "xyzzy",
    "none?",
    "\x1b[A",
    "\x1bOP",
    "y",
    "not sure",
    "so " * 99,
    "-1",
    "1-3",
)


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_no_bad_answer_answers_a_screen_of_dangers(table: Table, bad: str) -> None:
    talked = talk(table, "calf cramp", bad)
    assert talked.case is None
    assert START not in talked.text
    assert len(talked.rest.strip()) > 1 or talked.turns[-1].shown.count(FIRST) == 2 or len(talked.turns) == 3


@pytest.mark.parametrize("bad", [bad for bad in BAD if bad.strip()], ids=repr)
@pytest.mark.parametrize("before", PROMPTS[6:], ids=" / ".join)
def test_only_enter_itself_leaves_a_later_question_out(table: Table, before: tuple[str, ...], bad: str) -> None:
    assert len(talk(table, *before, bad).turns) == len(before) + 2, "it waits for another answer"


@pytest.mark.parametrize("before", PROMPTS, ids=" / ".join)
def test_q_and_the_end_of_input_end_without_advice_at_every_prompt(table: Table, before: tuple[str, ...]) -> None:
    assert talk(table, *before, "q").case is None
    assert talk(table, *before).case is None


def test_a_typo_is_offered_and_confirmed(table: Table) -> None:
    talked = talk(table, "clf", "1")
    assert "'clf' is not known. Did you mean this? (0: no)" in talked.text
    assert "Calf. (b if wrong)" in talked.text
    assert "Calf. (b if wrong)" not in talk(table, "clf", "0").text


def test_escape_sequences_never_come_back(table: Table) -> None:
    assert "\x1b" not in talk(table, "\x1b[2J", "calf\x1b]0;evil\x07").text.replace("> \x1b", "> ").split("> ")[-1]


def test_everything_answered_counts_as_asked(table: Table) -> None:
    talked = talk(table, *CALM)
    assert talked.given.asked == Asked(red_flags=Extent.all, precautions=Extent.all)
    assert talked.given.triggers == ()
    assert not talked.advice.unasked


# On a real terminal


def at(*answers: str, columns: int = 80, rows: int = 24, **extra: str) -> Terminal:
    """Return a terminal that waits after these answers."""
    terminal = Terminal("advise", columns=columns, rows=rows, env=environment(**extra))
    terminal.wait()
    for text in answers:
        terminal.answer(text)
    return terminal


def test_a_whole_interview_on_a_terminal_ends_with_the_advice_on_the_screen() -> None:
    terminal = at(*CALM)
    assert "You can start now: calf." in terminal.shown()
    assert terminal.last("") == 0
    assert "Again:" not in terminal.transcript()


@pytest.mark.parametrize("answers", [(), ("calf",), ("calf cramp",), ("calf cramp", "0")], ids=" / ".join)
def test_ctrl_c_ends_with_130_and_leaves_the_terminal_sane(answers: tuple[str, ...]) -> None:
    terminal = at(*answers)
    terminal.press("^C")
    assert terminal.end() == 130
    assert terminal.raw.endswith(b"\n")
    assert "Traceback" not in terminal.transcript()


def test_ctrl_d_after_an_emergency_gives_its_advice_with_status_0() -> None:
    terminal = at("calf cramp", "1")
    terminal.press("^D")
    assert terminal.end() == 0
    assert "Emergency: Call the emergency number now." in terminal.transcript()


def test_pasted_lines_do_not_answer_the_first_screen() -> None:
    terminal = at()
    terminal.child.send("calf cramp\n0\n0\n0\n")
    terminal.wait("Torn muscle.*> $")
    assert "What you typed before you saw this does not count" in terminal.transcript()
    assert START not in terminal.transcript()


def test_a_resize_is_seen_at_the_next_screen() -> None:
    terminal = at()
    terminal.child.setwinsize(10, 80)
    assert "Enter: more (1 of" in terminal.answer("calf cramp")


def test_nothing_is_asked_in_a_pipe() -> None:
    assert "> " not in run("advise", stdin="sudden\ncalf\nnone\nnone\nnone\n").err
