"""Place and onset from one line in a person's own words; what it leaves open, or could mean, is asked."""

from collections.abc import MutableSequence

from msgspec.structs import replace

from spasmhelp.cli.asking.conversation import Back, Conversation
from spasmhelp.cli.asking.numbered_words import NumberedWords, SaidOtherwise, ShortList
from spasmhelp.cli.asking.replies import Reply, reply_to
from spasmhelp.cli.cells import cells
from spasmhelp.cli.pages.region_list import place_pages
from spasmhelp.cli.pages.wording import joined_names
from spasmhelp.core.asked import is_danger
from spasmhelp.core.document import printable
from spasmhelp.core.interview import Kind, Question
from spasmhelp.core.model import Level, RedFlag, Table, Word
from spasmhelp.core.phrases import uncapitalized
from spasmhelp.core.record import Answer, together
from spasmhelp.core.sentence import Heard, meant, open_choices, read_sentence
from spasmhelp.core.words import beginning, by_region, nearest, opens, place_index


class FirstLine:
    """Asks where it is and how it started; a `sentence` that came with the command is the first answer."""

    def __init__(self, table: Table, talk: Conversation, sentence: str = "") -> None:
        self.sentence = sentence
        self.table, self.talk, self.phrases = table, talk, table.phrases
        self.numbered = NumberedWords(talk)

    def answer(self, question: Question) -> Answer:
        """Return what the line says: place, onset or both, and what else it reports. Raises Back and Stopped."""
        waiting = reply_to(self.sentence, self.table.reading) if self.sentence else None
        self.sentence = ""
        said: list[Word] = []
        try:
            words = self.said(question, waiting or self.ask(question), said)
        except Back:
            return Answer(words=tuple(word for word in said if is_danger(word)), back=True)
        if words is None:
            kept = question.earlier or Answer()
            return replace(kept, words=together(kept.words, said))
        self.echo(words)
        return Answer(words=words)

    def said(self, question: Question, waiting: Reply | None, before: list[Word]) -> tuple[Word, ...] | None:
        """Return what is said, line by line until it is an answer; None where Enter keeps the earlier one.

        What a line said for sure while another part of it was still open goes into `before`. A list that was answered
        by something else is put again, until a word of its kind is said.
        """
        left: ShortList | None = None
        while True:
            reply, waiting = waiting or self.talk.read(), None
            if reply.empty and question.earlier:
                return None
            if reply.more is not None:
                waiting = self.explain(question)
                continue
            try:
                words = self.understood(question, reply, before)
                if left and not any(isinstance(word, type(left.words[0])) or is_emergency(word) for word in words):
                    before += words
                    words = self.numbered.choose(left)
            except SaidOtherwise as other:
                before += other.words
                waiting, left = other.reply, other.left
                continue
            if words:
                return together(words, before)

    def ask(self, question: Question) -> Reply | None:
        """Put the question; the two onsets are a list, the places are named as they come to mind.

        An answer that came before the end of a list is returned.
        """
        paper, questions = self.talk.paper, self.table.questions
        self.talk.paper.measure()
        self.numbered.listed = ()
        reply = None
        if question.kind is Kind.onset:
            reply = self.numbered.put(self.phrases.which_onset, self.table.onsets)
        elif question.kind is Kind.location:
            paper.say(questions.location.ask)
            paper.say(self.phrases.type_a_place.format(examples=", ".join(self.examples())))
        else:
            example = self.phrases.where_and_how.format(place=self.examples()[0], onset=self.onset_example())
            title = self.phrases.what_happened.format(example=example)
            gap = paper.look.width - cells(title) - cells(self.phrases.keys)
            paper.say(title + (" " * gap if gap > 1 and not paper.look.plain else " ") + self.phrases.keys)
        if question.earlier:
            kept = joined_names(question.earlier.words)
            paper.say(self.phrases.keep.format(what=kept))
        return reply

    def examples(self) -> tuple[str, ...]:
        """Return three words that show how to name a place: the table's, or one of each region."""
        first = [uncapitalized(self.phrases, places[0].name) for places in by_region(self.table.locations).values()]
        return (self.table.questions.location.examples or tuple(first))[:3]

    def onset_example(self) -> str:
        """Return one word for an onset."""
        return next(
            (name for one in self.table.onsets for name in one.synonyms),
            uncapitalized(self.phrases, self.table.onsets[0].name),
        )

    def explain(self, question: Question) -> Reply | None:
        """Say why this is asked, and list what may be answered."""
        kind = question.kind
        asked = self.table.questions.onset if kind is Kind.onset else self.table.questions.location
        self.talk.paper.say(asked.because)
        if kind is Kind.onset:
            return self.numbered.put("", self.table.onsets)
        self.numbered.listed = self.table.locations
        return self.numbered.turn(place_pages(self.talk.paper, self.table.locations, self.phrases))

    def understood(self, question: Question, reply: Reply, before: MutableSequence[Word]) -> tuple[Word, ...]:
        """Return what a line reports; nothing after saying what was wrong. Raises SaidOtherwise.

        A danger goes into `before` once it is confirmed: whoever goes back from a list below it has still said it.
        """
        if reply.numbers:
            return self.numbered.by_number(reply)
        if reply.empty or reply.none or reply.yes:
            examples = ", ".join(self.examples())
            where = self.phrases.type_a_place.format(examples=examples)
            self.talk.paper.say(self.phrases.which_onset if question.kind is Kind.onset else where)
            return ()
        heard = read_sentence(self.table, reply.text)
        beside = said_beside(heard)
        flags = self.talk.dangers(reply.text)
        before.extend(flags)
        # One that could be two is the next question's.
        onset = (heard.case.onset,) if heard.case.onset else ()
        sure = (*flags, *onset, *beside)
        if any(map(is_emergency, flags)):
            return sure
        if question.case.location and any(is_danger(word) for one in heard.mentions for word in one.words):
            return sure  # "no, but my leg is swollen" is no new place for the cramp
        try:
            place = self.settle_place(heard) or (() if sure else self.guess(question, reply.text))
        except SaidOtherwise as other:
            raise SaidOtherwise(other.reply, other.left, sure) from None
        return (*place, *sure)

    def settle_place(self, heard: Heard) -> tuple[Word, ...]:
        """Return the place that a sentence means; of several the person says which."""
        if heard.case.location:
            return (heard.case.location,)
        named = [one for one in heard.mentions if one.question == "location" and not one.negated]
        if not named:
            return ()
        one_of_several = len(meant(named)) > 1
        title = self.phrases.which_part.format(what=named[0].text)
        return self.numbered.choose(
            ShortList(
                self.phrases.which_hurts_most if one_of_several else title, open_choices(self.table, heard, "location")
            )
        )

    def guess(self, question: Question, text: str) -> tuple[Word, ...]:
        """Return a word that a text nearly names, once the person says so."""
        begun = tuple(word for word in beginning(question.words, text) if opens(word, text))
        if len(begun) == 1:
            return begun
        if begun:
            return self.numbered.choose(ShortList(self.phrases.which_one.format(what=printable(text)), begun))
        if close := nearest(place_index(self.table.locations), text):
            return self.numbered.choose(ShortList(self.phrases.did_you_mean.format(what=printable(text)), close))
        self.talk.paper.say(self.phrases.not_understood.format(what=printable(text)))
        return ()

    def echo(self, words: tuple[Word, ...]) -> None:
        """Say in one line what was understood, so that it can be corrected."""
        names = [word.name for word in words if not isinstance(word, RedFlag)]
        if names:
            said = ", ".join([names[0], *(uncapitalized(self.phrases, name) for name in names[1:])])
            self.talk.paper.say(self.phrases.understood.format(what=said))


def is_emergency(word: Word) -> bool:
    """Whether a word is a red flag that ends the questions."""
    return isinstance(word, RedFlag) and word.level is Level.emergency


def said_beside(heard: Heard) -> tuple[Word, ...]:
    """Return what a sentence says for sure of other questions; a danger for today or now is confirmed elsewhere."""
    case = heard.case
    soon = (flag for flag in case.red_flags or () if not is_danger(flag))
    return (*(case.triggers or ()), *soon, *(case.precautions or ()))
