"""The shipped table and a small one for tests, and ways to answer their questions."""

from spasmhelp import Case, Table, load_table
from spasmhelp.core.decoding.case import parse_case, vocabulary
from spasmhelp.core.document import Items, Keys, Node, Scalar

SHIPPED = load_table()  # read once for all tests that look at it while they are collected
SMALL = """\
about:
  {schema: 2, title: Small, reviewed: 2026-11-23, review_by: 2027-11-23, reviewed_by: no clinician yet,
   disclaimer: Nobody checked it., emergency: "Chest pain: call now."}
sources:
  article: {name: Article, kind: article, cite: "The article", seen: original}
  guide: {name: Guide, kind: guideline, cite: "The guide", url: "https://example.org/", seen: copy}
levels:
  self_care: {name: Now, do: "You can start now.", withheld: "None of this is for you.", safety_net: ["Watch it."]}
  see_clinician: {name: Soon, do: "Ask a doctor."}
  urgent_care: {name: Today, do: "Get help today.", withheld: "Not before help."}
  emergency: {name: Emergency, do: "Call now.", withheld: "Help comes first.", safety_net: ["Call again."]}
questions:
  onset: {ask: "How did it begin?", because: "It decides the steps."}
  location: {ask: "Where is it?", because: "It decides the stretch."}
  triggers: {ask: "What set it off?", because: "It may be avoided."}
  red_flags: {ask: "Any of these?", because: "Some signs need help.",
              unasked: "Nobody asked the safety questions:", guarded: "Not here before they were asked."}
  precautions: {ask: "Is any of these true?", because: "They rule out steps."}
onsets:
  sudden: {name: Suddenly, synonyms: [cramp], safety_net: ["Most cramps pass."]}
  sustained: {name: Slowly}
regions:
  leg: {name: Leg, synonyms: [lower limb]}
  front: {name: Front}
locations:
  calf: {name: Calf, region: leg, synonyms: [charley horse, back of lower leg, "calf, lower"], opposite: shin}
  thigh_back: {name: Back of the thigh, region: leg, synonyms: [hamstring]}
  chest: {name: Chest, region: front, guarded: true, safety_net: ["Tight chest: call."]}
triggers:
  cold_muscle: {name: The muscle was cold, synonyms: [not warmed up]}
  exercise: {name: Exercise}
red_flags:
  heart_signs: {name: signs of the heart, ask: "Is the chest heavy?", short: "Heavy chest", when: {location: [chest]},
                level: emergency, do: "Sit down.", because: "It can be the heart.", tell: "when it began",
                sources: [guide]}
  clot: {name: signs of a clot, ask: "Is it swollen?", when: {location: [leg]}, level: urgent_care,
         short: [{say: Swollen leg}, {say: Throbs between cramps, asked: after}],
         do: "Do not press.", because: "It can be a clot.", sources: [guide]}
  often: {name: many cramps, ask: "Does it spoil your sleep?", short: "It spoils your sleep", asked: after,
          level: see_clinician, do: "Tell them.",
          because: "It can be helped.", sources: [guide]}
precautions:
  under_16: {name: Under 16, ask: "Are you under 16?", short: "Under 16", rules_out: every_step,
             because: "Not under 16."}
  torn: {name: Torn muscle, ask: "Is it torn?", short: "Torn muscle"}
  thin_blood: {name: Blood thinners, ask: "Blood thinners?", short: "On blood thinners"}
steps:
  lengthen:
    name: Lengthen
    phase: now
    do: "Pull the ends apart."
    how: {calf: "Pull your toes up.", thigh_back: "Straighten the knee.", chest: "Open your arms."}
    hold: {sudden: "Hold until it eases."}
    timer: {at_most_minutes: 10, then: urgent_care}
    unless: {torn: "It can tear more."}
    origin: article
    sources_say: agree
    sources: [article, guide]
  press:
    name: Press
    phase: now
    do: "Press gently."
    unless: {thin_blood: {because: "It can bruise.", location: [calf]}}
    origin: article
    sources_say: partly
    sources: [article]
  warm_up:
    name: Warm up
    phase: prevent
    do: "Move first."
    origin: guideline
    sources_say: agree
    sources: [guide]
rules:
  cramp: {when: {onset: [sudden]}, advise: [lengthen], because: "Lengthening lets it go."}
  cramp_by_hand: {when: {onset: [sudden], location: [calf, thigh_back]}, advise: [press], because: "Hands can help."}
  cold: {when: {trigger: [cold_muscle, exercise]}, advise: [warm_up], because: "Warm muscles cramp less."}
  chest_pain: {when: {location: [chest]}, level: see_clinician, do: "Ask soon.", because: "It may not be a muscle."}
topics:
  spasms: {title: What a spasm is, text: "A muscle that stays tight.", origin: article, sources_say: agree,
           sources: [article]}
cases:
  - name: a calf cramp is stretched
    given: {onset: cramp, location: charley horse, triggers: [], red_flags: [], precautions: []}
    expect: {level: self_care, steps: [lengthen, press], withheld: {}}
"""


def tree(value: object) -> Node:
    """Return a plain value as the tree that a reader gives."""
    if isinstance(value, dict):
        return Keys(0, 0, {key: tree(part) for key, part in value.items()}, dict.fromkeys(value, (0, 0)))
    if isinstance(value, list):
        return Items(0, 0, [tree(part) for part in value])
    return Scalar(0, 0, "null" if value is None else str(value), value is None)


def case_of(table: Table, **answers: object) -> Case:
    """Return the case that these words make; lists left out are not asked."""
    return parse_case(vocabulary(table), tree(answers))
