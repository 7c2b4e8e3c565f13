"""Tables of activities."""

from .activity import Activity, AgendaItem, Attendance, Participant, PlanItem, Sitting
from .learning import LearningProgramme
from .results import ActivitySuggestion, Contribution, MeasuredResult, Outcome

__all__ = [
    "Activity",
    "ActivitySuggestion",
    "AgendaItem",
    "Attendance",
    "Contribution",
    "LearningProgramme",
    "MeasuredResult",
    "Outcome",
    "Participant",
    "PlanItem",
    "Sitting",
]
