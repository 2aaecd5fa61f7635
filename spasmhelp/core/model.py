"""The words of the domain: frozen values and enums that compute nothing.

The types of the table are also its format: a section of `remedies.yaml` is a field of `Table`, and the keys of an
entry are the fields of its type, letter for letter. A field that holds another entry is written there as its id.
"""

# msgspec, not dataclasses: a class costs 0.02 ms to make instead of 0.7 (docs/decisions.md).
from datetime import date
from enum import Enum, IntEnum

from msgspec import Struct

from spasmhelp.core.language import Reading
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.reprs import bulleted, literal, one_line


class Level(IntEnum):
    """How soon a clinician is needed; a higher one outranks a lower one."""

    self_care = 0
    see_clinician = 1
    urgent_care = 2
    emergency = 3


class Phase(Enum):
    """When a step is done."""

    now = "now"
    next = "next"
    prevent = "prevent"


class Origin(Enum):
    """Who first said it: the article, its author in a reply, a reader, or a guideline that we added."""

    article = "article"
    reply = "reply"
    reader = "reader"
    guideline = "guideline"


class Verdict(Enum):
    """What trusted health sources say of a claim."""

    agree = "agree"
    partly = "partly"
    nothing = "nothing"
    disagree = "disagree"


class SourceKind(Enum):
    """What sort of text a source is."""

    article = "article"
    guideline = "guideline"
    study = "study"
    leaflet = "leaflet"


class Seen(Enum):
    """Whether a source was read at its own address or in a copy."""

    original = "original"
    copy = "copy"


class Part(Enum):
    """Whether a line is put before the first step, or after it."""

    before = "before"
    after = "after"


class Extent(Enum):
    """How far a question got: no line of it was put, those that come before the first step, or all."""

    none = "none"
    before = "before"
    all = "all"


class RulesOut(Enum):
    """What a precaution rules out beyond the steps that name it."""

    every_step = "every_step"


class Entry(Struct, frozen=True, kw_only=True):
    """Anything in the table that has an id."""

    id: str

    def __hash__(self) -> int:
        """Ids are unique in a section, so equal entries have equal ids."""
        return hash(self.id)

    def __repr__(self) -> str:
        said = next((text for key in ("name", "title", "because", "cite") if (text := getattr(self, key, ""))), "")
        return one_line(self, f"{self.id}: {said}" if said else self.id)


class Word(Entry, frozen=True, kw_only=True):
    """An entry that a person may name: by id, name or synonym.

    In a sentence `cues` say it too, and `hints` where no other word of its question is said.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class About(Struct, frozen=True, kw_only=True):
    """What the table is, and who reviewed it when."""

    schema: int
    title: str
    reviewed: date
    review_by: date
    reviewed_by: str
    disclaimer: str
    emergency: str = ""


class Source(Entry, frozen=True, kw_only=True):
    """A text that is cited."""

    name: str = ""
    kind: SourceKind
    cite: str
    url: str | None = None
    seen: Seen


class LevelWords(Struct, frozen=True, kw_only=True):
    """What is said at a level; `ask` heads the screen of its red flags."""

    name: str
    do: str
    ask: str = ""
    safety_net: tuple[str, ...] = ()
    withheld: str = ""


class QuestionWords(Struct, frozen=True, kw_only=True):
    """How a question is put, and why."""

    ask: str
    because: str
    examples: tuple[str, ...] = ()


class RedFlagQuestion(QuestionWords, frozen=True, kw_only=True):
    """How the red flags are asked; what is said where nobody asked them, and where no step is given before that."""

    unasked: str
    guarded: str


class Questions(Struct, frozen=True, kw_only=True):
    """The five questions, in the order they are asked."""

    onset: QuestionWords
    location: QuestionWords
    triggers: QuestionWords
    red_flags: RedFlagQuestion
    precautions: QuestionWords


class Onset(Word, frozen=True, kw_only=True):
    """How the spasm began."""

    safety_net: tuple[str, ...] = ()


class Watch(Struct, frozen=True, kw_only=True):
    """A line of a safety net that is said after some onsets only: ten minutes are long for a sudden cramp."""

    onset: tuple[Onset, ...]
    say: str


class Region(Word, frozen=True, kw_only=True):
    """A word for several places; a premise that names it means all of them."""


class Location(Word, frozen=True, kw_only=True):
    """Where the spasm is; in a guarded place nothing is advised until the red flags were asked."""

    region: Region | None = None
    muscles: tuple[str, ...] = ()
    opposite: str = ""
    guarded: bool = False
    safety_net: tuple[str | Watch, ...] = ()


class Trigger(Word, frozen=True, kw_only=True):
    """What set the spasm off."""


class When(Struct, frozen=True, kw_only=True):
    """The premises of a rule: each holds if any of its words was reported, and always if it is left out."""

    onset: tuple[Onset, ...] = ()
    location: tuple[Location, ...] = ()
    trigger: tuple[Trigger, ...] = ()


class Fits(Struct, frozen=True, kw_only=True):
    """Where a red flag is asked; left out, everywhere. A trigger also fits where triggers were not asked."""

    onset: tuple[Onset, ...] = ()
    location: tuple[Location, ...] = ()
    trigger: tuple[Trigger, ...] = ()


class ShortLine(Struct, frozen=True, kw_only=True):
    """A line of a red flag as a person in haste reads it; `asked` left out is that of the red flag."""

    say: str
    location: tuple[Location, ...] = ()
    asked: Part | None = None


class RedFlag(Word, frozen=True, kw_only=True):
    """A sign of danger that outranks every rule.

    `ask` is its long form, `short` what is put to a person; `stops` are steps that would do harm where it is there.
    Of several `when` one is enough.
    """

    ask: str
    short: str | tuple[ShortLine, ...] = ()
    asked: Part = Part.before
    when: Fits | tuple[Fits, ...] = Fits()
    level: Level
    do: str
    because: str
    tell: str = ""
    stops: tuple["Step", ...] = ()
    sources: tuple[Source, ...] = ()


class Precaution(Word, frozen=True, kw_only=True):
    """A fact about the person that rules out the steps that name it, or every step."""

    ask: str
    short: str = ""
    rules_out: RulesOut | None = None
    because: str = ""
    sources: tuple[Source, ...] = ()


class Unless(Struct, frozen=True, kw_only=True):
    """Why a precaution rules a step out; in the places named, or everywhere."""

    because: str
    location: tuple[Location, ...] = ()


class Timer(Struct, frozen=True, kw_only=True):
    """Minutes that a step takes (with a check on the way), or may take at most (and what level follows then).

    `onset` and `location` say where there is a limit; left out, everywhere.
    """

    minutes: int | None = None
    check_at: int | None = None
    check: str = ""
    at_most_minutes: int | None = None
    then: Level | None = None
    onset: tuple[Onset, ...] = ()
    location: tuple[Location, ...] = ()


class Muscle(Enum):
    """How the muscle is when a step helps."""

    tight = "tight"
    eased = "eased"
    both = "both"


class Step(Word, frozen=True, kw_only=True):
    """One thing to do; `because` says in words what sources say of it.

    `helps` tells the guide whether it is for a muscle that is still tight, or that has let go: left out, a step for now
    is for a tight one, a later one for both.
    """

    phase: Phase
    do: str
    because: str = ""
    how: dict[Location, str] = {}
    hold: dict[Onset, str] = {}
    timer: Timer | None = None
    helps: Muscle | None = None
    unless: dict[Precaution, str | Unless] = {}
    origin: Origin
    sources_say: Verdict
    sources: tuple[Source, ...] = ()


class Rule(Entry, frozen=True, kw_only=True):
    """When these findings, advise these steps; it may raise the level, and then says what to do."""

    when: When = When()
    advise: tuple[Step, ...] = ()
    level: Level = Level.self_care
    do: str = ""
    tell: str = ""
    because: str
    sources: tuple[Source, ...] = ()


class Topic(Entry, frozen=True, kw_only=True):
    """A page of the background."""

    title: str
    synonyms: tuple[str, ...] = ()
    text: str
    origin: Origin
    sources_say: Verdict
    sources: tuple[Source, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """How far two questions got; None where the lists of the case alone say it."""

    red_flags: Extent | None = None
    precautions: Extent | None = None


class Case(Struct, frozen=True, kw_only=True):
    """All the answers of one person; a list that is None was not asked, an empty one "asked, none"."""

    onset: Onset | None = None
    location: Location | None = None
    triggers: tuple[Trigger, ...] | None = None
    red_flags: tuple[RedFlag, ...] | None = None
    precautions: tuple[Precaution, ...] | None = None
    asked: Asked = Asked()

    def __repr__(self) -> str:
        return one_line(self, "; ".join(answer_line(name, getattr(self, name)) for name in self.__struct_fields__[:-1]))


def answer_line(name: str, answer: Entry | tuple[Entry, ...] | None) -> str:
    """Return an answer by its ids: "triggers: none" where nothing fits, "triggers: not asked" where nobody asked."""
    if answer is None:
        return f"{name}: not asked"
    entries = answer if isinstance(answer, tuple) else (answer,)
    return f"{name}: {', '.join(str(getattr(entry, 'id', entry)) for entry in entries) or 'none'}"


class Expect(Struct, frozen=True, kw_only=True):
    """What a case of the table must be told; what is left out is not compared."""

    level: Level
    steps: tuple[Step, ...] | None = None
    withheld: dict[Step, Precaution | None] | None = None


class TableCase(Struct, frozen=True, kw_only=True):
    """A worked example that the table carries as its own test; a sentence is read as `given`, or must mean it."""

    name: str
    sentence: str = ""
    given: Case = Case()
    expect: Expect

    def __repr__(self) -> str:
        return one_line(self, self.name)


class TableFile(Struct, frozen=True, kw_only=True, eq=False):
    """Where a table was read: its name, its SHA-256, and the (line, column) of each path of keys, both from 1."""

    name: str = "table"
    sha256: str = ""
    places: dict[str, tuple[int, int]] = {}

    def __eq__(self, other: object) -> bool:
        """Two tables that say the same are the same table, wherever they stand."""
        return isinstance(other, TableFile)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return one_line(self, f"{self.name} {self.sha256}")


class Table(Struct, frozen=True, kw_only=True):
    """What spasmhelp knows; the fields are the sections, in the order of the file."""

    about: About
    sources: tuple[Source, ...]
    levels: dict[Level, LevelWords]
    questions: Questions
    onsets: tuple[Onset, ...]
    regions: tuple[Region, ...] = ()
    locations: tuple[Location, ...]
    triggers: tuple[Trigger, ...]
    red_flags: tuple[RedFlag, ...]
    precautions: tuple[Precaution, ...]
    reading: Reading = Reading()
    phrases: Phrases = Phrases()
    steps: tuple[Step, ...]
    rules: tuple[Rule, ...]
    topics: tuple[Topic, ...] = ()
    cases: tuple[TableCase, ...] = ()
    file: TableFile = TableFile()

    def __repr__(self) -> str:
        return one_line(self, f"{self.about.title}, reviewed {self.about.reviewed}; {', '.join(self.counts())}")

    def _repr_markdown_(self) -> str:
        about = self.about
        by = f"Reviewed {about.reviewed} by {about.reviewed_by}, to be reviewed again by {about.review_by}."
        return "\n\n".join(
            [f"**{literal(about.title)}**", literal(by), bulleted(self.counts()), literal(about.disclaimer)]
        )

    def counts(self) -> list[str]:
        """Return how many entries each section has that has any: "steps: 19"."""
        first = ("steps", "rules", "red_flags", "locations")
        sections = {name: getattr(self, name) for name in (*first, *self.__struct_fields__)}
        return [
            f"{name.replace('_', ' ')}: {len(entries)}"
            for name, entries in sections.items()
            if isinstance(entries, tuple) and entries
        ]
