"""Tables of core, gathered from the modules beside it for Django."""

from .attempts import Attempt
from .audit import AuditEntry, AuditHead
from .files import Attachment
from .jobs import Job
from .numbering import NumberSeries
from .outbox import OutboxEntry
from .unfinished import UnfinishedWork

__all__ = [
    "Attachment",
    "Attempt",
    "AuditEntry",
    "AuditHead",
    "Job",
    "NumberSeries",
    "OutboxEntry",
    "UnfinishedWork",
]
