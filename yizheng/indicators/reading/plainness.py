"""The judgement whether words around a count leave it whole: 今年以来各专委会共开展 says nothing of
which, 在城关镇开展 does.
"""

import re
from collections.abc import Iterable

# Time, who does it, that it is done, how much is made of it: none of them narrows what is counted.
_WHEN = (
    "今年以来",
    "今年",
    "全年",
    "年内",
    "一年来",
    "本年度",
    "年度",
    "目前",
    "现",
    "先后",
    "累计",
    "共计",
    "总计",
    "一共",
    "共",
    "已",
    "均",
    "都",
    "全部",
    "以来",
)
_WHO = (
    "县政协",
    "区政协",
    "政协常委会",
    "常委会",
    "常委",
    "政协",
    "我县",
    "我区",
    "全县",
    "全区",
    "本届",
    "委员会",
    "各专门委员会",
    "各专委会",
    "专门委员会",
    "专委会",
    "班子成员",
    "主席会议成员",
    "广大",
    "全体",
    "各级",
    "各界",
    "界别",
    "委员们",
    "委员",
    "机关干部",
    "机关",
    "各",
)
_DONE = (
    "组织",
    "召开",
    "举办",
    "举行",
    "开展",
    "进行",
    "安排",
    "参加",
    "参与",
    "报送",
    "上报",
    "提交",
    "形成",
    "完成",
    "实施",
    "建成",
    "建立",
    "建设",
    "组建",
    "成立",
    "设立",
    "设置",
    "打造",
    "拥有",
    "现有",
    "有",
    "收到",
    "收集",
    "整理",
    "编发",
    "编印",
    "刊发",
    "发放",
    "提出",
    "征集",
    "撰写",
    "制定",
    "修订",
    "完善",
    "出台",
    "印发",
    "承办",
    "接待",
    "走访",
    "列席",
    "听取",
    "高标准",
    "爱心",
    "反映",
    "采用",
    "送出",
    "其中",
    "还",
    "并",
    "也",
    "又",
    "共同",
    "通过",
    "依托",
    "围绕",
    "实现",
    "推动",
    "促进",
    "向",
    "到",
    "做好",
    "带领",
    "引导",
)
_HOW = (
    "切实可行",
    "扎实",
    "精心",
    "深入",
    "积极",
    "认真",
    "广泛",
    "高质量",
    "详细",
    "集体",
    "集中",
    "系列",
    "一系列",
    "各类",
    "各种",
    "各项",
    "多种",
    "多形式",
    "主题",
    "重点",
    "解剖式",
    "有效",
    "持续",
    "常态化",
    "分别",
    "专项",
    "专题",
    "丰富多彩",
    "形式多样",
    "较高",
    "有价值",
    "有质量",
    "高水平",
    "有影响",
    "新",
    "重要",
    "不同",
    "履职",
    "日常",
    "政协履职",
    "健康",
    "优秀",
    "年轻",
    "相关",
    "有关",
    "对口",
    "实地",
    "一线",
    "免费",
    "全市",
    "党外",
    "中共",
    "有力",
    "发挥",
    "行业",
    "领域",
)
_JOINTS = (
    "了",
    "的",
    "地",
    "等",
    "和",
    "与",
    "及",
    "以及",
    "对",
    "在",
    "次",
    "场",
    "活动",
    "会议",
    "工作",
    "人数",
    "人员",
    "数量",
    "总数",
    "课题",
    "方面",
    "事项",
    "议题",
    "问题",
    "内容",
    "为",
    "达到",
    "达",
    "超过",
    "突破",
    "约",
    "近",
    "余",
    "多",
    "个",
    "项",
    "被",
    "是",
    "分",
    "一",
    "上",
    "、",
    "，",
    ",",
    "：",
    ":",
    "“",
    "”",
    "（",
    "）",
    "(",
    ")",
    " ",
    "\t",
    "-",
    "—",
    "·",
    ".",
    "．",
)
# Topics given as examples, and titles of papers, name some of what is counted and mean all of it.
_EXAMPLES = "|".join(
    (
        r"(?:举办|开展|组织|召开|制定|完善|报送|出台)了?[^，。；,;]{1,56}等$",
        r"具有[^，。；,;]{1,16}性",
        r"(?:重点)?(?:围绕|聚焦|针对|关注|紧扣|分别从|从|就)[^，。；,;]{1,56}等(?!级|待|候)",
    )
)
_PAPERS = "|".join(
    (
        r"《[^》\n]{1,80}》",
        r"[0-9]{1,4}年(?:以来|度|来)?",
        r"[一二三四五六七八九十]年来",
        r"[0-9]{1,2}[.、．]",
        r"[一二三四五六七八九十]{1,3}[、是]",
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
    )
)


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_WORDS = _any((*_WHEN, *_WHO, *_DONE, *_HOW, *_JOINTS))
_PLAIN = re.compile(rf"(?>{_EXAMPLES}|{_PAPERS}|{_WORDS})*+")
# What earlier clauses of a sentence say of all that follows in it: one matter, one body, one part
# of the year, a plan.
_TOPIC = re.compile(r"(?:围绕|聚焦|针对|紧扣)(?!课题|\d|[一二两三四五六七八九十]+个)[^，,；;]*")
_EVERYTHING = re.compile(
    r"等(?!级|待|候)|热点|难点|重点|焦点|大局|中心|任务|精神|思想|要求|目标|主题|主线|\d"
)
_BODY = (
    r"(?:提案|经济|农业|社会|文化|文史|教科|民族|宗教|法制|环境|港澳|城建|科技|民宗|社法|人资|学习)[一-鿿]{0,10}委(?:员会)?(?![会员])"
    r"|(?<![各个级到于和与、])[一-鿿]{2,6}(?<!委员)(?:镇|街道|社区|村|小组|工作室|支部)(?:委员)?(?=[，,；;]|$)"
)
_SEASON = (
    r"(?<!\d)\d{1,2}月|[一二三四]季度|[上下]半年|期间|当[天日]|(?<![商作度])计划|打算|力争|争取"
)
_NARROWING = re.compile(rf"{_BODY}|{_SEASON}")
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]|《[^》]*》")


def is_plain(words: str, here: Iterable[str] = ()) -> bool:
    """`here` are names that mean the place itself."""
    for name in here:
        words = words.replace(name, "")
    return _PLAIN.fullmatch(words) is not None


def narrows(earlier: str) -> bool:
    """Whether the clauses of the sentence before this one narrow it; what stands before a semicolon
    does not.
    """
    earlier = re.split(r"[；;]", _BRACKETS.sub("", earlier))[-1]
    topics = list(_TOPIC.finditer(earlier))
    return _NARROWING.search(earlier) is not None or any(
        not _EVERYTHING.search(earlier, topic.start()) for topic in topics
    )
