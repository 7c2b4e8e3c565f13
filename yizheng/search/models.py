"""The table of what can be found, derived from the records: `yizheng manage rebuild_search` makes
it anew.

Beside this table each database keeps its own index of the tokens (see `store`), made in the
migration. Rows are numbered in the order in which things came, so that newest first is backwards by
number whatever kind they are.
"""

from __future__ import annotations

from django.db import models

from yizheng.core.tenancy import Tenant


class Document(Tenant):
    kind = models.CharField(max_length=1)
    object_id = models.PositiveBigIntegerField()
    text = models.TextField()
    audience = models.TextField()
    place = models.PositiveBigIntegerField(default=0)
    """Which one it is of its organisation's; two that came at the same moment may share it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "object_id"], name="one_search_document_of_a_layer"
            )
        ]
        indexes = [models.Index(fields=["organisation", "place"], name="search_documents_newest")]

    def __str__(self) -> str:
        return self.text.partition("\n")[0]
