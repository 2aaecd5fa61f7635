"""What people are told can be read by a tired person in pain: grade 6 or lower, short sentences, short lines."""

import pytest

from spasmhelp import Case, Table, load_table
from tests.program import run
from tests.reading import grade, sentences, syllables, words

SHIPPED = load_table()
GRADE, LONGEST_SENTENCE, LONGEST_LINE = 6, 20, 90
OPTIONS = {"triggers": "trigger", "red_flags": "red-flag", "precautions": "precaution"}


def said(*arguments: str) -> str:
    """Return what a command prints."""
    ran = run(*arguments)
    assert ran.status == 0
    return ran.out


def options(case: Case) -> list[str]:
    """Return the options that say a case."""
    given = [f"--{name}={answer.id}" for name in ("onset", "location") if (answer := getattr(case, name))]
    for name, option in OPTIONS.items():
        answer = getattr(case, name)
        given += [f"--no-{name.replace('_', '-')}"] if answer == () else []
        given += [f"--{option}={word.id}" for word in answer or ()]
    return given


def assert_plain(text: str) -> None:
    """Fail with what is hard to read in a text as it is printed."""
    assert not [line for line in text.splitlines() if len(line) > LONGEST_LINE]
    assert not [one for one in sentences(text) if len(words(one)) > LONGEST_SENTENCE]
    assert grade(text) <= GRADE


def without_command(text: str) -> str:
    """Return an advice without the command that gives it again, which is for copying, not for reading."""
    return "\n\n".join(part for part in text.split("\n\n") if not part.startswith("Again:"))


@pytest.mark.parametrize("case", SHIPPED.cases, ids=lambda case: case.name)
def test_the_advice_of_every_case_is_plain(case: object) -> None:
    text = said("advise", "--no-input", *options(case.given))  # type: ignore[attr-defined]
    assert max(map(len, text.splitlines())) <= LONGEST_LINE
    assert_plain(without_command(text))


@pytest.mark.parametrize("command", [["advise", "--no-input", "--location=calf", "--onset=sudden"], ["explain"]])
def test_the_last_line_says_once_that_it_is_no_diagnosis_and_that_no_clinician_reviewed_it(command: list[str]) -> None:
    last = said(*command).split("\n\n")[-1].replace("\n", " ")
    assert [last.count(part) for part in ("not a diagnosis", "no clinician", "under 16")] == [1, 1, 1]
    assert f"next review by {SHIPPED.about.review_by}" in last


@pytest.mark.parametrize("flag", SHIPPED.red_flags, ids=lambda flag: flag.id)
def test_what_a_red_flag_leads_to_is_plain(flag: object) -> None:
    text = said("advise", "--no-input", "--onset=sudden", "--location=calf", f"--red-flag={flag.id}")  # type: ignore[attr-defined]
    assert_plain(without_command(text))


@pytest.mark.parametrize("topic", SHIPPED.topics, ids=lambda topic: topic.id)
def test_every_topic_is_plain(topic: object) -> None:
    background = said("explain")
    page = background[background.index(topic.title.upper()) :]  # type: ignore[attr-defined]
    page = page[: page.index("\nFrom: ")]  # the last line names the sources
    assert len(words(page)) > 40
    assert_plain(page)


@pytest.mark.parametrize("place", SHIPPED.locations, ids=lambda place: place.id)
def test_the_advice_for_every_place_is_plain_when_nothing_but_the_place_is_known(place: object) -> None:
    for onset in SHIPPED.onsets:
        assert_plain(without_command(said("advise", "--no-input", f"--onset={onset.id}", f"--location={place.id}")))  # type: ignore[attr-defined]


def test_what_is_asked_is_plain(table: Table) -> None:
    asked = [flag.ask for flag in table.red_flags] + [precaution.ask for precaution in table.precautions]
    asked += [part for name in ("onset", "location", "triggers", "red_flags", "precautions")
              for part in (getattr(table.questions, name).ask, getattr(table.questions, name).because)]  # fmt: skip
    asked += [
        table.about.emergency,
        table.about.disclaimer,
        table.questions.red_flags.unasked,
        table.questions.red_flags.guarded,
    ]
    asked += [level.ask for level in table.levels.values() if level.ask]
    text = "\n\n".join(asked)
    assert not [one for one in sentences(text) if len(words(one)) > LONGEST_SENTENCE]
    assert grade(text) <= GRADE


def test_the_lines_that_are_read_before_a_step_are_plain(table: Table) -> None:
    lines = [short.say for flag in table.red_flags if not isinstance(flag.short, str) for short in flag.short]
    lines += [flag.short for flag in table.red_flags if isinstance(flag.short, str)]
    lines += [precaution.short for precaution in table.precautions]
    assert len(lines) > 60
    assert grade(". ".join(lines)) <= GRADE


# The measure itself.


def test_the_grade_is_that_of_sentences_whose_syllables_were_counted_by_hand() -> None:
    assert grade("The cat sat on the mat.") == pytest.approx(-1.45, abs=0.01)
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert grade(platypus) == pytest.approx(0.39 * 13 + 11.8 * 26 / 13 - 15.59)
    passage = "This sentence, taken as a reading passage unto itself, is being used to prove a point."
    assert grade(passage) == pytest.approx(0.39 * 16 + 11.8 * 23 / 16 - 15.59)


@pytest.mark.parametrize(
    ("word", "count"),
    [("muscle", 2), ("minutes", 2), ("stretched", 1), ("rested", 2), ("eases", 2), ("quickly", 2), ("serious", 3),
     ("patient", 2), ("emergency", 4), ("opposite", 3), ("aches", 1), ("toes", 1), ("breathe", 1), ("10", 1)],
)  # fmt: skip
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_long_word_makes_a_text_harder_and_a_listed_medical_name_does_not() -> None:
    plain = "Tell the team about it today."
    assert grade(plain.replace("team", "rehabilitation team")) > grade(plain)
    assert grade(plain.replace("team", "dialysis team")) == grade(plain)


def test_sentences_end_at_stops_at_list_items_and_at_headings() -> None:
    text = "NOW\n1. Pull your toes up.  Article; NHS\n   agrees.\nFor any of these: one; two.\n\nLast line\n"
    assert sentences(text) == [
        "NOW", "Pull your toes up.", "Article", "NHS agrees.", "For any of these: one", "two.", "Last line",
    ]  # fmt: skip
