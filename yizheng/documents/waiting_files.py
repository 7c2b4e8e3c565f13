"""Files of imports that wait between the two steps: one for each account and purpose, under the
data folder.
"""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .file_types import UnreadableTable
from .table_files import LIMITS


def put(request: HttpRequest, purpose: str, upload: UploadedFile[bytes]) -> None:
    """Keep the file; one that waited before for the same purpose goes.

    Raises UnreadableTable if it is too large.
    """
    if (upload.size or 0) > LIMITS.bytes:
        raise UnreadableTable(
            _("The file is larger than %(size)d MB.") % {"size": LIMITS.bytes // 1024**2}
        )
    clear(request, purpose)
    default_storage.save(_path(request, purpose), ContentFile(upload.read()))
    request.session[_key(purpose)] = upload.name or ""


def get(request: HttpRequest, purpose: str) -> tuple[str, bytes] | None:
    """Name and content of the file that waits."""
    path, name = _path(request, purpose), request.session.get(_key(purpose))
    if name is None or not default_storage.exists(path):
        return None
    with default_storage.open(path) as file:
        return name, file.read()


def clear(request: HttpRequest, purpose: str) -> None:
    request.session.pop(_key(purpose), None)
    if default_storage.exists(path := _path(request, purpose)):
        default_storage.delete(path)


def _key(purpose: str) -> str:
    return f"waiting-{purpose}"


def _path(request: HttpRequest, purpose: str) -> str:
    return f"waiting/{request.user.pk}-{purpose}"
