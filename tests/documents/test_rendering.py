"""A letter as it leaves the printer, where LibreOffice and poppler are installed."""

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from yizheng.documents.blocks import Paragraph
from yizheng.documents.letter import Letter

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="needs LibreOffice and poppler",
)
# commas fall on every place of a line of 28 characters, also on the one that hangs over the margin
SENTENCES = [
    "各校图书室开放时间不一，",
    "管理人员多由教师兼任，",
    "馆藏陈旧，",
    "我局将逐校核对清单并公开结果，",
]
BODY = "".join(SENTENCES[number % 4] for number in range(61)) + "特此答复。"


def test_the_page_shows_every_sign_of_the_text(tmp_path: Path) -> None:
    source = tmp_path / "letter.docx"
    body = [Paragraph(BODY), Paragraph("县" * 28 + "，" + BODY)]
    source.write_bytes(
        Letter(
            organ="云溪县教育体育局",
            number="云教函〔2026〕15号",
            title="关于图书更新的答复",
            addressee="周砚田委员",
            body=body,
            day=date(2026, 5, 8),
            copies=["县政协提案委员会"],
        ).to_bytes()
    )
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    shown = subprocess.run(
        ["pdftotext", str(tmp_path / "letter.pdf"), "-"],
        check=True,
        capture_output=True,
        timeout=60,
    ).stdout.decode()
    pages = shown.split("\f")
    assert "—2—" not in "".join(pages[0].split())
    assert "—2—" in "".join(pages[1].split())
    text = "".join(shown.replace("— 2 —", "").split())
    for paragraph in body:
        assert str(paragraph.text) in text.replace("—2—", "").replace("—3—", "")
    assert text.count("，") == sum(str(paragraph.text).count("，") for paragraph in body)
