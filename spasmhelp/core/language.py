"""How the language of a table says things: in a sentence, in an answer, and to the guide."""

from msgspec import Struct


class Idioms(Struct, frozen=True, kw_only=True):
    """What holds a word but does not mean it: "come back", "the other one"; to one question, or to every one.

    In two parts, "{twitch} + {for_days}", it is not meant where both are said close by.
    """

    every: tuple[str, ...] = ()
    onset: tuple[str, ...] = ()
    location: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()


class GuideWords(Struct, frozen=True, kw_only=True):
    """What people say to the guide; a word of these counts wherever it stands in what they say, but for the commands.

    `worse` asks the red flags again; `easing` is not yet let go; from `pause` on, and `help`, they are commands.
    """

    worse: tuple[str, ...] = (
        *("worse", "worsening", "more pain", "hurts more", "hurting more", "hurts a lot more", "hurts too much"),
        *(
            "stronger",
            "sharper",
            "sharp pain",
            "unbearable",
            "help me",
            "need help",
            "scared",
            "something changed",
            "changed",
        ),
    )
    help: tuple[str, ...] = ("help", "emergency", "ambulance", "sos")
    easing: tuple[str, ...] = (
        *("better", "easing", "eases", "a bit", "a little", "almost", "nearly", "partly", "getting there", "slowly"),
    )
    not_yet: tuple[str, ...] = (
        *("not yet", "no", "not", "still", "same", "no change", "hasn't", "hasnt", "won't", "wont", "isn't", "isnt"),
        *("nothing", "nope", "never", "didn't", "didnt", "doesn't", "doesnt", "next"),
    )
    let_go: tuple[str, ...] = (
        *("let go", "gone", "went away", "stopped", "over", "eased", "released", "loose", "relaxed", "passed"),
    )
    came_back: tuple[str, ...] = ("came back", "is back", "it's back", "back again", "cramping again", "cramps again")
    pause: tuple[str, ...] = ("pause", "wait", "go on", "continue", "resume")
    longer: tuple[str, ...] = ("longer", "a minute longer", "more time", "more")
    shorter: tuple[str, ...] = ("shorter", "a minute shorter", "less time", "less")
    done: tuple[str, ...] = ("done", "start", "ok", "okay", "ready", "finished", "skip")
    leave: tuple[str, ...] = ("quit", "stop", "exit", "leave", "bye", "end")


class Reading(Struct, frozen=True, kw_only=True):
    """How the table's language says things in a sentence, beside the cues of its words.

    `negation` and `past` speak of what follows, up to `ends`, and of what `joining` adds, but not of what `starts` anew
    behind it, or `comma_starts` right behind a comma; over `alternatives` a denial goes on whatever follows. With
    `_after`, of what stands before. The danger of `others` does not count where a `contrast` sets oneself against them;
    `own` ends what is said of them. `fillers` may stand inside any spelling, and so may `articles`, which need not. A
    cue may hold `{n}` (a number in figures, or of `numbers`) or the name of one of the `groups`.
    `yes`, `none`, `unsure` answer a question.
    """

    language: str = "english"
    negation: tuple[str, ...] = ()
    negation_after: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    past_after: tuple[str, ...] = ()
    joining: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    comma_starts: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    fillers: tuple[str, ...] = ()
    numbers: dict[str, int] = {}
    groups: dict[str, tuple[str, ...]] = {}
    idioms: Idioms = Idioms()
    yes: tuple[str, ...] = ("yes", "y", "yeah", "yep", "yup", "yes it is", "yes i do", "yes i have", "i think so")
    none: tuple[str, ...] = (
        *("none", "no", "n", "nope", "nah", "nothing", "not really", "not at all", "nil"),
        *("none of these", "none of those", "none of them", "none of the above", "nothing of that", "none apply"),
        *("i'm fine", "im fine", "i am fine", "i feel fine", "all good", "nah all good", "all fine"),
    )
    unsure: tuple[str, ...] = (
        *("not sure", "i am not sure", "i'm not sure", "not so sure", "not really sure", "unsure"),
        *("don't know", "i don't know", "dont know", "maybe", "perhaps", "possibly", "idk", "no idea", "dunno"),
    )
    guide: GuideWords = GuideWords()
