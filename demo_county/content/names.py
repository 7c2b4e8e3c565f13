"""Invented personal names: uncommon given names put together by lot, so that no one is meant."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

SURNAMES = tuple(
    "沈林周何陈李王张刘杨黄吴徐孙胡朱高罗郑梁谢宋唐许邓韩冯曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任卢姚方石熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹易常武乔贺赖龚文庞樊"
)
_MALE_FIRST = tuple("承砚廷怀仲叔季柏崇岳砺珩屿川衡朗谦铮峻泊舟松樵谷野垣坤景知存维延敬守希启秉")
_MALE_LAST = tuple("川舟衡野原远岩森平山石安文禾柏樵岑圃朴渊桥峰铎锴澍畴")
_FEMALE_FIRST = tuple("若宜静采清月映素念语知令如竹秋晚雨芷慧佩书亦沐云幼之")
_FEMALE_LAST = tuple("筠芷禾荷葭棠岚溪荻桑棉宁然安青琴兰萍莲菊梅雯音莹")
_SINGLE_MALE = tuple("砚衡砺珩岑畴渠樵铎锴朴垣峤圃川柏")
_SINGLE_FEMALE = tuple("禾澄蘅筠棠荻楠岚葭芷荷青")
_RESERVED = (("沈禾", "女"), ("林澄", "女"), ("周砚", "男"), ("何楠", "男"))
DESIGN_NAMES = tuple(name for name, _ in _RESERVED)


def names(rng: Random) -> Iterator[tuple[str, str]]:
    """Endless (name, sex), each name once, never one of those kept for the standing persons of the
    pictures.
    """
    given_out = set(DESIGN_NAMES)
    while True:
        sex = "女" if rng.random() < 0.38 else "男"
        name = rng.choice(SURNAMES) + _given(rng, sex)
        if name not in given_out:
            given_out.add(name)
            yield name, sex


def reserved() -> tuple[tuple[str, str], ...]:
    return _RESERVED


def _given(rng: Random, sex: str) -> str:
    if rng.random() < 0.22:
        return rng.choice(_SINGLE_MALE if sex == "男" else _SINGLE_FEMALE)
    first, last = (_MALE_FIRST, _MALE_LAST) if sex == "男" else (_FEMALE_FIRST, _FEMALE_LAST)
    head, tail = rng.choice(first), rng.choice(last)
    return head + tail if head != tail else head


def phone(number: int) -> str:
    """A mobile number nobody has: the prefix 154 is not in public use; one number for each person,
    by count.
    """
    return f"1540000{number:04d}"
