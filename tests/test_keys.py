"""What comes from a keyboard: keys, words and lines, and sequences that mean nothing here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spasmhelp.cli.asking.keys import LONGEST, Decoder

KEYS = "ynwcpq"
SEQUENCES = {
    "right arrow": "\x1b[C",
    "right arrow, application": "\x1bOC",
    "F1": "\x1bOP",
    "F1 of the Linux console": "\x1b[[A",
    "F2": "\x1bOQ",
    "F2 of another terminal": "\x1b[12~",
    "F4": "\x1bOS",
    "Ctrl-right": "\x1b[1;5C",
    "Alt-q": "\x1bq",
    "Alt-arrow": "\x1b\x1b[C",
    "delete": "\x1b[3~",
    "focus": "\x1b[I",
    "mouse": "\x1b[<0;10;20M",
    "old mouse": "\x1b[M !!",
    "title": "\x1b]0;quit\x07",
    "colour": "\x1b]11;rgb:0000/0000/0000\x1b\\",
    "device": "\x1bP1$r0q\x1b\\",
    "one character CSI": "\x9b1;2C",
}


def decoder(*pieces: str, single: bool = True) -> Decoder:
    """Return a decoder that was given these pieces."""
    found = Decoder()
    found.single = single
    for piece in pieces:
        found.feed(piece)
    return found


@pytest.mark.parametrize("name", SEQUENCES)
def test_a_sequence_is_swallowed_in_one_piece_and_in_many(name: str) -> None:
    for pieces in ([SEQUENCES[name]], list(SEQUENCES[name])):
        keys = decoder(*pieces)
        assert (keys.word, keys.waiting, list(keys.lines), keys.ended) == ("", "", [], False)


@pytest.mark.parametrize("name", SEQUENCES)
def test_what_follows_a_sequence_is_read(name: str) -> None:
    keys = decoder("a" + SEQUENCES[name] + "b\r")
    assert list(keys.lines) == ["ab"]


def test_a_letter_is_a_key_and_a_second_one_makes_it_a_word():
    assert decoder("q").is_key(KEYS)
    assert decoder("Q").is_key(KEYS)
    assert not decoder("x").is_key(KEYS)
    assert not decoder("qu").is_key(KEYS)
    assert list(decoder("quite a bit better\r").lines) == ["quite a bit better"]


def test_a_sign_is_a_key_at_once_and_a_part_of_a_word():
    assert list(decoder("+").lines) == ["+"]
    assert list(decoder("a+b\n").lines) == ["a+b"]
    assert list(decoder("? 3\n", single=False).lines) == ["? 3"]


def test_a_paste_is_one_text_and_never_a_key():
    keys = decoder("\x1b[200~q\x1b[201~")
    assert not keys.is_key(KEYS)
    assert keys.word == "q"
    keys = decoder("\x1b[200~y\nn\nq\x1b[201~")
    assert (keys.word, list(keys.lines)) == ("y n q", [])
    keys.feed("\r")
    assert list(keys.lines) == ["y n q"]


def test_a_line_of_nothing_but_an_arrow_is_no_enter():
    assert list(decoder("\x1b[C\n", single=False).lines) == ["?"]
    assert list(decoder("\n", single=False).lines) == [""]


def test_after_a_paste_was_taken_back_a_key_is_a_key():
    assert decoder("\x1b[200~q\x1b[201~\x15q").is_key(KEYS)


def test_backspace_takes_a_letter_back_and_ctrl_u_all():
    assert decoder("qu\x7f").word == "q"
    assert decoder("quit\x15").word == ""


def test_ctrl_d_ends_only_where_nothing_was_typed():
    assert decoder("\x04").ended
    assert not decoder("wor\x04").ended


def test_the_escape_key_alone_waits_for_more_and_is_then_nothing():
    keys = decoder("\x1b")
    assert keys.waiting
    keys.silence()
    keys.feed("q")
    assert keys.is_key(KEYS)


def test_a_string_without_end_is_given_up_after_silence():
    keys = decoder("\x1b]0;never ended")
    keys.silence()
    keys.feed("y")
    assert keys.is_key(KEYS)


@given(st.lists(st.text(alphabet="\x1b[]OPM<;?~0123CqynQ \r\n\x07\x7f\x9b\x04aé\ud7ff", max_size=12), max_size=8))
def test_whatever_comes_a_line_ends_with_enter_once_there_was_silence(pieces: list[str]) -> None:
    keys = decoder(*pieces)
    keys.silence()
    keys.pasting = False
    keys.drop()
    keys.feed("worse\r")
    assert list(keys.lines) == ["worse"]


@given(st.text(max_size=3000))
def test_nothing_grows_without_end(text: str) -> None:
    keys = decoder(text)
    assert len(keys.word) <= LONGEST + text.count("\n") + text.count("\r")
    assert len(keys.waiting) <= LONGEST + 1
