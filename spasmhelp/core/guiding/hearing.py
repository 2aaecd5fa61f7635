"""What a key or a word means to the guide; danger is heard first, a denial of it never counts as one."""

import re
from unicodedata import normalize

from spasmhelp.core.guiding.states import Event, Stage, State
from spasmhelp.core.model import RedFlag, Table
from spasmhelp.core.sentence import read_sentence
from spasmhelp.core.words import fold

LETTERS = {
    "w": Event.worse,
    "c": Event.came_back,
    "p": Event.pause,
    "+": Event.longer,
    "=": Event.longer,
    "-": Event.shorter,
    "?": Event.again,
    "q": Event.leave,
    "n": Event.not_yet,
    "0": Event.not_yet,
}


def hear(table: Table, state: State, text: str) -> Event:
    """Return what a key or a line means at a state: "quite a bit better" is no q, and "it hurts more" is worse."""
    said = spoken(text)
    words = table.reading.guide
    if not said:
        return Event.again if "?" in text else Event.enter
    if said in LETTERS:
        return LETTERS[said]
    commands = {
        Event.worse: words.help,
        Event.leave: words.leave,
        Event.pause: words.pause,
        Event.longer: words.longer,
        Event.shorter: words.shorter,
        Event.enter: words.done,
    }
    for event, names in commands.items():
        if said in map(spoken, names):
            return event
    if said in map(spoken, table.reading.yes):
        return Event.enter if state.eased or state.stage is Stage.offer else Event.let_go
    if is_dangerous(table, text):
        return Event.worse
    if said in map(spoken, table.reading.none):
        return Event.not_yet
    # In this order: "it has not let go" holds "let go", "gone a bit" holds "gone".
    for event in (Event.worse, Event.came_back, Event.easing, Event.not_yet, Event.let_go):
        names = getattr(words, event.value)
        if any(f" {spoken(name)} " in f" {said} " for name in names):
            return event
    return Event.unknown


def is_dangerous(table: Table, text: str) -> bool:
    """Whether a text reports a red flag, or names a number of the emergency line."""
    if text.strip(" .!?") in re.findall(r"\d{3,}", table.about.emergency):
        return True
    return any(
        isinstance(word, RedFlag)
        for mention in read_sentence(table, text).mentions
        if not (mention.negated or mention.past)
        for word in mention.words
    )


def spoken(text: str) -> str:
    """Return words as they are compared here: no marks between them; a sign alone is a key."""
    text = text.strip()
    if text in LETTERS:
        return text
    straight = normalize("NFC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return fold(re.sub(r"[^\w'\s-]", " ", straight)).replace("_", " ").strip(" '")
