"""Puts one screen of lines until it is answered: numbers, none, more about a line, or the person's own words."""

from msgspec import Struct
from msgspec.structs import replace

from spasmhelp.cli.asking.conversation import Conversation
from spasmhelp.cli.asking.replies import Reply
from spasmhelp.cli.asking.screens import Screen, at_length, long_form, pages_of
from spasmhelp.cli.pages.wording import joined_names
from spasmhelp.core.asked import Line, is_danger
from spasmhelp.core.document import printable
from spasmhelp.core.model import Level, Precaution, RedFlag, Table, Word
from spasmhelp.core.sentence import read_sentence
from spasmhelp.core.words import fold


class Picked(Struct, frozen=True, kw_only=True):
    """What a screen reported, and the lines of it that were answered; nothing of both where it was left out."""

    words: tuple[Word, ...] = ()
    put: tuple[Line, ...] = ()
    left_out: bool = False


LEFT_OUT = Picked(left_out=True)


class DrawAgain(Exception):
    """The screen has to be drawn again, so that what it asks stands above the answer; `said` was picked before."""

    def __init__(self, screen: Screen, said: tuple[Word, ...] = ()) -> None:
        super().__init__()
        self.screen, self.said = screen, said


class Screening:
    """Puts screens. A danger that is picked or said is confirmed, and ends the screen: nobody reads on."""

    def __init__(self, table: Table, talk: Conversation) -> None:
        self.table, self.talk, self.phrases = table, talk, table.phrases

    def ask(self, screen: Screen, earlier: tuple[Word, ...] | None = None) -> Picked:
        """Return the answer to a screen; `earlier` is kept by Enter. Raises Back and Stopped."""
        said: tuple[Word, ...] = ()
        while True:
            try:
                picked = self.turn(screen, earlier, said)
            except DrawAgain as again:
                screen, said = again.screen, again.said
                self.talk.paper.gap()
            else:
                return replace(picked, words=each_once(said, picked.words)) if said else picked

    def turn(self, screen: Screen, earlier: tuple[Word, ...] | None, said: tuple[Word, ...]) -> Picked:
        """Draw a screen page by page and return the answer to it; Enter turns all pages but the last."""
        self.talk.paper.measure()
        paper = self.talk.paper
        if paper.look.plain and screen.lines:
            paper.say(self.phrases.one_line_at_a_time.format(count=len(screen.lines)))
        keep = "" if earlier is None else self.phrases.keep.format(what=joined_names(earlier) or self.phrases.none)
        pages = pages_of(screen, paper, kept=1 if keep else 0)
        for at, page in enumerate(pages, 1):
            if screen.lines and (flags := self.talk.dangers(self.talk.drop_typed_ahead())):
                return Picked(words=flags)
            paper.write(page)
            if at < len(pages):
                picked = self.page_answer(screen, self.phrases.more_pages.format(page=at, pages=len(pages)))
            else:
                paper.say(keep)
                picked = self.last_answer(screen, earlier, said)
            if picked is not None:
                return picked
        raise AssertionError("the last page is asked until it is answered")  # pragma: no cover

    def page_answer(self, screen: Screen, prompt: str) -> Picked | None:
        """Return what is picked before all was read; None where Enter turns the page, which is no answer."""
        while True:
            reply = self.talk.read(prompt)
            if reply.empty:
                return None
            if reply.none:
                self.talk.paper.say(self.phrases.last_page_counts)
                continue
            picked = self.answered(screen, reply, read_all=False)
            if picked is not None:
                return picked

    def last_answer(self, screen: Screen, earlier: tuple[Word, ...] | None, said: tuple[Word, ...]) -> Picked:
        """Return the answer to a screen of which all pages were shown.

        Where something was picked, but no danger, what is asked is whether none of the dangers is there.
        """
        dangers = sum(is_danger(line.word) for line in screen.lines)
        while True:
            if said:
                self.talk.paper.say(self.phrases.and_none.format(first=1, last=dangers))
            reply = self.talk.read()
            if reply.none:
                return Picked(words=said, put=screen.lines)
            if not reply.empty:
                try:
                    picked = self.answered(screen, reply)
                except DrawAgain as again:
                    raise DrawAgain(again.screen, each_once(said, again.said)) from None
                if picked is not None:
                    said = each_once(said, picked.words)
                    if screen.optional or not dangers or any(map(is_danger, said)):
                        return replace(picked, words=said)
            elif not said:
                if earlier is not None:
                    return Picked(words=earlier, put=screen.lines)
                if screen.optional:
                    return LEFT_OUT
                self.talk.paper.say(self.phrases.type_a_number)

    def answered(self, screen: Screen, reply: Reply, read_all: bool = True) -> Picked | None:
        """Return what an answer other than none or Enter reports; None after saying what is wrong with it."""
        if reply.more == 0:
            raise DrawAgain(at_length(screen))
        if reply.more is not None:
            self.say_more(screen, reply.more)
        elif reply.numbers:
            return self.by_number(screen, reply, read_all)
        elif reply.yes or (reply.unsure and not reply.rest):
            self.talk.paper.say(self.phrases.which_line)
        else:
            return self.by_word(screen, reply.rest, read_all)
        return None

    def say_more(self, screen: Screen, number: int) -> None:
        """Say the long form of one line."""
        if number > len(screen.choices):
            self.talk.paper.say(self.phrases.no_such_line.format(number=number))
        else:
            self.talk.paper.say(f"{number}. {long_form(screen.choices[number - 1])}")

    def by_number(self, screen: Screen, reply: Reply, read_all: bool) -> Picked | None:
        """Return what the lines with these numbers report."""
        choices = screen.choices
        for number in reply.numbers:
            if not 1 <= number <= len(choices):
                self.talk.paper.say(self.phrases.no_such_line.format(number=number))
                return None
        chosen = dict.fromkeys(choices[number - 1] for number in reply.numbers)
        words = tuple(dict.fromkeys(one.word if isinstance(one, Line) else one for one in chosen))
        return self.report(screen, words, tuple(one for one in chosen if isinstance(one, Line)), read_all)

    def report(self, screen: Screen, words: tuple[Word, ...], put: tuple[Line, ...], read_all: bool) -> Picked | None:
        """Confirm what was picked: an emergency can be taken back, a sign for today is said at length first."""
        flags = [word for word in words if isinstance(word, RedFlag)]
        emergencies = [flag for flag in flags if flag.level is Level.emergency]
        if emergencies and not self.talk.say_emergency(emergencies, put):
            harmless = tuple(word for word in words if not is_danger(word))
            raise DrawAgain(screen, () if screen.optional else harmless)
        if not emergencies:
            there = self.talk.confirm(flag for flag in flags if is_danger(flag))
            words = each_once(tuple(word for word in words if not is_danger(word)), there)
            if not words:
                raise DrawAgain(screen)
        if any(map(is_danger, words)):
            return Picked(words=words, put=put)
        if not read_all:
            self.talk.paper.say(self.phrases.last_page_counts)
            return None
        return Picked(words=words, put=screen.lines)

    def by_word(self, screen: Screen, text: str, read_all: bool) -> Picked | None:
        """Return what a person's own words report: a line as it stands there, a danger anywhere, or another word."""
        said = fold(text.rstrip(".!?"))
        same = [one for one in screen.choices if said == fold(one.say if isinstance(one, Line) else one.name)]
        if same:
            number = screen.choices.index(same[0]) + 1
            return self.by_number(screen, Reply(text=text, numbers=(number,)), read_all)
        if flags := self.talk.dangers(text):
            return Picked(words=flags)
        offered = {choice.word if isinstance(choice, Line) else choice: choice for choice in screen.choices}
        mentions = [one for one in read_sentence(self.table, text).mentions if not (one.negated or one.past)]
        heard = dict.fromkeys(one.words[0] for one in mentions if len(one.words) == 1)
        # On the first screen, what rules a step out counts whether it is a line of it or not: "on warfarin".
        beside = () if screen.optional else tuple(word for word in heard if isinstance(word, Precaution))
        words = tuple(word for word in heard if (word in offered or word in beside) and not is_danger(word))
        if not words:
            # Of a danger it was asked whether it is there, and it is not.
            if not any(is_danger(word) for one in mentions for word in one.words):
                self.talk.paper.say(self.phrases.not_understood.format(what=printable(text)))
            return None
        if unseen := [word for word in words if word not in offered]:
            self.talk.paper.say(self.phrases.understood.format(what=joined_names(unseen)))
        lines = [offered[word] for word in words if word in offered]
        return self.report(screen, words, tuple(line for line in lines if isinstance(line, Line)), read_all)


def each_once(*several: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return all words of several lists, in order, each once."""
    return tuple(dict.fromkeys(word for words in several for word in words))
