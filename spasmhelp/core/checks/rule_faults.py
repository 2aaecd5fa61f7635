"""Faults of rules: a gap between them, two of the same premises, one that adds nothing."""

from collections.abc import Iterable, Iterator

from spasmhelp.core.checks.case_sets import CaseSet
from spasmhelp.core.checks.fault import Fault, and_more, place_name
from spasmhelp.core.checks.rule_coverage import RuleCoverage
from spasmhelp.core.model import Case, Entry, Level, Rule


def gaps(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each onset and location where no rule with a step applies, with the rules that miss by the place alone."""
    for case in coverage.cases.each(coverage.gaps):
        assert case.location
        near = [rule for rule in coverage.table.rules if fits_but_for_place(rule, case)]
        offer = f"; add '{case.location.id}' to {listed(near, 'or')}, or write a rule" if near else ""
        message = f"no rule with a step applies to {place_name(case)}{offer}"
        yield Fault(name="gap", path=f"locations.{case.location.id}", message=message, case=case)


def fits_but_for_place(rule: Rule, case: Case) -> bool:
    """Whether a rule would cover a case if it named the location; one that raises the level has a place of its own."""
    when = rule.when
    plain = rule.advise and when.location and not when.trigger and rule.level is Level.self_care
    return bool(plain) and (not when.onset or case.onset in when.onset)


def duplicates(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each rule that applies in the same cases as one above it."""
    first: dict[CaseSet, Rule] = {}
    for rule, cases in coverage.rules.items():
        other = first.setdefault(cases, rule)
        if cases and other is not rule:
            message = f"has the same premises as '{other.id}'; make one rule of the two"
            case = coverage.cases.smallest(cases)
            yield Fault(name="duplicate", path=f"rules.{rule.id}", message=message, case=case)


def redundant(coverage: RuleCoverage) -> Iterator[Fault]:
    """Yield each rule without which every case has the same steps, level and actions."""
    for rule, cases in coverage.rules.items():
        if not cases or coverage.needed(rule):
            continue
        others = coverage.replacing(rule)
        what = f"{'say' if len(others) > 1 else 'says'} all that it does"
        why = f"{listed(others)} {what}" if others else "see_clinician is the level of a gap anyway"
        message = f"taking this rule away changes nothing: {why}"
        case = coverage.cases.smallest(cases)
        yield Fault(name="redundant", path=f"rules.{rule.id}", message=message, case=case)


def listed(entries: Iterable[Entry], word: str = "and", most: int = 3) -> str:
    """Join the ids of rules as a sentence does, a few of them: 'cold', 'cramp' and 2 more rules."""
    ids = [f"'{entry.id}'" for entry in entries]
    if len(ids) > most:
        return ", ".join(ids[:most]) + and_more(len(ids) - most, "rule")
    return f" {word} ".join([", ".join(ids[:-1]), ids[-1]] if len(ids) > 1 else ids)
