"""Tables of the house itself."""

from .audit import AuditEntry, AuditHead
from .files import Attachment
from .numbering import NumberSeries
from .outbox import OutboxEntry

__all__ = ["Attachment", "AuditEntry", "AuditHead", "NumberSeries", "OutboxEntry"]
