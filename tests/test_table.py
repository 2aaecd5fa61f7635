"""The shipped table: every case, and what the sources ask for, written down here and not read from the table."""

import re
from hashlib import sha256
from itertools import product
from pathlib import Path
from textwrap import wrap

import pytest
import yaml

from spasmhelp import Advice, Case, Table, advise
from spasmhelp.core.asked import fitting_flags, fitting_lines
from spasmhelp.core.model import Level, Location, Onset, Part, RedFlag, Rule, RulesOut, TableCase
from spasmhelp.core.sentence import given_in
from spasmhelp.core.words import fold, spellings
from tests.tables import SHIPPED, case_of

ROOT = Path(__file__).parent.parent
NOTHING: dict[str, list[str]] = {"triggers": [], "red_flags": [], "precautions": []}


def ids(text: str) -> set[str]:
    return set(text.split())


# Which places a word for several means; the last two belong to none.
REGIONS = {
    "foot": ids("toes foot_arch achilles"),
    "leg": ids("calf shin knee thigh_front thigh_back inner_thigh"),
    "hip_and_buttock": ids("groin hip buttock pelvic_floor"),
    "back": ids("lower_back spine upper_back"),
    "neck_and_shoulder": ids("neck shoulder"),
    "front": ids("chest ribs belly side"),
    "arm": ids("upper_arm_front upper_arm_back elbow forearm wrist hand"),
    "head_and_face": ids("jaw eyelid head face"),
}
LEGS = REGIONS["foot"] | REGIONS["leg"]
ARMS = REGIONS["arm"]
TRUNK = {place for name in ids("hip_and_buttock back neck_and_shoulder front") for place in REGIONS[name]}
HEAD = REGIONS["head_and_face"]
PLACES = LEGS | ARMS | TRUNK | HEAD | {"several_places", "somewhere_else"}

# The ids that are fixed for good.
IDS = {
    "onsets": {"sudden", "sustained"},
    "regions": set(REGIONS),
    "locations": PLACES,
    "triggers": ids(
        "stretching_or_yawning cold_muscle exercise held_contracted overstretched changed_position at_night "
        "heat_or_sweat strain stress"
    ),
    "red_flags": ids(
        "heart_signs lung_clot_signs cauda_equina_signs serious_accident dark_urine lockjaw cold_pale_limb "
        "compartment_signs stiff_neck_with_fever stroke_or_fit belly_emergency burst_artery_signs dvt_signs "
        "over_ten_minutes injury_signs dirty_wound_or_poison high_temperature serious_back_signs new_weakness "
        "fluid_loss statin new_medicine_spasm recent_surgery pregnancy_pain jaw_on_chewing keeps_coming_back "
        "muscle_wasting effort_pain pain_on_walking new_medicine kidney_dialysis lasts_weeks heat_illness dialysis_now "
        "jaw_will_not_open tingling_lips urine_signs known_illness twitching swollen_ankles morning_stiffness "
        "weak_bones_back_pain"
    ),
    "precautions": ids(
        "under_16 blood_thinners past_clot numb_skin raynauds_or_poor_circulation broken_skin weak_bones pregnant "
        "torn_muscle heart_condition unsteady told_not_to hip_replacement"
    ),
    "steps": ids(
        "stop lengthen press_and_hold rub press_opposite push_together stand_and_walk ease_back warm_pack cold_pack "
        "cool_and_drink relax stretch_front strengthen_back keep_moving warm_up change_position stitch_breathing "
        "night_stretch leave_water pull_over move_neck sleep_and_less_coffee"
    ),
    "topics": ids(
        "what_is_a_spasm sudden_cramps lasting_spasms making_it_let_go stretch_front_strengthen_back cold_packs "
        "warming_up opposite_muscle pull_or_push drugs back_spasms after_surgery when_to_get_help twitches "
        "medicines_that_cause_cramps remedies_people_try night_cramps cramps_in_pregnancy cramps_in_heat period_cramps "
        "swimming_or_driving known_illness_spasms how_long_it_lasts restless_legs hiccups "
        "pelvic_floor_spasms who_to_ask"
    ),
}
# How soon each red flag needs help, from the lists of the sources.
EMERGENCY = ids(
    "heart_signs lung_clot_signs cauda_equina_signs serious_accident dark_urine lockjaw cold_pale_limb "
    "compartment_signs stiff_neck_with_fever stroke_or_fit belly_emergency burst_artery_signs "
    "heat_illness"
)
CLINICIAN = ids(
    "keeps_coming_back muscle_wasting pain_on_walking new_medicine kidney_dialysis lasts_weeks known_illness twitching "
    "swollen_ankles morning_stiffness weak_bones_back_pain"
)
# An ankle and a heel are limbs too, and called "somewhere else".
LIMBS = LEGS | ARMS | {"somewhere_else"}
# The lines that are put before the first step, and where: written by hand, tried on people's stories, changed by none.
ALL = PLACES
# What stands for the side holds at the ribs, for the belly at the pelvic floor, for the calf at the Achilles tendon and
# the knee, for the forearm at elbow and wrist, for the face at eyelid and head.
SIDE = {"side", "ribs"}
BELLY = {"belly", "pelvic_floor"}
CALF = {"calf", "achilles", "knee"}
FOREARM = {"forearm", "elbow", "wrist"}
FACE = {"face", "eyelid", "head"}
HIP_DOWN = REGIONS["leg"] | {"achilles"} | ids("groin hip buttock")
STITCH = SIDE | ids("chest upper_back")  # where a breath hurts for less
NO_FEVER_LINE = ids("spine upper_back neck")  # a stiff neck with a fever is asked about there
NO_DARK_PEE = FACE | ids("toes foot_arch jaw")  # too little muscle is at work there
DARK_PEE = HIP_DOWN | ARMS | ids("spine upper_back somewhere_else lower_back shoulder several_places")
Row = tuple[str, str, set[str]]
BEFORE: list[Row] = [
    ("stroke_or_fit", "Suddenly: droopy face, slurred speech, weak arm", ALL),
    ("stroke_or_fit", "Seizure, passed out, or muddled", ALL),
    ("stroke_or_fit", "Hard to breathe, even resting", ALL),
    ("heart_signs", "Tight or heavy chest",
     ARMS | SIDE | BELLY | ids("chest upper_back neck shoulder jaw several_places somewhere_else")),
    ("heart_signs", "Clammy or sick with this pain",
     ARMS | SIDE | BELLY | ids("chest upper_back neck shoulder jaw several_places somewhere_else")),
    ("heart_signs", "Chest ache over 15 minutes, even resting", {"chest"}),
    ("lung_clot_signs", "Coughing blood, or sharp pain breathing in",
     LEGS | ids("several_places somewhere_else")),
    ("lung_clot_signs", "Coughing blood", STITCH),
    ("burst_artery_signs", "Sudden tearing pain, or pain and faint",
     REGIONS["back"] | SIDE | BELLY | {"chest"}),
    ("belly_emergency", "Sudden very bad tummy or testicle pain", SIDE | BELLY | ids("groin inner_thigh")),
    ("belly_emergency", "Blood in vomit or poo", SIDE | BELLY),
    ("cauda_equina_signs", "Numb between legs, or suddenly can't pee",
     HIP_DOWN | REGIONS["back"] | BELLY | {"several_places"}),
    ("cauda_equina_signs", "Pain, tingling or weakness, both legs", REGIONS["back"] | ids("hip buttock")),
    ("serious_accident", "Crash or hard fall, these last days", ALL),
    ("stiff_neck_with_fever", "Stiff neck: fever, rash or bad headache", NO_FEVER_LINE),
    ("cold_pale_limb", "Arm or leg suddenly cold, pale, numb", LEGS | ARMS | ids("several_places somewhere_else")),
    ("compartment_signs", "Swollen, tight, and hurting more each hour",
     (LEGS | ARMS | {"somewhere_else"}) - {"toes"}),
    ("dark_urine", "Dark brown pee", DARK_PEE),
    ("lockjaw", "Can't swallow, or spasms keep spreading", FACE | ids("jaw neck upper_back spine several_places")),
    ("lockjaw", "Spasms all over", {"several_places"}),
    ("heat_illness", "Ill from heat, not getting better", {"several_places"}),
    ("dvt_signs", "One leg newly swollen, hot or red", LEGS | ids("several_places somewhere_else")),
    ("dvt_signs", "One arm newly swollen, hot or red", ARMS),
    ("injury_signs", "Felt or heard a pop or crack", LEGS | ARMS | ids("hip buttock shoulder somewhere_else")),
    ("recent_surgery", "Operation or implant there, last 3 months", ALL),
    ("serious_back_signs", "Losing weight, past cancer, or worse nights", {"upper_back"}),
    ("dialysis_now", "Connected to dialysis now", CALF | ids("foot_arch hand")),
    ("jaw_will_not_open", "Jaw will not open", FACE | {"jaw"}),
    ("pregnancy_pain", "Pregnant or might be, and tummy hurts", SIDE | BELLY | ids("groin lower_back")),
    ("pregnancy_pain", "Maybe pregnant, and shoulder tip hurts", {"shoulder"}),
    ("new_medicine_spasm", "Neck or eyes pulled after a medicine", FACE | ids("neck jaw")),
    ("jaw_on_chewing", "Chewing hurts, with headache or sight change", FACE | {"jaw"}),
    ("high_temperature", "Fever, or hot and shivery", ALL - NO_FEVER_LINE),
    ("new_weakness", "Newly weak or numb, not just sore", ALL),
]  # fmt: skip
# The lines that are put after it. Heat is asked about once it was reported, and where triggers were not asked.
AFTER: list[Row] = [
    ("heat_illness", "Ill from heat, not getting better", ALL - {"several_places"}),
    ("dark_urine", "Muscles still very swollen after a rest", ALL - NO_DARK_PEE),
    # Our caution: muscle is hurt by sit-ups and push-ups too, so where there is no early step it is asked after.
    ("dark_urine", "Dark brown pee", ALL - DARK_PEE - NO_DARK_PEE),
    ("dvt_signs", "Aches or throbs even when not cramping", LEGS | ARMS | ids("several_places somewhere_else")),
    ("injury_signs", "Cramp gone, but it still won't work", LEGS | ARMS | ids("hip buttock shoulder somewhere_else")),
    ("serious_back_signs", "Losing weight, past cancer, or worse nights", ids("lower_back spine neck")),
    ("high_temperature", "Fever, or hot and shivery", NO_FEVER_LINE),
    ("over_ten_minutes", "Still cramped after 10 minutes", LEGS | ARMS | {"somewhere_else"}),
    ("fluid_loss", "Keep being sick, or peeing much less", ALL),
    ("fluid_loss", "Runny poo or vomiting for days", ALL),
    ("fluid_loss", "Heart flutters, races or skips", ALL),
    (
        "effort_pain",
        "Comes climbing stairs, stops when you rest",
        ids("upper_back neck shoulder chest upper_arm_front upper_arm_back jaw"),
    ),
    ("statin", "Statin, and muscles ache for days", ALL),
    ("dirty_wound_or_poison", "Bite, sting, dirty cut or poison", ALL),
    ("tingling_lips", "Lips or fingers tingle", FOREARM | ids("hand several_places")),
    ("urine_signs", "Blood in pee, or it hurts", SIDE | BELLY | {"lower_back"}),
    ("known_illness", "MS, stroke, spinal injury or sickle cell", ALL),
    ("pain_on_walking", "Comes on walking, stops when you stop", LEGS | ids("hip buttock")),
    ("weak_bones_back_pain", "New back pain, and weak bones", REGIONS["back"]),
    ("muscle_wasting", "The muscle is getting thinner", ALL),
    ("twitching", "It twitches, for over two weeks", ALL),
    ("swollen_ankles", "Both ankles swell, newly", LEGS | {"several_places"}),
    ("morning_stiffness", "Stiff an hour every morning", ids("hip buttock neck shoulder several_places")),
    ("kidney_dialysis", "On kidney dialysis", ALL),
    ("new_medicine", "It began after a new medicine", ALL),
    ("keeps_coming_back", "Keeps coming back, most weeks", ALL),
    ("lasts_weeks", "No better after a few weeks", ALL),
]
ONLY_AFTER_ONSET = {"over_ten_minutes": "sudden", "lasts_weeks": "sustained"}
# Precautions in the order in which the first is given as the reason; the first three rule out stretches.
PRECAUTIONS = {
    "under_16": "This is for someone under 16",
    "told_not_to": "Told not to stretch it",
    "torn_muscle": "Torn muscle, or a big bruise there",
    "past_clot": "Ever had a blood clot",
    "pregnant": "Pregnant, or birth in last 6 weeks",
    "blood_thinners": "On blood thinners, or bleed easily",
    "numb_skin": "Skin there feels numb",
    "broken_skin": "Cut, rash or sore skin there",
    "raynauds_or_poor_circulation": "Fingers go white, or poor blood flow",
    "weak_bones": "Weak bones, or steroids for long",
    "heart_condition": "A heart condition",
    "unsteady": "Dizzy, or fall easily",
    "hip_replacement": "A hip replacement",
}
# What each precaution rules out, and where, if not everywhere.
HANDS = {"press_and_hold", "rub", "press_opposite"}
RULED_OUT: dict[str, set[str]] = {
    "under_16": IDS["steps"],
    "blood_thinners": HANDS,
    "past_clot": HANDS,
    "numb_skin": {"cold_pack", "warm_pack", "press_and_hold"},
    "raynauds_or_poor_circulation": {"cold_pack", "warm_pack"},
    "broken_skin": {"press_and_hold", "rub", "cold_pack", "warm_pack"},
    "weak_bones": {"press_and_hold", "strengthen_back", "stretch_front", "stitch_breathing"},
    "pregnant": {"press_and_hold", "press_opposite"},  # HSE Ireland rubs a leg in pregnancy
    "torn_muscle": {"lengthen", "press_and_hold", "rub", "stretch_front", "strengthen_back", "stand_and_walk",
                    "warm_pack", "warm_up", "keep_moving", "move_neck", "night_stretch"},
    "heart_condition": {"cold_pack"},
    "unsteady": {"stand_and_walk"},
    "told_not_to": HANDS | {"cold_pack", "warm_pack"},
    "hip_replacement": {"lengthen"},
}  # fmt: skip
ONLY_AT = {"past_clot": LEGS | ARMS, "pregnant": LEGS, "heart_condition": {"chest", "shoulder"},
           "hip_replacement": {"hip", "buttock"}}  # fmt: skip
# Our own caution goes further than the sources: who was told not to move it does not stretch or exercise it either.
OUR_CAUTION = {
    "told_not_to": {
        "lengthen",
        "stretch_front",
        "strengthen_back",
        "stand_and_walk",
        "ease_back",
        "move_neck",
        "night_stretch",
    }
}
# Where hands may go, and only for a sudden cramp.
HANDS_MAY_GO = LEGS | ARMS | {"buttock", "shoulder", "upper_back", "jaw"}
HANDS_MAY_GO -= ids("achilles knee elbow wrist")  # a tendon, and joints
# A step that a precaution rules out at some places only, beside the precautions that mean some places only.
RULED_OUT_HERE = {("weak_bones", place): {"lengthen"} for place in ids("upper_back side ribs")}


def told(onset: Onset, location: Location, **answers: list[str]) -> Advice:
    """The advice for a place and an onset; what is not named was asked and is none."""
    return advise(SHIPPED, case_of(SHIPPED, onset=onset.id, location=location.id, **(NOTHING | answers)))


def given(advice: Advice) -> set[str]:
    return {one.step.id for one in advice.steps}


EVERYWHERE = [
    pytest.param(onset, place, id=f"{onset.id}-{place.id}")
    for onset, place in product(SHIPPED.onsets, SHIPPED.locations)
]


@pytest.mark.parametrize("case", SHIPPED.cases, ids=lambda case: case.name)
def test_case(case: TableCase) -> None:
    advice = advise(SHIPPED, given_in(SHIPPED, case))
    assert advice.level.name == case.expect.level.name
    if case.expect.steps is not None:
        assert [one.step.id for one in advice.steps] == [step.id for step in case.expect.steps]
    if case.expect.withheld is not None:
        expected = {step.id: by and by.id for step, by in case.expect.withheld.items()}
        assert {one.step.id: one.precaution and one.precaution.id for one in advice.withheld} == expected


def test_cases_are_sentences_and_no_two_ask_the_same() -> None:
    assert all(re.fullmatch(r"[A-Z0-9].*\.", case.name) for case in SHIPPED.cases)
    assert len({case.name for case in SHIPPED.cases}) == len(SHIPPED.cases)


@pytest.mark.parametrize("section", IDS)
def test_every_id_is_there(section: str) -> None:
    assert {entry.id for entry in getattr(SHIPPED, section)} == IDS[section]


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("charley horse", "calf"),
        ("Hamstring", "thigh_back"),
        ("back-of-thigh", "thigh_back"),
        ("quads", "thigh_front"),
        ("pec", "chest"),
        ("glute", "buttock"),
        ("bum", "buttock"),
        ("arch", "foot_arch"),
        ("lumbar", "lower_back"),
        ("backbone", "spine"),
        ("between the shoulder blades", "upper_back"),
        ("traps", "shoulder"),
        ("bicep", "upper_arm_front"),
        ("period pain", "belly"),
        ("stitch", "side"),
        ("behind the knee", "knee"),
        ("ankle", "somewhere_else"),
        ("between the ribs", "ribs"),
        ("eye twitch", "eyelid"),
        ("achilles", "achilles"),
        ("both legs", "several_places"),
        ("tongue", "face"),
        ("temple", "head"),
    ],
)
def test_a_place_may_be_called_what_people_call_it(said: str, place: str) -> None:
    case = case_of(SHIPPED, onset="sudden", location=said)
    assert case.location is not None
    assert case.location.id == place


def test_the_guarded_places_are_those_where_pain_is_often_no_muscle() -> None:
    guarded = {place.id for place in SHIPPED.locations if place.guarded}
    assert guarded == ids("chest ribs belly side groin pelvic_floor neck several_places face head")


# ---- Steps ----


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_every_place_has_something_to_do(onset: Onset, place: Location) -> None:
    advice = told(onset, place)
    assert advice.steps
    assert all(one.how or (one.step.do and not one.step.how) for one in advice.steps)
    assert advice.level in (Level.self_care, Level.see_clinician)
    if advice.level is Level.see_clinician:
        assert advice.actions
        assert advice.tell


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_hands_go_only_where_they_may_and_only_on_a_sudden_cramp(onset: Onset, place: Location) -> None:
    steps = given(told(onset, place, triggers=sorted(IDS["triggers"])))
    allowed = onset.id == "sudden" and place.id in HANDS_MAY_GO
    assert ("press_and_hold" in steps, "rub" in steps) == (allowed, allowed)
    assert ("press_opposite" in steps) == (onset.id == "sudden" and place.id in ("thigh_front", "thigh_back"))
    assert "push_together" not in steps


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_a_back_is_eased_and_not_stretched(onset: Onset, place: Location) -> None:
    steps = given(told(onset, place, triggers=sorted(IDS["triggers"])))
    back = place.id in ("lower_back", "spine")
    assert ("ease_back" in steps) == back
    assert not (back and steps & {"lengthen", "stretch_front"})
    never = BELLY | FACE | ids("lower_back spine achilles several_places somewhere_else")
    assert ("lengthen" in steps) == (place.id not in never)


def test_a_back_is_rested_for_minutes_and_not_until_it_eases() -> None:
    ease = next(step for step in SHIPPED.steps if step.id == "ease_back")
    assert {onset.id for onset in ease.hold} == IDS["onsets"]
    assert all("5 to 10 minutes. Then get up" in hold for hold in ease.hold.values())


def test_nobody_is_advised_to_push_the_ends_of_a_muscle_together() -> None:
    push = next(step for step in SHIPPED.steps if step.id == "push_together")
    assert push.sources_say.value == "disagree"
    assert not [rule.id for rule in SHIPPED.rules if push in rule.advise]


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_stopping_and_drinking_are_for_effort_and_heat(onset: Onset, place: Location) -> None:
    for trigger in sorted(IDS["triggers"]):
        steps = given(told(onset, place, triggers=[trigger]))
        assert ("stop" in steps) == (trigger in ("exercise", "heat_or_sweat", "strain"))
        assert ("cool_and_drink" in steps) == (trigger == "heat_or_sweat")


def test_a_cold_pack_has_one_time_and_a_warm_one_is_for_another_moment() -> None:
    warm, cold = (next(step for step in SHIPPED.steps if step.id == name) for name in ("warm_pack", "cold_pack"))
    assert re.findall(r"\d+ minutes", cold.do) == ["10 minutes"]
    assert cold.timer is not None
    assert (cold.timer.minutes, cold.timer.check_at) == (10, 5)
    # Not "still tight": a cramp that is still tight after 10 minutes needs help and no pack of 15.
    assert warm.do.startswith("Stiff, but no cramp now:")
    assert cold.do.startswith("Sore (normal for a day):")
    assert all("asleep" in step.do or "awake" in step.do for step in (warm, cold))


def test_the_ten_minutes_are_for_sudden_cramps_of_arms_and_legs() -> None:
    timer = next(step for step in SHIPPED.steps if step.id == "lengthen").timer
    assert timer is not None
    assert (timer.at_most_minutes, timer.then) == (10, Level.urgent_care)
    assert {onset.id for onset in timer.onset} == {"sudden"}
    assert {place.id for place in timer.location} == LEGS | ARMS


def test_how_a_step_is_done_takes_two_sentences_at_most() -> None:
    long = [
        (step.id, place.id)
        for step in SHIPPED.steps
        for place, how in step.how.items()
        if len(re.findall(r"[.!?](?:\s|$)", how)) > 2
    ]
    assert not long


def test_a_step_that_a_guideline_added_names_the_guideline() -> None:
    for step in SHIPPED.steps:
        others = [source for source in step.sources if source.id != "article"]
        assert others or step.sources_say.value == "nothing", step.id
        assert (step.origin.value == "guideline") == ("article" not in {source.id for source in step.sources}), step.id


# ---- Red flags ----


def asked_at(flag: RedFlag) -> list[tuple[Onset, Location]]:
    """Where a red flag is asked when nobody knows yet what set the spasm off."""
    everywhere = product(SHIPPED.onsets, SHIPPED.locations)
    return [
        (onset, place)
        for onset, place in everywhere
        if flag in fitting_flags(SHIPPED, Case(onset=onset, location=place))
    ]


def lines(rows: list[Row], onset: Onset, place: Location) -> list[tuple[str, str]]:
    """The lines that rows of this file put, each with its red flag."""
    return [
        (flag, say)
        for flag, say, places in rows
        if place.id in places and ONLY_AFTER_ONSET.get(flag, onset.id) == onset.id
    ]


def put(onset: Onset, place: Location, part: Part) -> list[tuple[str, str]]:
    """The lines that the table puts, each with its red flag, in the order of the screen."""
    return [(line.word.id, line.say) for line in fitting_lines(SHIPPED, Case(onset=onset, location=place), part)]


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_before_the_first_step_exactly_these_lines_are_put_in_this_order(onset: Onset, place: Location) -> None:
    assert put(onset, place, Part.before) == lines(BEFORE, onset, place)


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_after_the_first_step_exactly_these_lines_are_put(onset: Onset, place: Location) -> None:
    assert sorted(put(onset, place, Part.after)) == sorted(lines(AFTER, onset, place))


@pytest.mark.parametrize("flag", SHIPPED.red_flags, ids=lambda flag: flag.id)
def test_a_red_flag_alone_gives_its_level_wherever_it_is_asked(flag: RedFlag) -> None:
    expected = Level.emergency if flag.id in EMERGENCY else Level.see_clinician if flag.id in CLINICIAN else None
    assert flag.level is (expected or Level.urgent_care)
    assert asked_at(flag)
    for onset, place in asked_at(flag):
        advice = told(onset, place, red_flags=[flag.id])
        assert advice.level is max(flag.level, told(onset, place).level)
        assert flag.do in advice.actions
        assert (advice.steps == ()) == (advice.level >= Level.urgent_care)


def test_the_heat_is_asked_about_where_it_set_a_cramp_off_and_with_cramps_in_several_places() -> None:
    heat = next(trigger for trigger in SHIPPED.triggers if trigger.id == "heat_or_sweat")
    others = tuple(trigger for trigger in SHIPPED.triggers if trigger is not heat)
    for onset, place in product(SHIPPED.onsets, SHIPPED.locations):
        for triggers in ((), others, (heat,), (*others, heat)):
            case = Case(onset=onset, location=place, triggers=triggers)
            asked = "heat_illness" in {flag.id for flag in fitting_flags(SHIPPED, case)}
            assert asked == (heat in triggers or place.id == "several_places")


def test_every_line_can_be_read_at_a_glance() -> None:
    short = [line for _, line, _ in (*BEFORE, *AFTER)] + list(PRECAUTIONS.values())
    assert not [line for line in short if len(line) > 50 or len(line.split()) > 7]


def test_a_red_flag_whose_step_does_harm_is_asked_before_that_step() -> None:
    for flag in SHIPPED.red_flags:
        for onset, place in asked_at(flag):
            early = next((one.step.id for one in told(onset, place).steps if one.how), None)
            if early in {step.id for step in flag.stops} and not place.guarded:
                before = [line.word for line in fitting_lines(SHIPPED, Case(onset=onset, location=place), Part.before)]
                assert flag in before, (flag.id, onset.id, place.id)


@pytest.mark.parametrize("flag", SHIPPED.red_flags, ids=lambda flag: flag.id)
def test_a_red_flag_is_short_and_says_what_to_do(flag: RedFlag) -> None:
    assert len(wrap(flag.ask, 74)) <= 2  # two lines of a screen of 80 columns, under a number
    assert flag.do
    assert flag.because
    assert flag.tell
    assert flag.sources
    assert len(flag.name.split()) <= 7
    assert flag.name.count(" or ") <= 1
    assert not re.search("[,;:.?]", flag.name)


@pytest.mark.parametrize("part", Part)
def test_red_flags_stand_worst_first_and_fill_no_screen_with_more_than_nine(part: Part) -> None:
    levels = [flag.level for flag in SHIPPED.red_flags]
    assert levels == sorted(levels, reverse=True)
    for onset, place in product(SHIPPED.onsets, SHIPPED.locations):
        asked = fitting_lines(SHIPPED, Case(onset=onset, location=place), part)
        flags = {line.word.id: line.word for line in asked if isinstance(line.word, RedFlag)}
        for level in Level:
            assert sum(flag.level is level for flag in flags.values()) <= 9, (onset.id, place.id)
            if part is Part.after:
                assert sum(flags[line.word.id].level is level for line in asked) <= 9, (onset.id, place.id)


def test_before_the_first_step_for_a_calf_fifteen_lines_are_read() -> None:
    calf = next(place for place in SHIPPED.locations if place.id == "calf")
    asked = put(SHIPPED.onsets[0], calf, Part.before)
    assert [sum(flag in EMERGENCY for flag, _ in asked), len(asked)] == [9, 15]


# ---- Regions ----


def test_a_region_means_these_places() -> None:
    found = {
        region.id: {place.id for place in SHIPPED.locations if place.region == region} for region in SHIPPED.regions
    }
    assert found == REGIONS


def test_a_word_for_several_places_is_no_word_for_one_of_them() -> None:
    places = {fold(spelling) for place in SHIPPED.locations for spelling in spellings(place)}
    assert not places & {fold(spelling) for region in SHIPPED.regions for spelling in spellings(region)}


# ---- Precautions ----


def test_precautions_have_these_lines_and_this_order() -> None:
    assert {precaution.id: precaution.short for precaution in SHIPPED.precautions} == PRECAUTIONS
    assert [precaution.id for precaution in SHIPPED.precautions] == list(PRECAUTIONS)


def test_who_is_under_16_gets_no_step_and_no_step_says_so_itself() -> None:
    every = [precaution.id for precaution in SHIPPED.precautions if precaution.rules_out is RulesOut.every_step]
    assert every == ["under_16"]
    assert not [step.id for step in SHIPPED.steps for precaution in step.unless if precaution.id == "under_16"]


@pytest.mark.parametrize("precaution", RULED_OUT)
@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_a_precaution_withholds_what_the_sources_say_and_nothing_more(
    precaution: str, onset: Onset, place: Location
) -> None:
    triggers = sorted(IDS["triggers"])
    before = given(told(onset, place, triggers=triggers))
    advice = told(onset, place, triggers=triggers, precautions=[precaution])
    row = RULED_OUT[precaution] | OUR_CAUTION.get(precaution, set())
    row = row if place.id in ONLY_AT.get(precaution, PLACES) else set()
    row |= RULED_OUT_HERE.get((precaution, place.id), set())
    assert {one.step.id for one in advice.withheld} == before & row
    assert given(advice) == before - row
    for one in advice.withheld:
        assert one.precaution is not None
        assert one.precaution.id == precaution
        assert one.because


def test_no_reason_for_leaving_a_step_out_recommends_another() -> None:
    tells = ids(
        "breathe change cool drink ease hold keep lean lengthen lie move press pull put relax rest rub sip sit squeeze "
        "stand stay stretch strengthen try use walk warm"
    )
    reasons = [
        (step.id, precaution.id, unless if isinstance(unless, str) else unless.because)
        for step in SHIPPED.steps
        for precaution, unless in step.unless.items()
    ]
    told = [one for one in reasons if tells & {said.split()[0].casefold() for said in re.split(r"[.:;] ", one[2])}]
    assert not told


def test_a_jaw_that_will_not_open_is_seen_today_and_one_that_cannot_swallow_is_an_emergency() -> None:
    flags = {flag.id: flag for flag in SHIPPED.red_flags}
    lockjaw, locked = flags["lockjaw"], flags["jaw_will_not_open"]
    assert "Can you not swallow?" in lockjaw.ask
    assert "days after a wound" in lockjaw.ask.replace("\n", " ")
    assert "call the dentist" in locked.do
    assert "After a wound, even a small one: emergency number now" in locked.do
    jaw = next(place for place in SHIPPED.locations if place.id == "jaw")
    for onset in SHIPPED.onsets:
        said = " ".join(told(onset, jaw).safety_net)
        assert "cannot swallow" in said
        assert "dentist today" in said


def test_who_was_told_not_to_stretch_is_asked_once() -> None:
    surgery = next(flag for flag in SHIPPED.red_flags if flag.id == "recent_surgery")
    assert not re.search("told|forbid", surgery.ask)


def test_a_warm_pack_is_not_for_a_cramp_that_heat_set_off() -> None:
    warm = next(step for step in SHIPPED.steps if step.id == "warm_pack")
    assert "heat set this off" in warm.do


def test_where_blood_may_not_flow_well_no_pack_is_put() -> None:
    walking = next(flag for flag in SHIPPED.red_flags if flag.id == "pain_on_walking")
    assert "no warm or cold pack" in walking.do
    assert {step.id for step in walking.stops} == {"warm_pack", "cold_pack"}


# What the words of an action forbid. "Never by force" and "do not bend it" forbid a way of doing it, and no step.
FORBIDDEN = {"press": HANDS, "rub": {"rub"}, "stretch": {"lengthen", "stretch_front"}, "warm": {"warm_pack"},
             "cold pack": {"cold_pack"}, "heat": {"warm_pack"}}  # fmt: skip


def forbidden(said: str) -> set[str]:
    """The steps that the sentences of an action forbid, by their verbs."""
    parts = [part.casefold() for part in re.split(r"(?<=[.:])\s+", said) if "by force" not in part]
    denied = [part for part in parts if re.search(r"\b(do not|no|never)\b", part)]
    return {step for part in denied for verb, steps in FORBIDDEN.items() if verb in part for step in steps}


def test_what_is_forbidden_is_found_in_the_words() -> None:
    assert forbidden("How soon: this week. Do not press or rub it.") == HANDS
    assert forbidden("Never stretch by force. Rub it.") == set()


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_no_step_stands_beside_an_action_that_forbids_it(onset: Onset, place: Location) -> None:
    triggers = sorted(IDS["triggers"])
    advice = told(onset, place, triggers=triggers)
    assert not forbidden(" ".join(advice.actions)) & given(advice)
    for flag in SHIPPED.red_flags:
        if flag.level is Level.see_clinician:
            left = given(told(onset, place, triggers=triggers, red_flags=[flag.id]))
            assert not forbidden(flag.do) & (left - {step.id for step in flag.stops}), flag.id


def test_who_has_weak_bones_and_new_back_pain_is_seen_this_week_and_does_not_round_the_back() -> None:
    back = next(flag for flag in SHIPPED.red_flags if flag.id == "weak_bones_back_pain")
    assert "this week" in back.do
    assert "do not bend it forward" in " ".join(back.do.split())


def test_who_may_be_harmed_by_a_statin_takes_no_more_of_it_until_told() -> None:
    statin = next(flag for flag in SHIPPED.red_flags if flag.id == "statin")
    assert statin.do.startswith("Take no more of the statin until a doctor or 111 has told you.")
    assert "today" in statin.do


@pytest.mark.parametrize("place", ["spine", "lower_back", "buttock", "groin", "hip"])
def test_nobody_lies_on_the_back_late_in_pregnancy(place: str) -> None:
    hows = [how for step in SHIPPED.steps for where, how in step.how.items() if where.id == place]
    assert hows
    assert all("28 weeks pregnant" in how for how in hows if "on your back" in how)


def test_a_baby_that_jerks_is_no_quiet_word_for_a_child() -> None:
    child = next(precaution for precaution in SHIPPED.precautions if precaution.id == "under_16")
    assert "baby" not in child.synonyms
    assert all("baby or small child jerks" in text and "get help now" in text for text in (child.ask, child.because))


def test_cool_and_drink_says_when_it_is_not_enough() -> None:
    said = next(step for step in SHIPPED.steps if step.id == "cool_and_drink").do
    parts = ("no salt tablets", "limit drinks", "heart trouble", "low-salt diet", "over an hour", "30 minutes")
    assert all(part in " ".join(said.split()) for part in parts)


# ---- Levels, and what is said at each ----


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_the_place_raises_the_level_where_the_sources_say(onset: Onset, place: Location) -> None:
    raised = place.id in BELLY | ids("upper_back chest several_places face head achilles somewhere_else")
    raised |= onset.id == "sustained" and place.id in LEGS
    assert told(onset, place).level is (Level.see_clinician if raised else Level.self_care)


def test_whoever_is_sent_to_a_clinician_is_told_how_soon() -> None:
    entries: list[Rule | RedFlag] = [*SHIPPED.rules, *SHIPPED.red_flags]
    for entry in entries:
        if entry.level is Level.see_clinician:
            assert re.search("How soon|this week|next weeks|next session", entry.do), entry.id


@pytest.mark.parametrize(("onset", "place"), EVERYWHERE)
def test_the_safety_net_is_short_and_fits_the_onset(onset: Onset, place: Location) -> None:
    assert len(told(onset, place, red_flags=["new_medicine"]).safety_net) <= 5
    said = told(onset, place).safety_net
    assert 2 <= len(said) <= 5
    assert sum("Emergency number now" in line for line in said) == 1
    limb_cramp = onset.id == "sudden" and place.id in LEGS | ARMS
    assert any("10 minutes" in line for line in said) == limb_cramp


def test_where_nothing_is_left_nobody_is_told_to_start() -> None:
    calf = next(place for place in SHIPPED.locations if place.id == "calf")
    advice = told(SHIPPED.onsets[0], calf, precautions=["under_16"])
    assert advice.steps == ()
    assert "start" not in advice.headline
    assert "pharmacist, nurse or doctor" in advice.headline


def test_advice_says_who_reviewed_it_and_that_it_comes_from_one_article() -> None:
    about = SHIPPED.about
    assert about.reviewed_by == "no clinician yet"
    assert about.reviewed < about.review_by
    assert all(
        part in about.disclaimer.lower() for part in ("one article", "not a diagnosis", "no clinician", "under 16")
    )
    assert all(number in about.emergency for number in ("112", "999", "911"))


# ---- The article: its ideas are here, its sentences are not ----


def normal_runs(text: str, length: int = 7) -> list[str]:
    """Return the runs of words of a text, as the file of hashes has them."""
    found = re.findall("[a-z']+", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return [" ".join(found[i : i + length]) for i in range(len(found) - length + 1)]


def hashed(run: str) -> str:
    return sha256(run.encode()).hexdigest()[:12]


def texts(value: object, path: str = "") -> list[tuple[str, str]]:
    """Return every text of a YAML tree with its path."""
    if isinstance(value, dict):
        return [pair for key, part in value.items() for pair in texts(part, f"{path}.{key}")]
    if isinstance(value, list):
        return [pair for i, part in enumerate(value) for pair in texts(part, f"{path}[{i}]")]
    return [(path, str(value))]


# The article is not ours to hand on, so `article_runs.txt` is what this made of it: only hashes.
def as_hashes(article: str) -> str:
    """Return a hash of each run of seven words of an article, one a line."""
    return "".join(f"{run}\n" for run in sorted({hashed(run) for run in normal_runs(article)}))


ARTICLE_RUNS = frozenset((ROOT / "tests/article_runs.txt").read_text().split())


def test_no_sentence_of_the_article_is_in_the_table() -> None:
    tree = yaml.safe_load((ROOT / "data/remedies.yaml").read_text())
    del tree["sources"]["article"]["cite"]  # its title
    copied = [(path, run) for path, text in texts(tree) for run in normal_runs(text) if hashed(run) in ARTICLE_RUNS]
    assert not copied


def test_a_copied_sentence_would_be_found() -> None:
    title = next(source.cite for source in SHIPPED.sources if source.id == "article")
    assert len(ARTICLE_RUNS) > 800
    assert ARTICLE_RUNS & set(as_hashes(title).split())


def test_no_link_to_the_shops_of_the_author_is_printed() -> None:
    shops = ("natural" + "relief", "simple" + "back" + "pain")
    files = [ROOT / "data/remedies.yaml", *ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("spasmhelp/**/*.py")]
    for file in files:
        text = re.sub(r"\s", "", file.read_text().casefold())
        assert not [shop for shop in shops if shop in text], file
    assert next(source.url for source in SHIPPED.sources if source.id == "article") is None


@pytest.mark.parametrize(
    ("topic", "kept"),
    [
        ("what_is_a_spasm", "biceps"),
        ("what_is_a_spasm", "not a promise"),
        ("making_it_let_go", "for pinching"),
        ("cold_packs", "frozen peas"),
        ("opposite_muscle", "who can think of the opposite muscle"),
        ("pull_or_push", "goes against herself"),
        ("drugs", "do not stop a prescribed medicine without asking"),
        ("back_spasms", "where is it, exactly?"),
        ("back_spasms", "cannot do any work"),
        ("after_surgery", "acupuncture"),
        ("after_surgery", "day four"),
        ("after_surgery", "ask the surgical team again, today"),
        ("after_surgery", "do not massage over an implant"),
    ],
)
def test_nothing_of_the_article_that_matters_is_lost(table: Table, topic: str, kept: str) -> None:
    text = next(one.text for one in table.topics if one.id == topic)
    assert kept in " ".join(text.casefold().split())
