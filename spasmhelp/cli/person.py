"""Answers from a person at a terminal: a list to choose from, everyday words, a way back and a way out."""

import re
import sys
from collections.abc import Sequence

from msgspec import Struct

from spasmhelp.cli.terminal import Look, Stopped, render, write
from spasmhelp.core.document import printable
from spasmhelp.core.interview import REQUIRED, Answer, Question, flags_of
from spasmhelp.core.model import Level, Location, Precaution, RedFlag, Table, Word
from spasmhelp.core.words import beginning, fold, index, nearest, separate

HINT = "Type a number or a word, then Enter. b: back. ?: why we ask. q: stop."
SHORT_HINT = "(b, ? or q)"


class Back(Exception):
    """The person wants the question before this one."""


class Choice(Struct, frozen=True, kw_only=True):
    """What one prompt offers: its words, whether several may be chosen, and whether the list is shown at once."""

    title: str
    because: str
    words: tuple[Word, ...]
    many: bool
    earlier: tuple[Word, ...] | None = None
    listed: bool = True


class Person:
    """Asks on stderr, reads stdin; a bad answer is asked again."""

    def __init__(self, table: Table, look: Look) -> None:
        self.table, self.look = table, look
        self.hinted = False

    def __call__(self, question: Question) -> Answer:
        """Return what the person reports. Raises Stopped on `q` or at the end of input."""
        if not question.fitting:
            return Answer()
        self.welcome()
        try:
            if question.name == "red_flags" and not question.last:
                return self.red_flags(question)
            title = question.words.ask
            if question.last:
                title = self.screen_title(question, Level.see_clinician)
            words = self.choose(
                Choice(
                    title=title,
                    because=question.words.because,
                    words=question.fitting,
                    many=question.name not in REQUIRED,
                    earlier=question.earlier,
                    listed=question.name != "location",
                )
            )
        except Back:
            return Answer(back=True)
        return Answer(words=words)

    def welcome(self) -> None:
        """Say once, before any question, when not to go on answering; and how to answer."""
        if not self.hinted:
            self.say(self.table.about.emergency, style="bold")
            self.say(f"{self.table.about.title}. {self.table.about.disclaimer}")
            self.say(HINT)

    def screen_title(self, question: Question, level: Level) -> str:
        return f"{self.table.levels[level].name}: {question.words.ask}"

    def red_flags(self, question: Question) -> Answer:
        """Ask one screen a level, the worst first; an emergency ends it, what can wait is put off to the end."""
        screens = [level for level in (Level.emergency, Level.urgent_care) if flags_of(question, level)]
        reported: dict[Level, tuple[Word, ...]] = {}
        at = 0
        while at < len(screens):
            level = screens[at]
            flags = flags_of(question, level)
            earlier = question.earlier and tuple(flag for flag in question.earlier if flag in flags)
            title, because = self.screen_title(question, level), question.words.because
            try:
                chosen = self.choose(Choice(title=title, because=because, words=flags, many=True, earlier=earlier))
            except Back:
                if at == 0:
                    raise
                at -= 1
                continue
            reported[level] = chosen
            if level is Level.emergency and chosen:
                return Answer(words=chosen)
            if level is Level.emergency:
                self.say(question.words.meanwhile, style="bold")
            at += 1
        words = tuple(word for level in screens for word in reported[level])
        return Answer(words=words, later=flags_of(question, Level.see_clinician, Level.self_care))

    def choose(self, choice: Choice) -> tuple[Word, ...]:
        """Ask until the answer is usable, and echo it by name. Raises Back and Stopped."""
        self.say(choice.title, style="bold")
        listed = choice.listed
        if listed:
            self.list(choice.words)
        while True:
            text = self.read(choice)
            if text == "?" or (not text and not listed and choice.earlier is None):
                if text:
                    self.say(choice.because)
                self.list(choice.words)
                listed = True
                continue
            words = choice.earlier if not text else self.understand(choice, text, listed)
            if words is not None:
                self.say("You said: " + (", ".join(word.name for word in words) or "none") + ".")
                return words
            if not text:
                self.say("Type 0 for none." if choice.many else "Type the number of one line.")

    def understand(self, choice: Choice, text: str, numbered: bool) -> tuple[Word, ...] | None:
        """Return the words an answer means, or None after saying what was wrong with it."""
        if choice.many and fold(text) in ("none", "no", "0"):
            return ()
        if choice.many and fold(text) in ("not_sure", "unsure", "dont_know", "don't_know", "yes", "y"):
            self.say("Which line? If you are not sure, count it as yes and type its number.")
            return None
        parts = [text]
        if choice.many:
            numbers = re.fullmatch(r"\d+(?:[\s,]+\d+)*", text)
            parts = re.split(r"[\s,]+", text) if numbers else separate(index(choice.words), text)
        words = []
        for part in parts:
            word = self.one(choice.words, part, numbered)
            if word is None:
                return None
            words.append(word)
        return tuple(dict.fromkeys(words))

    def one(self, words: tuple[Word, ...], text: str, numbered: bool = True) -> Word | None:
        """Return the word that a part of an answer means: by number, by name, by beginnings, or nearly."""
        if text.isdecimal():
            if numbered and len(text) < 6 and 1 <= int(text) <= len(words):
                return words[int(text) - 1]
            self.say(f"There is no line {printable(text)}." if numbered else "Press Enter for the numbered list.")
            return None
        known = index(words)
        fitting = known.get(fold(text)) or beginning(words, text)
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            return self.narrow(fitting, f"Which one is '{printable(text)}'?")
        close = nearest(known, text)
        if close:
            return self.narrow(close, f"Nothing here is called '{printable(text)}'. Did you mean this? (0: no)")
        self.say(f"Nothing here is called '{printable(text)}'. Try another word, or ? for the list.")
        return None

    def narrow(self, words: Sequence[Word], title: str) -> Word | None:
        """Let the person pick from a short list, numbered anew; anything else is none of them."""
        self.say(title)
        self.list(words)
        text = self.read(None)
        if len(words) == 1 and fold(text) in ("y", "yes"):
            return words[0]
        if text.isdecimal() and len(text) < 6 and 1 <= int(text) <= len(words):
            return words[int(text) - 1]
        exact = index(words).get(fold(text), ())
        return exact[0] if len(exact) == 1 else None

    def list(self, words: Sequence[Word]) -> None:
        """Show the choices, numbered; places under their regions."""
        region = ""
        width = len(str(len(words)))
        for number, word in enumerate(words, 1):
            if isinstance(word, Location) and word.region != region:
                region = word.region
                self.say(f"{region[:1].upper()}{region[1:]}:")
            label = word.ask if isinstance(word, RedFlag | Precaution) else word.name
            self.say(label, number=f"{number:>{width}}. ")

    def say(self, text: str, style: str = "", number: str = "") -> None:
        """Write a paragraph to stderr; under a number it hangs."""
        if not text:
            return
        from rich.padding import Padding
        from rich.table import Table as Grid
        from rich.text import Text

        if not number:
            write(sys.stderr, render(self.look, Text(text, style=style)))
            return
        if self.look.plain:
            write(sys.stderr, render(self.look, Text(number.strip() + " " + text)))
            return
        grid = Grid.grid(padding=0)
        grid.add_column(width=len(number) + 2)
        grid.add_column()
        grid.add_row(Text("  " + number), Text(text))
        write(sys.stderr, render(self.look, Padding(grid, 0)))

    def read(self, choice: Choice | None) -> str:
        """Return the next line; `b` and `q` raise. The keys are explained once, then only named."""
        hint = SHORT_HINT + " " if self.hinted else ""
        self.hinted = True
        earlier = ""
        if choice and choice.earlier is not None:
            earlier = f"[Enter: {', '.join(word.name for word in choice.earlier) or 'none'}] "
        none = "0 for none, or " if choice and choice.many else ""
        write(sys.stderr, f"{none}{hint}{earlier}> ")
        line = sys.stdin.readline()
        if not line:
            write(sys.stderr, "\n")
            raise Stopped
        text = re.sub(r"\x1b\[[0-9;]*[A-Za-z~]|[\x00-\x1f\x7f]", "", line).strip()
        if fold(text) == "q":
            raise Stopped
        if fold(text) == "b":
            raise Back
        return text
