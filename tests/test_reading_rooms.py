"""How a sentence is read, room by room, to the last word that each rule reaches: on a table small enough to see it."""

import pytest
from msgspec.structs import replace

from spasmhelp.core.model import Table
from spasmhelp.core.parse import parse_table
from spasmhelp.core.reading.finder import Match, better, fits_number
from spasmhelp.core.reading.forms import Forms, by_beginning, one_slip
from spasmhelp.core.reading.mentions import Mention, mentions_of
from spasmhelp.core.reading.spellings import Joint
from spasmhelp.core.reading.together import FARTHEST, combined, near
from spasmhelp.core.reading.tokens import Pause, tokens_of
from spasmhelp.core.reading.tree import NUMBER, Meaning, parts
from spasmhelp.core.sentence import meant, open_choices, open_problems, read_sentence
from tests.tables import SMALL

READING = """
reading:
  negation: ["no", denies]
  negation_after: [ruled out]
  past: [history of]
  past_after: [years ago]
  joining: [and, or]
  alternatives: [or]
  others: [sister, he, her]
  own: [my, mine, me, i have]
  contrast: [mine]
  ends: [but]
  starts: [my, i have]
  articles: [the, my]
  fillers: [any, of, so, very]
  numbers: {two: 2, eleven: 11, half a dozen: 6}
  groups: {cannot: [can not, unable to], walk: [walk, "{cannot} step"], pet: [calf, kid]}
  idioms: {every: [calf love], location: [chest of drawers, "born {pet}", years ago today]}
"""
CUES = {
    "name: signs of the heart": "cues: [pressure, heavy feeling], hints: [ache]",
    "name: signs of a clot": 'cues: [swelling, "{cannot} {walk}", "lasts {11+} minutes", "{n} clots"]',
    "name: many cramps": 'cues: [nightly, "fever + rash"]',
    "name: Torn muscle": "cues: [tear, pop]",
    "name: Exercise": "cues: [the run]",
}


@pytest.fixture(scope="module")
def table() -> Table:
    """The small table with words for sentences."""
    text = SMALL.replace("steps:\n", READING.lstrip() + "steps:\n", 1)
    for name, cues in CUES.items():
        assert name in text
        text = text.replace(name, f"{name}, {cues}", 1)
    return parse_table(text, "words.yaml")


def heard(table: Table, text: str) -> list[str]:
    """Return the mentions of a text by the ids of their words; "no" before what is denied, "past" before the past."""
    return [
        " ".join(["no"] * one.negated + ["past"] * one.past + ["listed"] * one.listed + [word.id for word in one.words])
        for one in mentions_of(table, text)
    ]


def test_tokens_are_words_and_numbers_with_their_places_and_the_pauses_before_them() -> None:
    tokens = tokens_of("It\u2019s 1.5h. Ah-ha, a/b (C) x - y\nE\u0301 CAN'T z: q;r")
    assert tokens.words == ["its", "1", "5", "h", "ah", "ha", "a", "b", "c", "x", "y", "\u00e9", "cant", "z", "q", "r"]
    assert tokens.spans[:4] == [(0, 4), (5, 6), (7, 8), (8, 9)]
    none, comma, line, stop = Pause
    assert tokens.pauses == [
        *(none, none, none, none, stop, none, comma, comma, stop, stop, stop, line, none, none, stop, stop)
    ]


@pytest.mark.parametrize(
    ("word", "other", "slip"),
    [
        ("charley", "charlei", False),  # seven letters: none may be a wrong one
        ("shoulder", "shoulter", True),
        ("shoulder", "shaulter", False),
        ("hamstring", "hamstrng", True),
        ("hamstrng", "hamstring", True),
        ("hamstring", "hamstringg", True),
        ("hamstring", "hamstrings", True),
        ("hamstring", "hmstrng", False),
        ("muscle", "mucsle", True),
        ("muscle", "mulcse", False),
        ("muscle", "muscel", True),
        ("muscle", "musclx", False),
        ("strike", "stroke", False),
    ],
)
def test_a_slip_is_one_letter_too_many_too_few_or_wrong_or_two_that_changed_places(
    word: str, other: str, slip: bool
) -> None:
    assert one_slip(word, other) is one_slip(other, word) is slip


def test_a_word_is_itself_or_another_ending_and_only_else_a_typing_error() -> None:
    forms = Forms(
        by_beginning(("cramp", "cramped", "calves", "calf", "hamstring", "breathe", "ankles", "12")), "english"
    )
    assert forms.of("cramp") == ("cramp", "cramped")
    assert set(forms.of("cramping")) == {"cramp", "cramped"}
    assert forms.of("hamstring") == ("hamstring",)
    assert (
        forms.of("hamstrnig")
        == forms.of("hamstrin")
        == forms.of("hamstrinng")
        == forms.of("hamstrxng")
        == ("hamstring",)
    )
    assert forms.of("brethe") == ("breathe",)  # six letters are long
    assert forms.of("braethe") == ("breathe",)
    assert forms.of("cralf") == forms.of("kramp") == forms.of("bamstring") == forms.of("hmstrng") == ()
    assert forms.of("12") == ("12",)
    assert forms.of("13") == ()
    assert forms.of("cramp" + "s" * 36) == ()


@pytest.mark.parametrize(
    ("number", "yes", "no"),
    [("n", [0, 1, 99], []), ("11+", [11, 12, 99], [0, 10]), ("1-15", [1, 2, 15], [0, 16]), ("2", [2], [1, 3])],
)
def test_a_number_asks_for_a_value_or_a_range(number: str, yes: list[int], no: list[int]) -> None:
    match = NUMBER.fullmatch(number)
    assert match
    assert [value for value in (*yes, *no) if fits_number(match, value)] == yes


def test_the_parts_of_a_spelling_are_its_words_and_groups() -> None:
    assert parts("Charley Horse's") == ("charley", "horses")
    assert parts("charley horse") == ("charley", "horse")
    assert parts("lasts {11+} minutes") == ("lasts", "{11+}", "minutes")
    assert parts("{a}{b} x_y") == ("{a}", "{b}", "x", "y")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("swelling", ["clot"]),
        ("heavy feeling", ["heart_signs"]),
        ("heavy so very feeling", ["heart_signs"]),
        ("heavy so very any feeling", ["heart_signs"]),
        ("heavy so very any of feeling", []),  # four words in between
        ("heavy the feeling", ["heart_signs"]),
        ("heavy, feeling", []),
        ("heavy. feeling", []),
        ("heavy x feeling", []),
        ("can not walk", ["clot"]),
        ("unable to walk", ["clot"]),
        ("unable to can not step", ["clot"]),
        ("unable walk", []),
        ("lasts eleven minutes", ["clot"]),
        ("lasts 11 minutes", ["clot"]),
        ("lasts 10 minutes", []),
        ("lasts two minutes", []),
        ("lasts 999999 minutes", ["clot"]),
        ("lasts 1000000 minutes", []),
        ("half a dozen clots", ["clot"]),
        ("3 clots", ["clot"]),
        ("calf love", []),
        ("chest of drawers", []),
        ("born calf", []),
        ("born calfs", ["calf"]),  # an idiom is taken to the letter, a group in it too
        ("calf", ["calf"]),
        ("charley horse", ["calf"]),
        ("charleyhorse", ["calf"]),
        ("backoflowerleg", []),  # of two words alone
        ("leg", ["calf thigh_back"]),
        ("run", ["exercise"]),
        ("cramp in the calf", ["sudden", "calf"]),
    ],
)
def test_a_spelling_is_found_with_its_fillers_groups_and_numbers(table: Table, text: str, found: list[str]) -> None:
    assert heard(table, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("no swelling", ["no clot"]),
        ("swelling", ["clot"]),
        ("no a b c swelling", ["no clot"]),
        ("no a b c d swelling", ["clot"]),
        ("no a b c any swelling", ["no clot"]),  # a filler does not count
        ("no swelling and pressure", ["no listed clot", "no listed heart_signs"]),
        ("no swelling, pressure", ["no listed clot", "listed heart_signs"]),  # no word says that it is of the list
        ("no swelling, pressure or nightly", ["no listed clot", "no listed heart_signs", "no listed often"]),
        ("no swelling, xyz or pressure", ["no listed clot", "no listed heart_signs"]),
        ("no swelling, x y or pressure", ["no clot", "heart_signs"]),
        ("no swelling; it was pressure", ["no clot", "heart_signs"]),
        ("no swelling but pressure", ["no clot", "heart_signs"]),
        ("no swelling, and i have pressure", ["no clot", "heart_signs"]),
        ("no swelling and the pressure", ["no listed clot", "no listed heart_signs"]),
        ("no swelling or tear", ["no clot", "no torn"]),
        ("no tear or swelling", ["no torn", "no clot"]),
        ("no swelling in calf", ["no clot", "calf"]),
        ("no calf", ["no calf"]),
        ("no swelling, calf", ["no clot", "calf"]),
        ("no swelling, cramp", ["no clot", "sudden"]),
        ("no. swelling", ["clot"]),
        ("no, swelling", ["clot"]),
        ("swelling no", ["clot"]),
        ("denies swelling", ["no clot"]),
        ("swelling ruled out", ["no clot"]),
        ("swelling a b c ruled out", ["no clot"]),
        ("swelling a b c d ruled out", ["clot"]),
        ("swelling a b c any ruled out", ["no clot"]),
        ("swelling, ruled out", ["clot"]),
        ("swelling. ruled out", ["clot"]),
        ("swelling but ruled out", ["clot"]),
        ("swelling calf ruled out", ["no clot", "no calf"]),
        ("pressure swelling ruled out", ["heart_signs", "no clot"]),
        ("swelling years ago", ["past clot"]),
        ("history of swelling", ["past clot"]),
        ("history of swelling, no pressure", ["past clot", "no heart_signs"]),
        ("no history of swelling", ["no past clot"]),
        ("x swelling years ago", ["past clot"]),
        ("no calf or swelling", ["no calf", "no clot"]),
        ("no calf and swelling", ["no calf", "clot"]),
        ("no calf, swelling", ["no calf", "clot"]),
        ("no calf swelling", ["no calf", "no clot"]),
        ("no calf or i have swelling", ["no calf", "clot"]),
        ("no xyz or swelling", ["no clot"]),
        ("no xyz or a swelling", ["clot"]),
        ("no or", []),
        ("no xyz or abc swelling", ["clot"]),  # not "no stretch or massage eases it"
        ("no swelling or abc, pressure", ["no clot", "heart_signs"]),
        ("no swelling no pressure", ["no clot", "no heart_signs"]),
        ("no calf or swelling and pressure", ["no calf", "no listed clot", "listed heart_signs"]),
        ("no calf or swelling or pressure", ["no calf", "no listed clot", "no listed heart_signs"]),
        ("no tear, swelling", ["no torn", "clot"]),  # behind a comma alone only more of the same question
        ("no tear and swelling", ["no torn", "no clot"]),
        ("not here: no calf", ["no calf"]),
        ("swelling and calf ruled out", ["clot", "no calf"]),
        ("swelling and x ruled out", ["clot"]),
        ("history of swelling, pressure", ["past listed clot", "listed heart_signs"]),
        ("history of swelling and pressure", ["past listed clot", "past listed heart_signs"]),
        ("swelling years ago today", ["clot"]),  # a longer idiom
    ],
)
def test_how_far_a_denial_and_the_past_reach(table: Table, text: str, found: list[str]) -> None:
    assert heard(table, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my sister has swelling", ["clot"]),  # one may ask for somebody else
        ("my sister has swelling, my calf", ["clot", "calf"]),
        ("my sister has swelling, mine is calf", ["calf"]),
        ("he has swelling and tear, but mine is a cramp", ["sudden"]),
        ("sister has swelling, mine is fine", ["clot"]),  # says neither where nor how
        ("sister has swelling. Mine is calf", ["clot", "calf"]),
        ("calf, mine, and he has swelling", ["calf", "clot"]),  # a contrast follows
        ("sister has swelling, mine calf pressure", ["calf", "heart_signs"]),
        ("mine. He is here. Swelling, calf", ["clot", "calf"]),
        ("her swelling hit me, mine is calf", ["clot", "calf"]),
        ("her swelling hit us, me, mine is calf", ["calf"]),
        ("sister has fever and a rash, mine is calf", ["calf"]),  # of two parts
        ("sister has a tear, my calf", ["calf"]),  # with a precaution of hers there would be no step
        ("sister has a tear, calf", ["torn", "calf"]),
        ("my calf. Sister has a tear", ["calf"]),
        ("my sister has a tear in calf", ["torn", "calf"]),
        ("sister has a tear but I have calf", ["calf"]),
        ("her tear but me, calf", ["calf"]),
        ("her tear hit me, my calf", ["torn", "calf"]),
    ],
)
def test_what_others_have_counts_unless_one_sets_oneself_against_them(
    table: Table, text: str, found: list[str]
) -> None:
    assert heard(table, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("fever and rash", ["often"]),
        ("rash, then fever", ["often"]),
        ("fever. A rash", ["often"]),
        ("fever and no rash", []),
        ("no fever but rash", []),
        ("history of fever, a rash", []),
        ("fever " + "x " * 13 + "rash", ["often"]),
        ("fever " + "x " * 14 + "rash", []),
        ("fever fever", []),
        ("nightly fever rash", ["often"]),
    ],
)
def test_two_parts_said_close_by_make_one(table: Table, text: str, found: list[str]) -> None:
    assert heard(table, text) == found


def test_what_is_near_begins_and_ends_within_so_many_words() -> None:
    part = Match(20, 22, Meaning("a"))
    others = [Match(at, at + 2, Meaning("b")) for at in range(60)]
    found = [one.start for one in near(part, others)]
    assert found == [*range(22 - FARTHEST, 19), *range(22, 34)]


def test_of_several_places_of_a_joint_the_shortest_is_taken_and_of_two_the_first() -> None:
    joint = Joint(("a", "b"), Meaning("onset"))
    one, far, close, later = (Match(start, start + 1, Meaning("a")) for start in (10, 2, 12, 8))
    match = combined(joint, [(one, far), (one, close)])
    assert (match.start, match.end) == (10, 13)
    assert combined(joint, [(one, close), (one, later)]).start == 8
    assert combined(joint, [(one, far), (far, close)]).start == 2


def test_of_two_matches_the_longer_is_better_then_an_idiom_then_a_plain_word_then_both(table: Table) -> None:
    calf, thigh, _ = table.locations
    short, long = (Match(0, end, Meaning("location", (calf,))) for end in (1, 2))
    idiom, hint = Match(0, 1, Meaning("location")), Match(0, 1, Meaning("location", (thigh,), True))
    other = Match(0, 1, Meaning("location", (thigh, calf)))
    assert better(short, long) is better(long, short) is long
    assert better(idiom, short) is better(short, idiom) is idiom
    assert better(hint, short) is better(short, hint) is short
    assert better(short, other) == Match(0, 1, Meaning("location", (calf, thigh)))


def test_what_is_said_twice_is_quoted_once_and_the_choices_are_named(table: Table) -> None:
    both = read_sentence(table, "cramp, calf, hamstring and calf")
    (problem,) = open_problems(table, both)
    assert problem.where == "location"
    assert problem.message == "'calf' and 'hamstring' could be calf or thigh_back"
    assert problem.choices == ("calf", "thigh_back")
    assert [place.id for place in open_choices(table, both, "onset")] == ["sudden"]
    assert "ask location; 4 mentions: 'cramp, calf, hamstring and calf'" in repr(both)
    assert "Heard" in repr(both)
    assert "ask nothing; 2 mentions" in repr(read_sentence(table, "calf cramp"))
    assert "ask onset, location; 0 mentions" in repr(read_sentence(table, ""))


@pytest.mark.parametrize(
    ("text", "place", "flags"),
    [
        ("my leg, it is the calf", "calf", None),
        ("calf and leg", None, None),
        ("no calf but hamstring", "thigh_back", None),
        ("calf ache", "calf", ["heart_signs"]),
        ("ache and swelling", None, ["heart_signs", "clot"]),
        ("swelling years ago", None, None),
    ],
)
def test_a_case_holds_what_is_said_for_sure(
    table: Table, text: str, place: str | None, flags: list[str] | None
) -> None:
    case = read_sentence(table, text).case
    assert (case.location and case.location.id) == place
    assert [flag.id for flag in case.red_flags or ()] == (flags or [])


def test_figures_say_nothing_where_no_cue_begins_with_a_number(small: Table) -> None:
    assert mentions_of(small, "12 000") == ()


def test_of_two_hints_the_one_that_is_a_part_of_the_other_is_meant(table: Table) -> None:
    calf, thigh, _ = table.locations
    wide, narrow = (
        Mention(text="x", start=0, end=1, question="location", words=words, weak=True)
        for words in ((calf, thigh), (calf,))
    )
    assert meant([wide, narrow]) == [(calf,)]
    assert meant([wide, replace(narrow, weak=False)]) == [(calf,)]
    assert meant([wide, replace(narrow, listed=True), replace(wide, listed=True)]) == [(calf, thigh), (calf,)]


def test_a_point_between_figures_parts_nothing_and_any_other_does() -> None:
    none, comma, _, stop = Pause
    assert tokens_of("no.calf 1.x 1,2 3.4").pauses == [none, stop, none, stop, none, comma, none, none]
    assert tokens_of(".5").pauses == [stop]
