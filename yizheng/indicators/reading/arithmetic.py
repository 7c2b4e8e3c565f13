"""The check of a text's figures against each other.

What the text does not claim is not held against it: a list that may be partial is reported only
when it adds up, or when it cannot.
"""

from yizheng.documents.text_repair import RepairedText

from .contexts import Layout
from .ratios import merges, rates, shares
from .results import Arithmetic, FoundFigure
from .statements import NOT_MENTIONED, Ledger, Statement
from .sums import sums


def work_out(layout: Layout, founds: list[FoundFigure], repaired: RepairedText) -> list[Arithmetic]:
    ledger = Ledger(founds)
    statements = [*sums(layout, ledger), *shares(ledger), *rates(ledger), *merges(ledger)]
    placed = [_placed(statement, repaired) for statement in statements]
    return sorted(placed, key=lambda each: (each.start, each.end))


def _placed(statement: Statement, repaired: RepairedText) -> Arithmetic:
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
