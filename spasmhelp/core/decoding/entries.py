"""What the types of a table alone cannot say: names that are taken, keys that go together, times, levels."""

from collections.abc import Iterable, Iterator, Mapping, Set

from spasmhelp.core.document import printable
from spasmhelp.core.language import Reading
from spasmhelp.core.model import Entry, Level, LevelWords, Precaution, Rule, Step, Timer, Word
from spasmhelp.core.words import KEYS, RESERVED, fold, noun, spellings

TIMERS = ({"minutes"}, {"minutes", "check_at", "check"}, {"at_most_minutes", "then"})  # what is said together


def wrong_with(entry: Entry, levels: Set[Level]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with an entry: the rest of its path, and a message. `levels` are those that have words."""
    for spelling in spellings(entry) if isinstance(entry, Word) else ():
        if fold(spelling) in RESERVED or fold(spelling).isdigit() or ":" in spelling:
            yield "", f"'{printable(spelling)}' cannot be a name: it has a meaning of its own"
    if isinstance(entry, Rule) and not entry.advise and entry.level is Level.self_care:
        yield "", "a rule needs steps to advise, or a level above self_care"
    if isinstance(entry, Precaution) and (entry.rules_out is None) != (not entry.because):
        yield "", "needs 'rules_out' and 'because' together: why every step is ruled out"
    timer = entry.timer if isinstance(entry, Step) else None
    for level in (getattr(entry, "level", None), timer and timer.then):
        if isinstance(level, Level) and level not in levels:
            yield "", f"the level '{level.name}' has no words in the section 'levels'"
    if timer:
        for message in wrong_timer(timer):
            yield ".timer", message


def wrong_levels(levels: Mapping[Level, LevelWords]) -> Iterator[tuple[str, str]]:
    """Yield which level every table needs, and, by its name, one that does not say why it withholds all steps."""
    for level in (Level.self_care, Level.see_clinician):
        if level not in levels:
            yield "", f"missing key '{level.name}'"
    for level, words in levels.items():
        if not words.withheld and level is not Level.see_clinician:
            yield level.name, "missing key 'withheld', said where no step is given"


def wrong_answers(reading: Reading, words: Iterable[Word]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each answer of a language that nobody can give: its path, then that of what it also means, and a message.

    An answer comes before any word: a name or a cue that is also "none" would never be heard.
    """
    named = {fold(cue): word for word in words for cue in (*word.cues, *word.hints)}
    # A name that is reserved is told as such.
    named |= {fold(name): word for word in words for name in spellings(word) if fold(name) not in RESERVED}
    meant: dict[str, tuple[str, str]] = {}
    for key in ("yes", "none", "unsure"):
        for i, said in enumerate(getattr(reading, key)):
            path, answer = f"reading.{key}[{i}]", fold(said)
            word, (other, other_at) = named.get(answer), meant.setdefault(answer, (key, path))
            if answer in KEYS or (answer.isdigit() and (key, answer) != ("none", "0")):
                yield (path,), f"'{printable(said)}' cannot be an answer: it has a meaning of its own"
            elif word:
                named_at = f"{noun(type(word)).replace(' ', '_')}s.{word.id}"
                yield (path, named_at), f"'{printable(said)}' also means '{word.id}', so nobody can answer with it"
            elif other != key:
                yield (path, other_at), f"'{printable(said)}' also means '{other}', so nobody can answer with it"


def wrong_timer(timer: Timer) -> Iterator[str]:
    """Yield what is wrong with a timer: it counts down (minutes), or up to a limit (at_most_minutes, then)."""
    if {name for name in set().union(*TIMERS) if getattr(timer, name) not in (None, "")} not in TIMERS:
        yield "needs 'at_most_minutes' and 'then', or 'minutes' (with 'check_at' and 'check')"
    elif min(n for n in (timer.minutes, timer.check_at, timer.at_most_minutes) if n is not None) < 1:
        yield "a time is one minute at least"
    elif timer.then is Level.self_care:
        yield "at the limit help is needed: 'then' must be a level above self_care"
    elif timer.check_at is not None and timer.minutes is not None and timer.check_at >= timer.minutes:
        yield "the check comes before the end: 'check_at' must be less than 'minutes'"
