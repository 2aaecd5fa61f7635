"""What strangers said, counted: a change of the table or the reader loses nothing that was reached without a word.

`tests/words/learnt.jsonl` holds sentences of people who had not seen the table, and learnt from since; `phrases.tsv`
short phrases, each with the danger that it means, or `none`; `hostile.tsv` sentences in which a danger was once hidden
by a denial, an idiom or somebody else, and sentences in which an emergency was once heard where none is.
"""

from pathlib import Path

from spasmhelp.core.model import Level
from spasmhelp.core.sentence import read_sentence
from tests.tables import SHIPPED
from tests.words.measure import measure, rows

WORDS = Path(__file__).with_name("words")
LEVELS = {flag.id: flag.level for flag in SHIPPED.red_flags}


def said(file: str) -> list[tuple[str, str]]:
    """Return the lines of a file: what each means, and the words."""
    lines = (WORDS / file).read_text(encoding="utf-8").splitlines()
    return [(meaning, text) for meaning, text in (line.split("\t") for line in lines)]


def dangers(text: str) -> set[str]:
    """Return the red flags and precautions that a text reports."""
    case = read_sentence(SHIPPED, text).case
    return {word.id for word in (*(case.red_flags or ()), *(case.precautions or ()))}


def is_heard(meaning: str, text: str) -> bool:
    """Whether a danger is heard in a text; of an emergency, whether one is."""
    heard = dangers(text)
    emergency = LEVELS.get(meaning) is Level.emergency and any(LEVELS.get(one) is Level.emergency for one in heard)
    return meaning in heard or emergency


def test_what_strangers_wrote_is_read_as_they_meant_it() -> None:
    counts, _ = measure(SHIPPED, rows(WORDS / "learnt.jsonl"))
    assert counts["location: right"] + counts["location: offered"] >= 866
    assert counts["onset: right"] >= 703
    assert counts["onset: wrong"] <= 4
    assert counts["no onset: guessed"] <= 15
    assert counts["triggers: heard"] >= 476
    assert counts["dangers: rows heard"] >= 288
    assert counts["dangers: rows with a false one"] <= 59
    assert counts["emergencies: heard"] >= 174
    assert counts["emergencies: false"] <= 7


def test_nine_of_ten_short_phrases_for_a_danger_are_heard() -> None:
    phrases = said("phrases.tsv")
    means = [(meaning, text) for meaning, text in phrases if meaning != "none"]
    assert sum(is_heard(meaning, text) for meaning, text in means) >= 1691
    assert sum(not dangers(text) for meaning, text in phrases if meaning == "none") >= 226


def test_no_denial_idiom_or_other_person_hides_a_danger_again() -> None:
    once_hidden = [(meaning, text) for meaning, text in said("hostile.tsv") if meaning != "quiet"]
    assert [text for meaning, text in once_hidden if not is_heard(meaning, text)] == []


def test_no_emergency_is_heard_again_where_none_is() -> None:
    quiet = [text for meaning, text in said("hostile.tsv") if meaning == "quiet"]
    assert [text for text in quiet if any(LEVELS.get(one) is Level.emergency for one in dangers(text))] == []
