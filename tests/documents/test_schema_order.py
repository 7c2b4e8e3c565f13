"""Word calls a file damaged whose elements stand in another order than the schema's (ECMA-376 part
1, 17.3 to 17.6).
"""

import io
import zipfile
from datetime import date

import pytest
from lxml import etree

from tests.documents.test_letter import letter
from yizheng.documents.blocks import (
    Annex,
    Block,
    Chart,
    FormField,
    FormTable,
    Heading,
    Hyperlink,
    ListTable,
    Note,
    PageBreak,
    Paragraph,
    Reference,
    Series,
    TableColumn,
)
from yizheng.documents.official_paper import OfficialDocument, RedHead

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr "
    "suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE "
    "autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc "
    "textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
    "noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText "
    "vAlign hideMark",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tcBorders": "top left start bottom right end insideH insideV",
    "pBdr": "top left bottom right between bar",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden "
    "unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "font": "altName panose1 charset family notTrueType pitch sig",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc "
    "pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings",
    "settings": "writeProtection view zoom removePersonalInformation removeDateAndTime "
    "doNotDisplayPageBoundaries "
    "displayBackgroundShape printPostScriptOverText mirrorMargins alignBordersAndEdges "
    "bordersDoNotSurroundHeader "
    "proofState defaultTabStop evenAndOddHeaders characterSpacingControl compat rsids "
    "mathPr themeFontLang "
    "clrSchemeMapping doNotAutoCompressPictures shapeDefaults decimalSymbol listSeparator "
    "docId defaultImageDpi",
}


def papers() -> dict[str, bytes]:
    blocks: list[Block] = [
        Heading(1, "甲", run_in="乙"),
        Paragraph(
            ["见", Reference("附件", "annex"), Hyperlink("页面", "https://yunxi.example.cn")]
        ),
        Paragraph("中", align="center"),
        Paragraph("左", indent=False),
        ListTable(
            [TableColumn("甲"), TableColumn("乙")],
            [["1", "2"], ["3", "4"]],
            "表",
            total=True,
            bookmark="t1",
        ),
        Chart("line", ["甲"], [Series("乙", [1])], "图", bookmark="c1"),
        PageBreak(),
        Annex("附", 1, bookmark="annex"),
        FormTable([[FormField("甲", "乙"), FormField("丙", "丁\n戊")], [FormField("", "己", 20)]]),
        Note("注"),
    ]
    head = RedHead(mark="云溪县政协", number="云协〔2026〕1号", signer="沈河清", secrecy="内部")
    report = OfficialDocument(
        title="报告",
        subtitle="副题",
        content=blocks,
        head=head,
        addressee="甲",
        signatories=["甲", "乙"],
        day=date(2026, 1, 2),
        attachments=["甲", "乙"],
        contact="甲",
        copies=["甲"],
        issuer="乙",
    )
    turned = OfficialDocument(title="名册", content=blocks, landscape=True)
    answer = letter(
        secrecy="内部", urgency="加急", signer="沈河清", imprint_lines=True, annexes=blocks
    )
    return {
        "letter": letter().to_bytes(),
        "full letter": answer.to_bytes(),
        "report": report.to_bytes(),
        "landscape": turned.to_bytes(),
    }


@pytest.mark.parametrize(("paper", "content"), papers().items())
def test_elements_stand_in_the_order_of_the_schema(paper: str, content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [
            name
            for name in package.namelist()
            if name.startswith("word/") and name.endswith(".xml")
        ]
        for name in parts:
            for element in etree.fromstring(package.read(name)).iter(etree.Element):
                order = ORDER.get(etree.QName(element).localname, "").split()
                if order and "wordprocessingml" in etree.QName(element).namespace:
                    found = [etree.QName(child).localname for child in element]
                    places = [order.index(child) for child in found]
                    assert places == sorted(places), (
                        paper,
                        name,
                        etree.QName(element).localname,
                        found,
                    )
                    repeated = {"headerReference", "footerReference"}
                    assert len({*found} - repeated) == len(
                        [child for child in found if child not in repeated]
                    )


@pytest.mark.parametrize(("paper", "content"), papers().items())
def test_every_style_named_is_there_and_every_cell_ends_with_a_paragraph(
    paper: str, content: bytes
) -> None:
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        styles = etree.fromstring(package.read("word/styles.xml"))
        body = etree.fromstring(package.read("word/document.xml"))
    known = {style.get(f"{word}styleId") for style in styles.iter(f"{word}style")}
    used = {
        name.get(f"{word}val") for tag in ("pStyle", "rStyle") for name in body.iter(f"{word}{tag}")
    }
    assert used <= known, paper
    assert all(cell[-1].tag == f"{word}p" for cell in body.iter(f"{word}tc"))
    numbers = [mark.get(f"{word}id") for mark in body.iter(f"{word}bookmarkStart")]
    assert len(numbers) == len(set(numbers))
