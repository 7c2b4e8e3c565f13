"""Tables of the house itself."""

from .audit import AuditEntry, AuditHead
from .files import Attachment
from .jobs import Job
from .numbering import NumberSeries
from .outbox import OutboxEntry

__all__ = ["Attachment", "AuditEntry", "AuditHead", "Job", "NumberSeries", "OutboxEntry"]
