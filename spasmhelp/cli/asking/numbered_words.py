"""Words with numbers, of which a person picks one: by its number, or in words of their own."""

from collections.abc import Sequence

from msgspec import Struct

from spasmhelp.cli.asking.conversation import Conversation
from spasmhelp.cli.asking.replies import Reply
from spasmhelp.cli.asking.screens import Screen, pages_of, word_group
from spasmhelp.core.document import printable
from spasmhelp.core.model import Word
from spasmhelp.core.words import beginning


class ShortList(Struct, frozen=True):
    """Words of which a person picks one, and the line above them."""

    title: str
    words: tuple[Word, ...]


class SaidOtherwise(Exception):
    """A short list was answered by something that is not on it.

    `words` is what was sure before; `left` is the list, where it may still be meant.
    """

    def __init__(self, reply: Reply, left: ShortList | None, words: tuple[Word, ...] = ()) -> None:
        super().__init__(reply)
        self.reply, self.left, self.words = reply, left, words


class NumberedWords:
    """Shows words with numbers, page by page, and hears which of them is picked."""

    def __init__(self, talk: Conversation) -> None:
        self.talk, self.phrases = talk, talk.phrases
        self.listed: tuple[Word, ...] = ()  # what the numbers on the screen stand for

    def put(self, title: str, words: Sequence[Word]) -> Reply | None:
        """Show words with numbers, page by page; from now on a number is one of them."""
        self.listed = tuple(words)
        return self.turn(pages_of(Screen(title=title, groups=word_group(words)), self.talk.paper))

    def turn(self, pages: Sequence[str]) -> Reply | None:
        """Show pages one by one; anything but Enter between them ends that, and is returned: it is an answer."""
        for i, page in enumerate(pages, 1):
            self.talk.paper.write(page)
            if i < len(pages):
                reply = self.talk.read(self.phrases.more_pages.format(page=i, pages=len(pages)))
                if not reply.empty:
                    return reply
        return None

    def by_number(self, reply: Reply) -> tuple[Word, ...]:
        """Return the one word of the list that a number stands for."""
        number = reply.numbers[0]
        if len(reply.numbers) == 1 and 1 <= number <= len(self.listed):
            return (self.listed[number - 1],)
        self.talk.paper.say(self.phrases.no_such_line.format(number=number))
        return ()

    def choose(self, among: ShortList) -> tuple[Word, ...]:
        """Let the person pick from a short list. Raises SaidOtherwise for an answer of another kind."""
        waiting = self.put(among.title, among.words)
        while True:
            reply, waiting = waiting or self.talk.read(), None
            number = reply.numbers[0] if len(reply.numbers) == 1 else 0
            if 1 <= number <= len(among.words):
                return (among.words[number - 1],)
            if reply.yes and len(among.words) == 1:
                return among.words
            if reply.none:
                raise SaidOtherwise(reply, None)
            # "Chest pain" names the chest, and is heard as a danger first.
            named = () if self.talk.reported(reply.text) else beginning(among.words, reply.text)
            if len(named) == 1:
                return named
            if named and named != among.words:
                return self.choose(ShortList(self.phrases.which_one.format(what=printable(reply.text)), named))
            if not (named or reply.empty or reply.numbers or reply.more is not None):
                raise SaidOtherwise(reply, among)
            waiting = self.put(among.title, among.words)
