"""Lines to and from a person: what is read is free of escape sequences; the keys that work everywhere work here."""

import re
from collections.abc import Callable, Iterable

from spasmhelp.cli.asking.replies import Reply, plain, reply_to
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import Look, Stopped, tell, typed, typed_ahead
from spasmhelp.core.asked import Line, is_danger
from spasmhelp.core.model import Level, RedFlag, Table
from spasmhelp.core.sentence import read_sentence
from spasmhelp.core.words import fold


class Back(Exception):
    """The person wants the question before this one."""


class Conversation:
    """Reads lines, says sentences, and confirms what sounds like danger, at whatever question it was said."""

    def __init__(self, table: Table, look: Look, read_line: Callable[[], str] = typed) -> None:
        self.table, self.phrases = table, table.phrases
        self.paper = Paper(look)
        self.beside = ""  # what was said where a danger was confirmed, and is no answer to that
        self.confirmed: tuple[RedFlag, ...] = ()  # the dangers that were said at any question, and stand
        self.read_line = read_line  # the next line, "" at the end of input
        # The numbers of the emergency line are words for it: "911" says it again.
        self.calls = frozenset(re.findall(r"\d{3,}", table.about.emergency))

    def read(self, prompt: str = "> ") -> Reply:
        """Return the next line. Raises Back on `b`, Stopped on `q` and at the end of input."""
        while True:
            reply = reply_to(self.line(prompt), self.table.reading)
            if fold(reply.text) == "q":
                raise Stopped
            if fold(reply.text) == "b":
                raise Back
            if reply.text not in self.calls:
                return reply
            self.paper.say(self.table.about.emergency, style="bold")

    def line(self, prompt: str = "> ") -> str:
        """Return the next line as it was typed. Raises Stopped at the end of input."""
        try:
            self.paper.write(prompt)
            line = self.read_line()
        except Signalled:
            tell("")  # the shell's prompt begins on its own line
            raise
        if not line:
            tell("")
            raise Stopped
        return line

    def drop_typed_ahead(self) -> str:
        """Drop what was typed before a screen was drawn, say so, and return it: it may hold a danger."""
        text = " ".join(part for part in map(plain, typed_ahead().splitlines()) if part)
        if text:
            self.paper.say(self.phrases.dropped.format(what=text[:60]))
        return text

    def dangers(self, text: str) -> tuple[RedFlag, ...]:
        """Return the red flags for today or now that a text reports and the person confirms; a doubt is a yes."""
        return self.confirm(self.reported(text))

    def reported(self, text: str) -> list[RedFlag]:
        """Return the red flags for today or now that a text reports; of what could be several the worst."""
        heard = read_sentence(self.table, text).mentions
        said = [
            [word for word in mention.words if isinstance(word, RedFlag)]
            for mention in heard
            if not (mention.negated or mention.past)
        ]
        flags = dict.fromkeys(max(words, key=lambda flag: flag.level) for words in said if words)
        return [flag for flag in flags if is_danger(flag)]

    def confirm(self, flags: Iterable[RedFlag]) -> tuple[RedFlag, ...]:
        """Return those of the red flags that are there, with what was said beside; a doubt is a yes.

        The worst is asked first; after an emergency nothing more is.
        """
        todo, asked, there = list(flags), set[RedFlag](), list[RedFlag]()
        while todo and not any(flag.level is Level.emergency for flag in there):
            flag = max(todo, key=lambda one: one.level)
            asked.add(flag)
            there += [flag] if self.is_there(flag) else []
            todo = [one for one in (*todo, *self.reported(self.beside)) if one not in asked]
            self.beside = ""
        self.confirmed += tuple(there)
        return tuple(there)

    def is_there(self, flag: RedFlag) -> bool:
        """Ask whether a sign of danger is there; the end of input is no answer to that, so it is a yes.

        What was typed before it was asked, or says something else, goes into `beside`.
        """
        self.beside += self.drop_typed_ahead()
        while True:
            self.paper.say(self.phrases.danger.format(ask=flag.ask), style="bold")
            try:
                reply = self.read()
            except Back:
                self.paper.say(self.phrases.yes_or_no)
                continue
            except Stopped:
                return True
            if reply.none:
                self.paper.say(self.phrases.not_counted)
                return False
            if reply.yes or reply.unsure or reply.numbers == (1,):
                return True
            self.beside += f"\n{reply.text}"
            self.paper.say(self.phrases.yes_or_no)

    def say_emergency(self, flags: Iterable[RedFlag], lines: Iterable[Line] = ()) -> bool:
        """Say at once to call, and what was picked at length; return whether it stands: only `b` takes it back."""
        self.paper.say(self.table.levels[Level.emergency].do, style="bold")
        for flag in flags:
            picked = "; ".join(line.say for line in lines if line.word is flag)
            self.paper.say(f"{picked}. {flag.ask}" if picked else flag.ask)
        self.paper.say(self.phrases.slip)
        try:
            return fold(plain(self.line())) != "b"
        except Stopped:
            return True
