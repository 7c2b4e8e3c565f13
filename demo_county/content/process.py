"""What is written along the way: contact, progress, hand-back, extension, urging, sign-off,
evaluation, look-back.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from .proposals import ProposalText
from .replies import ReplyText
from .text import Scene

Grade = Literal["satisfied", "basically", "unsatisfied"]
LookBack = Literal["kept", "partly", "missed"]


@dataclass(frozen=True)
class Contact:
    """``after`` counts working days from the assignment."""

    how: Literal["visit", "phone", "meeting", "online"]
    after: int
    notes: str


@dataclass(frozen=True)
class HandBack:
    reason: str
    other_unit: str


@dataclass(frozen=True)
class Extension:
    reason: str
    days: int


@dataclass(frozen=True)
class Finding:
    form: Literal["on_site", "meeting", "inspection", "committee"]
    text: str


_CONTACTS: dict[str, tuple[str, ...]] = {
    "visit": (
        "到{地}现场与提案者见面，一起看了{2~4}个点，谈了{40~90:10}分钟。提案者最关心第{条}条，希望写明时间。",
        "上门拜访提案者，{科}负责人参加。对第{条}条双方看法接近，对经费来源提案者要求说清楚。",
        "与提案者约在单位见面，提案者带来走访时拍的照片{5~14}张，补充了{2~3}处点位。",
        "分管领导带{科}{2~3}人登门听取意见，提案者认为情况属实，建议先易后难，不求一年办完。",
    ),
    "phone": (
        "电话联系提案者，通话{9~25}分钟。提案者同意第{条}条调整做法，不同意只写“加强管理”。",
        "提案者在外地出差，电话沟通，约定下周面谈；先按第{条}条准备材料。",
        "电话说明办理思路和会办分工，提案者没有不同意见，提醒把时间节点写实。",
        "电话核实提案中的{2~3}处数据，提案者表示以部门统计为准，问题仍要解决。",
    ),
    "meeting": (
        "召开办理协商会，提案者和{2~4}名附议人到会，主办、会办单位参加，对第{条}条形成一致意见。",
        "在{地}召开座谈会，请提案者与群众代表{6~12}人一起谈，记录意见{7~15}条。",
        "县政协提案委牵头面商，逐条过了一遍，提案者希望不采纳的也要讲明依据。",
    ),
    "online": (
        "视频沟通{20~45:5}分钟，共享了现场照片和初步方案，提案者建议把第{条}条放到前面办。",
        "通过平台留言往来{3~5}次，提案者补充了点位图，科室已据此调整方案。",
    ),
}

_PROGRESS = (
    "已完成现场踏勘，形成问题清单{6~17}项，第{条}条先行启动。",
    "与会办单位碰头，明确第{条}条的分工和时间，会议纪要已发。",
    "第{条}条已进入采购程序，预计{15~25}个工作日出结果。",
    "答复初稿已起草，正在{科}内部核稿，第{条}条的完成时间还需与财政衔接。",
    "分管领导现场调度一次，要求第{条}条本月内见到进展。",
    "资金申请已递交，额度{18~96}万元，等待批复；其余各条按计划推进。",
    "会办单位意见已收到{1~2}份，还差一份，已提醒。",
    "因人手和天气原因，第{条}条进度慢了{4~9}天，已重新排期。",
    "第{条}条方案向提案者发了征求意见稿，收到{2~4}处修改意见，已采纳。",
    "{科}抽查{8~20}个点位，情况与提案反映基本一致，补充进答复。",
)

_HAND_BACK = (
    "提案主要建议属于{他}职责，我单位没有相应的审批和管理权限，建议由{他}主办，我单位会办。",
    "经对照“三定”规定，所提事项由{他}负责，且相关经费也列在{他}部门预算，申请调整。",
    "提案共有{n=3~5}条建议，其中多数的业务主管在{他}，我单位牵头难以推动，申请改为会办。",
)

_HAND_BACK_TO_PLACE = (
    "提案所提事项的实施地点和受益群众都在{他}辖区，日常管护也由其负责，建议由{他}主办，我单位做好业务指导。",
    "经现场核实，相关设施为{他}建设和管理，我单位只负责行业指导，申请改为会办。",
)

_EXTENSIONS = (
    ("第{条}条的方案正在调整，数据未定，现在答复容易落空，申请延长。", 30),
    ("需等省里新办法印发后才能明确补助标准，预计下月出台，申请延期答复。", 30),
    ("提案者外出学习，尚未面商，提案者本人同意等其返回后再答复。", 15),
    ("{会办}的会办意见涉及资金安排，需经县政府常务会研究，会期未到，申请延期。", 20),
    ("摸底涉及{6~12}个点位，目前完成六成，申请延长时间把底数摸准。", 20),
)

_URGES = (
    "距答复时限还有{天}个工作日，系统里尚无沟通记录，请尽快与提案者见面。",
    "答复时限将到（剩{天}个工作日），请抓紧核稿送签；确有困难的，今天提出延期。",
    "会办意见已超过约定时间，主办单位等着汇总，请{两日}内提交。",
    "第{条}条的办理情况还是空白，剩{天}个工作日，请今天补填进展。",
    "县政协提案委下周抽查办理进度，请把与提案者沟通的情况补录完整。",
)

_SIGN_OFFS = (
    "planned:同意。第{条}条的时间节点务必守住，由{科}每月报我一次。",
    "同意答复。送达前再与提案者通一次电话。",
    "同意。请办公室核对文号和抄送单位后发出。",
    "已阅，逐条有回应，同意签发。",
    "refused:同意。第{条}条未采纳，理由要当面向提案者讲清楚。",
    "planned:同意签发，第{条}条列入季度督查。",
)
_SEND_BACK_BY_LEADER = (
    "第{条}条只讲了过程，没有结果，改后再送。",
    "planned:第{条}条的完成时间要定到月，并写明责任人。",
    "第{条}条与财政部门的口径不一致，核实后再签。",
)
_SEND_BACK_BY_OFFICE = (
    "第{条}条建议未答复。",
    "第{条}条只写“将进一步加强”，没有写办不办、何时办，请明确。",
    "done:第{条}条标为“已办成”，没有凭证，请附验收单或照片。",
    "沟通记录显示提案者不同意第{条}条的处理，答复中没有回应，请再面商一次。",
    "refused:第{条}条不采纳没有说明依据，请补充。",
    "答复内容与提案无关的工作总结占了一半，请删减，逐条对应。",
    "planned:第{条}条列入计划，责任科室没有写清，请补上。",
)

_COMMENTS: dict[Grade, tuple[str, ...]] = {
    "satisfied": (
        "done:来人三次，现场看了两次，第{条}条已经见效，满意。",
        "现场看了两次，来去都有回话，满意。",
        "refused:第{条}条没有采纳，但账算得清楚，我能接受。",
        "每一条都有回音，办不到的也讲明了原因，这样的答复我认。",
        "done:有群众打电话来，说第{条}条已经用上了，谢谢。",
        "办理的同志熟悉情况，不回避问题，满意。",
        "答复前征求了我的意见，改了两处，很实在。",
        "done:第{条}条比我预想的快，希望后面的管护也跟上。",
        "没想到小建议也当大事办，满意。",
        "会办单位也主动联系了我，说明是真在商量。",
    ),
    "basically": (
        "planned:第{条}条还在计划里，等办成了再说满意。",
        "态度很好，结果要看年底，先给基本满意。",
        "planned:答复实在，但第{条}条要等到{到期}，群众盼得急。",
        "refused:多数采纳了，第{条}条没有采纳有些可惜，基本满意。",
        "办理过程满意，效果还要再看一段时间。",
        "面商时说得比答复里具体，希望按面商的办。",
        "前两条办得好，第{条}条有点打折扣。",
    ),
    "unsatisfied": (
        "第{条}条答非所问，讲的是全县的工作，没有讲这个地方怎么办。",
        "打过一次电话就出了答复，没有到现场看。",
        "done:第{条}条写“已办成”，我去看了，还没有启动。",
        "refused:第{条}条不采纳的理由站不住，邻县同样的条件已经办了，请再研究。",
        "planned:第{条}条说要等到{到期}，我看三个月就能办完，请重新安排。",
    ),
}

_FINDINGS: dict[str, tuple[str, ...]] = {
    "on_site": (
        "到现场看了{2~5}个点。第{条}条进度正常；{一处}进展慢于计划，当场要求{5~10:5}日内拿出补救办法。",
        "随机走访群众{9~20}人，{七八}成知道这件事在办。第{条}条已经落实，但没有公布联系电话，要求补上。",
        "现场督办会议定三件事：经费缺口由财政本月答复；第{条}条提前一个月；进度对外公布。",
    ),
    "meeting": (
        "听取主办、会办单位汇报后，委员提问{6~13}个。会议认为第{条}条措施偏软，请主办单位{10~15}日内补充。",
        "协商会一致认为症结在管护经费，建议按“谁受益、谁出力、财政补一点”的办法试行一年。",
    ),
    "inspection": (
        "查阅台账{3~6}本，面商记录齐全，第{条}条承诺时间与实际进度相差约{20~45:5}天，提醒主办单位早作安排。",
        "视察组分两路看了{6~10}个点，完成较好的{4~5}个，{1~2}个需要返工。",
    ),
    "committee": (
        "提案委会同相关专委会听取办理情况，建议把第{条}条的做法推广到其他乡镇。",
        "专委会研究认为，答复基本到位，第{条}条列入明年继续跟踪。",
    ),
}

_LOOK_BACKS: dict[LookBack, tuple[str, ...]] = {
    "kept": (
        "现场查看，承诺的内容已全部完成，凭证和照片已上传，随访{4~9}户群众均认可。",
        "比承诺日期提前{6~25}天完成，有关文件和现场记录已上传。",
        "已办成并持续{2~5}个月，提案者到场确认，无异议。",
        "查验文件、台账和现场，三者一致，承诺兑现。",
    ),
    "partly": (
        "完成{六七}成：主要部分已落实，{一项}还没有跟上，新的完成时间定在下季度末。",
        "承诺的{4~6}处完成{2~3}处，其余因场地没有谈妥，正在调整。",
        "条件已具备，人员没有全部到位，暂按部分兑现记。",
    ),
    "missed": (
        "到期未启动。原因是项目资金被统筹用于防汛抢险，已列入下一批计划。",
        "逾期{20~70:5}天未完成，承办科室换人后没有交接，已约谈并重新定责。",
        "上级政策调整，原补助取消，承诺无法按原方式兑现，正与提案者商量替代办法。",
        "采购两次流标，预算偏低，重新核价后再办。",
    ),
}


def contacts(proposal: ProposalText, seed: int) -> tuple[Contact, ...]:
    """One to three contacts with the proposer, the first within the fifteen working days the rule
    gives.
    """
    rng = Random(f"contact {seed} {proposal.title}")
    scene, after, made = _scene(rng, proposal), rng.randint(3, 12), []
    for how in rng.sample(("visit", "phone", "meeting", "online"), rng.choice((1, 2, 2, 3))):
        made.append(Contact(how, after, _say(scene, proposal, _CONTACTS[how])))  # type: ignore[arg-type]
        after += rng.randint(6, 18)
    return tuple(made)


def progress(proposal: ProposalText, seed: int, count: int = 2) -> tuple[str, ...]:
    rng = Random(f"progress {seed} {proposal.title}")
    scene = _scene(rng, proposal)
    return tuple(
        _say(scene, proposal, (template,))
        for template in rng.sample(_PROGRESS, min(count, len(_PROGRESS)))
    )


def hand_back(proposal: ProposalText, seed: int) -> HandBack:
    """The lead names another unit: one that the proposal itself brings in."""
    rng = Random(f"hand back {seed} {proposal.title}")
    other = next((unit for unit in proposal.assisting if unit != "县财政局"), proposal.assisting[0])
    scene = _scene(rng, proposal)
    scene.values["他"] = other
    return HandBack(
        _say(
            scene,
            proposal,
            _HAND_BACK_TO_PLACE if other.endswith(("人民政府", "办事处")) else _HAND_BACK,
        ),
        other,
    )


def extension(proposal: ProposalText, seed: int) -> Extension:
    rng = Random(f"extension {seed} {proposal.title}")
    reason, days = rng.choice(_EXTENSIONS)
    return Extension(_say(_scene(rng, proposal), proposal, (reason,)), days)


def urging(proposal: ProposalText, seed: int, days_left: int) -> str:
    scene = _scene(Random(f"urge {seed} {proposal.title}"), proposal)
    scene.values["天"] = str(days_left)
    return _say(scene, proposal, _URGES)


def sign_off(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"sign {seed} {proposal.title}"), proposal), proposal, _SIGN_OFFS, reply
    )


def leader_send_back(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"leader back {seed} {proposal.title}"), proposal),
        proposal,
        _SEND_BACK_BY_LEADER,
        reply,
    )


def office_send_back(proposal: ProposalText, seed: int, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"office back {seed} {proposal.title}"), proposal),
        proposal,
        _SEND_BACK_BY_OFFICE,
        reply,
    )


def comment(proposal: ProposalText, seed: int, grade: Grade, reply: ReplyText | None = None) -> str:
    return _say(
        _scene(Random(f"comment {seed} {proposal.title} {grade}"), proposal),
        proposal,
        _COMMENTS[grade],
        reply,
    )


def finding(proposal: ProposalText, seed: int) -> Finding:
    rng = Random(f"finding {seed} {proposal.title}")
    form = rng.choice(("on_site", "on_site", "meeting", "inspection", "committee"))
    return Finding(form, _say(_scene(rng, proposal), proposal, _FINDINGS[form]))  # type: ignore[arg-type]


def look_back(proposal: ProposalText, seed: int, state: LookBack) -> str:
    return _say(
        _scene(Random(f"look back {seed} {proposal.title} {state}"), proposal),
        proposal,
        _LOOK_BACKS[state],
    )


def _say(
    scene: Scene, proposal: ProposalText, pool: tuple[str, ...], reply: ReplyText | None = None
) -> str:
    """One of the pool.

    An entry marked with an outcome is only said of an item that the reply answered so.
    """
    answered = (
        {item.outcome: item for item in scene.rng.sample(reply.items, len(reply.items))}
        if reply
        else {}
    )
    offers = [(mark, text) for mark, text in map(_marked, pool) if not mark or mark in answered]
    mark, template = scene.rng.choice(offers)
    own = [each for each in proposal.suggestions if each.unit == proposal.lead] or list(
        proposal.suggestions
    )
    suggestion = scene.rng.choice(own)
    number, due = suggestion.number, None
    for outcome, item in answered.items():
        if outcome == mark:
            number, due = item.number, item.due
    scene.values.update(
        {
            "条": str(number),
            "科": suggestion.section,
            "到期": f"{due.year}年{due.month}月" if due else "",
        }
    )
    return scene.render(template)


def _marked(entry: str) -> tuple[str, str]:
    mark, _, text = entry.partition(":")
    return (mark, text) if mark in ("done", "planned", "refused") else ("", entry)


def _scene(rng: Random, proposal: ProposalText) -> Scene:
    return Scene(
        rng,
        (
            ("镇", proposal.town),
            ("街道", proposal.street),
            ("会办", proposal.assisting[0]),
            ("地", proposal.place),
            ("两日", rng.choice(("两日", "三日"))),
            ("一处", rng.choice(("一处", "两处"))),
            ("六七", rng.choice("六七")),
            ("七八", rng.choice("七八")),
            ("一项", rng.choice(("配套经费", "后续管理", "培训", "信息公开"))),
        ),
    )
