"""Tables of activities."""

from .activity import Activity, AgendaItem, Attendance, Participant, PlanItem, Sitting
from .learning import LearningProgramme
from .results import ActivitySuggestion, Contribution, Measured, Outcome

__all__ = [
    "Activity",
    "ActivitySuggestion",
    "AgendaItem",
    "Attendance",
    "Contribution",
    "LearningProgramme",
    "Measured",
    "Outcome",
    "Participant",
    "PlanItem",
    "Sitting",
]
