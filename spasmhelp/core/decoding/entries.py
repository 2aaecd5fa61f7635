"""What the types of a table alone cannot say: names that are taken, keys that go together, times, levels."""

from collections.abc import Iterator, Mapping, Set

from spasmhelp.core.document import printable
from spasmhelp.core.model import Entry, Level, LevelWords, Precaution, Rule, Step, Timer, Word
from spasmhelp.core.words import RESERVED, fold, spellings

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
