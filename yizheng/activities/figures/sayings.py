"""Words by which papers speak of the figures of activities.

Codes are those of the model regulation; the kinds, forms, programmes and measures of a county's own
regulation are known by their labels besides.
"""

from __future__ import annotations

from collections.abc import Iterator

from yizheng.core.sayings import Part, Saying, say

TIMES = frozenset({"次", "场", "场次", "期", "批次", "批", "轮"})
MATTERS = frozenset({"个", "项"})
PERSON_TIMES = frozenset({"人次"})
PERSONS = frozenset({"人次", "人", "名", "位"})
PERCENT = frozenset({"%"})
PIECES = frozenset({"篇", "份", "件", "次", "个"})
ITEMS = frozenset({"条", "件", "个"})
HELD = "activities.held"

# Kind → its figure and its words.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "meeting": ("activities.meetings", ("各类会议", "各种会议")),
    "consultation": (
        "activities.consultations",
        (
            "协商",
            "协商议政",
            "协商活动",
            "协商议事",
            "协商会",
            "协商会议",
            "协商座谈",
            "民主协商",
            "各类协商",
            "政治协商",
            "专题协商",
            "协商建言",
        ),
    ),
    "survey": (
        "activities.surveys",
        (
            "调研",
            "调查研究",
            "考察调研",
            "调研考察",
            "实地调研",
            "走访调研",
            "课题调研",
            "重点调研",
            "调研课题",
            "专题调研",
            "集中调研",
        ),
    ),
    "inspection": (
        "activities.inspections",
        (
            "视察",
            "视察考察",
            "考察视察",
            "专题视察",
            "集体视察",
            "委员视察",
            "集中视察",
            "视察活动",
        ),
    ),
    "supervision": (
        "activities.supervision",
        (
            "民主监督",
            "监督视察",
            "监督性视察",
            "民主监督视察",
            "专项民主监督",
            "专项监督",
            "监督性调研",
            "民主评议",
            "民主监督活动",
        ),
    ),
    "forum": (
        "activities.forums",
        ("座谈交流", "交流座谈", "座谈会", "座谈", "座谈交流会", "座谈研讨"),
    ),
    "training": (
        "activities.trainings",
        (
            "培训",
            "培训班",
            "专题培训",
            "专题培训班",
            "履职培训",
            "履职培训班",
            "委员培训",
            "委员培训班",
            "学习培训",
            "学习培训班",
            "专题培训活动",
            "履职能力提升培训",
            "履职能力培训班",
            "学习专题培训班",
            "能力提升培训",
            "研修班",
            "培训学习",
        ),
    ),
    "study": (
        "activities.studies",
        (
            "学习",
            "集体学习",
            "学习活动",
            "学习会",
            "学习研讨",
            "集中学习",
            "专题学习",
            "读书活动",
            "学习读书",
            "理论学习",
            "学习交流",
            "读书学习",
        ),
    ),
    "activity_day": (
        "activities.activity_days",
        ("委员活动日", "委员活动日活动", "委员履职日", "委员日", "委员活动"),
    ),
    "service": (
        "activities.services",
        (
            "服务活动",
            "志愿服务",
            "志愿服务活动",
            "公益活动",
            "服务群众活动",
            "惠民活动",
            "帮扶活动",
            "义诊活动",
            "为民服务活动",
            "惠民服务",
        ),
    ),
    "culture": (
        "activities.cultural",
        ("文化活动", "文体活动", "文艺活动", "文化交流活动", "文化艺术活动", "书画活动"),
    ),
}
OTHER_KINDS = {
    "visit_received": ("接待来访", "接待考察", "接待来访考察", "来访考察", "来访接待"),
    "visit_paid": ("外出考察", "赴外考察", "外出学习考察", "赴外学习考察", "考察学习"),
}
SURVEYS_AND_INSPECTIONS = (
    "调研视察",
    "视察调研",
    "调研、视察",
    "视察、调研",
    "调研和视察",
    "视察和调研",
    "调研及视察",
    "调研与视察",
)

# Form → its kind and its words.
FORMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "plenary_meeting": ("meeting", ("全体会议", "全会", "全委会议", "全委会", "全体委员会议")),
    "standing_meeting": (
        "meeting",
        (
            "常委会会议",
            "常委会议",
            "常委会",
            "常务委员会会议",
            "常务委员会议",
            "政协常委会议",
            "政协常委会",
        ),
    ),
    "chairpersons_meeting": ("meeting", ("主席会议", "主席会")),
    "party_group_meeting": ("meeting", ("党组会议", "党组会")),
    "committee_meeting": ("meeting", ("专委会会议", "专门委员会会议", "专委会工作会议")),
    "plenary_consultation": (
        "consultation",
        ("全体会议协商", "全委会议协商", "全会协商", "总体协商", "整体协商"),
    ),
    "standing_consultation": (
        "consultation",
        (
            "专题议政性常委会议",
            "专题议政性常委会会议",
            "专题议政性常委会",
            "专题议政常委会",
            "专题议政常委会议",
            "专题常委会",
            "专题常委会议",
            "常委会专题协商",
            "常委会会议专题协商",
            "常委会议专题协商",
            "常委会专题议政",
            "专题议政",
            "专题议政会",
            "常委会专题议政性协商",
            "常委会会议专题议政性协商",
            "议政性常委会议",
            "议政性常委会",
            "专题议政性常委会议协商",
            "常委会协商",
            "专题资政会",
            "专题协商",
        ),
    ),
    "chairpersons_consultation": (
        "consultation",
        ("主席会议重点协商", "主席会议协商", "主席会议专题协商", "主席会重点协商", "重点协商"),
    ),
    "counterpart_consultation": (
        "consultation",
        ("对口协商", "对口协商会", "专委会对口协商", "专委会协商"),
    ),
    "proposal_consultation": (
        "consultation",
        ("提案办理协商", "提案协商", "提案办理协商会", "提案督办协商"),
    ),
    "sector_consultation": ("consultation", ("界别协商", "界别协商会")),
    "remote_consultation": (
        "consultation",
        (
            "远程协商",
            "网络协商",
            "线上协商",
            "远程协商会",
            "网络议政",
            "网络议政远程协商",
            "视频协商",
        ),
    ),
    "grassroots_consultation": (
        "consultation",
        ("基层协商", "有事好商量协商", "基层协商议事", "村居协商", "社区协商"),
    ),
    "micro_consultation": (
        "consultation",
        ("微协商", "小微协商", "委员工作室微协商", "微型协商", "协商微议事"),
    ),
    "special_survey": ("survey", ("专题调研", "专题调查研究")),
    "sector_survey": ("survey", ("界别调研", "界别委员调研", "界别专题调研")),
    "inspection_tour": ("inspection", ("委员视察",)),
    "supervision_visit": ("supervision", ("民主监督视察", "监督性视察")),
    "members_forum": ("forum", ("委员座谈会", "政协委员座谈会", "座谈会", "界别委员座谈会")),
    "exchange_meeting": (
        "forum",
        (
            "交流会",
            "交流研讨",
            "专题交流研讨",
            "研讨会",
            "专题研讨会",
            "研讨交流",
            "交流研讨会",
            "经验交流会",
            "研讨交流会",
            "专题研讨",
        ),
    ),
    "briefing": ("forum", ("情况通报会", "通报会", "情况通报", "知情明政")),
    "training_class": ("training", ("培训班", "专题培训班", "履职培训班", "委员培训班")),
    "online_training": (
        "training",
        (
            "网络培训",
            "线上培训",
            "线上履职培训",
            "在线培训",
            "网上培训",
            "视频培训",
            "网络培训班",
            "线上培训班",
            "线上专题培训",
            "远程培训",
        ),
    ),
    "central_group_study": (
        "study",
        (
            "理论学习中心组学习",
            "中心组学习",
            "党组理论学习中心组学习",
            "中心组集体学习",
            "理论学习中心组集体学习",
            "党组中心组学习",
        ),
    ),
    "study_meeting": ("study", ("学习研讨", "学习研讨会", "学习交流会", "学习座谈会")),
    "reading_group": ("study", ("读书会", "委员读书会", "读书分享会", "读书分享", "委员读书")),
    "lecture": (
        "study",
        (
            "专题讲座",
            "讲座",
            "委员讲堂",
            "专题辅导",
            "辅导讲座",
            "专题辅导报告",
            "大讲堂",
            "委员大讲堂",
            "政协讲堂",
        ),
    ),
}
PROGRAMMES = {
    "three_walks": ("三走进一联系",),
    "three_deliveries": ("三送", "三下乡"),
    "local_brand": ("有事好商量", "有事好商量协商议事"),
}


def _about(kind: str, form: str = "") -> tuple[Part, ...]:
    return (("form", form), ("kind", kind)) if form else (("kind", kind),)


def _counts() -> Iterator[Saying]:
    for kind, (code, words) in KINDS.items():
        yield Saying(
            code,
            words,
            TIMES,
            within=(HELD, "kind", kind),
            about=_about(kind),
            unless=("报告", "参加市", "参加省"),
        )
    for kind, words in OTHER_KINDS.items():
        yield Saying(HELD, words, TIMES, part=("kind", kind), about=_about(kind))
    for form, (kind, words) in FORMS.items():
        code = KINDS[kind][0]
        yield Saying(
            code,
            words,
            TIMES,
            part=("form", form),
            within=(HELD, "form", form),
            about=_about(kind, form),
        )
    tours = ("kind", "survey+inspection")
    yield Saying(
        HELD,
        SURVEYS_AND_INSPECTIONS,
        TIMES,
        part=tours,
        about=(("kind", "survey"), ("kind", "inspection")),
    )
    yield Saying(
        "activities.activity_days",
        ("开展活动", "举办活动", "组织活动", "活动"),
        TIMES,
        within=(HELD, "kind", "activity_day"),
        needs=("委员活动日",),
        about=_about("activity_day"),
    )
    words, needs = ("界别调研", "界别活动", "界别活动月活动"), ("界别活动月",)
    yield Saying(
        "activities.surveys",
        words,
        TIMES,
        part=("form", "sector_survey"),
        needs=needs,
        about=_about("survey", "sector_survey"),
    )
    yield Saying(HELD, words, TIMES, part=("programme", "sector_month"), needs=needs)
    for programme, words in PROGRAMMES.items():
        yield Saying(HELD, words, TIMES, part=("programme", programme))


def _matters() -> Iterator[Saying]:
    """7个课题, 21项工作: a survey or an inspection is of one matter."""
    for kind, needs in (
        ("survey", ("课题", "方面", "专题", "议题")),
        ("inspection", ("课题", "工作", "议题", "事项", "项目", "专题")),
    ):
        code, words = KINDS[kind]
        yield Saying(
            code, words, MATTERS, within=(HELD, "kind", kind), needs=needs, about=_about(kind)
        )
    code, words = KINDS["culture"]
    yield Saying(code, words, MATTERS, within=(HELD, "kind", "culture"), about=_about("culture"))


def _labels() -> Iterator[Saying]:
    """What a county calls its own."""
    for by in ("kind", "form", "programme"):
        yield Saying(HELD, (), TIMES, labels_of=by)
    yield Saying(
        "activities.measured", (), frozenset({"人次", "人", "名", "户", "份"}), labels_of="measure"
    )


def _people() -> Iterator[Saying]:
    """Who came: of each kind and form, by whom the clause speaks of."""
    named = [(words, ("kind", kind), _about(kind)) for kind, (_code, words) in KINDS.items()]
    named += [(words, ("form", form), _about(kind, form)) for form, (kind, words) in FORMS.items()]
    for words, part, about in named:
        yield Saying(
            "activities.nonparty_attendances",
            words,
            PERSONS,
            part=part,
            needs=("党外委员", "非中共委员", "非中共党员委员"),
            about=about,
            unless=("党外人士",),
        )
        yield Saying(
            "activities.member_attendances",
            words,
            PERSONS,
            part=part,
            needs=("委员",),
            about=about,
            unless=("党外", "干部", "非中共", "专委会", "委员会"),
        )
        yield Saying(
            "activities.staff_attendances",
            words,
            PERSONS,
            part=part,
            needs=("机关干部",),
            unless=("委员",),
            about=about,
        )
        code = "activities.trained" if part == ("kind", "training") else "activities.attendances"
        yield Saying(
            code,
            words,
            PERSONS,
            part=None if code == "activities.trained" else part,
            unless=("党外",),
            about=about,
        )


FOLLOWING = [
    Saying(
        "activities.member_attendances",
        (
            "参与委员",
            "参加委员",
            "委员参加",
            "委员参与",
            "参会委员",
            "培训委员",
            "组织委员参加",
            "组织委员",
            "…委员参加",
            "…委员参与",
            "参加活动委员",
        ),
        PERSONS,
        follows="must",
        unless=("党外", "群众"),
    ),
    Saying(
        "activities.nonparty_attendances",
        ("党外委员参加", "党外委员参与", "党外委员", "参与党外委员"),
        PERSON_TIMES,
        follows="must",
    ),
    Saying(
        "activities.staff_attendances",
        ("机关干部参加", "参与机关干部", "参加机关干部", "培训机关干部"),
        PERSON_TIMES,
        follows="must",
    ),
    Saying(
        "activities.attendances",
        (
            "参与人数",
            "参加人数",
            "参与人员",
            "参加人员",
            "参会",
            "参会人员",
            "参会人数",
            "参训",
            "参训人员",
            "参训人数",
            "参加",
            "参与",
            "…参加",
            "…参与",
        ),
        PERSONS,
        follows="must",
        unless=("委员", "群众", "干部"),
    ),
    Saying(
        "activities.public_present",
        (
            "参与群众",
            "参加群众",
            "群众参与",
            "群众参加",
            "参与活动群众",
            "参加活动群众",
            "参加活动的群众",
            "…群众参加",
            "…群众参与",
        ),
        frozenset({"人次", "人", "名", "余人"}),
        follows="must",
    ),
    Saying(
        "activities.suggestions",
        ("意见建议", "意见和建议", "建议意见", "对策建议", "提出建议", "建议", "合理化建议"),
        ITEMS,
        follows="must",
        unless=("提案", "社情民意", "人大代表", "采纳", "满意", "征求", "转"),
    ),
    Saying(
        "activities.patients",
        (
            "接诊",
            "接诊群众",
            "诊治",
            "义诊群众",
            "诊治群众",
            "义诊",
            "诊疗群众",
            "接诊患者",
            "诊治患者",
            "问诊",
        ),
        PERSONS,
        follows="may",
    ),
    Saying(
        "activities.brochures",
        (
            "宣传册",
            "健康宣传册",
            "宣传资料",
            "宣传单",
            "宣传手册",
            "宣传品",
            "宣传材料",
            "发放资料",
            "健康手册",
            "宣传页",
            "宣传折页",
        ),
        frozenset({"份", "册", "本"}),
        follows="may",
    ),
    Saying(
        "activities.goods",
        ("发放物品", "发放物资", "捐赠物品", "慰问品", "赠送物品", "捐赠物资", "爱心物资"),
        frozenset({"件", "份"}),
        follows="may",
    ),
    Saying(
        "activities.people_served",
        (
            "服务群众",
            "惠及群众",
            "受益群众",
            "群众受益",
            "服务",
            "惠及",
            "受惠群众",
            "服务居民",
            "服务村民",
        ),
        PERSONS,
        follows="may",
    ),
    Saying(
        "activities.people_met",
        (
            "走访群众",
            "走访",
            "走访界别群众",
            "走访困难群众",
            "走访慰问群众",
            "走访慰问",
            "联系群众",
            "走访居民",
            "走访村民",
            "走访基层群众",
        ),
        PERSONS,
        follows="may",
        unless=("委员",),
    ),
    Saying(
        "activities.enterprises",
        ("走访企业", "走进企业", "服务企业", "走访民营企业", "深入企业", "…企业"),
        frozenset({"家"}),
        verbs=("走访", "走进", "服务", "深入"),
        follows="may",
        unless=("规上",),
    ),
    Saying(
        "activities.villages",
        (
            "走进村社",
            "走进村",
            "走进社区",
            "走访村",
            "走进镇村",
            "走进村、社区",
            "走进村（社区）",
            "走访村社",
            "…村",
            "…村（社区）",
            "…社区",
        ),
        frozenset({"个"}),
        verbs=("走进", "走访", "深入"),
        follows="may",
    ),
    Saying(
        "activities.donated",
        (
            "捐款",
            "捐资",
            "捐赠资金",
            "捐赠",
            "捐款捐物",
            "爱心捐款",
            "善款",
            "募捐",
            "募集善款",
            "募集资金",
            "捐赠款物",
            "捐助资金",
        ),
        frozenset({"元", "万元"}),
        follows="may",
        loose=True,
    ),
]

GIVEN = "activities.contributions"
SAID = [
    Saying(GIVEN, ("发言和文章", "发言、文章", "交流的发言、文章"), PIECES),
    Saying(GIVEN, (), PIECES, labels_of="contribution"),
    Saying(
        GIVEN,
        ("大会发言", "大会口头发言", "大会书面发言", "大会交流发言"),
        PIECES | {"人", "人次", "名"},
        part=("contribution", "plenary_speech"),
    ),
    Saying(
        GIVEN,
        (
            "学习体会",
            "心得体会",
            "学习文章",
            "理论文章",
            "读书心得",
            "学习心得",
            "读书体会",
            "体会文章",
            "研讨文章",
        ),
        PIECES,
        part=("contribution", "essay"),
        unless=("分享", "交流"),
    ),
    Saying(
        GIVEN,
        ("研讨发言", "交流发言", "会议发言", "专题发言"),
        frozenset({"篇", "次", "人次"}),
        part=("contribution", "speech"),
    ),
    Saying(
        GIVEN,
        ("研讨发言", "辅导授课", "授课", "宣讲", "专题授课", "讲党课", "作辅导", "研讨交流发言"),
        PIECES | {"场", "场次"},
        part=("contribution", "talk"),
    ),
    Saying(
        GIVEN,
        (
            "分享学习体会",
            "交流学习体会",
            "经验交流",
            "交流经验",
            "分享经验",
            "介绍经验",
            "作经验交流",
        ),
        PIECES,
        part=("contribution", "experience"),
    ),
    Saying(
        GIVEN,
        ("安排…委员", "…委员作", "组织…委员作"),
        PERSONS,
        part=("speaker", "member"),
        needs=("发言",),
        loose=True,
    ),
    Saying(
        GIVEN,
        ("…部门负责人", "安排…部门", "…单位负责人"),
        PERSONS | {"个", "家"},
        part=("speaker", "other"),
        needs=("发言",),
        loose=True,
    ),
]

SENT, ABOVE = "activities.outcomes", "activities.outcomes_above"
UPWARDS = (
    "向市政协报送",
    "报送市政协",
    "上报市政协",
    "向省政协报送",
    "报送省政协",
    "上报省政协",
    "向上级政协报送",
    "报送上级政协",
    "向市政协提交",
    "向市政协上报",
)
PAPERS = {
    "minutes": ("协商纪要", "会议纪要", "协商会议纪要"),
    "recommendation": ("建议案",),
    "survey_report": ("调研报告", "调查报告", "专题调研报告"),
    "inspection_report": ("视察报告", "专项视察报告", "监督报告", "民主监督报告"),
    "special_report": ("专报", "专题报告"),
}


def _papers() -> Iterator[Saying]:
    """报送 says that it was sent; what was only written may lie in a drawer."""
    units = frozenset({"篇", "份", "件", "个", "期"})
    for outcome, words in PAPERS.items():
        part = ("outcome", outcome)
        yield Saying(ABOVE, words, units, part=part, verbs=UPWARDS)
        yield Saying(
            SENT,
            words,
            units,
            part=part,
            verbs=("报送", "提交", "上报", "呈送", "呈报"),
            unless=UPWARDS,
        )
        yield Saying(
            SENT,
            words,
            units,
            part=part,
            unless=("报送", "提交", "上报", "呈送", "呈报"),
            loose=True,
        )
    yield Saying(ABOVE, ("报送上级政协", "报送市政协"), units, needs=("成果",))
    yield Saying(SENT, ("协商、调研等成果",), units, verbs=("报送",))
    yield Saying(
        SENT,
        ("协商成果", "履职成果", "建言成果", "调研成果", "议政成果"),
        units,
        verbs=("报送", "提交", "上报", "形成"),
        loose=True,
    )


RATES = [
    Saying(
        "activities.adopted_rate",
        (
            "意见建议采纳率",
            "建议采纳率",
            "活动建议采纳率",
            "提建议采纳率",
            "意见和建议采纳率",
            "所提建议采纳率",
        ),
        PERCENT,
        needs=("视察", "调研", "协商", "座谈", "活动"),
        unless=("提案",),
    ),
    Saying(
        "activities.outcomes_adopted_rate",
        ("成果采纳率", "协商成果采纳率", "成果转化率", "履职成果采纳率", "调研成果转化率"),
        PERCENT,
    ),
    Saying(
        "activities.speeches_nonparty_share",
        ("大会发言比例", "大会口头发言比例", "大会发言占比", "大会发言"),
        PERCENT,
        needs=("党外",),
    ),
    Saying(
        "activities.nonparty_share",
        (
            "参加活动比例",
            "参加占比",
            "委员参加占比",
            "参加活动占比",
            "参加各类活动比例",
            "参与比例",
        ),
        PERCENT,
        needs=("党外",),
    ),
    Saying(
        "activities.coverage",
        (
            "覆盖面",
            "委员覆盖面",
            "学习覆盖面",
            "培训覆盖面",
            "培训覆盖率",
            "学习覆盖率",
            "委员覆盖率",
            "委员学习覆盖率",
            "参训率",
            "委员参训率",
            "机关干部的覆盖面",
            "委员的覆盖面",
        ),
        PERCENT,
        needs=("培训", "学习"),
        unless=("企业",),
    ),
    Saying("activities.coverage", ("委员培训全覆盖", "委员学习全覆盖"), PERCENT),
    Saying(
        "activities.units_consulted",
        (
            "…部门开展对口协商",
            "…单位开展对口协商",
            "…部门开展协商",
            "…单位开展协商",
            "…部门协商",
            "…单位协商",
            "…部门参与协商",
            "…部门",
        ),
        frozenset({"个", "家"}),
        needs=("协商",),
        unless=("负责人",),
        loose=True,
    ),
    Saying(
        "activities.units_consulted",
        ("参与协商单位", "参加协商单位", "协商单位", "参与协商部门"),
        frozenset({"个", "家"}),
    ),
]

WHOLE = [
    Saying(
        "activities.suggestions",
        ("活动中提出意见建议", "活动中提出建议", "活动提出建议", "活动中提出的意见建议"),
        ITEMS,
    ),
    Saying(
        "activities.nonparty_attendances", ("其中党外委员",), PERSON_TIMES, needs=("参加各类活动",)
    ),
    Saying(HELD, ("各类活动", "履职活动", "各类履职活动", "各项活动", "委员履职活动"), TIMES),
    Saying(
        "activities.nonparty_attendances",
        ("党外委员参加各类活动", "党外委员参加活动", "党外委员参加履职活动"),
        PERSON_TIMES,
    ),
    Saying(
        "activities.member_attendances",
        ("委员参加各类活动", "委员参加活动", "委员参加履职活动", "委员参加各类履职活动"),
        PERSON_TIMES,
        unless=("党外",),
    ),
]

say(
    [*_counts(), *_matters(), *_labels(), *_people(), *FOLLOWING, *SAID, *_papers(), *RATES, *WHOLE]
)
