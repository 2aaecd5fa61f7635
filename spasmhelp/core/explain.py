"""Table + Case -> Explanation: how the advice came about."""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from spasmhelp.core.advise import Advice, advise, in_table_order
from spasmhelp.core.model import Case, Level, RedFlag, Rule, Table, Word
from spasmhelp.core.reprs import one_line
from spasmhelp.core.situation import applies
from spasmhelp.core.wire import AdviceOut
from spasmhelp.core.words import ids_of


class NearMiss(Struct, frozen=True, kw_only=True):
    """A rule that missed by one premise, and the words that would have met it."""

    rule: Rule
    premise: str
    wanted: tuple[Word, ...]


class Explanation(Struct, frozen=True, kw_only=True):
    """How the advice came about; `raised_by` are the red flags and rules that made the level what it is."""

    advice: Advice
    findings: tuple[Word, ...]
    applied: tuple[Rule, ...]
    near_misses: tuple[NearMiss, ...]
    raised_by: tuple[RedFlag | Rule, ...]
    uncovered: bool

    def __repr__(self) -> str:
        return one_line(
            self, f"{', '.join(word.id for word in self.findings)}: {', '.join(rule.id for rule in self.applied)}"
        )


class ExplainedOut(AdviceOut, frozen=True):
    """The advice as it is written to JSON, and how it came about as its last key."""

    explanation: dict[str, Any]


def explain(table: Table, case: Case) -> Explanation:
    """Return how the advice for a case came about."""
    case = in_table_order(table, case)
    advice = advise(table, case)
    applied = tuple(rule for rule in table.rules if applies(rule, case))
    raised = tuple(
        entry for entry, _ in advice.because if entry.level is advice.level and advice.level > Level.self_care
    )
    findings = tuple(word for word in (case.onset, case.location, *(case.triggers or ())) if word)
    return Explanation(
        advice=advice,
        findings=findings,
        applied=applied,
        near_misses=tuple(miss for rule in table.rules for miss in near_miss(rule, case)),
        raised_by=raised,
        uncovered=advice.level is Level.see_clinician and not raised,
    )


def explanation_out(explanation: Explanation) -> dict[str, Any]:
    """Return how the advice came about, for the last key of `--why --json`."""
    return {
        "findings": ids_of(explanation.findings),
        "rules": [rule.id for rule in explanation.applied],
        "near_misses": [
            {"rule": miss.rule.id, "premise": miss.premise, "wanted": ids_of(miss.wanted)}
            for miss in explanation.near_misses
        ],
        "raised_by": [entry.id for entry in explanation.raised_by],
        "uncovered": explanation.uncovered,
    }


def explained_out(table: Table, case: Case, out: AdviceOut) -> ExplainedOut:
    """Return the advice for a case as it is written to JSON, with how it came about."""
    return ExplainedOut(**asdict(out), explanation=explanation_out(explain(table, case)))


def near_miss(rule: Rule, case: Case) -> Iterator[NearMiss]:
    """Yield the one premise that kept a rule from applying, if it is one only."""
    premises = [name for name in rule.when.__struct_fields__ if not applies(with_one_premise(rule, name), case)]
    if len(premises) == 1:
        yield NearMiss(rule=rule, premise=premises[0], wanted=getattr(rule.when, premises[0]))


def with_one_premise(rule: Rule, premise: str) -> Rule:
    """Return the rule with no other premise than this one."""
    return replace(rule, when=type(rule.when)(**{premise: getattr(rule.when, premise)}))
