"""Words for the kinds and forms of activities, how many were held, and who came."""

from __future__ import annotations

from collections.abc import Iterator

from yizheng.core.sayings import BreakdownPart, Saying

from .counters import HELD, MATTERS, PERSONS, TIMES

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


def _about(kind: str, form: str = "") -> tuple[BreakdownPart, ...]:
    return (("form", form), ("kind", kind)) if form else (("kind", kind),)


def counts() -> Iterator[Saying]:
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


def matters() -> Iterator[Saying]:
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


def labels() -> Iterator[Saying]:
    """What a county calls its own."""
    for by in ("kind", "form", "programme"):
        yield Saying(HELD, (), TIMES, labels_of=by)
    yield Saying(
        "activities.measured", (), frozenset({"人次", "人", "名", "户", "份"}), labels_of="measure"
    )


def people() -> Iterator[Saying]:
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
