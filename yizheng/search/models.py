"""What the index holds of a proposal. Derived: `yizheng manage rebuild_search` makes it anew.

Beside this table each database keeps its own index of the tokens (see `store`), made in the migration.
"""

from __future__ import annotations

from django.db import models

from yizheng.core.tenancy import Tenant


class Document(Tenant):
    proposal = models.OneToOneField("proposals.Proposal", models.CASCADE, primary_key=True, related_name="+")
    text = models.TextField()
    audience = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "proposal"], name="search_documents_newest")]

    def __str__(self) -> str:
        return self.text.partition("\n")[0]
