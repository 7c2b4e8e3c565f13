"""The members of 政协云溪县第九届委员会, its office, and the bodies that propose in
their own name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .names import names, phone
from .places import STREETS, TOWNS

COMMITTEES = (
    "提案委员会",
    "经济委员会",
    "农业和农村委员会",
    "人口资源环境委员会",
    "教科卫体委员会",
    "社会法制和民族宗教委员会",
    "文化文史和学习委员会",
    "委员联络工作委员会",
)
GROUPS = (
    "城区第一小组",
    "城区第二小组",
    "城区第三小组",
    "青石小组",
    "枫树坪小组",
    "柳湾小组",
    "麻岭小组",
    "双渡小组",
    "白鹭小组",
    "茶坪竹源小组",
)
CHAIR, VICE_CHAIR, SECRETARY, STANDING, MEMBER = "主席", "副主席", "秘书长", "常务委员", "委员"
COLLECTIVES = (
    ("民盟云溪县总支部", "党派"),
    ("民建云溪县支部", "党派"),
    ("农工党云溪县支部", "党派"),
    ("九三学社云溪县支社", "党派"),
    ("县工商业联合会", "团体"),
    ("县妇女联合会", "团体"),
    ("共青团云溪县委", "团体"),
    ("县科学技术协会", "团体"),
)

# sector, members, parties by lot, employers and posts
_SECTORS: tuple[tuple[str, int, str, str], ...] = (
    (
        "中共",
        10,
        "中共",
        "县委办公室:副主任 县委统战部:副部长 县政协办公室:主任 县人大常委会办公室:副主任 县委政策研究室:主任",
    ),
    ("民革", 4, "民革", "县第二中学:教师 县自然资源局:工程师 云溪公证处:公证员"),
    (
        "民盟",
        7,
        "民盟",
        "云溪一中:高级教师 云溪一中:教师 云溪二中:高级教师 县职业中专:教师 县文化馆:馆员 县教师进修学校:教研员",
    ),
    (
        "民建",
        6,
        "民建",
        "县商务局:股长 桥北商贸公司:经理 云溪农村商业银行:部门经理 梅江会计师事务所:注册会计师 岩前机械有限公司:财务总监",
    ),
    (
        "民进",
        5,
        "民进",
        "县实验中学:副校长 县实验中学:教师 桥北小学:教师 县图书馆:副馆长 文澜小学:教导主任",
    ),
    (
        "农工党",
        6,
        "农工党",
        "县人民医院:副主任医师 县妇幼保健院:主管护师 县中医医院:主治医师 县疾控中心:主管技师",
    ),
    (
        "九三学社",
        5,
        "九三学社",
        "县水务局:工程师 县农业技术推广中心:高级农艺师 县气象局:工程师 县水文站:工程师",
    ),
    (
        "无党派人士",
        8,
        "无党派",
        "县审计局:副局长 县文化和旅游局:副局长 云溪二中:校长 县林业局:总工程师 县人民医院:主治医师 云溪律师事务所:律师 县职业中专:高级讲师 县住房和城乡建设局:工程师",
    ),
    (
        "共青团和青联",
        6,
        "中共 群众 群众",
        "共青团云溪县委:副书记 云上茶业有限公司:经理 青禾电商服务部:负责人 {town}团委:书记 {town}{village}:返乡创业青年",
    ),
    (
        "总工会",
        6,
        "中共 中共 群众",
        "县总工会:副主席 梅江纺织有限公司:工会主席 岩前机械有限公司:技师 国网云溪县供电公司:班组长 县公共交通公司:驾驶员",
    ),
    (
        "妇联",
        7,
        "中共 中共 群众 民进",
        "县妇女联合会:副主席 桥北社区:居委会主任 南门社区:居委会主任 云溪家政服务中心:负责人 {town}妇联:主席 {town}{village}:妇联主席",
    ),
    (
        "工商联",
        16,
        "群众 群众 中共 中共 民建 无党派",
        "禾丰米业有限公司:总经理 竹源竹业有限公司:董事长 青石建材有限公司:总经理 柳湾水产合作社:理事长 梅江纺织有限公司:副总经理 南门商贸行:负责人 {town}{village}果蔬合作社:理事长 {town}供应链有限公司:总经理 {town}建材经营部:负责人 {town}农机服务公司:经理",
    ),
    (
        "科协",
        5,
        "九三学社 中共 群众",
        "县科学技术协会:副主席 县蚕桑站:农艺师 岩前机械有限公司:工程师 {town}农技协会:会长",
    ),
    (
        "文化艺术",
        7,
        "民盟 中共 中共 群众 无党派",
        "县文化馆:副馆长 县博物馆:馆员 云溪花鼓剧团:演员 县书法家协会:理事 {town}文化站:馆员",
    ),
    (
        "科学技术",
        6,
        "九三学社 中共 群众",
        "县科学技术局:股长 云溪经济开发区:工程师 县信息中心:工程师",
    ),
    (
        "经济",
        13,
        "中共 中共 民建 无党派 群众",
        "县发展和改革局:副局长 县财政局:总会计师 云溪农村商业银行:副行长 县商务局:副局长 县统计局:总统计师 云溪农村商业银行:客户经理 国家税务总局云溪县税务局:主办 县城建投资公司:工程师 {town}财政所:会计 {town}税务所:办事员 云溪经济开发区管委会:副主任",
    ),
    (
        "农业",
        16,
        "中共 中共 中共 群众 九三学社",
        "{town}农业综合服务中心:主任 {town}{village}:党支部书记 {town}{village}:种植大户 县农业农村局:高级农艺师 {town}供销社:主任 {town}{village}家庭农场:负责人 {town}畜牧站:兽医",
    ),
    (
        "教育",
        13,
        "中共 中共 中共 民盟 民进",
        "{town}中心小学:校长 云溪一中:副校长 县幼儿园:园长 县特殊教育学校:教师 {town}中学:教师",
    ),
    (
        "医药卫生",
        12,
        "中共 中共 农工党 群众",
        "县人民医院:副院长 {town}卫生院:院长 县人民医院:主治医师 县妇幼保健院:主任医师 {town}{village}卫生室:乡村医生",
    ),
    (
        "社会福利和社会保障",
        6,
        "中共 中共 群众",
        "县残疾人联合会:副理事长 {town}敬老院:院长 县社会福利中心:主任 县社会福利中心:社会工作师",
    ),
    ("少数民族", 4, "中共 群众", "{town}人民政府:副镇长 {town}{village}:村委会主任"),
    ("宗教", 3, "群众", "县佛教协会:副会长 县道教协会:副会长 县基督教三自爱国运动委员会:副主席"),
    (
        "环境资源",
        6,
        "中共 中共 九三学社 群众",
        "市生态环境局云溪分局:工程师 县自然资源局:副局长 梅江湿地保护站:站长 {town}林业站:工程师 县环境监测站:技术员",
    ),
    (
        "特别邀请人士",
        13,
        "中共 中共 中共 致公党 无党派",
        "{street}办事处:副主任 {town}:党委副书记 县公安局:政委 县人民法院:庭长 县归国华侨联合会:副主席 {town}:人大主席 {street}:党工委副书记",
    ),
)
_GROUP_OF_TOWN = {
    "青石镇": "青石小组",
    "枫树坪镇": "枫树坪小组",
    "柳湾镇": "柳湾小组",
    "麻岭镇": "麻岭小组",
    "双渡镇": "双渡小组",
    "黄泥铺镇": "麻岭小组",
    "大坳镇": "青石小组",
    "白鹭镇": "白鹭小组",
    "莲花塘镇": "白鹭小组",
    "茶坪乡": "茶坪竹源小组",
    "竹源乡": "茶坪竹源小组",
}
_COMMITTEES_OF = {
    "经济": COMMITTEES[1:2],
    "工商联": COMMITTEES[:2],
    "农业": COMMITTEES[2:3],
    "科学技术": COMMITTEES[1:5],
    "教育": COMMITTEES[4:5],
    "医药卫生": COMMITTEES[4:5],
    "环境资源": COMMITTEES[3:4],
    "文化艺术": COMMITTEES[6:7],
    "宗教": COMMITTEES[5:6],
    "少数民族": COMMITTEES[5:6],
    "社会福利和社会保障": COMMITTEES[5:6],
    "总工会": COMMITTEES[5:6],
    "妇联": COMMITTEES[5:6],
}
_ONLY_ONE = frozenset(
    (
        "副局长",
        "总会计师",
        "总统计师",
        "总工程师",
        "总经理",
        "副总经理",
        "董事长",
        "理事长",
        "校长",
        "副校长",
        "院长",
        "副院长",
        "主任",
        "书记",
        "主席",
        "副主席",
        "副行长",
        "政委",
        "财务总监",
        "教导主任",
        "副馆长",
        "馆长",
        "副会长",
    )
)
SECTORS = tuple(row[0] for row in _SECTORS)

_STAFF = (
    ("proposals_clerk", "提案委员会办公室", "一级科员"),
    ("proposals_clerk", "提案委员会办公室", "四级主任科员"),
    ("reviewer", "提案委员会", "主任"),
    ("reviewer", "提案委员会", "副主任"),
    ("researcher", "研究室", "主任"),
    ("assigner", "县委办公室督查室", "主任"),
    ("assigner", "县政府办公室督查室", "主任"),
    ("assigner", "县政府办公室督查室", "科员"),
    ("auditor", "县政协机关纪检组", "安全审计员"),
    ("security_administrator", "县政协办公室", "安全管理员"),
    ("system_administrator", "县政协办公室信息中心", "系统管理员"),
    ("organiser", "委员联络工作委员会办公室", "主任"),
    ("signer", "县政协办公室", "分管副秘书长"),
    ("reporter", "县第三方社会调查中心", "特邀信息员"),
    ("venue_keeper", "文澜街道委员工作室", "管理员"),
)


@dataclass(frozen=True)
class Member:
    number: int
    name: str
    sex: str
    born: int
    sector: str
    party: str
    committee: str
    group: str
    employer: str
    post: str
    duty: str
    phone: str


@dataclass(frozen=True)
class Staff:
    role: str
    name: str
    sex: str
    office: str
    post: str
    phone: str


@dataclass(frozen=True)
class Collective:
    name: str
    kind: str
    contact: str
    phone: str


@dataclass(frozen=True)
class Roster:
    members: tuple[Member, ...]
    staff: tuple[Staff, ...]
    collectives: tuple[Collective, ...]


def roster(seed: int) -> Roster:
    """190 members with their duties, the office staff and the collectives.

    ``born`` is a decade: 1970 for the 70s.
    """
    rng = Random(f"roster {seed}")
    people = names(rng)
    seats = [
        (sector, parties, employers)
        for sector, count, parties, employers in _SECTORS
        for _ in range(count)
    ]
    duties = _duties(rng, [sector for sector, _, _ in seats])
    drawn = _drawn(people, seats, duties)
    taken: set[tuple[str, str]] = set()
    rows = enumerate(zip(drawn, seats, duties, strict=True), 1)
    members = tuple(
        _member(rng, number, person, seat, duty, taken) for number, (person, seat, duty) in rows
    )
    return Roster(
        members,
        _staff(people),
        tuple(_collective(people, *row, index) for index, row in enumerate(COLLECTIVES)),
    )


def _duties(rng: Random, sectors: list[str]) -> list[str]:
    """Chair and secretary-general from the first sector; vice-chairs of different sectors; thirty
    standing members.
    """
    duties = [MEMBER] * len(sectors)
    own = [index for index, sector in enumerate(sectors) if sector == "中共"]
    duties[own[0]], duties[own[1]] = CHAIR, SECRETARY
    for sector in ("中共", "民盟", "工商联", "无党派人士", "经济"):
        duties[next(i for i, s in enumerate(sectors) if s == sector and duties[i] == MEMBER)] = (
            VICE_CHAIR
        )
    for index in rng.sample([i for i, duty in enumerate(duties) if duty == MEMBER], 30):
        duties[index] = STANDING
    return duties


def _drawn(
    people: Iterator[tuple[str, str]], seats: list[tuple[str, str, str]], duties: list[str]
) -> list[tuple[str, str]]:
    """Names by lot; 沈禾 sits with agriculture and 周砚 is a vice-chair, as in the pictures of the
    design.
    """
    drawn = [
        next(person for person in people if seat[0] != "妇联" or person[1] == "女")
        for seat in seats
    ]
    drawn[next(index for index, seat in enumerate(seats) if seat[0] == "农业")] = ("沈禾", "女")
    drawn[duties.index(VICE_CHAIR)] = ("周砚", "男")
    return drawn


def _member(
    rng: Random,
    number: int,
    person: tuple[str, str],
    seat: tuple[str, str, str],
    duty: str,
    taken: set[tuple[str, str]],
) -> Member:
    sector, parties, employers = seat
    town = rng.choice(TOWNS).name
    employer, post = _employment(rng, employers, duty, town, taken)
    group = _GROUP_OF_TOWN[town] if town in employer else rng.choice(GROUPS[:3])
    committee = rng.choice(_COMMITTEES_OF.get(sector, COMMITTEES))
    party = "中共" if duty in (CHAIR, SECRETARY) else rng.choice(parties.split())
    return Member(
        number,
        *person,
        _born(rng, sector, duty),
        sector,
        party,
        committee,
        group,
        employer,
        post,
        duty,
        phone(number),
    )


def _born(rng: Random, sector: str, duty: str) -> int:
    if duty in (CHAIR, VICE_CHAIR, SECRETARY):
        return rng.choice((1960, 1970))
    return rng.choice(
        (1980, 1990)
        if sector == "共青团和青联"
        else (1960, 1970, 1970, 1970, 1980, 1980, 1980, 1990)
    )


def _employment(
    rng: Random, employers: str, duty: str, town: str, taken: set[tuple[str, str]]
) -> tuple[str, str]:
    if duty in (CHAIR, VICE_CHAIR, SECRETARY):
        return "县政协", duty
    offers = [_offer(rng, text, town) for text in employers.split()]
    fresh = [offer for offer in offers if offer not in taken]
    chosen = rng.choice(fresh or [offer for offer in offers if offer[1] not in _ONLY_ONE] or offers)
    taken.add(chosen)
    return chosen


def _offer(rng: Random, text: str, town: str) -> tuple[str, str]:
    villages = next(each.villages for each in TOWNS if each.name == town)
    employer, post = text.format(
        town=town, village=rng.choice(villages), street=rng.choice(STREETS).name
    ).split(":")
    return employer, post.replace("副镇长", "副乡长") if "乡人民" in employer else post


def _staff(people: Iterator[tuple[str, str]]) -> tuple[Staff, ...]:
    drawn = [next(people) for _ in _STAFF]
    drawn[0] = ("林澄", "女")
    rows = zip(_STAFF, drawn, strict=True)
    return tuple(
        Staff(role, name, sex, office, post, phone(7000 + index))
        for index, ((role, office, post), (name, sex)) in enumerate(rows)
    )


def _collective(people: Iterator[tuple[str, str]], name: str, kind: str, index: int) -> Collective:
    return Collective(name, kind, next(people)[0], phone(8000 + index))
