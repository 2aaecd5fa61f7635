"""A tree as a table or a case, or every problem that it has."""

import re

import pytest

from spasmhelp import CaseError, Table, TableError
from spasmhelp.core.decoding.case import parse_case, vocabulary
from spasmhelp.core.model import Extent, Level
from spasmhelp.core.parse import parse_table
from tests.tables import SMALL, case_of, tree


def problems(before: str, after: str) -> list[str]:
    """Return the problems of the small table after one change, as path and message."""
    assert before in SMALL
    with pytest.raises(TableError) as caught:
        parse_table(SMALL.replace(before, after, 1), "small.yaml")
    return [f"{one.where}: {one.message}" for one in caught.value.problems]


def test_references_are_resolved_to_the_entries_themselves(small: Table) -> None:
    cramp = small.rules[0]
    assert cramp.advise[0] is small.steps[0]
    assert cramp.when.onset == (small.onsets[0],)
    assert small.steps[0].how[small.locations[0]] == "Pull your toes up."
    assert small.cases[0].given.location is small.locations[0]
    assert small.red_flags[1].level is Level.urgent_care


def test_the_place_of_every_path_is_kept_beside_the_table(small: Table) -> None:
    line, column = small.file.places["rules.cramp.advise[0]"]
    assert SMALL.splitlines()[line - 1][column - 1 :].startswith("lengthen]")


def test_two_tables_that_say_the_same_are_equal_wherever_they_stand(small: Table) -> None:
    assert parse_table("# moved down\n" + SMALL, "other.yaml") == small


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("{name: Slowly}", "*sudden", "onsets.sustained: aliases (*sudden) are not allowed; write the value again"),
        ("advise: [lengthen]", "advise: [strech]", "rules.cramp.advise[0]: no step called 'strech'"),
        ("advise: [lengthen]", "advise: [lenghten]", "rules.cramp.advise[0]: no step called 'lenghten'; did you mean 'lengthen'?"),
        ("advise: [lengthen]", "advise: lengthen", "rules.cramp.advise: expected a list, found 'lengthen'"),
        ("advise: [lengthen]", "advise: [lengthen, lengthen]", "rules.cramp.advise[1]: names the same thing twice"),
        ("advise: [lengthen], because: \"Lengthening lets it go.\"", "because: x", "rules.cramp: a rule needs steps to advise, or a level above self_care"),
        ("guarded: true", "guarded: yes", "locations.chest.guarded: expected true or false, found 'yes'"),
        ("guarded: true", "gaurded: true", "locations.chest.gaurded: unknown key 'gaurded'; did you mean 'guarded'?"),
        ("phase: prevent", "phase: later", "steps.warm_up.phase: expected one of now, next, prevent; found 'later'"),
        ("at_most_minutes: 10,", "", "steps.lengthen.timer: needs 'at_most_minutes' and 'then', or 'minutes' (with 'check_at' and 'check')"),
        ("  urgent_care: {name: Today, do: \"Get help today.\", withheld: \"Not before help.\"}\n", "", "steps.lengthen: the level 'urgent_care' has no words in the section 'levels'"),
        ("{schema: 2", "{schema: 3", "about.schema: expected 2, the form that this version reads, found '3'"),
        ("{schema: 2", "{schema: 1", "about.schema: expected 2, the form that this version reads, found '1'; docs/table.md says how to move a table of schema 1"),
        ("{schema: 2", "{schema: two", "about.schema: expected a whole number, found 'two'"),
        ("say: Swollen leg}", "say: Swollen leg, location: []}", "red_flags.clot.short[0].location: names nothing; leave the key out where anything will do"),
        ("when: {location: [leg]}", "when: [{location: [leg]}, {onset: []}]", "red_flags.clot.when[1].onset: names nothing; leave the key out where anything will do"),
        ("when: {location: [leg]}", "when: {location: [legs]}", "red_flags.clot.when.location[0]: no location called 'legs'"),
        ("when: {location: [leg]}", "when: {location: [leg, calf]}", "red_flags.clot.when.location[1]: names the same thing twice"),
        ("short: \"Heavy chest\"", "stops: [strech]", "red_flags.heart_signs.stops[0]: no step called 'strech'"),
        ("region: front", "region: frnt", "locations.chest.region: no region called 'frnt'; did you mean 'front'?"),
        ("rules_out: every_step,\n             because: \"Not under 16.\"", "because: x", "precautions.under_16: needs 'rules_out' and 'because' together: why every step is ruled out"),
        (" withheld: \"None of this is for you.\",", "", "levels.self_care: missing key 'withheld', said where no step is given"),
        ("guarded: \"Not here before they were asked.\"", "unaskd: x", "questions.red_flags: missing key 'guarded'"),
        ("steps:\n", "phrases: {why: \"{what:>999999999}\"}\nsteps:\n", "phrases.why: needs '{what}', as the English one: 'Why: {what}'"),
        ("steps:\n", "phrases: {why: \"{what!r}\"}\nsteps:\n", "phrases.why: needs '{what}', as the English one: 'Why: {what}'"),
        ("steps:\n", "phrases: {why: \"{what.__class__}\"}\nsteps:\n", "phrases.why: needs '{what}', as the English one: 'Why: {what}'"),
        ("steps:\n", "phrases: {now: \"{x}\"}\nsteps:\n", "phrases.now: needs no placeholder, as the English one: 'NOW'"),
        ("about:\n", "file: here\nabout:\n", "file: unknown key 'file'"),
        ("when: {onset: [sudden]}", "when: {onset: []}", "rules.cramp.when.onset: names nothing; leave the key out where anything will do"),
        ("when: {location: [chest]},\n                level", "when: {location: []},\n                level", "red_flags.heart_signs.when.location: names nothing; leave the key out where anything will do"),
        ("because: \"It can bruise.\", location: [calf]", "because: \"It can bruise.\", location: []", "steps.press.unless.thin_blood.location: names nothing; leave the key out where anything will do"),
        ("then: urgent_care}", "then: urgent_care, onset: []}", "steps.lengthen.timer.onset: names nothing; leave the key out where anything will do"),
        ("{at_most_minutes: 10, then: urgent_care}", "{minutes: 5, check_at: 5, check: Look.}", "steps.lengthen.timer: the check comes before the end: 'check_at' must be less than 'minutes'"),
        ("at_most_minutes: 10", "at_most_minutes: ten", "steps.lengthen.timer.at_most_minutes: expected a whole number, found 'ten'"),
        ("reviewed: 2026-11-23", "reviewed: 23/11/2026", "about.reviewed: expected a date such as 2026-11-22, found '23/11/2026'"),
        ("title: Small", "title: ''", "about.title: expected a text, found nothing"),
        ("do: \"Press gently.\"", "do: \"Press\\u202egently.\"", "steps.press.do: holds a control character: 'Press\\u202egently.'"),
        ("do: \"Press gently.\"", "do: \"\\e[31mPress\"", "steps.press.do: holds a control character: '\\x1b[31mPress'"),
        ("name: Exercise", "name: None", "triggers.exercise: 'None' cannot be a name: it has a meaning of its own"),
        ("name: Exercise", "name: '7'", "triggers.exercise: '7' cannot be a name: it has a meaning of its own"),
        ("name: Exercise", "name: 'cause: exercise'", "triggers.exercise: 'cause: exercise' cannot be a name: it has a meaning of its own"),
        ("  exercise:", "  Exercise:", "triggers.Exercise: an id is small letters, digits and underscores, such as 'foot_arch'"),
        ("  emergency: {name: Emergency, do: \"Call now.\", withheld: \"Help comes first.\", safety_net: [\"Call again.\"]}\n", "", "red_flags.heart_signs: the level 'emergency' has no words in the section 'levels'"),
        ("  self_care: {name", "  emergency: {name", "levels.emergency: duplicate key 'emergency'; first on line 8"),
        ("given: {onset: cramp, location: charley horse", "given: {onset: krampf, location: charley horse", "cases[0].given.onset: no onset called 'krampf'; did you mean 'cramp' (sudden)?"),
        ("topics:\n", "tropics:\n", "tropics: unknown key 'tropics'; did you mean 'topics'?"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_named_by_its_path(before: str, after: str, expected: str) -> None:
    assert expected in problems(before, after)


@pytest.mark.parametrize(
    ("timer", "message"),
    [
        ("{minutes: 0}", "a time is one minute at least"),
        ("{minutes: 5, check_at: 0, check: Look.}", "a time is one minute at least"),
        ("{at_most_minutes: 0, then: urgent_care}", "a time is one minute at least"),
        (
            "{at_most_minutes: 1, then: self_care}",
            "at the limit help is needed: 'then' must be a level above self_care",
        ),
    ],
)
def test_a_timer_that_would_do_nothing_is_refused(timer: str, message: str) -> None:
    assert problems("{at_most_minutes: 10, then: urgent_care}", timer) == [f"steps.lengthen.timer: {message}"]


@pytest.mark.parametrize(
    "timer",
    [
        "{minutes: 5}",
        "{minutes: 5, check_at: 4, check: Look.}",
        "{minutes: 2, check_at: 1, check: Look.}",
        "{at_most_minutes: 5, then: emergency}",
        "{at_most_minutes: 1, then: see_clinician}",
    ],
)
def test_a_timer_counts_down_or_up_to_a_limit(timer: str) -> None:
    parse_table(SMALL.replace("{at_most_minutes: 10, then: urgent_care}", timer))


@pytest.mark.parametrize(
    "timer",
    [
        "{minutes: 5, check: Look.}",
        "{minutes: 5, check_at: 4}",
        "{minutes: 5, then: emergency}",
        "{minutes: 5, at_most_minutes: 5}",
        "{minutes: 5, at_most_minutes: 5, then: emergency}",
        "{at_most_minutes: 5}",
        "{then: emergency}",
        "{at_most_minutes: 5, then: emergency, check: Look.}",
        "{at_most_minutes: 5, then: emergency, check_at: 4}",
        "{onset: [sudden]}",
    ],
)
def test_a_limit_is_never_half_said_nor_mixed_with_a_countdown(timer: str) -> None:
    assert problems("{at_most_minutes: 10, then: urgent_care}", timer) == [
        "steps.lengthen.timer: needs 'at_most_minutes' and 'then', or 'minutes' (with 'check_at' and 'check')"
    ]


def test_a_section_below_one_that_needs_it_is_told_where_it_belongs() -> None:
    rules, rest = SMALL.index("rules:\n"), SMALL.index("topics:\n")
    moved = SMALL[:rules] + SMALL[rest:] + SMALL[rules:rest]
    with pytest.raises(TableError) as caught:
        parse_table(moved)
    assert [one.message for one in caught.value.problems] == ["must stand below 'rules', whose words it may use"] * 2


def test_one_wrong_entry_does_not_make_those_that_name_it_wrong() -> None:
    found = problems("{name: Calf, region: leg", "{nam: Calf, region: leg")
    assert found == [
        "locations.calf: missing key 'name'",
        "locations.calf.nam: unknown key 'nam'; did you mean 'name'?",
    ]
    assert problems("{name: Front}", "{nam: Front}") == [
        "regions.front: missing key 'name'",
        "regions.front.nam: unknown key 'nam'; did you mean 'name'?",
    ]


def test_a_region_means_all_its_places_wherever_a_list_of_places_stands(small: Table) -> None:
    calf, thigh, chest = small.locations
    assert small.red_flags[1].when.location == (calf, thigh)
    text = SMALL.replace("{say: Swollen leg}", "{say: Swollen leg, location: [chest, leg]}")
    text = text.replace('"It can bruise.", location: [calf]', '"It can bruise.", location: [lower limb, front]')
    with pytest.raises(TableError):  # a premise is written with ids
        parse_table(text)
    table = parse_table(text.replace("[lower limb, front]", "[leg, front]"))
    assert set(table.red_flags[1].short[0].location) == {calf, thigh, chest}
    assert set(table.steps[1].unless[table.precautions[2]].location) == {calf, thigh, chest}


def test_a_case_of_the_table_says_how_far_its_questions_got_or_is_refused() -> None:
    old = "red_flags: [], precautions: []}"
    table = parse_table(SMALL.replace(old, "red_flags: [], asked: {red_flags: before, precautions: none}}"))
    assert (table.cases[0].given.asked.red_flags, table.cases[0].given.asked.precautions) == (
        Extent.before,
        Extent.none,
    )
    (problem,) = problems(old, "red_flags: [], asked: {red_flags: before, precautions: all}}")
    assert problem.startswith("cases[0].given.asked.precautions: says that precautions were asked, but the list is")


def test_all_problems_are_reported_at_once_sorted_by_place() -> None:
    broken = SMALL.replace("phase: now", "phase: soon").replace("cite: ", "site: ").replace("[exercise]", "[x]")
    with pytest.raises(TableError) as caught:
        parse_table(broken)
    lines = [one.line for one in caught.value.problems]
    assert len(lines) == 6
    assert lines == sorted(lines)


SECTIONS = (
    "about, sources, levels, questions, onsets, regions, locations, triggers, red_flags, precautions, reading, phrases, "
    "steps, rules, topics, cases"
)


@pytest.mark.parametrize("text", ["[1]", "hello", "name: spasmhelp\nversion: 1\n"])
def test_what_is_no_table_is_one_problem_that_names_the_sections(text: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_table(text)
    assert [(one.line, one.column, one.where, one.message) for one in caught.value.problems] == [
        (1, 1, "", f"expected the sections of a table: {SECTIONS}")
    ]


def test_of_what_is_no_table_only_the_first_problem_of_its_form_is_told() -> None:
    with pytest.raises(TableError) as caught:
        parse_table("a: 1\na: 2\na: 3\n")
    assert [one.message for one in caught.value.problems] == ["duplicate key 'a'; first on line 1"]


@pytest.mark.parametrize(
    ("sections", "message"),
    [
        (["about"], "missing section 'about'"),
        (["steps", "rules"], "missing sections 'steps', 'rules'"),
    ],
)
def test_missing_sections_are_told_at_the_top_and_make_nothing_else_wrong(sections: list[str], message: str) -> None:
    text = SMALL
    for section in sections:
        text = re.sub(rf"(?m)^{section}:\n( .*\n)+", "", text)
    with pytest.raises(TableError) as caught:
        parse_table(text)
    assert [(one.line, one.where, one.message) for one in caught.value.problems] == [(1, "", message)]


def test_sections_below_one_that_is_left_out_are_still_read() -> None:
    text = re.sub(r"topics:\n( .*\n)+", "", SMALL)
    assert parse_table(text).cases
    with pytest.raises(TableError, match="no location called 'krampf'"):
        parse_table(text.replace("location: charley horse", "location: krampf"))


@pytest.mark.parametrize(("section", "one"), [("onsets", "onset"), ("locations", "location")])
def test_a_table_without_onsets_or_locations_is_refused(section: str, one: str) -> None:
    text = f"about: {{schema: 2}}\n{section}: {{}}\n"
    with pytest.raises(TableError) as caught:
        parse_table(text)
    message = f"names nothing; a table needs one {one} at least"
    assert (section, message) in [(problem.where, problem.message) for problem in caught.value.problems]


def test_a_section_of_entries_that_is_a_list_is_told_in_its_place() -> None:
    with pytest.raises(TableError) as caught:
        parse_table(re.sub(r"sources:\n( .*\n)+", "sources:\n  - article\n", SMALL))
    assert [(one.line, one.where, one.message) for one in caught.value.problems] == [
        (5, "sources", "expected entries by their ids")
    ]


def test_levels_that_are_broken_make_no_use_of_a_level_wrong() -> None:
    assert problems("self_care: {name: Now, ", "self_care: {") == ["levels.self_care: missing key 'name'"]


@pytest.mark.parametrize(
    "text",
    ["a: [", SMALL.replace("phase: now", "phase: soon"), "triggers:\n" + "".join(f"  T{n}: 1\n" for n in range(1100))],
    ids=["a syntax error", "a problem", "too many problems"],
)
def test_an_error_names_the_file_of_the_table(text: str) -> None:
    with pytest.raises(TableError) as caught:
        parse_table(text, "mine.yaml")
    assert caught.value.name == "mine.yaml"


def test_a_table_knows_what_file_it_comes_from() -> None:
    file = parse_table(SMALL, "mine.yaml", "cafe").file
    assert (file.name, file.sha256, file.places["about"]) == ("mine.yaml", "cafe", (1, 1))
    text_alone = parse_table(SMALL).file
    assert (text_alone.name, text_alone.sha256) == ("table", "")


def test_answers_that_are_no_keys_are_one_problem(small: Table) -> None:
    with pytest.raises(CaseError) as caught:
        parse_case(vocabulary(small), tree(["sudden", "calf"]))
    assert [(one.where, one.message) for one in caught.value.problems] == [
        ("", "expected keys with values, found a list")
    ]


def test_an_emergency_needs_no_onset_and_no_location(small: Table) -> None:
    assert case_of(small, red_flags=["heart_signs"]).location is None


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"onset": "sudden"}, ["location: location is missing"]),
        ({"onset": "sudden", "location": "calf", "red_flags": ["clot", "x"]}, ["red_flags[1]: no red flag called 'x'"]),
        ({"onset": "sudden", "location": "calf", "when": "now"}, ["when: unknown key 'when'"]),
        ({"onset": ["sudden"], "location": "calf"}, ["onset: expected a text, found a list"]),
        ({"onset": "sudden", "location": "calf", "triggers": "exercise"}, ["triggers: expected a list, found 'exercise'"]),
        ({"onset": "suden", "location": "kalf"}, ["onset: no onset called 'suden'; did you mean 'sudden'?", "location: no location called 'kalf'; did you mean 'calf'?"]),
    ],
)  # fmt: skip
def test_unusable_answers_are_named_by_key(small: Table, answers: dict[str, object], expected: list[str]) -> None:
    with pytest.raises(CaseError) as caught:
        case_of(small, **answers)
    assert [f"{one.where}: {one.message}" for one in caught.value.problems] == expected


def test_a_list_left_out_or_null_was_not_asked_and_an_empty_one_was(small: Table) -> None:
    case = case_of(small, onset="sudden", location="calf", triggers=None, red_flags=[])
    assert (case.triggers, case.red_flags, case.precautions) == (None, (), None)


def test_a_case_with_too_many_problems_is_left_after_a_thousand(small: Table) -> None:
    with pytest.raises(CaseError) as caught:
        case_of(small, onset="sudden", location="calf", **{f"a{n}": 1 for n in range(1100)})
    assert len(caught.value.problems) == 1000


def test_a_table_with_too_many_problems_says_that_there_are_more() -> None:
    with pytest.raises(TableError) as caught:
        parse_table(SMALL.replace("rules:\n", "rules:\n" + "".join(f"  r{n}: {{a: 1, b: 2}}\n" for n in range(550))))
    assert len(caught.value.problems) == 1001
    first = caught.value.problems[0]
    assert (first.where, first.message) == ("", "too many problems; no more are told")


def test_a_section_that_is_an_alias_is_one_problem() -> None:
    assert len(problems(SMALL[SMALL.index("rules:") : SMALL.index("topics:")], "rules: *x\n")) == 1


@pytest.mark.parametrize("word", ["none", "no", "nothing", "none_of_these", "yes", "y", "not_sure", "b", "q", "?"])
def test_no_word_can_be_called_what_an_answer_means_already(word: str) -> None:
    name = word.replace("_", " ")
    assert f"triggers.exercise: '{name}' cannot be a name: it has a meaning of its own" in problems(
        "name: Exercise", f"name: Exercise, synonyms: ['{name}']"
    )


def test_a_case_of_the_table_needs_answers_or_a_sentence(small):
    text = SMALL.replace(
        "    given: {onset: cramp, location: charley horse, triggers: [], red_flags: [], precautions: []}\n", "", 1
    )
    assert text != SMALL
    with pytest.raises(TableError) as refused:
        parse_table(text)
    assert [one.message for one in refused.value.problems] == ["missing key 'given', or a sentence"]


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        ("none: [geen, Lower limb]", ["reading.none[1]: 'Lower limb' also means 'leg', so nobody can answer with it"]),
        ("yes: [ja, Hamstring]", ["reading.yes[1]: 'Hamstring' also means 'thigh_back', so nobody can answer with it"]),
        ("unsure: [torn]", ["reading.unsure[0]: 'torn' also means 'torn', so nobody can answer with it"]),
        (
            "{yes: [né], none: [ne\u0301]}",
            ["reading.none[0]: 'ne\u0301' also means 'yes', so nobody can answer with it"],
        ),
        ("yes: [no]", ["reading.yes[0]: 'no' also means 'yes', so nobody can answer with it"]),
        ("yes: [q]", ["reading.yes[0]: 'q' cannot be an answer: it has a meaning of its own"]),
        ("yes: ['0']", ["reading.yes[0]: '0' cannot be an answer: it has a meaning of its own"]),
    ],
)
def test_an_answer_that_is_a_name_of_another_thing_is_a_problem_at_its_place(reading: str, expected: list[str]) -> None:
    given = reading if reading[0] == "{" else f"{{{reading}}}"
    assert problems("steps:\n  lengthen:", f"reading: {given}\nsteps:\n  lengthen:") == expected


def test_an_answer_that_is_a_cue_is_a_problem_at_its_place() -> None:
    changed = SMALL.replace("{name: Slowly}", "{name: Slowly, cues: [geen]}")
    text = changed.replace("steps:\n  lengthen:", "reading: {none: [nee, geen]}\nsteps:\n  lengthen:")
    with pytest.raises(TableError) as caught:
        parse_table(text, "small.yaml")
    line = next(i for i, one in enumerate(text.splitlines(), 1) if one.startswith("reading"))
    assert str(caught.value).startswith(f"small.yaml:{line}:23: reading.none[1]: 'geen' also means 'sustained'")


def test_a_name_that_is_an_english_answer_is_a_problem_where_the_table_has_no_answers_of_its_own() -> None:
    answer = "also means 'sustained', so nobody can answer with it"
    assert problems("{name: Slowly}", "{name: Perhaps}") == [f"onsets.sustained: 'perhaps' {answer}"]
    named = SMALL.replace("{name: Slowly}", "{name: Perhaps}")
    own = named.replace("steps:\n  lengthen:", "reading: {unsure: [misschien]}\nsteps:\n  lengthen:")
    assert parse_table(own, "small.yaml").onsets[1].name == "Perhaps"


def test_none_may_be_typed_as_0() -> None:
    text = SMALL.replace("steps:\n  lengthen:", "reading: {none: [geen, '0']}\nsteps:\n  lengthen:")
    assert parse_table(text, "small.yaml").reading.none == ("geen", "0")
