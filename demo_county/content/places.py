"""Places of the invented county 云溪县.

None of them is on a map: the county itself does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

COUNTY = "云溪县"


@dataclass(frozen=True)
class Town:
    name: str
    villages: tuple[str, ...]
    river: str
    village_count: int
    people: str


@dataclass(frozen=True)
class Street:
    name: str
    communities: tuple[str, ...]
    roads: tuple[str, ...]
    estates: tuple[str, ...]
    school: str
    people: str


def _town(name: str, villages: str, river: str, village_count: int, people: str) -> Town:
    return Town(
        name, tuple(f"{village}村" for village in villages.split()), river, village_count, people
    )


def _street(
    name: str, communities: str, roads: str, estates: str, school: str, people: str
) -> Street:
    parts = tuple(f"{community}社区" for community in communities.split())
    return Street(name, parts, tuple(roads.split()), tuple(estates.split()), school, people)


TOWNS = (
    _town("青石镇", "石桥 北坡 上磨 青石 罗家坪 水竹", "青石河", 17, "3.6"),
    _town("枫树坪镇", "枫树 老屋场 长塘 坪上 五里亭 田心", "枫溪河", 14, "2.9"),
    _town("柳湾镇", "柳湾 渡口 沙洲 杨家湾 新堤 下洲", "柳湾河", 15, "3.2"),
    _town("麻岭镇", "麻岭 高垅 槐树脚 岩前 石壁 半山", "麻溪河", 13, "2.4"),
    _town("双渡镇", "上渡 下渡 桃李 荷塘 谢家洲 圩头", "双渡河", 16, "3.4"),
    _town("黄泥铺镇", "黄泥 铺前 窑背 樟木 灯盏塘 丁家冲", "黄泥河", 12, "2.3"),
    _town("大坳镇", "大坳 坳背 茅坪 松山 柏树下 响水", "响水河", 11, "2.1"),
    _town("白鹭镇", "白鹭 芦苇塘 汪家 古堰 桥东 南圩", "白鹭河", 15, "3.1"),
    _town("莲花塘镇", "莲花 藕塘 文家 竹山背 油榨 新塘", "莲塘港", 14, "2.8"),
    _town("茶坪乡", "茶坪 云上 老茶园 雾岩 石门坎 甘棠", "甘棠溪", 9, "1.4"),
    _town("竹源乡", "竹源 青龙坳 笋坪 冷水 牛栏冲 苦竹", "竹源溪", 8, "1.3"),
)

STREETS = (
    _street(
        "文澜街道",
        "文澜 书院 南门 棉纺 学前",
        "文澜路 书院巷 南门街 学前路 棉纺路",
        "棉纺厂家属院 文澜花园 书院小区 南门新村 学府雅居",
        "文澜小学",
        "4.6",
    ),
    _street(
        "桥北街道",
        "桥北 北塔岭 车站 望江 机械厂",
        "桥北大道 望江路 车站路 云峰路 北塔路",
        "机械厂家属院 望江苑 桥北花园 车站小区 云峰名居",
        "桥北小学",
        "3.9",
    ),
    _street(
        "东渡街道",
        "东渡 梅苑 粮库 滨江 新桥",
        "东渡路 梅江大道 滨江路 粮库路 新桥街",
        "梅苑小区 粮食局家属院 滨江佳园 东渡安置小区 新桥家园",
        "东渡小学",
        "3.1",
    ),
)

RESERVOIRS = ("石门坎水库", "响水水库", "冷水坑水库", "古堰水库")
MIDDLE_SCHOOLS = ("云溪一中", "云溪二中", "县职业中专", "县实验中学")
HOSPITALS = ("县人民医院", "县中医医院", "县妇幼保健院")
HERITAGE = ("南门古街", "书院巷老街", "老茶园古村", "谢家洲古渡口", "古堰石坝", "樟木村老祠堂")
FIRMS = ("禾丰米业", "云上茶业", "青石建材", "竹源竹业", "柳湾水产", "梅江纺织", "岩前机械")


def scene_values(rng: Random, year: int) -> list[tuple[str, str]]:
    """Slots of one text: a town with its villages, a street with its roads, and the years around
    the session.
    """
    town, other = rng.sample(TOWNS, 2)
    street = rng.choice(STREETS)
    values = [
        ("县", COUNTY),
        ("江", "梅江"),
        ("镇", town.name),
        ("镇2", other.name),
        ("河", town.river),
        ("街道", street.name),
        ("校", street.school),
        ("街人口", street.people),
        ("村数", str(town.village_count)),
        ("人口", town.people),
        ("镇小", f"{town.name}中心小学"),
    ]
    values += _numbered("村", rng.sample(town.villages, 3))
    values += _numbered("邻村", rng.sample(other.villages, 2))
    values += _numbered("社区", rng.sample(street.communities, 3))
    values += _numbered("路", rng.sample(street.roads, 3))
    values += _numbered("小区", rng.sample(street.estates, 3))
    values += [
        ("水库", rng.choice(RESERVOIRS)),
        ("中学", rng.choice(MIDDLE_SCHOOLS)),
        ("医院", rng.choice(HOSPITALS)),
        ("古", rng.choice(HERITAGE)),
        ("企", rng.choice(FIRMS)),
    ]
    values += [
        ("今", str(year)),
        ("去", str(year - 1)),
        ("前", str(year - 2)),
        ("三前", str(year - 3)),
    ]
    return values


def _numbered(slot: str, names: list[str]) -> list[tuple[str, str]]:
    return [
        (slot if index == 0 else f"{slot}{index + 1}", name) for index, name in enumerate(names)
    ]
