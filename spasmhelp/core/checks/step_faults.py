"""Faults of steps: disputed and yet advised, never given, given where they do not say how."""

from collections.abc import Iterator

from spasmhelp.core.checks.fault import Fault
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.model import Fits, Verdict


def disputed(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each place where a rule advises a step that sources disagree with."""
    for rule in coverage.table.rules:
        for i, step in enumerate(rule.advise):
            if step.sources_say is Verdict.disagree:
                case = coverage.cases.smallest(coverage.rules[rule])
                message = f"sources disagree with '{step.id}', so no rule may advise it"
                yield Fault(name="disputed", path=f"rules.{rule.id}.advise[{i}]", message=message, case=case)


def never(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each step that no case could be given."""
    for step in coverage.table.steps if coverage.cases.all else ():
        if step.sources_say is Verdict.disagree or coverage.given(step):
            continue
        advised = coverage.by_any[step]
        why = "every rule that advises it meets one that sends the person to urgent care" if advised else UNADVISED
        case = coverage.cases.smallest(advised)
        yield Fault(name="never", path=f"steps.{step.id}", message=f"no case can be given this step: {why}", case=case)


UNADVISED = "no rule that can apply advises it"


def no_how(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each location where a step that says how for some can be given without saying how."""
    for step in coverage.table.steps:
        if not step.how:
            continue
        missing = coverage.given(step) - coverage.cases.where(Fits(location=tuple(step.how)))
        for location in coverage.table.locations:
            if here := missing & coverage.cases.having[location]:
                message = f"can be given at '{location.id}', but does not say how there"
                case = coverage.cases.smallest(here)
                yield Fault(name="no_how", path=f"steps.{step.id}.how", message=message, case=case)
