"""Office packages with the clock taken out of them: same input, same bytes."""

import io
import re
import zipfile
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment a zip file can name
_CORE_DATE = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def fixed_package(content: bytes, dated: date | None = None) -> bytes:
    """The package with every time stamp replaced by `dated` (the date of the document), or by a
    fixed day.

    Packages inside it (the workbook behind a chart) are treated likewise.
    """
    stamp = f"{(dated or date(2000, 1, 1)).isoformat()}T00:00:00Z".encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as fixed:
        for member in source.infolist():
            fixed.writestr(
                _member(member.filename),
                _fixed_part(member.filename, source.read(member), stamp, dated),
            )
    return target.getvalue()


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _fixed_part(name: str, part: bytes, stamp: bytes, dated: date | None) -> bytes:
    if name == "docProps/core.xml":
        return _CORE_DATE.sub(rb"\g<1>" + stamp + rb"\g<3>", part)
    if name.endswith(".xlsx"):
        return fixed_package(part, dated)
    return part
