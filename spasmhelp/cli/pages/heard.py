"""The page of `read`: what a sentence says, in words."""

from collections.abc import Iterable, Iterator

from spasmhelp.core.asked import SCREENED
from spasmhelp.core.document import visible
from spasmhelp.core.model import Table, Word
from spasmhelp.core.sentence import Heard, open_choices


def heard_lines(table: Table, heard: Heard) -> Iterator[str]:
    """Yield what a sentence says: what is sure, what it denies or says of the past, and what must be asked."""
    say, case = table.phrases, heard.case
    sure = (case.onset, case.location, *(case.triggers or ()), *(case.red_flags or ()), *(case.precautions or ()))
    if any(sure):
        yield say.heard_now.format(what=named_words(word for word in sure if word))
    elif not heard.mentions:
        yield say.heard_nothing
    denied = [one for one in heard.mentions if one.negated and one.question in SCREENED]
    past = [one for one in heard.mentions if one.past and not one.negated and one.question == "red_flags"]
    for mentions, phrase in ((denied, say.heard_denied), (past, say.heard_past)):
        if mentions:
            yield phrase.format(what=", ".join(dict.fromkeys(visible(one.text) for one in mentions)))
    for name in heard.ask:
        said = [one.text for one in heard.mentions if one.question == name and not one.negated]
        if said:
            text = visible(", ".join(dict.fromkeys(said)))
            yield say.heard_unclear.format(text=text, what=named_words(open_choices(table, heard, name)))
        else:
            yield say.heard_missing.format(what=getattr(table.questions, name).ask)


def named_words(words: Iterable[Word]) -> str:
    """Return words by their names, each once."""
    return ", ".join(dict.fromkeys(word.name for word in words))
