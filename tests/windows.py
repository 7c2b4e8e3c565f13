"""What another window of the browser still has, from before somebody else changed it."""

from __future__ import annotations

import re
from typing import Any


def as_loaded(obj: Any) -> Any:
    """As another window has it, from before what comes now."""
    return type(obj).objects.get(pk=obj.pk)


def seen_on(page: Any) -> str:
    """What the page's first form says it has seen."""
    found = re.search(r'name="seen" value="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]
