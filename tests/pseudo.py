"""Pseudo-translations: the shipped table with every text in letters that English has not.

What a person reads of one has no two English letters in a row, but for ids, addresses, commands and what is typed. The
first is bracketed and a third longer; one is written from right to left; the letters of one take two cells, without
blanks.
"""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml
from msgspec.structs import asdict

from spasmhelp.core.language import GuideWords, Reading
from spasmhelp.core.phrases import Phrases
from spasmhelp.files import load_table

ENGLISH = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = str.maketrans(ENGLISH, "àƀćđéƒǵĥíĵķļḿńóṕʠŕśťúṽŵẋýźÀƁĆĐÉƑǴĤÍĴĶĻḾŃÓṔɊŔŚŤÚṼŴẊÝŹ")
HEBREW = str.maketrans(ENGLISH, "אבגדהוזחטיכלמנסעפצקרשתךםןףאבגדהוזחטיכלמנסעפצקרשתךםןף")
WIDE = str.maketrans(
    ENGLISH + ".,",
    "あいうえおがぎぐげごさしすせそたちつてとなにぬねのはアイウエオガギグゲゴサシスセソタチツテトナニヌネノハ。、",
)
KEPT = re.compile(r"(\{[^{}]*\}| \+ )")  # what is filled in or stands for a group, and what joins two parts of a cue
IDS = {"id", "url", "kind", "seen", "region", "level", "then", "origin", "sources_say", "phase", "helps", "asked"}
IDS |= {"rules_out", "sources", "location", "onset", "trigger", "advise", "stops", "language", "language_tag"}
SHIPPED = Path(__file__).resolve().parents[1] / "data" / "remedies.yaml"

Translator = Callable[[str], str]


def pseudo(text: str) -> str:
    """Return a text in brackets, a third longer."""
    return f"⟦{in_letters(text, ACCENTED)}{'~' * (len(text) // 3 + 1)}⟧"


def hebrew(text: str) -> str:
    """Return a text in letters that are written from right to left."""
    return in_letters(text, HEBREW)


def wide(text: str) -> str:
    """Return a text in letters that take two cells, without blanks."""
    return in_letters(text, WIDE, blank="")


def in_letters(text: str, letters: dict[int, int], blank: str = " ") -> str:
    """Return a text in other letters, but for what stands for something else."""
    parts = (part if KEPT.fullmatch(part) else part.translate(letters).replace(" ", blank) for part in KEPT.split(text))
    return "".join(parts)


def translated(value: Any, say: Translator) -> Any:
    """Return a part of the table with its texts translated; keys, ids, numbers and dates stay."""
    if isinstance(value, dict):
        return {
            key: part if key in IDS and not is_question(part) else translated(part, say) for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        parts = [translated(part, say) for part in value]
        return list(dict.fromkeys(parts)) if all(isinstance(part, str) for part in parts) else parts
    return say(value) if isinstance(value, str) else value


def is_question(value: Any) -> bool:
    """Whether `location` or `onset` is no reference, but how its question is put, or the idioms of its sentences."""
    return isinstance(value, dict) and "ask" in value


@contextmanager
def read_once() -> Iterator[None]:
    """Within, the program reads each table once: that takes as long as all the rest of a run."""
    read = cache(load_table)
    with patch("spasmhelp.cli.options.load_table", lambda path: read(path and os.path.abspath(path))):
        yield


@cache
def pseudo_text(say: Translator = pseudo, **phrases: str) -> str:
    """Return a pseudo-translated table as YAML, without its cases, which are English; `phrases` are as they are."""
    data = yaml.load(SHIPPED.read_text(encoding="utf-8"), yaml.CSafeLoader)
    del data["cases"]
    shipped = data["reading"]
    reading = {**asdict(Reading()), **shipped, "idioms": {}, "guide": asdict(GuideWords()) | shipped.get("guide", {})}
    numbers = {say(name): number for name, number in reading["numbers"].items()}
    idioms = {name: translated(several, say) for name, several in shipped["idioms"].items()}
    reading = translated(reading, say) | {"language": "pseudo", "numbers": numbers, "idioms": idioms}
    own = {name: text if name == "language_tag" else say(text) for name, text in asdict(Phrases()).items()} | phrases
    above = [*data][: [*data].index("steps")]
    data = {name: translated(part, say) for name, part in data.items()} | {"reading": reading, "phrases": own}
    names = list(dict.fromkeys([*above, "reading", "phrases", *data]))
    return yaml.dump({name: data[name] for name in names}, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
