"""Answers from a person at a terminal: the first line, one screen before the first step, a few questions after it."""

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from spasmhelp.cli.asking.clock import seconds_awake_or_not
from spasmhelp.cli.asking.conversation import Back, Conversation
from spasmhelp.cli.asking.first_line import FirstLine
from spasmhelp.cli.asking.screening import LEFT_OUT, Picked, Screening
from spasmhelp.cli.asking.screens import Screen, grouped, word_group
from spasmhelp.cli.pages.advice import first_step_text, stop_text
from spasmhelp.cli.terminal import Look, Stopped, typed
from spasmhelp.core.asked import Line, is_danger
from spasmhelp.core.decoding.case import accept, combine
from spasmhelp.core.interview import Kind, Question, interview
from spasmhelp.core.model import Asked, Case, Extent, Level, Part, Table, Trigger, Word
from spasmhelp.core.record import Answer
from spasmhelp.core.sentence import read_sentence
from spasmhelp.core.steps import GivenStep


def ask_person(table: Table, options: Case, sentence: str, look: Look) -> tuple[Case, "Person"]:
    """Ask at the terminal what options and a sentence leave open; return the case, and who was asked."""
    person = Person(table, look, sentence)
    case = interview(table, person, person.known(options))
    person.end()
    return case, person


class Person:
    """Asks on stderr, reads stdin; a bad answer is asked again. `shown` are the steps shown early, `since` when."""

    def __init__(
        self,
        table: Table,
        look: Look,
        sentence: str = "",
        welcomed: bool = False,
        read_line: Callable[[], str] = typed,
    ) -> None:
        self.table, self.phrases = table, table.phrases
        self.talk = Conversation(table, look, read_line)
        self.first_line = FirstLine(table, self.talk, sentence)
        self.screening = Screening(table, self.talk)
        self.shown: tuple[GivenStep, ...] = ()
        self.since: float | None = None
        self.welcomed = welcomed
        self.answered: dict[Kind, Answer] = {}

    @property
    def put(self) -> tuple[Line, ...]:
        """The lines that were answered, each question as it was answered last."""
        return tuple(line for answer in self.answered.values() for line in answer.put if isinstance(line, Line))

    def __call__(self, question: Question) -> Answer:
        """Return what the person reports. Raises Stopped on `q` or at the end of input."""
        self.answered[question.kind] = answer = self.answer(question)
        return answer

    def answer(self, question: Question) -> Answer:
        """Ask a question, and return what the person reports or that they go back."""
        self.welcome()
        if question.part is Part.after:
            self.show_early(question.early)
        self.talk.paper.gap()
        try:
            if question.kind in (Kind.what_happened, Kind.location, Kind.onset):
                return self.first_line.answer(question)
            if question.kind is Kind.triggers:
                return self.triggers(question)
            return self.lines(question)
        except Back:
            return Answer(back=True)
        except Stopped:
            # Who leaves now has said it, and must hear this.
            dangers = tuple(filter(is_danger, dict.fromkeys((*self.talk.confirmed, *(question.case.red_flags or ())))))
            for flag in dangers[:1]:
                self.talk.paper.say(f"{self.table.levels[Level.urgent_care].do} {flag.do}", style="bold")
            shown, left = self.phrases.stopped_early, self.phrases.stopped_danger if dangers else self.phrases.stopped
            raise Stopped(shown if self.shown else left) from None

    def known(self, options: Case) -> Case:
        """Return what options say, and a sentence where they leave no place or onset open for it to answer."""
        sentence = self.first_line.sentence
        if not sentence or options.onset is None or options.location is None:
            return options
        self.welcome()
        case = read_sentence(self.table, sentence).case
        soon = tuple(flag for flag in case.red_flags or () if not is_danger(flag))
        beside = replace(
            case,
            red_flags=(*self.talk.dangers(sentence), *soon) or None,
            asked=Asked(red_flags=Extent.none, precautions=Extent.none),
        )
        both, contradictions = combine(options, beside)
        return accept(both, contradictions)

    def welcome(self) -> None:
        """Say once, before any question, when not to go on answering, and what this is."""
        if not self.welcomed:
            self.talk.paper.say(self.table.about.emergency, style="bold")
            self.talk.paper.say(self.table.about.disclaimer)
            self.welcomed = True

    def end(self) -> None:
        """Separate the questions from what follows them, if any was asked."""
        if self.welcomed:
            self.talk.paper.gap()

    def show_early(self, early: tuple[GivenStep, ...]) -> None:
        """Show the first steps, with when to get help; take back those that an answer withheld since."""
        for gone in (one for one in self.shown if one not in early):
            self.talk.paper.put(stop_text(self.table, gone.step))
        if early and early != self.shown:
            self.talk.paper.gap()
            self.talk.paper.put(*first_step_text(self.table, early))
            self.since = seconds_awake_or_not() if self.since is None else self.since
            self.talk.paper.gap()
            self.talk.paper.say(self.phrases.while_you_hold)
        self.shown = early

    def triggers(self, question: Question) -> Answer:
        """Ask what set it off; Enter leaves it out."""
        title = f"{self.table.questions.triggers.ask} {self.phrases.type_or_leave_out}"
        screen = Screen(title=title, groups=word_group(question.words), optional=True)
        picked = self.screening.ask(screen, kept(question, question.words))
        if picked is LEFT_OUT or any(map(is_danger, picked.words)):
            return Answer(words=picked.words)
        return Answer(words=picked.words, put=tuple(one for one in question.words if isinstance(one, Trigger)))

    def lines(self, question: Question) -> Answer:
        """Put the lines of a question, a screen after the other; danger ends them, nobody reads on."""
        screens = self.screens(question)
        picked: dict[int, Picked] = {}
        at = 0
        while at < len(screens):
            try:
                picked[at] = self.screening.ask(screens[at], kept(question, screens[at].lines))
            except Back:
                if at == 0:
                    raise
                at -= 1
                continue
            if any(map(is_danger, picked[at].words)):
                break
            at += 1
            if at < len(screens):
                self.talk.paper.gap()
        said = [picked[i] for i in range(min(at + 1, len(screens)))]
        words = tuple(dict.fromkeys(word for one in said for word in one.words))
        return Answer(words=words, put=tuple(line for one in said for line in one.put))

    def screens(self, question: Question) -> list[Screen]:
        """Return the screens of a question: all that comes before the first step; then today's, and the rest."""
        if question.kind is Kind.precautions:
            title = f"{self.phrases.before_you_go_on} {self.phrases.type_or_leave_out}"
            return [Screen(title=title, groups=grouped(question.lines, {}), optional=True)]
        headings = {
            Level.emergency: self.phrases.call_now,
            Level.urgent_care: self.phrases.help_today,
            Level.see_clinician: self.phrases.tell_a_doctor,
            None: self.phrases.not_this_step,
        }
        groups = grouped(question.lines, headings)
        if question.kind is Kind.first_screen:
            example = sum(len(group.choices) for group in groups if group.heading == self.phrases.call_now) or 1
            return [Screen(title=self.phrases.first_screen.format(example=example), groups=groups)]
        soon = tuple(group for group in groups if group.heading != self.phrases.tell_a_doctor)
        later = tuple(group for group in groups if group.heading == self.phrases.tell_a_doctor)
        title = f"{self.table.questions.red_flags.ask} {self.phrases.type_or_leave_out}"
        return [Screen(title=title, groups=part, optional=True) for part in (soon, later) if part]


def kept(question: Question, choices: Sequence[Line | Word]) -> tuple[Word, ...] | None:
    """Return the earlier answer to a screen: a default only where every line of it was on the screen then."""
    earlier = question.earlier
    if earlier is None or not set(choices) <= set(earlier.put):
        return None
    words = (one.word if isinstance(one, Line) else one for one in choices)
    return tuple(dict.fromkeys(word for word in words if word in earlier.words))
