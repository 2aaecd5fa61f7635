"""What people are told can be read by a tired person in pain: each sentence by itself, and each whole answer."""

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct

from spasmhelp import Case, Table, advise
from spasmhelp.core.model import Entry, Location
from tests.deep import swept
from tests.program import run
from tests.reading import MEDICAL_NAMES, grade, sentences, syllables, words
from tests.tables import SHIPPED, case_of

GRADE = 6  # of a whole answer
HARDEST_SENTENCE, LONGEST_SENTENCE, SHORTEST = 7.5, 20, 5  # of fewer words than five, a grade says nothing
LONGEST_TOPIC, WIDEST_LINE = 120, 90
# What finds a thing, or names a paper.
NOT_SAID = {"guide_numbers", "id", "synonyms", "cues", "hints", "muscles", "kind", "cite", "url"}
SECTIONS = [one for one in Table.__struct_fields__ if one not in ("cases", "file", "reading")]


def said(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text of a part of the table that people may read, and where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            # An entry that is only named here stands in its own section.
            if name not in NOT_SAID and not isinstance(part := getattr(value, name), Entry):
                yield from said(part, f"{path}.{name}")
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from said(part, f"{path}.{getattr(key, 'id', getattr(key, 'name', key))}")
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            if not isinstance(part, Entry):
                yield from said(part, f"{path}[{i}]")
            elif path in SECTIONS:
                yield from said(part, f"{path}.{part.id}")


def hard(text: str) -> list[str]:
    """Return the sentences of a text that are too long or too hard, each with what was measured."""
    found = [(one, len(words(one)), grade(one)) for one in sentences(text)]
    return [
        f"{length} words, grade {level:.1f}: {one}"
        for one, length, level in found
        if length > LONGEST_SENTENCE or (length >= SHORTEST and level > HARDEST_SENTENCE)
    ]


def answer(case: Case) -> str:
    """Return all that a case is told, a text a paragraph."""
    advice = advise(SHIPPED, case)
    parts = [advice.warning, advice.headline, *advice.actions, *advice.tell, advice.not_asked]
    parts += [text for _, text in advice.because] + [one.because for one in advice.withheld]
    parts += [part for given in advice.steps for part in (given.step.do, given.how, given.hold)]
    return "\n\n".join(part for part in [*parts, *advice.safety_net, advice.disclaimer] if part)


def too_hard(cases: dict[str, Case]) -> list[str]:
    """Return the cases, by their names, whose whole answer is too hard to read."""
    grades = {name: grade(answer(case)) for name, case in cases.items()}
    return [f"{name}: grade {level:.1f}" for name, level in grades.items() if level > GRADE]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_sentence_that_people_may_read_is_plain(section: str) -> None:
    texts = list(said(getattr(SHIPPED, section), section))
    found = [f"{path}: {one}" for path, text in texts for one in hard(text)]
    assert texts
    assert not found, "\n".join(["", *found])


def test_the_whole_answer_of_every_case_is_plain() -> None:
    found = too_hard({case.name: case.given for case in SHIPPED.cases})
    assert not found, "\n".join(["", *found])


def test_what_a_red_flag_leads_to_is_plain() -> None:
    cases = {
        flag.id: case_of(SHIPPED, onset="sudden", location="calf", red_flags=[flag.id]) for flag in SHIPPED.red_flags
    }
    found = too_hard(cases)
    assert not found, "\n".join(["", *found])


def test_the_answer_is_plain_when_nothing_but_place_and_onset_is_known() -> None:
    cases = {
        f"{place.id}, {onset.id}": case_of(SHIPPED, onset=onset.id, location=place.id)
        for place in SHIPPED.locations
        for onset in SHIPPED.onsets
    }
    found = too_hard(cases)
    assert not found, "\n".join(["", *found])


def test_every_topic_is_short_and_plain() -> None:
    lengths = {topic.id: len(words(topic.text)) for topic in SHIPPED.topics}
    assert not {ident: length for ident, length in lengths.items() if not 40 < length <= LONGEST_TOPIC}
    assert not {topic.id: grade(topic.text) for topic in SHIPPED.topics if grade(topic.text) > GRADE}


def test_what_is_asked_is_plain_as_a_whole() -> None:
    asked = [flag.ask for flag in SHIPPED.red_flags] + [precaution.ask for precaution in SHIPPED.precautions]
    asked += [text for name in ("about", "questions") for _, text in said(getattr(SHIPPED, name), name)]
    asked += [level.ask for level in SHIPPED.levels.values() if level.ask]
    assert grade("\n\n".join(asked)) <= GRADE


def test_the_lines_that_are_read_before_a_step_are_plain(table: Table) -> None:
    lines = [short.say for flag in table.red_flags if not isinstance(flag.short, str) for short in flag.short]
    lines += [flag.short for flag in table.red_flags if isinstance(flag.short, str)]
    lines += [precaution.short for precaution in table.precautions]
    assert len(lines) > 60
    assert grade(". ".join(lines)) <= GRADE


def printed(*arguments: str) -> str:
    """Return what a command prints."""
    ran = run(*arguments)
    assert ran.status == 0
    return ran.out


@pytest.mark.parametrize("command", [["advise", "--no-input", "--location=calf", "--onset=sudden"], ["explain"]])
def test_the_last_line_says_once_that_it_is_no_diagnosis_and_that_no_clinician_reviewed_it(command: list[str]) -> None:
    last = printed(*command).split("\n\n")[-1].replace("\n", " ")
    assert [last.lower().count(part) for part in ("not a diagnosis", "no clinician", "under 16")] == [1, 1, 1]
    assert f"review due {SHIPPED.about.review_by}" in last


@pytest.mark.parametrize("place", swept(SHIPPED.locations), ids=lambda place: place.id)
def test_no_line_is_wide(place: Location) -> None:
    for command in (["advise", "--no-input", "--onset=sudden", f"--location={place.id}"], ["explain", place.id]):
        assert max(map(len, printed(*command).splitlines())) <= WIDEST_LINE


# The measure itself.


def test_the_list_of_names_that_do_not_count_stays_short() -> None:
    assert len(MEDICAL_NAMES) <= 20


def test_a_sentence_that_is_too_long_or_too_hard_is_named_and_a_short_one_is_not() -> None:
    assert hard("Move slowly into another position.")
    assert hard("It is " + "so " * 19 + "sore.")
    assert not hard("Physiotherapist appointment unavailable.")
    assert not hard("Lie down and pull your toes up. Then hold.")
    two = "Pull it up. Immobilisation of musculature exacerbates discomfort considerably."
    assert [one.partition(": ")[2] for one in hard(two)] == [sentences(two)[1]]


def test_a_text_is_found_wherever_it_stands_and_an_entry_that_is_only_named_is_not_told_twice() -> None:
    paths = [path for name in SECTIONS for path, _ in said(getattr(SHIPPED, name), name)]
    assert {"about.disclaimer", "steps.lengthen.how.calf", "topics.what_is_a_spasm.text"} <= set(paths)
    assert len(paths) == len(set(paths))
    assert not [path for path in paths if path.endswith((".id", ".url"))]


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
