"""YAML as a tree that remembers where each value stands."""

import pytest

from spasmhelp import TableError
from spasmhelp.core.document import Items, Keys, Scalar, printable
from spasmhelp.core.yaml_tree import read_yaml


def problems(text: str) -> list[str]:
    """Return the problems of a text, fatal or not, as place and message."""
    try:
        found = read_yaml(text)[1]
    except TableError as error:
        found = error.problems
    return [f"{one.line}:{one.column} {one.where} {one.message}".replace("  ", " ") for one in found]


def test_every_value_and_key_knows_its_line_and_column() -> None:
    root, found = read_yaml("a: 1\nb:\n  - x\n  - {c: y}\n")
    assert isinstance(root, Keys)
    assert root.spots == {"a": (1, 1), "b": (2, 1)}
    assert root.values["b"] == Items(
        3, 3, [Scalar(3, 5, "x", True), Keys(4, 5, {"c": Scalar(4, 9, "y", True)}, {"c": (4, 6)})]
    )
    assert found == []


def test_columns_count_characters_not_bytes() -> None:
    root, _ = read_yaml("{é: x, ü: y}")
    assert isinstance(root, Keys)
    assert root.spots["ü"] == (1, 8)


def test_a_word_that_yaml_would_change_stays_a_text() -> None:
    root, _ = read_yaml("[no, 012, 1e3, '5']")
    assert isinstance(root, Items)
    assert [(item.text, item.bare) for item in root.items if isinstance(item, Scalar)] == [
        ("no", True),
        ("012", True),
        ("1e3", True),
        ("5", False),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", "2:1 a duplicate key 'a'; first on line 1"),
        ("a: &x 1\n", "1:4 a anchors (&x) are not allowed"),
        ("a: [1, *x ]\n", "1:8 a[1] aliases (*x) are not allowed; write the value again"),
        ("a: !!python/object:os.system 'x'\n", "1:4 a tags (tag:yaml.org,2002:python/object:os.system) are not allowed"),
        ("? [x]\n: 1\n", "1:3 a key must be a word"),
        ("a: 1\n---\nb: 2\n", "2:1 starts a second document; only one is allowed"),
        ("", "1:1 is empty"),
        ("# only a comment\n", "1:1 is empty"),
        ("a: [1\nb: 2\n", "1:4 a list opens here with [; expected ',' or ']' at line 2, column 2"),
        ("a:\n\t- 1\n", "2:1 a tab cannot indent: use blanks"),
        ("a:\n  - b\n\t- 1\n", "3:1 a tab cannot indent: use blanks"),
        ("a: @x\n", "1:4 a text cannot begin with '@': put it in quotes"),
        ("a: ]\n", "1:4 a text cannot begin with ']': put it in quotes"),
        ('a: "x\nb: 1\n', "1:4 a quote opens here and is not closed"),
        ("a: 1\nb: 'x\n---\nc: 1\n", "2:4 a quote opens here and is not closed"),
        ('a: "x\nb: "y"\n', '1:4 a quote opens here and is closed at line 2, column 4, where more follows; inside a text it is written \\"'),
        ("a: 'Don't'\n", "1:4 a quote opens here and is closed at line 1, column 8, where more follows; inside a text it is written ''"),
        ("a:\n  b: Rest: then walk\n", "2:6 a text with a colon and a blank in it must stand in quotes"),
        ("a: 1\n b: 2\n", "2:3 a value cannot begin here: mend the indentation, or put the text in quotes"),
        ("a: b\nc\n", "2:1 expected a key with a colon and a blank behind it"),
        ("a: {b: c: d}\n", "1:4 a mapping opens here with {; expected ',' or '}' at line 1, column 9"),
        ("a:\n  b: 1\n c: 2\n", "3:2 expected a key here, as on line 1: mend the indentation"),
        ("- a\nb: 1\n", "2:1 expected '- ' here, as on line 1: mend the indentation"),
        ('a: "\\q"\n', '1:5 this escape is not known: between " and " a backslash is written twice'),
        ('a: "\\ud83d"\n', "1:7 this escape is no character"),
        ("a: *\n", "1:5 did not find expected alphabetic or numeric character while scanning an alias"),
        ("a: " + "[" * 33, "1:35 is nested over 32 deep"),
        ("a: " + "x" * (1 << 20), "0:0 is over 1 MiB, the most that is read"),
        ("a: \ud800", "0:0 holds half a character: '\\ud800'"),
        ("é: 1\nb: \x07", "2:4 character '\\x07' is not allowed in YAML"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else None,
)  # fmt: skip
def test_what_a_table_may_not_hold_is_named_with_its_place(text: str, expected: str) -> None:
    assert problems(text) == [expected]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_any_depth_is_refused_in_the_same_words_whichever_reader_gives_up_first(opening: str) -> None:
    assert [one.partition(" ")[2] for one in problems(opening * 30_000)] == ["is nested over 32 deep"]


def test_several_problems_of_form_are_all_found() -> None:
    assert len(problems("a: &x {b: *x , c: !t 1}\na: 2\n")) == 4


def test_a_text_in_a_message_cannot_disturb_the_terminal_nor_fill_it() -> None:
    assert printable("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert len(printable("x" * 200)) == 60


def test_a_text_with_too_many_problems_is_left_after_a_thousand() -> None:
    found = problems("\n".join(f"a{n}: &x 1" for n in range(1100)))
    assert len(found) == 1
    assert "has over 1000 problems" in found[0]


@pytest.mark.parametrize(
    "text", ["a: !<%1B%5B31mfoo> b", "a: !<%E2%80%AE> b", "%TAG !\u202e! x\n--- a", "a: &\u202ex b", "a: *\u202ex"]
)
def test_no_tag_or_anchor_reaches_the_terminal_as_it_is(text: str) -> None:
    assert all(one.isprintable() for one in problems(text))


def test_the_problem_that_ends_a_text_with_too_many_is_printable_too() -> None:
    text = "".join(f"- !<%1B%5B31mfoo{number}> b\n" for number in range(1001))
    assert all(one.isprintable() for one in problems(text))


def test_a_long_tag_or_anchor_is_cut() -> None:
    assert max(map(len, problems(f"- !<{'x' * 5000}> b\n- &{'y' * 5000} b\n- *{'y' * 5000}\n"))) < 150


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["a: 1 # note{}b: 2\n", "a: 'x{}y'\n", "a{}b: 1\n"], ids=["comment", "text", "key"])
def test_what_ends_a_line_for_some_readers_only_is_refused_anywhere_with_its_place(text: str, end: str) -> None:
    message = f"U+{ord(end):04X} is not allowed: only a line feed ends a line"
    assert problems(f"# \u00e9\r\n{text.format(end)}x: {end}") == [
        f"2:{text.index('{') + 1} {message}",
        f"3:4 {message}",
    ]


def test_lines_may_end_as_those_of_windows() -> None:
    root, found = read_yaml("a: 1\r\nb: 2\r\n")
    assert isinstance(root, Keys)
    assert (root.spots, found) == ({"a": (1, 1), "b": (2, 1)}, [])


def test_a_character_may_be_written_in_two_halves_as_json_does_and_shifts_no_column() -> None:
    text = r'{"a": "x \\\ud83d\ude00\uD83D\uDE00", "b": &x y, "b": 1}'
    root, _ = read_yaml(text)
    assert isinstance(root, Keys)
    assert isinstance(root.values["a"], Scalar)
    assert root.values["a"].text == "x \\\U0001f600\U0001f600"
    assert problems(text) == [
        f"1:{text.index('&x') + 1} b anchors (&x) are not allowed",
        f"1:{text.rindex(chr(34) + 'b') + 1} b duplicate key 'b'; first on line 1",
    ]
    text = text.replace(": 1}", ": 1: 2}")
    assert problems(text) == [
        f"1:1 a mapping opens here with {{; expected ',' or '}}' at line 1, column {len(text) - 3}"
    ]


def test_two_halves_in_a_text_without_escapes_stay_as_they_are() -> None:
    root, _ = read_yaml(r"a: '\ud83d\ude00'")
    assert isinstance(root, Keys)
    assert root.values["a"] == Scalar(1, 4, r"\ud83d\ude00", False)
