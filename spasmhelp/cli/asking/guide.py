"""Leads a person through the steps, one at a time: shows what the states of the guide say, and lets things happen."""

from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct

from spasmhelp.cli.asking.clock import Clock
from spasmhelp.cli.asking.status import keys_text
from spasmhelp.cli.asking.time_line import TimeLine
from spasmhelp.cli.pages.advice import advice_end
from spasmhelp.cli.pages.guided import said_text
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.signals import Signalled
from spasmhelp.cli.terminal import Look, Stopped, Unwritable
from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.document import printable
from spasmhelp.core.guiding.hearing import hear, is_dangerous
from spasmhelp.core.guiding.moves import begin, follow, screened_again
from spasmhelp.core.guiding.sayings import net
from spasmhelp.core.guiding.states import FINAL, Event, Say, Show, Stage, State, Turn
from spasmhelp.core.model import Case, Table
from spasmhelp.core.steps import GivenStep

SMALL_CHANGES = (Event.longer, Event.shorter, Event.easing)  # after these the keys need not be said again
KEYS = "ynwcpq"  # what is a key where nothing follows it; so are a table's own letters for yes and no


class LimitReached(Exception):
    """The limit was reached while something else was asked."""


Screen = Callable[[Case, str, Callable[[], str]], Case]  # asks the red flags again: the case, what was said, a reader


class Begun(Struct, frozen=True, kw_only=True):
    """What came before the guide: the steps that were shown early, since when, and whether the advice was printed."""

    shown: tuple[GivenStep, ...] = ()
    since: float | None = None
    printed: bool = False


class Guide:
    """Goes through the steps of advice on a clock; `screen` asks the red flags again and returns the new case."""

    def __init__(self, table: Table, out: Paper, err: Paper, clock: Clock, screen: Screen) -> None:
        self.table, self.phrases = table, table.phrases
        self.out, self.err, self.clock, self.screen = out, err, clock, screen
        self.time = TimeLine(table, err, clock)
        words = (*table.reading.yes, *table.reading.none)
        self.keys = KEYS + "".join(word for word in words if len(word) == 1)
        self.state: State
        self.said = ""  # what brought the red flags up

    def offer(self, advice: Advice, begun: Begun) -> Advice:
        """Offer to go through an advice that was just printed; return it, as it then is. The limit runs on."""
        self.state, _ = begin(self.table, advice, self.clock.now(), begun.shown, begun.since)
        self.err.gap()
        self.err.say(self.phrases.guide_offer)
        self.err.write("> ")
        try:
            text = self.line()
        except LimitReached:
            self.err.gap()
            self.happen(Event.tick)
            return self.state.advice
        if not text:
            self.err.gap()
        elif text.strip().lower() == "g":
            return self.run(advice, begun)
        elif is_dangerous(self.table, text):
            return self.run(advice, begun, text)
        return advice

    def run(self, advice: Advice, begun: Begun | None = None, worse: str = "") -> Advice:
        """Go through an advice to its end; return it, as it then is. Raises Stopped if the person leaves.

        `worse` is what was said before the first step. Whatever ends it, when to get help is said.
        """
        begun = begun or Begun()
        self.state, said = begin(self.table, advice, self.clock.now(), begun.shown, begun.since)
        if not begun.printed and self.state.stage not in FINAL:
            said = (Say(show=Show.page), *said)
        try:
            with self.clock.keys():
                if worse:  # the danger first: what to do with the muscle is said again after it
                    self.tell(worse)
                else:
                    self.speak(said)
                    if self.state.stage not in FINAL:
                        self.say_keys()
                while self.state.stage not in FINAL:
                    self.turn()
        except Signalled:
            with suppress(Unwritable):
                self.time.end()
                self.speak(net(self.table, self.state))
                self.end()
            raise
        self.end()
        if self.state.stage is Stage.left:
            raise Stopped(self.phrases.guide_stopped)
        return self.state.advice

    def turn(self) -> None:
        """Wait for a second, a key or a line, and say what follows."""
        if self.state.stage is Stage.screen:
            self.ask_again()
            return
        self.time.draw(self.state)
        try:
            text = self.clock.read(self.until_tick(), self.keys)
        except Stopped:
            self.happen(Event.leave)
            return
        if text is None:
            self.happen(Event.tick)
        else:
            self.tell(text)

    def tell(self, text: str) -> None:
        """Take what the person said. What was typed ahead of a new step is no answer to that; danger in it is heard."""
        event = hear(self.table, self.state, text)
        self.said = text
        self.time.end(text)
        before = self.state
        self.happen(event)
        if event is Event.unknown and self.state == before:
            self.err.say(self.phrases.guide_not_understood.format(what=printable(text[:60])))
        if (before.stage, before.at, before.eased) != (self.state.stage, self.state.at, self.state.eased):
            self.drop()
        if self.state.stage not in (*FINAL, Stage.screen) and event not in SMALL_CHANGES:
            self.say_keys()

    def say_keys(self) -> None:
        """Say what can be typed now."""
        self.err.say(keys_text(self.table, self.state), style="dim")

    def drop(self) -> None:
        """Drop what was typed before this was on the screen, but look for danger in it."""
        text = self.clock.drop()
        if not text:
            return
        self.err.say(self.phrases.dropped.format(what=printable(text[:60])))
        if self.state.stage is not Stage.screen and hear(self.table, self.state, text) is Event.worse:
            self.said = text
            self.happen(Event.worse)

    def happen(self, event: Event) -> None:
        """Let an event happen."""
        self.go(follow(self.table, self.state, event, self.clock.now()))

    def go(self, turn: Turn) -> None:
        """Go on to a state, and say what is said on the way."""
        after, said = turn
        if said or after.stage is not self.state.stage:
            if self.time.drawn and not self.err.look.plain:
                self.time.draw(self.state)  # as it is now
            self.time.end()
            self.time.words = ""
        self.state = after
        self.speak(said)

    def ask_again(self) -> None:
        """Ask the red flags again, and go back to the step or on to help; the limit runs on meanwhile."""
        dropped = self.clock.drop()
        with self.clock.lines():
            try:
                case = self.screen(self.state.advice.case, " ".join((self.said, dropped)).strip(), self.line)
            except Stopped:
                self.happen(Event.leave)
                return
            except LimitReached:
                self.err.gap()
                self.happen(Event.tick)
                return
        self.go(screened_again(self.table, self.state, advise(self.table, case), self.clock.now()))
        if self.state.stage not in FINAL:
            self.say_keys()

    def line(self) -> str:
        """Return the next line for another question, "" at the end of input. Raises LimitReached."""
        while True:
            if self.state.limit and self.clock.now() >= self.state.limit.end:
                raise LimitReached
            try:
                text = self.clock.read(self.until_tick(), "")
            except Stopped:
                return ""
            if text is not None:
                return f"{text}\n"

    def until_tick(self) -> float | None:
        """Return the seconds until the time on the screen is another; None where no time runs."""
        runs = self.state.limit or self.state.stage is Stage.timer
        return 1.0 - self.clock.now() % 1 if runs else None

    def speak(self, said: tuple[Say, ...]) -> None:
        """Say all of it, a free line before."""
        self.out.measure()
        if said:
            self.out.gap()
        advice, last = self.state.advice, self.state.stage in FINAL
        for i, one in enumerate(said):
            if i and (one.show is Show.card or said[i - 1].show is Show.list):
                self.out.gap()
            if one.bell:
                self.out.write("\a")
            self.out.put(*said_text(self.table, advice, last, one, self.out.look))

    def end(self) -> None:
        """Say the disclaimer last."""
        self.out.put(*advice_end(self.table, self.state.advice, Look(width=self.out.look.width), [], None))
