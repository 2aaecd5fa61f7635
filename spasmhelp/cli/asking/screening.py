"""Puts one screen of lines until it is answered: numbers, none, more about a line, or the person's own words."""

from msgspec import Struct

from spasmhelp.cli.asking.conversation import Conversation
from spasmhelp.cli.asking.replies import Reply
from spasmhelp.cli.asking.screens import Screen, long_form, pages_of
from spasmhelp.core.asked import Line
from spasmhelp.core.document import printable
from spasmhelp.core.model import Level, RedFlag, Table, Word
from spasmhelp.core.sentence import read_sentence


class Picked(Struct, frozen=True, kw_only=True):
    """What a screen reported, and the lines of it that were answered; nothing of both where it was left out."""

    words: tuple[Word, ...] = ()
    put: tuple[Line, ...] = ()
    left_out: bool = False


LEFT_OUT = Picked(left_out=True)


class Screening:
    """Puts screens. A danger that is picked or said is confirmed, and ends the screen: nobody reads on."""

    def __init__(self, table: Table, talk: Conversation) -> None:
        self.table, self.talk, self.phrases = table, talk, table.phrases

    def ask(self, screen: Screen, earlier: tuple[Word, ...] | None = None) -> Picked:
        """Return the answer to a screen; `earlier` is kept by Enter. Raises Back and Stopped."""
        said = self.talk.drop_typed_ahead() if screen.lines else ""
        if said and (flags := self.talk.dangers(said)):
            return Picked(words=flags)
        while True:
            picked = self.once(screen, earlier)
            if picked is not None:
                return picked
            self.talk.paper.gap()

    def once(self, screen: Screen, earlier: tuple[Word, ...] | None) -> Picked | None:
        """Draw a screen and take answers to it; None where it must be drawn again."""
        self.talk.resize()
        paper = self.talk.paper
        if paper.look.plain and screen.lines:
            paper.say(self.phrases.one_line_at_a_time.format(count=len(screen.lines)))
        pages = pages_of(screen, paper)
        at = 0
        paper.write(pages[0])
        if earlier is not None and len(pages) == 1:
            paper.say(self.phrases.keep.format(what=names(earlier) or self.phrases.none))
        while True:
            last = at == len(pages) - 1
            more = self.phrases.more_pages.format(page=at + 1, pages=len(pages))
            reply = self.talk.read("> " if last else more)
            if reply.empty and not last:
                at += 1
                paper.write(pages[at])
            elif reply.empty and earlier is not None:
                return Picked(words=earlier, put=screen.lines)
            elif reply.empty and screen.optional:
                return LEFT_OUT
            elif reply.none and not last:
                paper.say(self.phrases.last_page_counts)
            elif reply.none:
                return Picked(put=screen.lines)
            else:
                picked = self.answered(screen, reply)
                if picked is not None or self.redraw:
                    return picked

    redraw = False  # whether the last answer needs the screen again

    def answered(self, screen: Screen, reply: Reply) -> Picked | None:
        """Return what an answer other than none or Enter reports; None after saying what is wrong with it."""
        self.redraw = False
        if reply.more is not None:
            self.say_more(screen, reply.more)
        elif reply.numbers:
            return self.by_number(screen, reply)
        elif reply.yes or (reply.unsure and not reply.rest):
            self.talk.paper.say(self.phrases.which_line)
        else:
            return self.by_word(screen, reply.rest)
        return None

    def say_more(self, screen: Screen, number: int) -> None:
        """Say the long form of one line, or of all."""
        choices = screen.choices
        if number > len(choices):
            self.talk.paper.say(self.phrases.no_such_line.format(number=number))
            return
        for i, choice in enumerate(choices, 1):
            if number in (0, i):
                self.talk.paper.say(f"{i}. {long_form(choice)}")

    def by_number(self, screen: Screen, reply: Reply) -> Picked | None:
        """Return what the lines with these numbers report."""
        choices = screen.choices
        for number in reply.numbers:
            if not 1 <= number <= len(choices):
                self.talk.paper.say(self.phrases.no_such_line.format(number=number))
                return None
        chosen = dict.fromkeys(choices[number - 1] for number in reply.numbers)
        words = tuple(dict.fromkeys(one.word if isinstance(one, Line) else one for one in chosen))
        return self.report(screen, words, tuple(one for one in chosen if isinstance(one, Line)))

    def report(self, screen: Screen, words: tuple[Word, ...], put: tuple[Line, ...]) -> Picked | None:
        """Confirm what was picked: an emergency can be taken back, a sign for today is said at length first."""
        flags = [word for word in words if isinstance(word, RedFlag)]
        emergencies = [flag for flag in flags if flag.level is Level.emergency]
        self.redraw = True
        if emergencies:
            return Picked(words=words, put=put) if self.talk.say_emergency(emergencies) else None
        urgent = [flag for flag in flags if flag.level is Level.urgent_care]
        if urgent:
            real = [flag for flag in urgent if self.talk.is_there(flag)]
            return (
                Picked(words=tuple(word for word in words if word not in urgent or word in real), put=put)
                if real
                else None
            )
        if screen.optional or flags:
            return Picked(words=words, put=screen.lines if screen.optional and not flags else put)
        return self.and_none(screen, words)

    def and_none(self, screen: Screen, words: tuple[Word, ...]) -> Picked | None:
        """Where only precautions were picked, ask whether none of the dangers above them is there."""
        dangers = sum(isinstance(line.word, RedFlag) for line in screen.lines)
        if not dangers:
            return Picked(words=words, put=screen.lines)
        while True:
            self.talk.paper.say(self.phrases.and_none.format(first=1, last=dangers))
            reply = self.talk.read()
            if reply.none:
                return Picked(words=words, put=screen.lines)
            if reply.numbers or not reply.empty:
                picked = self.answered(screen, reply)
                if picked is not None:
                    return Picked(words=tuple(dict.fromkeys((*words, *picked.words))), put=picked.put)

    def by_word(self, screen: Screen, text: str) -> Picked | None:
        """Return what a person's own words report: a danger anywhere, or a line or word of this screen."""
        if flags := self.talk.dangers(text):
            return Picked(words=flags)
        offered = {choice.word if isinstance(choice, Line) else choice: choice for choice in screen.choices}
        heard = [
            mention.words[0]
            for mention in read_sentence(self.table, text).mentions
            if len(mention.words) == 1 and not (mention.negated or mention.past)
        ]
        words = tuple(dict.fromkeys(word for word in heard if word in offered))
        if not words:
            self.talk.paper.say(self.phrases.not_understood.format(what=printable(text)))
            return None
        lines = [offered[word] for word in words]
        return self.report(screen, words, tuple(line for line in lines if isinstance(line, Line)))


def names(words: tuple[Word, ...]) -> str:
    """Join the names of words."""
    return ", ".join(word.name for word in words)
