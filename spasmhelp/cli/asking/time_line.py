"""The line at the foot of the guide: the time that runs, drawn anew each second, and what is being typed on it."""

from spasmhelp.cli.asking.clock import Clock
from spasmhelp.cli.asking.status import status_text, time_in_words
from spasmhelp.cli.paper import Paper
from spasmhelp.core.document import printable
from spasmhelp.core.guiding.states import State
from spasmhelp.core.model import Table


class TimeLine:
    """Draws the line and leaves it; nothing else may be written while it is `drawn`."""

    def __init__(self, table: Table, paper: Paper, clock: Clock) -> None:
        self.table, self.paper, self.clock = table, paper, clock
        self.words = ""  # what was last said of the time, in plain mode
        self.drawn = ""

    def draw(self, state: State) -> None:
        """Show the time, and what is being typed; in plain mode a line a minute, in words."""
        self.paper.measure()
        now = self.clock.now()
        if not self.paper.look.plain:
            text = f"{status_text(self.table, state, now, self.paper.look)}> {self.clock.word}"
            if text != self.drawn or self.clock.woken:
                self.paper.redraw(text)
            self.drawn, self.clock.woken = text, False
            return
        words = time_in_words(self.table, state, now)
        if words != self.words or not self.drawn or self.clock.woken:
            if self.drawn:
                self.paper.gap()
            self.paper.say(words if words != self.words else "")
            self.paper.write("> ")
            self.words, self.drawn, self.clock.woken = words, "> ", False

    def end(self, typed: str | None = None) -> None:
        """Leave the line with the time, with what was typed on it; in plain mode Enter has ended the line already."""
        if self.paper.look.plain:
            if self.drawn and typed is None:
                self.paper.gap()
        elif self.drawn:
            self.paper.redraw(self.drawn.split("> ")[0] + f"> {printable(typed or '')}".rstrip())
            self.paper.end_redraw()
        self.drawn = ""
