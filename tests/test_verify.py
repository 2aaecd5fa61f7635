"""Faults one by one, where a broken table would not show the fine point."""

import json
from datetime import date
from random import Random

import pytest
from msgspec.structs import fields as struct_fields

from spasmhelp.core.checks.fault import position
from spasmhelp.core.parse import parse_table
from spasmhelp.core.phrases import Phrases
from spasmhelp.core.verify import Fault, verify
from tests.broken import changed
from tests.small_tables import random_table


def verified(*changes: tuple[str, str], today: date = date(2026, 11, 23)) -> list[Fault]:
    """Return the faults of the good table after some changes."""
    return verify(parse_table(changed(*changes)), today)


def faults(*changes: tuple[str, str], today: date = date(2026, 11, 23)) -> list[str]:
    """Return the same, as name and path."""
    return [f"{fault.name}: {fault.path}" for fault in verified(*changes, today=today)]


def messages(path: str, *changes: tuple[str, str]) -> list[str]:
    """Return the messages of the faults at one path."""
    return [fault.message for fault in verified(*changes) if fault.path == path]


CHEST = "  chest_pain:\n    when: {location: [chest]}\n"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("level: see_clinician, do: Ask soon.", ["redundant: rules.again"]),
        ("level: see_clinician, do: Sit down.", []),
        ("level: see_clinician, do: Ask soon., tell: since when", []),
        ("level: urgent_care", []),
        ("advise: [rest], do: Never said at self_care.", ["redundant: rules.again"]),
        ("advise: [press], level: see_clinician", []),
    ],
)
def test_a_rule_is_redundant_only_if_its_level_and_sentences_are_said_as_well(rule, expected):
    again = f"  again: {{when: {{onset: [sustained], location: [chest]}}, because: Again., {rule}}}\n"
    found = faults((CHEST, again + CHEST))
    assert [one for one in found if one.startswith("redundant")] == expected


def test_a_sentence_of_a_rule_that_a_higher_level_always_silences_is_redundant():
    quiet = "  quiet: {when: {location: [chest]}, level: see_clinician, do: Never heard., because: Again.}\n"
    loud = "  loud: {when: {location: [chest]}, level: urgent_care, because: Loud.}\n"
    assert "redundant: rules.quiet" in faults((CHEST, quiet + loud + CHEST))


def test_a_sentence_of_a_rule_without_a_level_is_never_said_so_it_keeps_no_rule():
    again = "  again: {when: {onset: [sustained], location: [calf]}, advise: [rest], do: Sit., because: So.}\n"
    assert "redundant: rules.again" in faults((CHEST, again + CHEST))


QUIET = "  quiet: {when: {location: [calf]}, level: see_clinician, do: Sit., because: So.}\n"
LOUD = "  loud: {when: {location: [calf]}, level: urgent_care, because: So.}\n"
SAME = "  same: {when: {location: [calf]}, level: see_clinician, do: Sit., tell: All., because: So.}\n"
HALF = "  half: {when: {onset: [sudden], location: [calf]}, level: see_clinician, do: Sit., because: So.}\n"
REST = "  rest_of: {when: {onset: [sustained], location: [calf]}, level: see_clinician, do: Sit., because: So.}\n"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (SAME, "'same' says all that it does"),
        (HALF + REST, "'half' and 'rest_of' say all that it does"),
        (LOUD, "'loud' says all that it does"),
        (LOUD + SAME, "'loud' says all that it does"),
        (HALF + LOUD, "'half' and 'loud' say all that it does"),
    ],
)
def test_the_rules_that_say_all_that_a_redundant_one_does_are_named(rules, expected):
    assert (
        messages("rules.quiet", (CHEST, QUIET + rules + CHEST))[0]
        == f"taking this rule away changes nothing: {expected}"
    )


def test_a_rule_that_raises_only_a_gap_to_the_level_of_a_gap_is_redundant():
    assert messages(
        "rules.quiet",
        ("when: {onset: [sudden], location: [calf, thigh]}", "when: {onset: [sudden], location: [thigh]}"),
        (CHEST, QUIET.replace("{location", "{onset: [sudden], location").replace("do: Sit., ", "") + CHEST),
    ) == ["taking this rule away changes nothing: see_clinician is the level of a gap anyway"]


def test_a_rule_that_names_every_onset_has_the_premises_of_one_that_names_none():
    named = "  named: {when: {onset: [sustained, sudden], location: [chest]}, level: urgent_care, because: Named.}\n"
    assert "duplicate: rules.chest_pain" in faults((CHEST, named + CHEST))


def test_a_rule_that_names_every_trigger_still_needs_one():
    named = "  named: {when: {location: [chest], trigger: [cold, night]}, level: urgent_care, because: Named.}\n"
    assert "duplicate: rules.chest_pain" not in faults((CHEST, named + CHEST))


def test_a_precaution_is_tested_where_it_holds_back_a_step_not_where_it_is_only_reported():
    found = faults(
        ("precautions: [torn, thinners]}", "precautions: [thinners]}"),
        ("red_flags: [heart], precautions: []}", "red_flags: [heart], precautions: [torn]}"),
        ("steps: []\n      withheld: {lengthen: torn, press", "steps: [lengthen]\n      withheld: {press"),
    )
    assert found == ["untested: precautions.torn"]


def test_a_table_is_stale_the_day_after_its_review_is_due():
    assert faults(today=date(2099, 11, 23)) == []
    assert faults(today=date(2099, 11, 24)) == ["stale: about.review_by"]


@pytest.mark.parametrize("who", ["no clinician yet", "No clinician", "nobody", "none yet", "not reviewed"])
def test_a_table_that_nobody_reviewed_says_so(who):
    assert faults(("reviewed_by: a nurse", f"reviewed_by: {who}")) == ["unreviewed: about.reviewed_by"]


def test_the_faults_stand_in_the_order_of_the_file():
    text = changed().replace("sources: [guide]", "sources: []").replace("    sources: []\n", "", 1)
    table = parse_table(text)
    places = [table.file.places[fault.path] for fault in verify(table, date(2026, 11, 23))]
    assert len(places) > 3
    assert places == sorted(places)


def test_a_table_that_was_not_read_from_a_file_has_no_places():
    assert position(random_table(Random(0)), "rules.r0") == (0, 0)


def test_steps_in_another_order_are_reported_as_such():
    turned = ("steps: [lengthen, press, warm_up]", "steps: [press, lengthen, warm_up]")
    assert messages("cases[0].expect.steps", turned)[0].endswith("(the same in another order)")


SLOW = ("onsets:\n", "onsets:\n  slow: {name: Slow}\n")
ARM = ("  chest:\n    name", "  arm: {name: Arm, region: leg}\n  chest:\n    name")
STRESS = ("  night:", "  stress: {name: Stress}\n  night:")
OLD = ("  thinners: {", "  old: {name: Old, ask: Old?}\n  thinners: {")
UNSOURCED = ("be a clot.\n    sources: [guide]", "be a clot.")


@pytest.mark.parametrize(
    ("expected", "change", "unclear"),
    [
        ("unused: onsets.slow", SLOW, ("synonyms: [cramp]", "synonyms: [cramp, slow]")),
        ("unused: locations.arm", ARM, ("[charley horse]", "[charley horse, arm]")),
        ("unused: triggers.stress", STRESS, ("name: At night", "name: At night, synonyms: [stress]")),
        ("unused: triggers.stress", STRESS, ("  night:", "  stress_: {name: More}\n  night:")),
        ("unused: precautions.old", OLD, ("name: Torn muscle", "name: Torn muscle, synonyms: [old]")),
        ("unsourced: red_flags.clot", UNSOURCED, ("signs of the heart", "signs of the heart\n    synonyms: [clot]")),
    ],
)
def test_no_counter_example_names_a_word_whose_id_means_another_word_as_well(expected, change, unclear):
    def shown(*changes: tuple[str, str]) -> dict[str, bool]:
        return {f"{one.name}: {one.path}": one.case is not None for one in verified(*changes)}

    assert shown(change)[expected]
    assert not shown(change, unclear)[expected]


@pytest.mark.parametrize(
    ("change", "path", "other"),
    [
        (("name: Slowly", "name: Sudden"), "onsets.sustained.name", "sudden"),
        (("name: Suddenly", "name: Sustained"), "onsets.sustained", "sudden"),
        (("name: Chest", "name: Calf"), "locations.chest.name", "calf"),
        (("name: At night", "name: At night, synonyms: [late, Cold]"), "triggers.night.synonyms[1]", "cold"),
        (("name: At night", "name: At night, synonyms: [Cold, cold]"), "triggers.night.synonyms[0]", "cold"),
        (("name: signs of a clot", "name: heart"), "red_flags.clot.name", "heart"),
        (("name: Blood thinners", "name: torn muscle"), "precautions.thinners.name", "torn"),
    ],
)
def test_a_spelling_of_two_words_is_reported_once_where_the_second_has_it(change, path, other):
    found = [fault for fault in verified(change) if fault.name == "ambiguous"]
    assert [fault.path for fault in found] == [path]
    assert f"also means '{other}'" in found[0].message


@pytest.mark.parametrize(
    ("word", "path", "naming"),
    [
        (SLOW, "onsets.slow", ("{name: Slow}", "{name: Slow, safety_net: [Wait.]}")),
        (SLOW, "onsets.slow", ("when: {location: [chest, calf, thigh]}", "when: {onset: [slow]}")),
        (SLOW, "onsets.slow", ("    unless: {torn", "    hold: {slow: Hold on.}\n    unless: {torn")),
        (SLOW, "onsets.slow", ("then: urgent_care}", "then: urgent_care, onset: [slow]}")),
        (SLOW, "onsets.slow", ("region: front", "region: front\n    safety_net: [{onset: [slow], say: Wait.}]")),
        (SLOW, "onsets.slow", ("when: {onset: [sustained]}", "when: {onset: [sustained, slow]}")),
        (ARM, "locations.arm", ("region: leg}", "region: leg, safety_net: [Wait.]}")),
        (ARM, "locations.arm", ("region: leg}", "region: leg, guarded: true}")),
        (ARM, "locations.arm", ("when: {location: [chest, calf, thigh]}", "when: {location: [arm]}")),
        (ARM, "locations.arm", ("      thigh: Straighten", "      arm: Bend.\n      thigh: Straighten")),
        (ARM, "locations.arm", ("then: urgent_care}", "then: urgent_care, location: [arm]}")),
        (ARM, "locations.arm", ("thinners: It can bruise.", "thinners: {because: So., location: [arm]}")),
        (ARM, "locations.arm", ("location: [calf, thigh]}\n    advise", "location: [calf, thigh, arm]}\n    advise")),
    ],
)
def test_an_onset_or_location_is_unused_unless_something_names_it_or_it_has_words_of_its_own(word, path, naming):
    assert f"unused: {path}" in faults(word)
    assert f"unused: {path}" not in faults(word, naming)


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "'lasting'"),
        (2, "'lasting' or 'rule1'"),
        (3, "'lasting', 'rule1' or 'rule2'"),
        (4, "'lasting', 'rule1', 'rule2' and 1 more rule"),
        (5, "'lasting', 'rule1', 'rule2' and 2 more rules"),
    ],
)
def test_a_gap_offers_the_rules_that_lack_only_the_place(count, expected):
    rules = "".join(
        f"  rule{i}: {{when: {{location: [calf]}}, advise: [rest], because: So.}}\n" for i in range(1, count)
    )
    lasting = "when: {onset: [sustained], location: [calf, chest]}"
    assert messages("locations.thigh", ("when: {onset: [sustained]}", lasting), (CHEST, rules + CHEST)) == [
        f"no rule with a step applies to sustained, thigh; add 'thigh' to {expected}, or write a rule"
    ]


def flags(when: str, first: int, last: int) -> str:
    """Return red flags of one level, as the table writes them."""
    return "".join(
        f"  sign{i}: {{name: sign {i}, ask: So?, short: So, when: {when}, level: see_clinician, do: Sit., because: So.,"
        " sources: [guide]}\n"
        for i in range(first, last + 1)
    )


NARROW = "9 at most, so narrow a 'when'"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("calf", "sudden, calf"),
        ("calf, chest", "sudden, calf and 1 more place"),
        ("calf, thigh, chest", "sudden, calf and 2 more places"),
    ],
)
def test_a_tenth_red_flag_of_a_level_is_reported_with_how_many_places_ask_it(places, expected):
    signs = flags(f"{{onset: [sudden], location: [{places}]}}", 0, 9)
    assert messages("red_flags.sign9", ("precautions:\n  torn", signs + "precautions:\n  torn")) == [
        "no case of the table reports this red flag",
        f"10 red flags of level see_clinician are asked before the first step at {expected}; {NARROW}",
    ]


def test_a_place_that_asks_too_much_is_reported_once_however_many_more_red_flags_follow():
    signs = flags("{location: [calf]}", 0, 9) + flags("{location: [thigh]}", 10, 19) + flags("{}", 20, 22)
    found = faults(("precautions:\n  torn", signs + "precautions:\n  torn"))
    assert [one for one in found if one.startswith("long_question")] == [
        "long_question: red_flags.sign9",
        "long_question: red_flags.sign19",
    ]


def test_nine_red_flags_of_a_level_before_the_first_step_and_nine_after_it_are_no_long_question():
    late = flags("{}", 9, 17).replace("short: So", "asked: after, short: So")
    found = faults(("precautions:\n  torn", flags("{}", 0, 8) + late + "precautions:\n  torn"))
    assert [one for one in found if one.startswith("long_question")] == []


def test_a_red_flag_with_a_line_in_each_part_counts_in_both():
    both = flags("{}", 0, 9).replace("short: So", "short: [{say: So}, {say: Then, asked: after}]")
    found = messages("red_flags.sign9", ("precautions:\n  torn", both + "precautions:\n  torn"))
    assert [f"are asked {part} the first step" in " ".join(found) for part in ("before", "after")] == [True, True]


@pytest.mark.parametrize(
    ("short", "wrong"),
    [
        ("One two three four five six seven", False),
        ("One two three four five six seven eight", True),
        ("Half-numb and/or weak, can't pee, or worse", False),
        ("x" * 50, False),
        ("x" * 51, True),
    ],
)
def test_a_short_line_has_seven_words_or_fifty_characters_at_most(short, wrong):
    found = faults(("    short: Heavy chest", f'    short: "{short}"'))
    assert found == (["long_short: red_flags.heart.short"] if wrong else [])


def test_a_table_in_which_no_emergency_names_a_place_has_no_unscreened_place():
    everywhere = ("    when: {location: [chest, calf, thigh]}\n", "")
    assert [one for one in faults(everywhere) if one.startswith("unscreened")] == []
    by_onset = (everywhere[0], "    when: {onset: [sudden, sustained]}\n")
    assert [one for one in faults(by_onset) if one.startswith("unscreened")] == []


LATE = ("    short: Heavy chest\n", "    short: Heavy chest\n    asked: after\n")


@pytest.mark.parametrize(
    ("change", "late"),
    [
        (("when: {location: [chest, calf, thigh]}", "when: {location: [chest, calf, thigh]}"), True),
        (("when: {location: [chest, calf, thigh]}", "when: {location: [chest]}"), False),
        (("when: {location: [chest, calf, thigh]}", "when: {onset: [sustained]}"), False),
        (("when: {location: [chest, calf, thigh]}", "when: {trigger: [night]}"), False),
        (("when: {location: [chest, calf, thigh]}", "when: [{trigger: [night]}, {location: [leg]}]"), True),
        (("    level: emergency", "    level: urgent_care"), False),
        (("    level: emergency", "    level: urgent_care\n    stops: [lengthen]"), True),
        (("    level: emergency", "    level: urgent_care\n    stops: [press]"), False),
        (("    phase: now\n    do: Pull", "    phase: next\n    do: Pull"), True),
    ],
)
def test_a_danger_is_late_where_a_step_is_shown_before_it_is_asked(change, late):
    assert ("early: red_flags.heart" in faults(LATE, change)) == late


def test_no_step_is_shown_early_where_a_rule_sends_the_person_to_urgent_care():
    urgent = "  urgent: {when: {location: [leg]}, level: urgent_care, because: So.}\n"
    assert "early: red_flags.heart" not in faults(LATE, (CHEST, urgent + CHEST))


def test_a_precaution_of_every_step_is_asked_before_the_first_and_needs_a_short_form():
    young = "  young: {name: Young, ask: Young?, rules_out: every_step, because: Not you.}\n  torn: {"
    assert "no_short: precautions.young" in faults(("  torn: {", young))


def test_a_precaution_that_rules_the_first_step_out_elsewhere_needs_no_short_form():
    bare = ("Is it torn?, short: Torn muscle}", "Is it torn?}")
    chest = ("unless: {torn: It can tear more.}", "unless: {torn: {because: It can tear more., location: [chest]}}")
    assert "no_short: precautions.torn" in faults(bare)
    assert "no_short: precautions.torn" not in faults(bare, chest)


def test_a_table_that_gives_every_phrase_or_none_is_not_untranslated():
    def phrases(leave_out: int) -> tuple[str, str]:
        given = [f"  {field.name}: {json.dumps(field.default)}" for field in struct_fields(Phrases)][leave_out:]
        reading = "reading: {yes: [ja], none: [nee], unsure: [misschien], guide: {}}\n"
        return ("steps:\n  lengthen:", reading + "phrases:\n" + "\n".join(given) + "\nsteps:\n  lengthen:")

    assert faults() == faults(phrases(0)) == []
    (missing,) = verified(phrases(1))
    assert (missing.name, missing.warning) == ("untranslated", True)
    assert missing.message == "some phrases are given, so these stay English: section_sources"
    (answer,) = verified((phrases(0)[0], phrases(0)[1].replace("unsure: [misschien], ", "")))
    assert answer.message == "some phrases are given, so these stay English: reading.unsure"


@pytest.mark.parametrize(
    ("spelling", "clash"),
    [("leg: {name: Calf}", True), ("leg: {name: Leg, synonyms: [Charley-Horse]}", True), ("leg: {name: Legs}", False)],
)
def test_a_region_must_not_be_called_what_a_place_is_called(spelling, clash):
    found = faults(("leg: {name: Leg}", spelling))
    assert any(one.startswith("ambiguous: regions.leg") for one in found) == clash


def test_a_place_with_the_id_of_a_region_is_what_a_premise_means():
    region = ("  leg: {name: Leg}\n", "  leg: {name: Leg}\n  thigh: {name: Upper leg}\n")
    table = parse_table(changed(region, ("region: leg\n    synonyms", "region: thigh\n    synonyms")))
    assert [place.id for place in table.rules[0].when.location] == ["calf", "thigh"]
    assert "ambiguous: regions.thigh" in [f"{one.name}: {one.path}" for one in verify(table, date(2026, 11, 23))]
