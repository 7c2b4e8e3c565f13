"""The indicators the reader recognises: code, words that name it, units it is given in. One table to proof-read.

Where several words fit, the one nearest to the number decides, and of those the longest: 不予立案 before 立案.
"""

from dataclasses import dataclass

from .phrases import PROPOSAL_UNITS
from .shapes import Breakdown

PERCENT = frozenset({"%"})
UNIT_UNITS = frozenset({"家", "个"})
PERSON_TIMES = frozenset({"人次", "名", "人", "位", "次"})


@dataclass(frozen=True)
class Term:
    code: str | None  # None: the words speak of proposals, but of nothing we count
    words: tuple[str, ...]
    units: frozenset[str]
    breakdown: Breakdown | None = None


def _counts(code: str | None, *words: str, breakdown: Breakdown | None = None) -> Term:
    return Term(code, words, PROPOSAL_UNITS, breakdown)


def _rate(code: str, *words: str) -> Term:
    return Term(code, words, PERCENT)


COUNTS = (
    _counts(
        None,
        "正在办理", "正在办", "待办", "在办", "尚未办结", "未办结", "尚在办理", "优秀提案", "提案线索",
        "未答复", "尚未答复",
    ),
    _counts(
        "proposals.received",
        "收到", "征集", "征集到", "提交", "提出", "收集", "共有提案", "提案总数", "提交提案", "提出提案",
        "收到提案", "接收",
    ),
    _counts("proposals.filed", "立案", "立案提案", "准予立案", "予以立案", "审查立案", "确定立案", "正式立案"),
    _counts(
        "proposals.not_filed",
        "不予立案", "未予立案", "不立案", "未立案", "没有立案", "未能立案", "不作立案", "意见建议转",
        "作为意见建议", "作为意见处理", "作意见处理", "作为意见", "转为意见建议", "作为建议", "转意见建议",
        "作为委员来信", "转为委员来信", "转委员来信", "转社情民意", "转为社情民意", "作为社情民意",
        "按社情民意", "转为来信", "作委员来信", "作为委员意见",
    ),
    _counts("proposals.undecided", "撤回或尚在审查", "撤回及尚在审查", "撤回和尚在审查", "尚在审查"),
    _counts(
        "proposals.merged",
        "并案", "合并处理", "合并办理", "合并", "归并", "并案处理", "并案办理", "并入他案", "并入他案办理",
        "并入其他提案", "并入其他提案办理",
    ),
    _counts("proposals.key", "重点提案", "重点督办提案", "列为重点", "重点督办"),
    _counts(
        "proposals.handled",
        "办理", "承办", "办结", "办复", "答复", "交办", "提交承办", "主办", "提案办理", "办理完毕", "完成办理",
        "实际承办",
    ),
    _counts(
        "proposals.by_kind",
        "集体提案", "团体提案", "党派提案", "党派团体", "专委会提案", "界别提案", "小组提案", "专门委员会提案",
        "集体", "单位提案", "党派团体提案", "集体类提案", "党派和团体提案", "人民团体提案", "工商联提案",
        breakdown=("kind", "collective"),
    ),
    _counts("proposals.by_kind", "委员提案", "委员的提案", breakdown=("kind", "member")),
    _counts(
        "proposals.by_kind",
        "联名提案", "委员联名", "联名提出", "联名", "委员联名提案", "联合提案",
        breakdown=("kind", "joint"),
    ),
    _counts(
        "proposals.by_kind",
        "个人提案", "委员个人", "委员个人提案", "个人提出", "委员个人提出",
        breakdown=("kind", "individual"),
    ),
    _counts(
        "proposals.by_class",
        "A类", "A类提案", "A类件", "解决或采纳", "已解决", "得到解决", "已解决或采纳", "已经解决",
        "解决或基本解决", "基本解决", "已采纳", "被采纳", "已得到解决", "解决采纳",
        breakdown=("class", "A"),
    ),
    _counts(
        "proposals.by_class",
        "B类", "B类提案", "B类件", "列入计划", "列入计划解决", "列入计划拟解决", "拟解决", "计划解决",
        "正在解决", "逐步解决", "列入规划", "列入计划逐步解决", "计划逐步解决", "正在解决或列入计划",
        "部分解决",
        breakdown=("class", "B"),
    ),
    _counts(
        "proposals.by_class",
        "C类", "C类提案", "C类件", "留作参考", "作为参考", "不能解决", "暂时不能解决", "难以解决", "暂难解决",
        "供参考", "用作参考", "因条件限制不能解决", "需待条件成熟后解决",
        breakdown=("class", "C"),
    ),
    _counts("proposals.by_class", "D类", "D类提案", "D类件", breakdown=("class", "D")),
    Term("proposals.units", ("承办单位", "办理单位", "承办部门", "承办提案的单位", "提案承办单位"), UNIT_UNITS),
    Term("proposals.lead_units", ("主办单位", "主办部门", "负责答复的单位", "答复单位"), UNIT_UNITS),
    Term("proposals.cosigned", ("附议", "附议委员", "参与附议"), PERSON_TIMES),
)  # fmt: skip

RATES = (
    _rate("proposals.filing_rate", "立案率"),
    _rate(
        "proposals.met_rate",
        "见面率", "面商率", "沟通率", "走访率", "面复率", "见面沟通率", "协商率", "面商沟通率", "走访面商率",
        "见面协商率", "联系率",
    ),
    _rate(
        "proposals.reply_rate",
        "答复率", "办复率", "办结率", "回复率", "办理率", "复文率", "办理回复率", "办理答复率",
    ),
    _rate(
        "proposals.in_time_rate",
        "按期答复率", "按时答复率", "按时办复率", "按期办复率", "按期办结率", "按时办结率", "如期办复率",
        "期内办结率", "限期办结率", "期限内办结率", "规定期限内办复率", "及时答复率", "按期回复率",
        "按时回复率",
    ),
    _rate(
        "proposals.satisfaction",
        "满意率", "满意和基本满意率", "满意或基本满意", "满意和基本满意", "满意与基本满意", "满意及基本满意",
        "满意度", "满意、基本满意", "基本满意率", "满意、基本满意率", "满意（含基本满意）率",
        "满意率和基本满意率", "满意以上",
    ),
    _rate("proposals.response_rate", "反馈率", "反馈意见率", "测评率", "评价率", "参评率", "评价收回率", "评价回收率"),
    _rate(
        "proposals.done_rate",
        "办成率", "解决率", "采纳率", "办理落实率", "落实率", "采纳落实率", "解决采纳率", "已解决或采纳率",
    ),
    _rate("proposals.planned_rate", "列入计划率", "计划解决率", "拟解决率", "列入计划解决率"),
    _rate("proposals.not_adopted_rate", "未采纳率", "留作参考率", "不采纳率"),
    _rate(
        "proposals.commitments_kept_rate",
        "承诺兑现率", "兑现率", "承诺事项兑现率", "承诺事项落实率", "承诺落实率", "履诺率",
    ),
    _rate(
        "proposals.online_rate",
        "网上办理率", "网上办结率", "网上办理", "全程网办率", "线上办理率", "全流程网上办理",
        "全程网上流转的提案占",
    ),
)  # fmt: skip

# Right after the number (100%办结) shorter words will do.
RATES_AFTER = (
    _rate("proposals.met_rate", "见面", "面商", "沟通", "走访"),
    _rate("proposals.reply_rate", "答复", "办复", "办结", "回复"),
    _rate("proposals.in_time_rate", "按期答复", "按时答复", "按期办复", "按时办复", "按期办结", "按时办结"),
    _rate("proposals.satisfaction", "满意"),
    _rate("proposals.response_rate", "反馈"),
    _rate("proposals.online_rate", "网上办理", "网上流转", "全程网办"),
)  # fmt: skip

# What a paragraph speaks of; a figure belongs to the indicators of proposals when 提案 is the last of these before it.
PROPOSAL_TOPICS = ("提案",)
OTHER_TOPICS = (
    "社情民意", "大会发言", "调研", "视察", "培训", "民主监督", "民主评议", "微协商", "稿件", "批示", "建议案",
    "文史", "读书", "民生实事", "人大代表建议", "意见建议", "志愿服务",
)  # fmt: skip
# 建议提案 are suggestions of deputies and proposals together: no indicator of ours counts both.
MIXED = ("建议提案", "建议、提案", "建议和提案", "议案提案", "议案、提案", "建议议案")

KNOWN_CATEGORIES = (
    "经济", "政治", "文化", "社会", "生态", "生态文明", "农业", "农村", "教育", "卫生", "科技", "城建", "交通",
    "统战", "法制", "民生", "教科文卫", "城乡", "旅游", "工业", "环境", "社保", "其他", "其它", "综合", "党建",
    "民族宗教",
)  # fmt: skip
REST = ("其他", "其它", "综合")
