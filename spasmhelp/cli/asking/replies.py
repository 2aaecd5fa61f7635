"""What a person's answer to a screen means; what is unclear is asked, never guessed."""

import re
from collections.abc import Callable, Iterable

from msgspec import Struct

from spasmhelp.cli.paper import List, Paper
from spasmhelp.core.document import printable
from spasmhelp.core.model import RedFlag, Word
from spasmhelp.core.words import NONE, YES, Index, beginning, fold, index, nearest, separate, spellings

UNSURE = re.compile(
    r"\b(?:i am |i'm |i )?(?:not (?:so |really )?sure|unsure|don'?t know|maybe|perhaps)\b", re.IGNORECASE
)

# How people write numbers of lines: "1 3", "1,3", "1.", "1 and 3", "about 1" once its "not sure" is off.
NUMBERS = re.compile(r"(?:about |number |line )?\d+\.?(?:(?:[\s,]+|\s*(?:and|&|or)\s*)\d+\.?)*[?!]?", re.IGNORECASE)


class Screen(Struct, frozen=True, kw_only=True):
    """What one prompt offers: the words from number `first` on; `unsure_is_yes` where a doubt counts.

    `known` are all words that answer the question: what is reported counts, though it is not on the screen.
    """

    title: str
    because: str
    words: tuple[Word, ...]
    known: tuple[Word, ...] = ()
    first: int = 1
    many: bool = True
    earlier: tuple[Word, ...] | None = None
    examples: tuple[str, ...] = ()
    unsure_is_yes: bool = False


class Hearing:
    """Understands answers; `read` returns one more line from the person, and may raise.

    `dangers` are the emergencies, which are heard at every question.
    """

    def __init__(self, paper: Paper, read: Callable[[], str], dangers: Iterable[RedFlag]) -> None:
        self.paper, self.read, self.dangers = paper, read, tuple(dangers)

    def understand(self, screen: Screen, text: str, unsure: bool, numbered: bool) -> tuple[Word, ...] | None:
        """Return the words an answer means, or None after saying what was wrong with it."""
        answer = fold(text)
        if screen.many and answer in NONE:
            return ()
        if screen.many and (not answer or answer in YES):
            if unsure and not screen.unsure_is_yes:
                return ()
            if len(screen.words) == 1:
                return screen.words
            self.paper.say(
                "Which line? Not sure counts as yes: type its number. 0 for none."
                if unsure
                else "Which line? Type its number."
            )
            return None
        parts = [text.rstrip(".!?") or text]
        if screen.many:
            numbers = re.findall(r"\d+", text) if NUMBERS.fullmatch(text) else []
            parts = numbers or separate(self.spoken(screen), text)
        signs = self.signs(screen, parts)
        if signs:
            return signs if signs[0] in screen.known else self.confirm(signs[0])
        words = []
        for part in parts:
            word = self.one(screen, part, numbered)
            if word is None:
                return None
            words.append(word)
        return tuple(dict.fromkeys(words))

    def spoken(self, screen: Screen) -> Index:
        """Return all that may be said at a screen, by its spelling."""
        return index(dict.fromkeys((*screen.words, *screen.known, *self.dangers)))

    def signs(self, screen: Screen, parts: Iterable[str]) -> tuple[RedFlag, ...]:
        """Return the emergencies that an answer names exactly; a word of the question itself comes first."""
        own, dangers = index((*screen.words, *screen.known)), index(self.dangers)
        said = (fold(part) for part in parts)
        return tuple(
            word
            for spelling in said
            for word in dangers.get(spelling, ())
            if isinstance(word, RedFlag) and word in own.get(spelling, (word,))
        )

    def confirm(self, flag: RedFlag) -> tuple[Word, ...] | None:
        """Ask whether an emergency that was named at another question is there; a doubt counts as yes."""
        while True:
            self.paper.say(f"That is a sign of danger: {flag.name}. {flag.ask} (y: yes. 0: no)")
            text, doubt = doubtful(self.read())
            if fold(text) in NONE and not doubt:
                self.paper.say("Not counted, then. Try another word, or ? for the list.")
                return None
            if doubt or fold(text) in (*YES, "1", *map(fold, spellings(flag))):
                return (flag,)

    def one(self, screen: Screen, text: str, numbered: bool) -> Word | None:
        """Return the word that a part of an answer means: by number, by name, by beginnings, or nearly."""
        words = screen.words
        if text.isdecimal():
            if numbered and len(text) < 6 and 0 <= int(text) - screen.first < len(words):
                return words[int(text) - screen.first]
            self.paper.say(
                f"There is no line {printable(text)} here." if numbered else "Press Enter for the numbered list."
            )
            return None
        known, all_known = index(words), index(screen.known)
        fitting = known.get(fold(text)) or all_known.get(fold(text)) or beginning(words, text)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return self.narrow(fitting, f"Which one is '{printable(text)}'?")
        close = nearest(known, text) or nearest(all_known, text)
        if close:
            return self.narrow(close, f"Nothing here is called '{printable(text)}'. Did you mean this? (0: no)")
        self.paper.say(f"Nothing here is called '{printable(text)}'. Try another word, or ? for the list.")
        return None

    def narrow(self, words: tuple[Word, ...], title: str) -> Word | None:
        """Let the person pick from a short list, numbered anew; anything else is none of them."""
        self.paper.say(title)
        List([self.paper.numbered(words)]).next_page()
        text = self.read()
        if len(words) == 1 and fold(text) in YES:
            return words[0]
        if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(words):
            return words[int(text) - 1]
        exact = index(words).get(fold(text), ())
        if len(exact) != 1:
            self.paper.say("None of these, then. Try another word, or ? for the list.")
        return exact[0] if len(exact) == 1 else None


def doubtful(text: str) -> tuple[str, bool]:
    """Return an answer without its "not sure", and whether it had one."""
    rest = UNSURE.sub("", text)
    return rest.strip(" ,.?!:") if rest != text else text, rest != text
