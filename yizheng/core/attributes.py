"""What we hang on objects that others made: a request, a form, a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Attribute(Generic[T]):
    """One such thing, under a name that templates may read it by; `absent` is answered where it was
    never hung on.
    """

    name: str
    absent: T

    def of(self, holder: object) -> T:
        found: T = getattr(holder, self.name, self.absent)
        return found

    def put(self, holder: object, value: T) -> None:
        setattr(holder, self.name, value)
