"""The flows of the year's activities: the plan, the activity itself, what is said at it and what
comes of it.
"""

from .activity import ACTIVITY
from .contribution import CONTRIBUTION
from .outcome import OUTCOME
from .plan import PLAN_ITEM
from .suggestion import SUGGESTION

__all__ = ["ACTIVITY", "CONTRIBUTION", "OUTCOME", "PLAN_ITEM", "SUGGESTION"]
