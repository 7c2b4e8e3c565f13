"""Words by which papers speak of the figures of activities.

Codes are those of the model regulation; the kinds, forms, programmes and measures of a county's own
regulation are known by their labels besides.
"""

from yizheng.core.sayings import say

from .kinds import counts, labels, matters, people
from .papers import SAID, papers
from .sequels import FOLLOWING
from .totals import RATES, WHOLE

say([*counts(), *matters(), *labels(), *people(), *FOLLOWING, *SAID, *papers(), *RATES, *WHOLE])
