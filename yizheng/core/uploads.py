"""Files as they come in: where the disk has no room for one, the rest of the form is read all the
same, so that the page that says so can give back what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from .attributes import Attribute
from .faults import NO_ROOM

WITHOUT_ROOM: Attribute[OSError | None] = Attribute("without_room", None)
"""What kept a file of this form from being read."""


class UploadHandler(TemporaryFileUploadHandler):
    """Every file goes to the disk; one without room is passed over, and the form read on."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        with self._room():
            super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        with self._room():
            super().receive_data_chunk(raw_data, start)

    @contextmanager
    def _room(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno not in NO_ROOM or self.request is None:
                raise
            WITHOUT_ROOM.put(self.request, error)
            raise SkipFile from error


def require_room(request: HttpRequest) -> None:
    """Raises what kept a file of this form from being read."""
    if error := WITHOUT_ROOM.of(request):
        raise error
