"""Activities of past years out of Excel: what was held, what was suggested, what was sent on.

What is brought in is over: it counts in figures, and asks nobody to do anything.
"""

from yizheng.documents import year_workbook

from .activities import ActivitySheet
from .results import OutcomeSheet, SuggestionSheet


def register() -> None:
    for sheet in (ActivitySheet(), SuggestionSheet(), OutcomeSheet()):
        year_workbook.register(sheet)
