"""What an advice says, sentence by sentence, whatever it is written as."""

from spasmhelp.core.model import Origin, Phase, SourceKind, Step, Table, Verdict


def phase_title(table: Table, phase: Phase) -> str:
    """Return what a phase is called."""
    titles = table.phrases
    return {Phase.now: titles.now, Phase.next: titles.next, Phase.prevent: titles.prevent}[phase]


def origin_words(table: Table, step: Step) -> str:
    """Say in a few words where a step comes from and what sources say of it: "Article; NHS agrees."."""
    phrases = table.phrases
    others = [source.name or source.id for source in step.sources if source.kind is not SourceKind.article]
    names = list(dict.fromkeys(others))[:2]
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
