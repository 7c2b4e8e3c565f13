"""Names of files offered for download."""

import re
import unicodedata

from .printable_text import printable

_FORBIDDEN = re.compile(r'[\\/:*?"<>|\n\t]+')
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
MAX_BYTES = 200  # Linux allows 255 bytes; browsers add " (1)" and the like


def safe_name(text: str, fallback: str = "file") -> str:
    """A file name every system accepts, Chinese kept, extension kept when a long name is cut.

    Invisible direction marks go too: they can make `exe.docx` read as `xcod.exe`.
    """
    name = _INVISIBLE.sub("", unicodedata.normalize("NFC", printable(text)))
    name = re.sub(r"\s+", " ", _FORBIDDEN.sub("-", name)).strip(" .-")
    if not name:
        name = fallback
    return _shortened(f"_{name}" if _DEVICES.match(name) else name)


def _shortened(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 5:
        return _cut(name, MAX_BYTES)
    return f"{_cut(stem, MAX_BYTES - len(extension.encode()) - 1)}.{extension}"


def _cut(text: str, limit: int) -> str:
    return text.encode()[:limit].decode(errors="ignore").rstrip(" .")
