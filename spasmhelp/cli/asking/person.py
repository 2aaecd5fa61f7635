"""Answers from a person at a terminal: one screen at a time, everyday words, a way back and a way out."""

import re

from msgspec.structs import replace

from spasmhelp.cli.asking.replies import Hearing, Screen, doubtful
from spasmhelp.cli.pages.region_list import place_pages
from spasmhelp.cli.paper import List, Paper
from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import Look, Stopped, tell, typed
from spasmhelp.core.decoding.case import REQUIRED
from spasmhelp.core.interview import Answer, Question, flags_of
from spasmhelp.core.model import Level, RedFlag, Table, Word
from spasmhelp.core.words import NONE, fold

KEYS = "b: back. ?: why, and the list. q: stop."
HINT = f"Type a number or a word, then Enter. {KEYS}"
SHORT_HINT = "(b, ?, q)"


class Back(Exception):
    """The person wants the question before this one."""


class Person:
    """Asks on stderr, reads stdin; a bad answer is asked again."""

    def __init__(self, table: Table, look: Look, welcomed: bool = False) -> None:
        self.table, self.look = table, look
        self.paper = Paper(look)
        self.hearing = Hearing(self.paper, lambda: self.read(None), filter(is_emergency, table.red_flags))
        self.hinted, self.returning = welcomed, False

    def __call__(self, question: Question) -> Answer:
        """Return what the person reports. Raises Stopped on `q` or at the end of input."""
        if not question.fitting:
            return Answer()
        self.welcome()
        try:
            answer = self.required(question) if question.name in REQUIRED else self.several(question)
        except Back:
            answer = Answer(back=True)
        danger = tuple(word for word in answer.words or () if isinstance(word, RedFlag) and is_emergency(word))
        if danger and question.name != "red_flags":
            answer = Answer(danger=danger)
        self.returning = answer.back
        return answer

    def welcome(self) -> None:
        """Say once, before any question, when not to go on answering; and how to answer."""
        if not self.hinted:
            about = self.table.about
            self.paper.say(about.emergency, style="bold")
            self.paper.gap()
            self.paper.say(about.disclaimer)
            self.paper.say(HINT)

    def end(self) -> None:
        """Part the questions from what follows them, if any was asked."""
        if self.hinted:
            self.paper.gap()

    def required(self, question: Question) -> Answer:
        """Ask for one word: of a short list, or, for the place, any word that comes to mind."""
        examples = self.examples(question) if question.name == "location" else ()
        screen = Screen(
            title=question.words.ask,
            because=question.words.because,
            words=question.fitting,
            known=question.known,
            many=False,
            earlier=question.earlier,
            examples=examples,
        )
        return Answer(words=self.ask(screen))

    def examples(self, question: Question) -> tuple[str, ...]:
        """Return three words that show how to name a place: the table's, or one of each region."""
        regions: dict[str, str] = {}
        for location in self.table.locations:
            regions.setdefault(location.region, location.name.lower())
        return (question.words.examples or tuple(regions.values()))[:3]

    def several(self, question: Question) -> Answer:
        """Ask one screen after the other; an emergency ends them, what can wait is put off to the end."""
        screens = self.screens(question)
        said: dict[int, tuple[Word, ...]] = {}
        at = 0
        if self.returning and len(screens) > 1:
            at = len(screens) - 1
            said = {i: screens[i].earlier or () for i in range(at)}
        while at < len(screens):
            try:
                said[at] = self.ask(replace(screens[at], earlier=said.get(at, screens[at].earlier)))
            except Back:
                if at == 0:
                    raise
                at -= 1
                continue
            if any(is_emergency(word) for word in said[at]):
                break
            if is_emergency(screens[at].words[-1]) and not any(is_emergency(s.words[0]) for s in screens[at + 1 :]):
                self.paper.gap()
                self.paper.say(question.words.meanwhile, style="bold")
            at += 1
        put_off = question.name == "red_flags" and not question.last
        later = flags_of(question, Level.see_clinician, Level.self_care) if put_off else ()
        return Answer(words=tuple(dict.fromkeys(word for i in sorted(said) for word in said[i])), later=later)

    def screens(self, question: Question) -> list[Screen]:
        """Return the screens of a question: the red flags by level, worst first; each as high as the terminal."""
        parts: list[tuple[str, tuple[Word, ...]]] = [(question.words.ask, question.fitting)]
        if question.name == "red_flags":
            levels = [Level.see_clinician] if question.last else [Level.emergency, Level.urgent_care]
            parts = [
                (self.level_title(question, level), question.fitting if question.last else flags_of(question, level))
                for level in levels
            ]
        screens: list[Screen] = []
        shown = {word for _, words in parts for word in words}
        for title, words in parts:
            first = 1
            for page in self.paper.pages(title, words):
                # What no screen shows was said at the first one, or may be.
                earlier = question.earlier and tuple(
                    word for word in question.earlier if word in page or not (screens or word in shown)
                )
                screens.append(
                    Screen(
                        title=title if first == 1 else f"{title} ({first} to {first + len(page) - 1})",
                        because=question.words.because,
                        words=page,
                        known=question.known,
                        first=first,
                        earlier=earlier,
                        unsure_is_yes=question.name != "triggers",
                    )
                )
                first += len(page)
        return screens

    def level_title(self, question: Question, level: Level) -> str:
        words = self.table.levels[level]
        return words.ask or f"{words.name}: {question.words.ask}"

    def ask(self, screen: Screen) -> tuple[Word, ...]:
        """Ask until the answer is usable, and echo it by name. Raises Back and Stopped."""
        self.paper.gap()
        self.paper.say(screen.title, style="bold")
        shown = self.open_list(screen)
        unsure = False
        while True:
            text = self.read(screen, shown)
            if text == "?":
                self.paper.say(screen.because)
                shown.restart()
            elif not text and screen.earlier:
                return self.echo(screen.earlier)
            elif not text and shown.more:
                shown.next_page()
            elif not text:
                empty = screen.earlier is not None
                if empty:
                    return self.echo(())
                self.paper.say("Type 0 for none." if screen.many else "Type a number or a word.")
            else:
                text, doubt = doubtful(text)
                unsure = unsure or doubt
                if doubt and screen.unsure_is_yes and fold(text) in NONE:
                    text = ""  # "maybe no" is a doubt, too
                words = self.hearing.understand(screen, text, unsure, shown.begun)
                if words is not None:
                    return self.echo(words, unsure and screen.unsure_is_yes)

    def open_list(self, screen: Screen) -> List:
        """Show the choices; for a place only how to name one, until the list is wanted."""
        if not screen.examples:
            shown = List([self.paper.numbered(screen.words, screen.first)])
            shown.next_page()
            return shown
        key = "type ?" if screen.earlier else "press Enter"  # Enter keeps the earlier answer
        self.paper.say(f"Type a word ({', '.join(screen.examples)}), or {key} for the list.")
        return List(place_pages(self.paper, screen.words))

    def echo(self, words: tuple[Word, ...], unsure: bool = False) -> tuple[Word, ...]:
        said = ", ".join(word.name for word in words) or "none"
        self.paper.say(f"You said: {said}." + (" Not sure counts as yes." if unsure and words else ""))
        return words

    def read(self, screen: Screen | None, shown: List | None = None) -> str:
        """Return the next line; `b` and `q` raise. The keys are explained once, then only named."""
        again = screen is not None and screen.earlier is not None
        hints = []
        if screen and screen.many:
            hints.append("Numbers" if again and not screen.earlier else "Numbers, or 0 for none")
        if screen and screen.earlier is not None:
            hints.append(f"Enter for {', '.join(word.name for word in screen.earlier) or 'none'}")
        elif shown and shown.begun and shown.more:
            hints.append("Enter for more")
        hint = ", ".join(hints)
        prompt = " ".join(part for part in (hint, SHORT_HINT if self.hinted else "", "> ") if part)
        self.hinted = True
        self.paper.write(prompt)
        try:
            line = typed()
        except Signalled:
            tell("")  # the shell's prompt begins on its own line
            raise
        if not line:
            tell("")
            raise Stopped
        text = re.sub(r"\x1b\[[0-9;]*[A-Za-z~]|[\x00-\x1f\x7f]", "", line).strip()
        if fold(text) == "q":
            raise Stopped
        if fold(text) == "b":
            raise Back
        return text


def is_emergency(word: Word) -> bool:
    """Whether a word is a red flag of the highest level."""
    return getattr(word, "level", None) is Level.emergency
