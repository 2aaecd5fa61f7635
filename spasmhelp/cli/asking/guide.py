"""`advise --guide`: one step at a time, with a timer, and a way back to the red flags at any moment."""

import sys
from collections.abc import Callable

from msgspec.structs import replace
from rich.text import Text

from spasmhelp.cli.asking.clock import Clock, Terminal
from spasmhelp.cli.asking.person import Person
from spasmhelp.cli.pages.advice import (
    advice_end,
    body_steps,
    opening_text,
    withheld_text,
)
from spasmhelp.cli.pages.command import command_for
from spasmhelp.cli.pages.wording import origin_words, phase_title
from spasmhelp.cli.paper import Paper
from spasmhelp.cli.terminal import Look, Stopped
from spasmhelp.core.advise import Advice, advise
from spasmhelp.core.interview import interview
from spasmhelp.core.model import Case, Level, Phase, Table, Timer
from spasmhelp.core.steps import GivenStep
from spasmhelp.core.words import fold, index

KEYS = "Enter: {enter}. c: something changed. q: stop."


class Changed(Exception):
    """The person says that something changed: the red flags are asked again."""


class HelpNow(Exception):
    """A step's limit was reached; `level` says what is needed now."""

    def __init__(self, level: Level) -> None:
        super().__init__(level)
        self.level = level


class Guide:
    """Goes through the steps of advice; `screen` asks the red flags again and returns the new case."""

    def __init__(self, table: Table, out: Paper, err: Paper, clock: Clock, screen: Callable[[Case], Case]) -> None:
        self.table, self.out, self.err, self.clock, self.screen = table, out, err, clock, screen
        self.dangers = index(flag for flag in table.red_flags if flag.level is Level.emergency)
        self.limit: tuple[float, Timer] | None = None  # when the first step with a limit began
        # How far it is, so that the red flags can be asked again in between:
        self.at = self.later_at = 0
        self.gone = False

    def run(self, advice: Advice, table_path: str | None = None) -> Advice:
        """Go through an advice to its end; return it, as it then is. Raises Stopped if the person stops."""
        self.open(advice)
        lasted = False
        while advice.steps:
            try:
                self.now(advice)
                self.after(advice)
                break
            except Changed:
                advice = self.again(advice)
            except HelpNow as reached:
                self.help_now(reached.level)
                advice, lasted = replace(advice, level=max(advice.level, reached.level)), True
                break
        look = replace(self.out.look, terminal=False)  # it need not name the guide
        again = [] if lasted else command_for(advice.case, table_path)  # the same steps are no help any more
        self.out.put(*advice_end(self.table, advice, look, again, None))
        return advice

    def open(self, advice: Advice) -> None:
        """Say what an advice opens with; where it has no steps, all of it."""
        self.out.put(*opening_text(self.table, advice), *withheld_text(self.table, advice))
        if not advice.steps:
            self.net(advice)

    def again(self, advice: Advice) -> Advice:
        """Ask the red flags again and return the new advice; what was reported before still counts."""
        self.err.gap()
        before = advice.case.red_flags or ()
        case = self.screen(replace(advice.case, red_flags=None))
        flags = tuple(flag for flag in self.table.red_flags if flag in before or flag in (case.red_flags or ()))
        advice = advise(self.table, replace(case, red_flags=flags))
        self.err.gap()
        if not advice.steps or advice.level > Level.self_care:
            self.open(advice)
        return advice

    def now(self, advice: Advice) -> None:
        """Go through the steps for now until it let go. Raises Changed and HelpNow."""
        steps = [given for given in advice.steps if given.step.phase is Phase.now]
        while self.at < len(steps) and not self.gone:
            given = steps[self.at]
            self.show(given, f"{phase_title(self.table, Phase.now)}, step {self.at + 1} of {len(steps)}")
            self.timed(given, advice.case)
            self.gone = self.yes("Has it let go? y: yes. n: not yet. c: something changed. >")
            self.at += not self.gone

    def after(self, advice: Advice) -> None:
        """When it let go, go on with the steps for later; when all was tried, say when to get help, then list them."""
        later = [given for given in advice.steps if given.step.phase is Phase.next]
        rest = [given for given in advice.steps if given.step.phase is Phase.prevent]
        if not self.gone and self.at:
            self.err.gap()
            self.err.say("That was the last step for now.", style="bold")
            self.net(advice)
            self.out.put(*body_steps(self.table, (*later, *rest), self.out.look))
            return
        self.limit = None
        while self.later_at < len(later):
            given = later[self.later_at]
            self.show(given, f"{phase_title(self.table, Phase.next)}, {self.later_at + 1} of {len(later)}")
            self.timed(given, advice.case)
            self.later_at += 1
        self.out.put(*body_steps(self.table, rest, self.out.look))
        self.net(advice)

    def net(self, advice: Advice) -> None:
        self.out.put(Text(), *map(Text, advice.safety_net))

    def help_now(self, level: Level) -> None:
        """Say that it has lasted too long, and what is needed now."""
        words = self.table.levels[level]
        self.out.put(Text(), Text(f"{words.name}: {words.do}", style="bold red"), *map(Text, words.safety_net))

    def show(self, given: GivenStep, title: str) -> None:
        """One step, large and calm: nothing else near it."""
        said = given.text
        if given.not_if:
            said += f" Not if: {'; '.join(precaution.name for precaution in given.not_if)}."
        self.out.put(Text(), Text(title.upper(), style="bold"), Text())
        self.out.put(Text(said, style="bold"), Text(origin_words(self.table, given.step), style="dim"), Text())

    def timed(self, given: GivenStep, case: Case) -> None:
        """Wait for a step: a countdown, a limit that counts up, or just Enter."""
        timer = given.step.timer
        if timer and timer.minutes:
            if self.yes(f"Start the {minutes(timer.minutes)}? Enter: start. n: no. c: something changed. >"):
                self.countdown(timer)
            return
        if timer and has_limit(timer, case) and not self.limit:
            self.limit = (self.clock.now(), timer)
        self.err.say(KEYS.format(enter="done"), style="dim")
        if self.limit:
            start, limit = self.limit
            end = start + (limit.at_most_minutes or 0) * 60
            self.tick(
                start,
                end,
                lambda gone, left: f"{minutes_and_seconds(gone)} (at most {minutes_and_seconds(gone + left)})",
            )
            if self.clock.now() >= end:
                raise HelpNow(limit.then or Level.urgent_care)
        else:
            with self.clock.keys():
                self.wait(None)

    def countdown(self, timer: Timer) -> None:
        """Count the minutes of a step down, with the check on the way; Enter ends it early."""
        self.err.say(KEYS.format(enter="end early"), style="dim")
        start = self.clock.now()
        end = start + (timer.minutes or 0) * 60
        wide = min(30, self.err.look.width - 12)
        full, empty = ("\N{FULL BLOCK}", "\N{LIGHT SHADE}") if self.err.look.utf8 else ("#", "-")

        def bar(gone: float, left: float) -> str:
            if self.err.look.plain:
                return f"{minutes_and_seconds(left)} left"
            done = round(wide * gone / (gone + left))
            return f"{full * done}{empty * (wide - done)} {minutes_and_seconds(left)} left"

        early = False
        if timer.check_at:
            early = self.tick(start, end, bar, start + timer.check_at * 60)
            if not early:
                self.err.say(timer.check, style="bold")
        if not (early or self.tick(start, end, bar)):
            self.err.say("Time is up.", style="bold")

    def tick(self, start: float, end: float, line: Callable[[float, float], str], until: float | None = None) -> bool:
        """Show the time, each second, or each minute in plain mode; return whether Enter came before it was over."""
        stop = min(end, until or end)
        plain = self.err.look.plain
        try:
            with self.clock.keys():
                while (now := self.clock.now()) < stop:
                    self.err.redraw(line(now - start, end - now))
                    pause = 60 - (now - start) % 60 if plain else 1 - (now - start) % 1
                    if self.wait(min(pause, stop - now)):
                        return True
            self.err.redraw(line(stop - start, end - stop))
            return False
        finally:
            self.err.end_redraw()

    def wait(self, seconds: float | None) -> bool:
        """Wait for a key; return whether Enter came. Raises Changed and Stopped."""
        left = seconds
        while True:
            began = self.clock.now()
            key = self.clock.key(left)
            if key.lower() == "c":
                raise Changed
            if key.lower() == "q":
                raise Stopped("Stopped.")
            if key == "\n":
                return True
            if left is not None:
                left -= self.clock.now() - began
                if left <= 0.001:  # floating seconds never meet exactly
                    return False

    def yes(self, prompt: str) -> bool:
        """Ask until the answer is y or Enter, or n. Raises Changed and Stopped."""
        while True:
            self.err.prompt(prompt)
            answer = self.clock.line().strip().casefold()
            if answer in ("c", "changed", "something changed") or fold(answer) in self.dangers:
                raise Changed
            if answer in ("q", "quit"):
                raise Stopped("Stopped.")
            if answer in ("y", "yes"):
                return True
            if answer in ("n", "no", "not yet"):
                return False
            if not answer and "Enter" in prompt:
                return True


def guide_at_terminal(table: Table, advice: Advice, out: Look, err: Look, table_path: str | None) -> Advice:
    """Guide a person through advice at the real terminal; return it, as it then is. Raises Stopped."""

    def screen(case: Case) -> Case:
        return interview(table, Person(table, err, welcomed=True), case)

    return Guide(table, Paper(out, sys.stdout), Paper(err), Terminal(err.plain), screen).run(advice, table_path)


def minutes_and_seconds(seconds: float) -> str:
    """Return seconds as minutes and seconds: 4:05."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def minutes(number: int) -> str:
    """Return a number of minutes in words."""
    return f"{number} minute{'' if number == 1 else 's'}"


def has_limit(timer: Timer, case: Case) -> bool:
    """Whether a timer has a limit for a case: ten minutes are long for a cramped calf, not for a stiff neck."""
    fits = (not timer.onset or case.onset in timer.onset) and (not timer.location or case.location in timer.location)
    return bool(timer.at_most_minutes) and fits
