"""What an advice says, sentence by sentence, whatever it is written as."""

from collections.abc import Iterable, Iterator

from spasmhelp.core.advise import Advice
from spasmhelp.core.model import Level, Origin, Phase, RedFlag, SourceKind, Step, Table, Verdict, Word
from spasmhelp.core.phrases import said_day, uncapitalized, unstopped
from spasmhelp.core.steps import GivenStep


def heading_of(table: Table, advice: Advice) -> str:
    """Return the action in a line: with the place where one can start, with the name of the level where one cannot."""
    heading = advice.headline
    if advice.level >= Level.urgent_care:
        return table.phrases.heading_with_level.format(level=table.levels[advice.level].name, action=heading)
    if advice.level is Level.self_care and advice.steps and advice.case.location:
        place = uncapitalized(table.phrases, advice.case.location.name)
        return table.phrases.heading_with_place.format(action=unstopped(heading), place=place)
    return heading


def joined_names(words: Iterable[Word]) -> str:
    """Join the names of words."""
    return ", ".join(word.name for word in words)


def stop_words(table: Table, step: Step) -> str:
    """Say to stop what was shown too early."""
    return table.phrases.stop_step.format(step=uncapitalized(table.phrases, step.name))


def closing_words(table: Table, disclaimer: str) -> str:
    """Return a disclaimer and the dates of its table; who reviewed it is for the disclaimer to say."""
    phrases, about = table.phrases, table.about
    reviewed, review_by = (said_day(phrases, day) for day in (about.reviewed, about.review_by))
    return f"{disclaimer} {phrases.as_of.format(reviewed=reviewed, review_by=review_by)}"


def reasons_of(table: Table, advice: Advice) -> str:
    """Return why a clinician is needed; nothing where none is."""
    if advice.level is Level.self_care:
        return ""
    reasons = [text for entry, text in advice.because if entry.level is advice.level]
    return table.phrases.why.format(what=" ".join(dict.fromkeys(reasons))) if reasons else ""


def to_tell(table: Table, advice: Advice) -> Iterator[str]:
    """Yield what the clinician is to be told."""
    if advice.level > Level.self_care:
        for said in advice.tell:
            yield table.phrases.tell_them.format(what=unstopped(said))


def phase_title(table: Table, phase: Phase) -> str:
    """Return what a phase is called."""
    titles = table.phrases
    return {Phase.now: titles.now, Phase.next: titles.next, Phase.prevent: titles.prevent}[phase]


def step_words(table: Table, given: GivenStep) -> str:
    """Return what to do in a step, and who should not."""
    if not given.not_if:
        return given.text
    who = "; ".join(precaution.name for precaution in given.not_if)
    return f"{given.text} {table.phrases.not_if.format(what=who)}"


def origin_words(table: Table, step: Step, most: int = 2) -> str:
    """Say in a few words where a step comes from and what sources say of it, naming so many at most.

    "Article; NHS agrees."
    """
    phrases = table.phrases
    others = [source.name or source.id for source in step.sources if source.kind is not SourceKind.article]
    names = list(dict.fromkeys(others))[:most]
    sources = phrases.both.format(first=names[0], second=names[1]) if len(names) > 1 else "".join(names)
    if step.origin is Origin.guideline:
        return phrases.from_guideline.format(sources=sources)
    origin = {
        Origin.article: phrases.from_article,
        Origin.reply: phrases.from_reply,
        Origin.reader: phrases.from_reader,
    }[step.origin]
    if step.sources_say is Verdict.agree and names:
        return (phrases.several_agree if len(names) > 1 else phrases.one_agrees).format(origin=origin, sources=sources)
    return {
        Verdict.agree: phrases.sources_agree,
        Verdict.partly: phrases.sources_partly_agree,
        Verdict.nothing: phrases.sources_say_nothing,
        Verdict.disagree: phrases.sources_disagree,
    }[step.sources_say].format(origin=origin)


def not_asked_words(table: Table, advice: Advice) -> str:
    """Say what was not asked of what would change the day: the lines of today and now above the level of the advice.

    The JSON names the others too; on a screen they would push the steps off it.
    """
    if not advice.not_asked:
        return ""
    least = max(advice.level, Level.see_clinician)
    says = dict.fromkeys(
        unstopped(line.say) for line in advice.not_put if isinstance(line.word, RedFlag) and line.word.level > least
    )
    return table.phrases.not_asked.format(lines="; ".join(says)) if says else ""


def left_out(table: Table, advice: Advice) -> tuple[str, list[str]]:
    """Return what was left out and why, under its title; one line without a title where one reason holds for all."""
    reasons: dict[str, list[str]] = {}
    for one in advice.withheld:
        reasons.setdefault(one.because, []).append(uncapitalized(table.phrases, one.step.name))
    if advice.level >= Level.urgent_care:  # nobody has to read seven reasons now
        reasons = {one.because: [] for one in sorted(advice.withheld, key=lambda one: one.precaution is not None)[:1]}
    if not reasons or (len(reasons) == 1 and next(iter(reasons)) in (advice.headline, *advice.actions)):
        return "", []
    if not advice.steps and len(reasons) == 1:
        return "", [table.phrases.no_steps.format(because=next(iter(reasons)))]
    return table.phrases.left_out, [
        table.phrases.left_out_because.format(because=because, steps=", ".join(names))
        for because, names in reasons.items()
    ]
