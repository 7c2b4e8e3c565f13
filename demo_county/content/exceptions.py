"""The cases off the straight road: papers that deserve refusal, twins that are merged, matters sent
on as opinions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from .places import scene_values
from .proposals import ProposalText, compose
from .text import Scene
from .topics import TOPICS


@dataclass(frozen=True)
class RefusedText:
    """A paper that should not be filed.

    ``reason`` is a code word; ``explanation`` is the sentence to the proposer.
    """

    reason: str
    title: str
    body: str
    suggestions: tuple[str, ...]
    explanation: str
    into_opinion: bool


_REFUSED: tuple[tuple[str, str, str, tuple[str, ...], str, bool], ...] = (
    (
        "empty",
        "关于加快我县高质量发展的建议",
        "我县近年来各项事业取得长足进步，但与先进地区相比仍有差距。希望有关部门高度重视，统一思想，提高认识，抓住机遇。",
        ("高度重视，加强领导。", "加大投入，加大宣传。", "形成合力，狠抓落实。"),
        "没有具体的事实和可以办理的建议，请选一个方面写实后再交。",
        False,
    ),
    (
        "empty",
        "关于重视{镇}经济工作的提案",
        "{镇}区位不错，资源也有，就是发展慢。原因是多方面的，这里不一一列举。希望引起县里重视。",
        ("希望领导多到{镇}看看。", "多给项目，多给政策。"),
        "所提建议比较笼统，承办单位无从落实，请补充走访情况和具体建议。",
        False,
    ),
    (
        "empty",
        "关于提高全民素质的建议",
        "一些不文明现象时有发生，影响我县形象。提高素质人人有责，应当从我做起、从小事做起。",
        ("加强教育引导。", "营造良好氛围。"),
        "缺少具体事例和对应措施，建议就一类现象提出可办理的意见。",
        False,
    ),
    (
        "private",
        "关于解决{村}我家宅基地手续的提案",
        "我家在{村}有老屋三间，{三前}年倒塌后申请原址重建，因与堂兄共用一堵墙，手续一直没有批下来，前后跑了{6~13}趟。",
        ("请县自然资源局为我家办理建房手续。", "请{镇}政府派人做堂兄的工作。"),
        "属于本人家庭事务，不作为提案，已建议到{镇}便民服务中心和调解委员会办理。",
        False,
    ),
    (
        "private",
        "关于调整我爱人工作岗位的建议",
        "本人爱人在{镇2}中学任教{11~18}年，两地分居，孩子和老人无人照顾，希望调回县城工作。",
        ("将其调入县城学校。",),
        "属于本人及亲属的个人事务，可按教师交流有关规定向主管部门申请。",
        False,
    ),
    (
        "private",
        "关于减免{企}土地租金的提案",
        "我公司租用{镇}集体土地{20~60}亩，每亩每年{600~900:50}元，今年订单减少，经营困难。",
        ("减免我公司两年租金。", "协调银行给我公司续贷。"),
        "反映的是本单位的经营事务，请通过企业服务渠道反映；如有行业普遍问题，可另写提案。",
        False,
    ),
    (
        "outside_remit",
        "关于提高全国城乡居民基础养老金标准的建议",
        "{村}不少老人每月领取的养老金只够买米买药，{75~88}岁的老人仍在种地。与职工养老金相比差距较大。",
        ("把基础养老金最低标准提高到每月{400~600:100}元。", "建立与物价挂钩的调整办法。"),
        "属于国家事权，超出县级职权范围，拟经您同意转为社情民意信息向上反映。",
        True,
    ),
    (
        "outside_remit",
        "关于铁路在我县增设客运站的提案",
        "规划中的铁路从{镇}北侧经过，未设站。{镇}及周边{4~6}个乡镇{11~19}万人出行要到邻市乘车。",
        ("在{镇}增设客运站。", "先建会让站，预留客运条件。"),
        "站点设置由国家和省里决定，县级无权办理，建议作为信息向上反映。",
        True,
    ),
    (
        "outside_remit",
        "关于修改道路交通安全法中电动自行车条款的建议",
        "电动自行车违法处罚标准偏低，骑行人不戴头盔的现象反复出现，交警执法手段少。",
        ("修改法律，提高处罚标准。", "对骑行人实行考试上牌。"),
        "修改法律属全国人大职权，可转为社情民意信息。",
        True,
    ),
    (
        "litigation",
        "关于纠正{企}与{村}土地承包合同判决的提案",
        "{企}与{村}的承包合同纠纷，一审判村里返还租金，村民不服，已经上诉。",
        ("请法院改判。", "请县里暂停执行。"),
        "该事项正在诉讼程序中，依法由人民法院审理，不作为提案受理。",
        False,
    ),
    (
        "litigation",
        "关于督促办理一起工伤赔偿案的建议",
        "工人在{镇}工地受伤，劳动仲裁正在进行，用人单位不认可劳动关系。",
        ("请劳动仲裁尽快裁决，支持工人请求。",),
        "该事项已进入仲裁程序，请依程序主张权利，可申请法律援助。",
        False,
    ),
    (
        "advertising",
        "关于推广我公司空气净化产品进校园的建议",
        "我公司研发的净化设备能除去教室九成以上的细颗粒物，已获多项证书，性价比高于同类产品。",
        ("由县里统一采购我公司产品。", "先在{校}免费试用，再付款推广。"),
        "内容为推介本单位产品，不作为提案。",
        False,
    ),
    (
        "accusation",
        "关于查处某村干部作风问题的提案",
        "有群众反映{村}个别村干部在低保评定中优亲厚友，并列出了姓名和事项。",
        ("对该干部立案查处。",),
        "属于指名举报，请通过纪检监察机关的举报渠道反映，我们可协助转交。",
        False,
    ),
    (
        "academic",
        "关于确认{江}古名的提案",
        "地方志对{江}的古名有三种说法，学者各持一端，笔者考证后认为应以宋代县志残卷为准。",
        ("以县政府名义确认{江}古名。", "修改现有志书。"),
        "属于学术讨论，不宜由行政机关裁定，建议提交县史志研究会讨论。",
        False,
    ),
    (
        "party_internal",
        "关于改进县直机关党支部换届工作的提案",
        "部分机关党支部换届不及时，党务干部兼职多，程序记录不全。",
        ("请组织部门统一换届时间。", "党务干部专职化。"),
        "中共党员对党内组织人事事项的意见应通过党内渠道反映，不作为提案。",
        False,
    ),
    (
        "petition",
        "关于{村}征地补偿信访事项的建议",
        "{村}{9~17}户村民对{前}年征地补偿有异议，已到县信访局登记，正在复查。",
        ("提高补偿标准。", "尽快给信访人答复。"),
        "该事项已进入信访复查程序，结果将由受理机关书面告知，不重复受理。",
        False,
    ),
)
REASONS = tuple(dict.fromkeys(row[0] for row in _REFUSED))

_OPINION_NOTES = (
    "提案者同意转为社情民意信息，内容已摘编为{600~900:50}字，报主席会议成员审签。",
    "此件反映的情况有普遍性，经提案者同意，编入社情民意信息第{6~28}期。",
    "不属县级职权，事实清楚、群众关注，转信息编辑室核实后上报市政协。",
)
_MERGE_NOTES = (
    "两件提案反映同一地点、同一问题，建议可以合并办理，以内容较全的一件为主案。",
    "事由相同，承办单位一致，并案办理，分别答复两位提案者。",
    "情况互相补充，主案保留全部建议，并入案的不同建议另列附件送承办单位。",
)
_RETURN_NOTES = (
    "一件提案写了两件事，请拆成两件，或保留其中一件。",
    "建议部分只有一句话，请写出由谁做、做到什么程度。",
    "文中数据没有来源，请补充走访时间和地点。",
    "案由与正文不一致，请核对地名。",
    "附议人尚未确认，确认后再交。",
    "正文引用了个人姓名和电话，请删去后重新提交。",
)


def refused(seed: int, year: int) -> tuple[RefusedText, ...]:
    """All the cases once, in an order of the seed's, each placed somewhere in the county."""
    rng = Random(f"refused {seed} {year}")
    rows = rng.sample(_REFUSED, len(_REFUSED))
    return tuple(_refused(Scene(rng, scene_values(rng, year)), row) for row in rows)


def _refused(scene: Scene, row: tuple[str, str, str, tuple[str, ...], str, bool]) -> RefusedText:
    reason, title, body, suggestions, explanation, into_opinion = row
    lines = tuple(scene.render(each) for each in suggestions)
    return RefusedText(
        reason,
        scene.render(title),
        scene.render(body),
        lines,
        scene.render(explanation),
        into_opinion,
    )


def twins(seed: int, year: int, count: int) -> tuple[tuple[ProposalText, ProposalText], ...]:
    """Pairs on the same matter in the same place by two hands: other wording, other title."""
    rng = Random(f"twins {seed} {year}")
    local = [(category, topic) for category, topic in TOPICS if topic.scope != "county"]
    return tuple(
        _pair(rng, category, topic.key, year)
        for category, topic in rng.sample(local, min(count, len(local)))
    )


def _pair(rng: Random, category: str, key: str, year: int) -> tuple[ProposalText, ProposalText]:
    topic = next(topic for _, topic in TOPICS if topic.key == key)
    drafts: Iterator[ProposalText] = (
        compose(topic, category, Random(rng.random()), year) for _ in range(10_000)
    )
    first = next(drafts)
    for draft in drafts:
        if (
            draft.place == first.place
            and draft.title != first.title
            and not set(draft.paragraphs) & set(first.paragraphs)
        ):
            return first, draft
    raise ValueError(f"Topic {key} cannot be said in two ways.")


def merge_note(seed: int) -> str:
    return Random(f"merge {seed}").choice(_MERGE_NOTES)


def opinion_note(seed: int) -> str:
    return Scene(Random(f"opinion {seed}")).pick(_OPINION_NOTES)


def return_note(seed: int) -> str:
    """Why the office gives a paper back for revision."""
    return Random(f"return {seed}").choice(_RETURN_NOTES)
