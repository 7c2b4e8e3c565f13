"""The sixty handling units of the demo county, with their people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .names import names, phone
from .places import STREETS, TOWNS


@dataclass(frozen=True)
class UnitPerson:
    name: str
    sex: str
    post: str
    phone: str


@dataclass(frozen=True)
class Unit:
    name: str
    short: str
    kind: str
    leader: UnitPerson
    officer: UnitPerson


GOVERNMENT = "政府部门"
PARTY = "党委部门"
BODY = "群团组织"
ENTERPRISE = "公共企事业单位"
TOWN = "乡镇"
STREET = "街道"

_TABLE: tuple[tuple[str, str], ...] = (
    (
        GOVERNMENT,
        "县发展和改革局:发改局 县教育局:教育局 县科学技术局:科技局 县工业和信息化局:工信局 县公安局:公安局 县民政局:民政局 "
        "县司法局:司法局 县财政局:财政局 县人力资源和社会保障局:人社局 县自然资源局:自然资源局 县住房和城乡建设局:住建局 "
        "县交通运输局:交通运输局 县水务局:水务局 县农业农村局:农业农村局 县商务局:商务局 县文化和旅游局:文旅局 县卫生健康局:卫健局 "
        "县退役军人事务局:退役军人局 县应急管理局:应急局 县审计局:审计局 县市场监督管理局:市场监管局 县气象局:气象局 "
        "县医疗保障局:医保局 县林业局:林业局 县城市管理局:城管局 县政务服务和数据局:政务数据局 县信访局:信访局 "
        "县机关事务服务中心:机关事务中心 市生态环境局云溪分局:生态环境分局 国家税务总局云溪县税务局:税务局 县消防救援大队:消防大队",
    ),
    (
        PARTY,
        "县委组织部:组织部 县委宣传部:宣传部 县委统战部:统战部 县委政法委:政法委 县委社会工作部:社会工作部 县委编办:编办",
    ),
    (
        BODY,
        "县总工会:总工会 共青团云溪县委:团县委 县妇女联合会:妇联 县残疾人联合会:残联 县科学技术协会:科协",
    ),
    (
        ENTERPRISE,
        "云溪经济开发区管委会:经开区 国网云溪县供电公司:供电公司 县融媒体中心:融媒体中心 县供销合作社联合社:供销社",
    ),
)

_POSTS = {
    GOVERNMENT: ("局长", "办公室主任"),
    PARTY: ("部长", "办公室主任"),
    BODY: ("主席", "办公室主任"),
    ENTERPRISE: ("主任", "综合部负责人"),
    TOWN: ("镇长", "党政综合办主任"),
    STREET: ("办事处主任", "党政综合办主任"),
}
_SPECIAL_POSTS = {
    "县消防救援大队": ("大队长", "综合指导科科长"),
    "县机关事务服务中心": ("主任", "综合股股长"),
    "县委政法委": ("常务副书记", "办公室主任"),
    "县委编办": ("主任", "综合股股长"),
    "共青团云溪县委": ("书记", "办公室主任"),
    "县残疾人联合会": ("理事长", "办公室主任"),
    "国网云溪县供电公司": ("总经理", "综合部主任"),
    "县供销合作社联合社": ("主任", "办公室主任"),
}


def units(seed: int) -> tuple[Unit, ...]:
    people = names(Random(f"units {seed}"))
    return tuple(_unit(*row, people, index) for index, row in enumerate(_rows()))


def _rows() -> Iterator[tuple[str, str, str]]:
    for kind, listed in _TABLE:
        for pair in listed.split():
            name, short = pair.split(":")
            yield name, short, kind
    for town in TOWNS:
        yield f"{town.name}人民政府", town.name, TOWN
    for street in STREETS:
        yield f"{street.name}办事处", street.name, STREET


def _unit(name: str, short: str, kind: str, people: Iterator[tuple[str, str]], index: int) -> Unit:
    head, clerk = _SPECIAL_POSTS.get(name, _POSTS[kind])
    if short.endswith("乡"):
        head = "乡长"
    leader, officer = (
        _person(next(people), post, 6000 + 2 * index + place)
        for place, post in enumerate((head, clerk))
    )
    if name == "县水务局":
        officer = UnitPerson("何楠", "男", officer.post, officer.phone)
    return Unit(name, short, kind, leader, officer)


def _person(drawn: tuple[str, str], post: str, number: int) -> UnitPerson:
    return UnitPerson(*drawn, post, phone(number))
