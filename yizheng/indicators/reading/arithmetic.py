"""Checks a text's figures against each other.

What the text does not claim is not held against it: a list that may be partial is reported only
when it adds up, or when it cannot.
"""

from yizheng.documents.repair import Repaired

from .contexts import Layout
from .ledger import NOT_MENTIONED, Ledger, Statement
from .ratios import merges, rates, shares
from .shapes import Arithmetic, Found
from .sums import sums


def work_out(layout: Layout, founds: list[Found], repaired: Repaired) -> list[Arithmetic]:
    ledger = Ledger(founds)
    statements = [*sums(layout, ledger), *shares(ledger), *rates(ledger), *merges(ledger)]
    placed = [_placed(statement, repaired) for statement in statements]
    return sorted(placed, key=lambda each: (each.start, each.end))


def _placed(statement: Statement, repaired: Repaired) -> Arithmetic:
    """The stretch marked is the claim's own sentence; a base named elsewhere does not widen it over
    the whole text.
    """
    claimed = statement.claim.found.sentence
    entries = [entry for entry in statement.entries if entry.index != NOT_MENTIONED]
    here = [entry for entry in entries if entry.found.sentence == claimed]
    start, end = repaired.span(
        min(entry.found.start for entry in here), max(entry.found.end for entry in here)
    )
    indexes = tuple(sorted(entry.index for entry in entries))
    return Arithmetic(statement.kind, statement.expression, statement.holds, start, end, indexes)
