"""How hard a text is to read: the Flesch-Kincaid grade, and the sentences and words that it counts."""

import re

# Names that have no plainer word, or stand beside one: the grade leaves them out. Keep this list short.
MEDICAL_NAMES = frozenset(
    {
        *("acupuncture", "clinician", "diagnosis", "dialysis", "emergency", "hamstring", "hamstrings", "magnesium"),
        *("maternity", "naproxen", "oestrogens", "osteoporosis", "physiotherapist", "potassium", "quinine"),
        *("raloxifene", "raynaud's", "tetanus", "vitamin", "warfarin"),
    }
)
# Words whose vowels mislead the counter: vowels parted, or an ending that is not spoken as it is written.
EXCEPTIONS = {"ache": 1, "aches": 1, "headache": 2, "idea": 3, "area": 3, "fluid": 2, "quiet": 2, "diet": 2, "being": 2}


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a wrapped text, each on one line; a line in capitals is a paragraph of its own."""
    text = re.sub(r"^[^a-z\n]*[A-Z][^a-z\n]*$", r"\n\g<0>\n", text, flags=re.MULTILINE)
    text = re.sub(r"^ *\d+\. ", "", text, flags=re.MULTILINE)  # the number of a step ends no sentence
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; the items of a list, which semicolons part, count as sentences."""
    parts = [part for one in paragraphs(text) for part in re.split(r"(?<=[.!?])[)\"']*\s+|;\s+", one)]
    return [part for part in parts if words(part)]


def words(text: str) -> list[str]:
    """Return the words of a text; a number is a word, and so is what a hyphen joins."""
    return re.findall(r"[A-Za-z0-9][A-Za-z0-9'-]*", text)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: its groups of vowels, less what is silent."""
    word = re.sub(r"[^a-z]", "", re.sub(r"'s$", "", word.casefold()))
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    word = word.replace("qu", "kw")
    count = len(re.findall(r"[aeiouy]+", word))
    count += len(re.findall(r"(?<![ctsgx])i[aou]", word))  # se-ri-ous, but pa-tient
    if re.search(r"[^aeiouy](?:e|es|ed)$", word):
        spoken = re.search(r"(?:[^aeiouy]l(?:e|es)|[td]ed|(?:s|z|x|c|g|ch|sh)es)$", word)
        count -= 0 if spoken else 1
    return max(1, count)


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of a text: the school year in which it is read with ease."""
    counted = [word for word in words(text) if word.casefold() not in MEDICAL_NAMES]
    if not counted:
        return 0.0
    spoken = sum(map(syllables, counted)) / len(counted)
    return 0.39 * len(counted) / len(sentences(text)) + 11.8 * spoken - 15.59
