"""Stretches of a text whose numerals are no figures: dates, numbers of documents and telephones,
ordinals, names.
"""

import re
from bisect import bisect_right

from yizheng.core.fields import MOBILE

from .numerals import CHINESE
from .phrases import FIXED_PHRASES

_NUMERAL = rf"(?:\d{{1,4}}|{CHINESE})"
_PATTERNS = (
    # addresses
    r"https?://[^\s，。；）)]{1,300}|www\.[^\s，。；）)]{1,300}|(?<![\w.+-])[A-Za-z0-9._+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+",
    # days and times
    r"(?:19|20)\d{2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{1,2}(?!\d)",
    r"(?<!\d)\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?!\d)",
    r"(?:19|20)\d{2}\s*(?:年)?\s*[-—–~～至到]\s*(?:19|20)\d{2}\s*(?:年|(?!\d))",
    r"(?<!\d)\d{1,4}\s*(?:多|余)?\s*(?:周年|年度|年)(?:\s*\d{1,2}\s*月份?)?(?:\s*\d{1,2}\s*[日号])?",
    rf"{CHINESE}年(?:{CHINESE}月)?(?:{CHINESE}[日号])?",
    r"(?<!\d)\d{1,2}\s*(?:[-—~～至、]\s*\d{1,2}\s*)?月(?:份|底|初|中旬|上旬|下旬)?(?:\s*\d{1,2}\s*[日号])?",
    rf"{CHINESE}月(?:份|底|初)?(?:{CHINESE}[日号])?",
    r"(?<!\d)\d{1,2}\s*[日号](?!召)",
    r"(?<!\d)\d{1,4}\s*个?\s*(?:多|余)?\s*(?:个月|工作日|小时内|天内|日内)|(?<!\d)\d{1,4}个(?:多|余)?月",
    r"(?<!\d)\d{1,2}\s*[时点](?:\s*\d{1,2}\s*分)?",
    # telephones, records, copyright
    rf"(?<!\d)(?:\d{{3,4}}-)\d{{7,8}}(?!\d)|(?<!\d){MOBILE}(?!\d)",
    r"(?:电话|热线|传真|邮编|手机|QQ|微信)(?:号码?)?\s*[:：]?\s*[\d\-—() （）]{5,40}",
    r"[一-鿿]?ICP\s*[备证]\s*(?:案)?\s*\d+\s*号(?:\s*-\s*\d+)?|公网安备\s*\d+\s*号?|备案号[:：]?\s*\S{1,40}",
    r"(?i:copyright|\(c\)|©)[^。\n]{0,24}\d{4}",
    # numbers of documents, titles of documents
    r"[〔\[【(（［]\s*(?:19|20)\d{2}\s*[〕\]】)）］]\s*第?\s*\d+(?:\s*[-—、]\s*\d+)*\s*号",
    r"《[^》\n]{1,80}》",
    # ordinals, sessions
    rf"第\s*{_NUMERAL}(?:\s*[、,，至到和\-—~]\s*第?{_NUMERAL}(?=[次届号条批期项类名位]))*",
    rf"{_NUMERAL}\s*届(?:\s*第?{_NUMERAL}(?:、{_NUMERAL})*\s*(?:次|中))?",
    rf"(?<!召开)(?<!举行)(?<!了)(?:{CHINESE})次(?:全体|常委|主席|常务)?(?:委员会)?(?:会议|全会|代表大会|党代会)(?=以来|期间|上|精神|确定|提出|闭会|开幕|召开|收到|共)",
    # codes with a letter, enumeration of merged cases
    r"[A-Za-z][-_]?\d{1,20}(?:\.\d{1,20})?|(?<!\d)\d{1,20}(?:\.\d{1,20})?[A-Za-z]{1,20}",
    r"(?<!\d)\d{1,4}\s*案(?:并|合)(?:为)?\s*\d+\s*案|[二两三四五六七八九十]案(?:并|合)为?一案",
    # what has been struck out
    r"(?<![\d.])[\d.]{0,20}[*＊×✕※]+[*＊×✕※\d.]*|(?<![A-Za-z])[XxＸ]{2,8}(?=[件篇份条名人次家个%])",
)
_EXCLUDED = re.compile(
    "|".join(f"(?:{pattern})" for pattern in (*_PATTERNS, *map(re.escape, FIXED_PHRASES)))
)
_QUOTED = re.compile(
    r"“[^”\n]{1,14}”|‘[^’\n]{1,14}’|「[^」\n]{1,14}」|『[^』\n]{1,14}』|\"[^\"\n]{1,14}\""
)


class Spans:
    """Sorted stretches that do not overlap; asks whether a place lies in one."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def cover(self, start: int, end: int) -> bool:
        """Whether any of start…end is covered."""
        before = bisect_right(self._starts, end - 1) - 1
        return before >= 0 and self._ends[before] > start


def excluded(text: str) -> Spans:
    return Spans([found.span() for found in _EXCLUDED.finditer(text)])


def quoted(text: str) -> Spans:
    """Short quotations: a Chinese numeral in one belongs to a name (“五个一”)."""
    return Spans([found.span() for found in _QUOTED.finditer(text)])
