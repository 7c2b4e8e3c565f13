"""Readers of numbers as written: 1,500 · 2.5万 · 四十八 · 百分之九十 · 七成五."""

import re
from decimal import Decimal

import cn2an

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE_SIGNS = "零〇一二两三四五六七八九十百千万亿"
CHINESE = f"[{CHINESE_SIGNS}]{{1,16}}"  # bounded: a page of 一 must not cost its square
SCALES = {
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}

_LONGEST = 15  # digits; longer strings are codes, not counts
_CHINESE_FORM = re.compile(r"(?!.*两(?![百千万亿]|$))[零一二两三四五六七八九十百千万亿]+")


def arabic(digits: str) -> Decimal | None:
    plain = digits.replace(",", "")
    return Decimal(plain) if len(plain) <= _LONGEST else None


def scaled(number: Decimal, scale: str) -> Decimal:
    """2.5 and 万 give 25000, without a trailing fraction that is not one."""
    product = number * SCALES[scale] if scale else number
    return Decimal(int(product)) if scale and product == int(product) else product


def chinese(numeral: str) -> Decimal | None:
    """None where the characters are no well-formed number (三三两两, 千万万)."""
    numeral = numeral.replace("〇", "零")
    if (
        len(numeral) > _LONGEST
        or not _CHINESE_FORM.fullmatch(numeral)
        or numeral[0] in "零百千万亿"
    ):
        return None
    return _checked(numeral)


def _checked(numeral: str) -> Decimal | None:
    try:
        value = int(cn2an.cn2an(numeral.replace("两", "二"), "normal"))
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return Decimal(value)


def percentage(words: str) -> Decimal | None:
    """The part after 百分之: 九十五, 一百, 百, 九十九点六, 95.5."""
    if words[0].isdigit():
        return arabic(words)
    if words == "百":
        return Decimal(100)
    whole, _, fraction = words.partition("点")
    value = Decimal(0) if whole in ("零", "〇") else chinese(whole)
    if value is None or not fraction:
        return value
    digits = "".join(
        str("零一二三四五六七八九".find(sign)) for sign in fraction.replace("〇", "零")
    )
    return Decimal(f"{value}.{digits}") if digits.isdigit() else None


def tenths(words: str) -> Decimal | None:
    """七成 is 70 %, 七成五 or 七成半 75 %."""
    whole, _, rest = words.partition("成")
    value = chinese(whole)
    if value is None or not Decimal(1) <= value <= 10:
        return None
    extra = Decimal(5) if rest == "半" else chinese(rest) if rest else Decimal(0)
    return None if extra is None else value * 10 + extra
