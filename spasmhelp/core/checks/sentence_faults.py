"""Faults of what a table hears in sentences: a word that none says, a cue that means too much or nothing, a group."""

import re
from collections.abc import Iterator, Sequence

from spasmhelp.core.checks.fault import Fault
from spasmhelp.core.checks.word_faults import spelled
from spasmhelp.core.model import Case, Table, Word
from spasmhelp.core.reading.notes import QUESTIONS, known
from spasmhelp.core.reading.tree import NUMBER, PART
from spasmhelp.core.sentence import heard_in_cases
from spasmhelp.core.words import fold, index


def unheard(table: Table) -> Iterator[Fault]:
    """Yield each word with cues that no case says in a sentence, and each case whose sentence says something else."""
    read = heard_in_cases(table)
    heard = {i: read[case.sentence] for i, case in enumerate(table.cases) if case.sentence}
    said = {(mention.question, word) for one in heard.values() for mention in one.mentions for word in mention.words}
    for question, (section, words) in answers_by_question(table).items():
        for word in words:
            if (word.cues or word.hints) and (question, word) not in said:
                message = "no case of the table says this in its sentence"
                yield Fault(name="untested", path=f"{section}.{word.id}", message=message)
    for i, one in heard.items():
        given = table.cases[i].given
        for name in answers_by_question(table) if given != Case() else ():
            meant, understood = getattr(given, name), getattr(one.case, name)
            if (meant or None) != understood:
                message = f"the sentence does not say the same {name} as 'given'"
                yield Fault(name="broken_case", path=f"cases[{i}].sentence", message=message, case=one.case)


def answers_by_question(table: Table) -> dict[str, tuple[str, Sequence[Word]]]:
    """Return the words that answer each question, with their section."""
    sections = ("onsets", "locations", "triggers", "red_flags", "precautions")
    return {name: (section, getattr(table, section)) for name, section in zip(QUESTIONS, sections, strict=True)}


def unclear_cues(table: Table) -> Iterator[Fault]:
    """Yield each cue of two onsets, that is a name of another word, that is too common, and of a group there is not."""
    articles = frozenset(map(fold, table.reading.articles))  # which nobody has to say: "bit my" is heard in "a bit"
    common = {"", *map(fold, table.reading.fillers), *articles}
    common |= {fold(name) for word in (*table.onsets, *table.locations, *table.regions) for _, name in spelled(word)}
    onset_of: dict[str, Word] = {}
    for question, (section, words) in answers_by_question(table).items():
        names = {} if question == "red_flags" else index(words)  # of two dangers the higher counts
        for word in words:
            for key, cue in cues_of(word):
                named = next((one for one in names.get(fold(cue), ()) if one is not word), None)
                if named:
                    message = f"'{cue}' is a name of '{named.id}', so it cannot say this too"
                    yield Fault(name="ambiguous", path=f"{section}.{word.id}.{key}", message=message)
                other = onset_of.setdefault(fold(cue), word) if question == "onset" else word
                wrong = [name for name in PART.findall(cue) if not known_group(table, name[1:-1])]
                if other is not word:
                    message = f"'{cue}' also means '{other.id}', so it decides nothing"
                    yield Fault(name="ambiguous", path=f"{section}.{word.id}.{key}", message=message)
                said = "_".join(part for part in fold(cue).split("_") if part not in articles)
                if question == "red_flags" and said in common:
                    message = f"'{cue}' is said in many sentences without this danger"
                    yield Fault(name="ambiguous", path=f"{section}.{word.id}.{key}", message=message)
                if wrong:
                    message = f"section 'reading' has no group {wrong[0]}, so nobody can say '{cue}'"
                    yield Fault(name="unused", path=f"{section}.{word.id}.{key}", message=message)


def unused_groups(table: Table) -> Iterator[Fault]:
    """Yield each group of section 'reading' that nothing names."""
    groups = table.reading.groups
    todo, used = {name for _, spelling in known(table) for name in PART.findall(spelling)}, set[str]()
    while todo:
        used |= todo
        todo = {name for one in todo for phrase in groups.get(one[1:-1], ()) for name in PART.findall(phrase)} - used
    for name in groups:
        if f"{{{name}}}" not in used:
            message = f"no cue, idiom or other group holds {{{name}}}"
            yield Fault(name="unused", path=f"reading.groups.{name}", message=message)


def known_group(table: Table, name: str) -> bool:
    """Whether braces in a cue hold a number or the name of a group."""
    return name in table.reading.groups or bool(re.fullmatch(NUMBER, name))


def cues_of(word: Word) -> Iterator[tuple[str, str]]:
    """Yield the cues and hints of a word with their keys."""
    for key in ("cues", "hints"):
        for i, cue in enumerate(getattr(word, key)):
            yield f"{key}[{i}]", cue
