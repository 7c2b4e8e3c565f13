"""What stands against a step or an edit just now, said at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .access import Words
from .flow_table import Guard
from .refusals import NotNow, Problems


def hindrance(guards: Iterable[Guard], obj: Any) -> Words | None:
    """All that stands against it at once."""
    reasons = [reason for guard in guards if (reason := guard(obj))]
    return Problems.of(reasons) if len(reasons) > 1 else next(iter(reasons), None)


def check_guards(guards: Iterable[Guard], obj: Any) -> None:
    """Raises NotNow with all that stands against it."""
    if refusal := hindrance(guards, obj):
        raise NotNow(refusal)
