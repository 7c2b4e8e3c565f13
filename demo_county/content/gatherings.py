"""What 云溪县政协 planned and held in the year: topics of the plan, activities with what was said
and what came of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .roster import COMMITTEES

PROPOSALS, ECONOMY, FARMING, ECOLOGY, SCHOOLS, SOCIETY, CULTURE, MEMBERS = COMMITTEES


@dataclass(frozen=True)
class Topic:
    month: int
    title: str
    form: str
    committee: str
    reason: str
    fate: str = "approved"


@dataclass(frozen=True)
class Said:
    """A suggestion: what, for which unit, how it was decided, and in how many days it
    is promised.
    """

    text: str
    unit: str
    adoption: str = "adopted"
    answer: str = ""
    days: int = 0


@dataclass(frozen=True)
class Sent:
    """An outcome: its kind, title, to whom, and how far it went."""

    kind: str
    title: str
    recipient: str
    unit: str = ""
    answer: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Gathering:
    """`day` is a month and day of the year, `who` an audience: all, standing, a committee, or a
    number by lot.
    """

    day: str
    title: str
    form: str
    place: str
    who: str
    summary: str
    minutes: str = ""
    results: str = ""
    committee: str = ""
    topic: str = ""
    units: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    sent: Sent | None = None
    measures: tuple[tuple[str, int], ...] = ()
    programme: str = ""
    counterpart: str = ""
    hours: tuple[int, int] = (9, 12)
    nights: int = 0
    talk: tuple[str, str] = ("", "")


TOPICS = (
    Topic(3, "农村小型水利设施管护", "special_survey", FARMING, "多件提案反映山塘渠道管护无人无钱"),
    Topic(4, "优化民营企业融资服务", "chairpersons_consultation", ECONOMY, "企业座谈会上意见集中"),
    Topic(5, "县域医共体建设", "special_survey", SCHOOLS, "群众看病就近程度有待提高"),
    Topic(5, "工商联界企业用工", "sector_consultation", ECONOMY, "园区企业招工难、留工难"),
    Topic(6, "梅江流域水质保护", "inspection_tour", ECOLOGY, "去年两个断面个别月份波动"),
    Topic(6, "推进茶旅融合发展", "standing_consultation", CULTURE, "县委年度工作重点"),
    Topic(7, "食品小作坊监管", "supervision_visit", SOCIETY, "民主监督年度安排"),
    Topic(7, "托育服务供给", "remote_consultation", SCHOOLS, "城区双职工家庭需求增长"),
    Topic(9, "农村客运班线优化", "counterpart_consultation", ECONOMY, "三个乡镇班次减少"),
    Topic(10, "历史文化村落保护", "special_survey", CULTURE, "老茶园古村、谢家洲古渡口修缮在即"),
    Topic(11, "政务服务“一件事”办理", "counterpart_consultation", SOCIETY, "窗口办事群众意见较多"),
    Topic(12, "冬春农田基本建设", "inspection_tour", FARMING, "为明年春耕作准备"),
    Topic(8, "城区夜市布局", "members_forum", ECONOMY, "夏季居民意见较多", "dropped"),
    Topic(12, "社区食堂可持续运营", "members_forum", SOCIETY, "两处社区食堂今年停业", "proposed"),
    Topic(
        12, "校园周边交通组织", "inspection_tour", SCHOOLS, "五所学校门口上下学时段拥堵", "proposed"
    ),
)

THIS_YEAR = (
    Gathering(
        "02-27",
        "第四十一次主席会议",
        "chairpersons_meeting",
        "县政协三楼会议室",
        "12",
        "审议年度协商计划草案，研究专委会工作要点。",
        "会议原则同意年度协商计划，报县委审定后印发。",
        "确定协商、视察、监督议题十二项。",
    ),
    Gathering(
        "03-05",
        "委员履职能力培训班",
        "training_class",
        "县委党校报告厅",
        "60",
        "提案撰写、社情民意信息写作、调研方法三个专题。",
        "两天四个半天，安排专题授课三场、分组交流一场。",
        "参训委员全部提交学习小结。",
        MEMBERS,
        nights=1,
        talk=("提案怎样写得准", "县委党校副校长"),
    ),
    Gathering(
        "03-12",
        "“我为云溪添新绿”委员活动日",
        "activity_day",
        "石门坎水库东岸",
        "40",
        "各小组委员到水库东岸植树。",
        "分五个地块栽植，林业站技术员现场指导。",
        "栽植香樟、枫香六百余株。",
        MEMBERS,
        measures=(("public_present", 85),),
        programme="three_walks",
    ),
    Gathering(
        "03-20",
        "“读懂县域经济”专题讲座",
        "lecture",
        "县图书馆学术报告厅",
        "50",
        "结合全县一季度运行情况作专题辅导。",
        "主讲人从产业、人口、财政三方面讲解，与委员互动问答。",
        "",
        ECONOMY,
        talk=("县域经济怎么看、怎么干", "县发展和改革局总经济师"),
    ),
    Gathering(
        "03-26",
        "农村小型水利设施管护专题调研",
        "special_survey",
        "双渡镇、白鹭镇",
        "18",
        "实地查看山塘、渠道和提灌站，召开村组长座谈会。",
        "走访六个村，查看山塘十一口、渠道九公里。管护责任落实到人的不足一半。",
        "形成调研报告一份。",
        FARMING,
        "农村小型水利设施管护",
        ("县水务局", "县农业农村局"),
        (
            Said(
                "对使用三十年以上的山塘逐口建档，分批除险",
                "县水务局",
                "adopted",
                "已列入水利补短板项目库，年内完成建档",
                200,
            ),
            Said(
                "村级管护员补助与管护面积挂钩",
                "县财政局",
                "partly",
                "今年先在双渡镇试行，视财力逐步推开",
            ),
        ),
        Sent(
            "survey_report",
            "关于农村小型水利设施管护情况的调研报告",
            "government",
            "",
            "县政府常务会议听取了报告，明确由水务局牵头制定管护办法。",
            "管护办法已印发，二百一十名管护员上岗。",
        ),
        (("villages", 6),),
        hours=(9, 17),
        programme="three_walks",
    ),
    Gathering(
        "04-09",
        "“书香云溪”委员读书会（春季）",
        "reading_group",
        "委员之家书吧",
        "24",
        "共读乡土志书，交流读书体会。",
        "六位委员作领读，十二位委员发言。",
        "编印读书心得一册。",
        CULTURE,
        hours=(19, 21),
    ),
    Gathering(
        "04-15",
        "棉纺厂家属院停车微协商",
        "micro_consultation",
        "文澜街道委员工作室",
        "8",
        "居民代表、物业、社区和交警共同商量院内停车。",
        "三方商定划线四十二个、夜间错时开放学校操场。",
        "当月完成划线。",
        SOCIETY,
        units=("文澜街道办事处", "县公安局"),
        programme="local_brand",
        hours=(15, 17),
    ),
    Gathering(
        "04-22",
        "优化民营企业融资服务重点协商会",
        "chairpersons_consultation",
        "县政协四楼协商议事厅",
        "20",
        "围绕首贷、续贷和应急转贷开展协商。",
        "四位委员发言，三家银行、两个部门回应。",
        "形成协商纪要。",
        ECONOMY,
        "优化民营企业融资服务",
        ("县财政局", "县工业和信息化局"),
        (
            Said(
                "应急转贷资金池由三千万元扩大到五千万元",
                "县财政局",
                "adopted",
                "县财政已追加两千万元",
                60,
            ),
            Said(
                "建立小微企业融资需求每月汇总推送制度",
                "县工业和信息化局",
                "adopted",
                "自五月起按月推送",
            ),
        ),
        Sent(
            "minutes",
            "优化民营企业融资服务协商纪要",
            "government",
            "",
            "县政府同意纪要意见，责成有关部门落实。",
            "转贷资金池扩大到五千万元，惠及企业六十三户。",
        ),
    ),
    Gathering(
        "04-28",
        "九届常委会第二十次会议",
        "standing_meeting",
        "县政协一楼会议厅",
        "standing",
        "传达上级会议精神，听取一季度经济运行通报，协商人事事项。",
        "会议应到常委三十七人，实到符合规定。听取了县政府情况通报并作讨论。",
        "",
        talk=("一季度经济运行情况通报", "县发展和改革局局长"),
    ),
    Gathering(
        "05-08",
        "送医到村义诊服务",
        "service",
        "大坳镇响水村",
        "12",
        "医药卫生界委员为村民义诊、送药。",
        "设内科、中医、眼科、口腔四个诊台。",
        "筛查出需转诊的八人，已由卫生院对接。",
        SCHOOLS,
        measures=(("patients", 186), ("brochures", 400), ("goods", 120)),
        programme="three_deliveries",
    ),
    Gathering(
        "05-14",
        "县域医共体建设专题调研",
        "special_survey",
        "县人民医院、麻岭镇卫生院",
        "16",
        "了解专家下沉、药品配送和检验结果互认情况。",
        "召开座谈会两场，发放问卷三百份。",
        "形成调研报告一份。",
        SCHOOLS,
        "县域医共体建设",
        ("县卫生健康局", "县医疗保障局"),
        (
            Said(
                "县级专家每周到乡镇坐诊的排班提前一个月公布",
                "县卫生健康局",
                "adopted",
                "自七月起在公众号公布排班",
            ),
            Said(
                "乡镇卫生院慢性病用药目录与县级医院一致",
                "县医疗保障局",
                "partly",
                "高血压、糖尿病用药已一致，其余待上级调整目录",
            ),
        ),
        Sent(
            "survey_report",
            "关于县域医共体建设的调研报告",
            "unit",
            "县卫生健康局",
            "报告所提五条意见已纳入下半年重点工作。",
            "专家下沉坐诊排班按月公开。",
        ),
        hours=(9, 17),
    ),
    Gathering(
        "05-20",
        "园区企业用工界别协商",
        "sector_consultation",
        "云溪经济开发区会议中心",
        "18",
        "工商联界委员与园区、人社部门协商招工和留工。",
        "企业代表五人发言，人社局逐条回应。",
        "",
        ECONOMY,
        "工商联界企业用工",
        ("县人力资源和社会保障局", "云溪经济开发区管委会"),
        (
            Said(
                "开通园区至青石、双渡两镇的早晚班车",
                "县交通运输局",
                "adopted",
                "六月起开行两条定制班线",
                30,
            ),
            Said(
                "园区宿舍空置床位由管委会统一调剂",
                "云溪经济开发区管委会",
                "not_adopted",
                "宿舍为企业自有产权，管委会只能搭建信息平台",
            ),
        ),
        Sent(
            "minutes",
            "园区企业用工界别协商纪要",
            "unit",
            "县人力资源和社会保障局",
            "已组织专场招聘会四场。",
            "新增本地用工三百余人。",
        ),
    ),
    Gathering(
        "05-28",
        "文史资料征编研讨会",
        "study_meeting",
        "县政协二楼会议室",
        "14",
        "讨论第二十一辑文史资料选题。",
        "确定老码头、老厂房、老街巷三个专栏。",
        "落实撰稿人二十一名。",
        CULTURE,
        hours=(14, 17),
    ),
    Gathering(
        "06-05",
        "梅江流域水质保护委员视察",
        "inspection_tour",
        "梅江东渡段、柳湾河口",
        "22",
        "查看入河排口、污水管网和湿地保护。",
        "沿江查看七处，现场听取汇报。",
        "提出意见四条。",
        ECOLOGY,
        "梅江流域水质保护",
        ("市生态环境局云溪分局", "县住房和城乡建设局"),
        (
            Said(
                "东渡老街雨污分流管网年内贯通",
                "县住房和城乡建设局",
                "adopted",
                "剩余六百米十一月底前贯通",
                170,
            ),
        ),
        Sent(
            "inspection_report",
            "关于梅江流域水质保护情况的视察报告",
            "party_committee",
            "",
            "县委主要领导作出批示，要求逐条整改。",
            "两个断面连续三个月达标。",
        ),
        hours=(9, 17),
    ),
    Gathering(
        "06-11",
        "桃李村共享晒谷场基层协商",
        "grassroots_consultation",
        "双渡镇桃李村党群服务中心",
        "9",
        "就晒谷场选址与村民代表商量。",
        "比较三处地块，多数人赞成村小学旧址。",
        "村民代表会议按协商意见表决通过。",
        FARMING,
        programme="local_brand",
        units=("双渡镇人民政府",),
    ),
    Gathering(
        "06-18",
        "推进茶旅融合发展专题议政性常委会会议",
        "standing_consultation",
        "县政协一楼会议厅",
        "standing",
        "围绕茶园景区化、品牌和交通开展专题议政。",
        "六位常委作大会发言，县政府领导到会听取意见并讲话。",
        "形成建议案。",
        CULTURE,
        "推进茶旅融合发展",
        ("县文化和旅游局", "县林业局"),
        (
            Said(
                "云上茶园至高速出口道路拓宽改造",
                "县交通运输局",
                "adopted",
                "已完成施工图设计，明年一季度开工",
                260,
            ),
            Said(
                "统一“云溪甘棠茶”包装标识和检测标准",
                "县市场监督管理局",
                "adopted",
                "团体标准已立项",
                120,
            ),
            Said(
                "建设县城至茶坪乡旅游专线",
                "县文化和旅游局",
                "partly",
                "节假日先行开通，平日视客流确定",
            ),
        ),
        Sent(
            "recommendation",
            "关于推进茶旅融合发展的建议案",
            "party_committee",
            "",
            "县委常委会会议研究并转县政府办理。",
            "道路拓宽完成设计，节假日专线开通。",
        ),
    ),
    Gathering(
        "06-25",
        "接待邻县政协来访",
        "visit_received",
        "县政协、委员之家",
        "10",
        "交流委员工作室和“有事好商量”做法。",
        "参观工作室两处，座谈交流。",
        "",
        MEMBERS,
        counterpart="枫岭县政协",
    ),
    Gathering(
        "07-02",
        "迎“七一”委员书画展",
        "cultural_activity",
        "县文化馆展厅",
        "20",
        "展出委员书画作品七十六件。",
        "开幕式后举行笔会。",
        "展期十天。",
        CULTURE,
        measures=(("public_present", 1200),),
    ),
    Gathering(
        "07-09",
        "托育服务供给远程协商",
        "remote_consultation",
        "主会场：县政协四楼；分会场：三个街道",
        "16",
        "用视频方式与街道、幼儿园同时协商。",
        "三个分会场各有两人发言，最远的一处在桥北街道。",
        "商定三件可先做的事。",
        SCHOOLS,
        "托育服务供给",
        ("县教育局", "县卫生健康局"),
        (
            Said(
                "利用公办幼儿园闲置教室开设托班",
                "县教育局",
                "adopted",
                "秋季先在三所幼儿园开设",
                60,
            ),
        ),
        hours=(15, 17),
    ),
    Gathering(
        "07-16",
        "农村饮水重点提案办理协商会",
        "proposal_consultation",
        "县水务局会议室",
        "11",
        "提办双方面对面商量管网改造时序。",
        "提案者、承办单位和督办领导共同审看施工计划。",
        "北坡、石桥两村改造提前一个月。",
        PROPOSALS,
        units=("县水务局",),
    ),
    Gathering(
        "07-23",
        "食品小作坊监管民主监督视察",
        "supervision_visit",
        "东渡街道、黄泥铺镇",
        "14",
        "随机查看小作坊九家。",
        "六家证照齐全，三家环境有待改善，现场交办。",
        "三家已完成整改。",
        SOCIETY,
        "食品小作坊监管",
        ("县市场监督管理局",),
        (),
        Sent(
            "special_report",
            "关于食品小作坊监管的监督意见",
            "unit",
            "县市场监督管理局",
            "已逐家回访并建立红黄绿分级台账。",
            "全县小作坊完成一轮检查。",
        ),
    ),
    Gathering(
        "08-20",
        "民宿经营界别调研",
        "sector_survey",
        "茶坪乡云上村",
        "9",
        "文化艺术界委员了解民宿经营和消防手续办理。",
        "走访民宿十四家，多数反映暑期用水紧张。",
        "撰写信息两篇。",
        CULTURE,
    ),
    Gathering(
        "08-27",
        "赴外地学习考察委员工作室建设",
        "visit_paid",
        "澄川市",
        "8",
        "学习工作室制度建设和协商成果转化。",
        "考察工作室五处。",
        "提出借鉴意见六条。",
        MEMBERS,
        counterpart="澄川市政协",
        nights=1,
        hours=(9, 17),
    ),
    Gathering(
        "09-03",
        "农村客运班线优化对口协商",
        "counterpart_consultation",
        "县交通运输局会议室",
        "13",
        "就麻岭、大坳、竹源三地班次减少开展协商。",
        "公交公司介绍客流，乡镇反映出行时段。",
        "",
        ECONOMY,
        "农村客运班线优化",
        ("县交通运输局",),
        (
            Said(
                "赶集日增开麻岭至县城两个班次",
                "县交通运输局",
                "adopted",
                "自十月起逢三、六、九日增开",
                40,
            ),
        ),
        Sent(
            "minutes",
            "农村客运班线优化对口协商纪要",
            "unit",
            "县交通运输局",
            "班次调整方案已公示。",
            "赶集日班次恢复，日均增加乘客一百四十人次。",
        ),
    ),
    Gathering(
        "09-10",
        "教师节助学服务",
        "service",
        "竹源乡中心小学",
        "15",
        "委员企业捐赠图书、台灯和助学金。",
        "与师生座谈，参观校舍。",
        "结对学生三十二名。",
        SCHOOLS,
        measures=(("donated", 68000), ("goods", 210)),
        programme="three_deliveries",
    ),
    Gathering(
        "09-17",
        "九届常委会第二十一次会议",
        "standing_meeting",
        "县政协一楼会议厅",
        "standing",
        "听取提案办理情况通报，审议专委会工作报告。",
        "听取县政府关于提案办理情况的通报，与会常委提出意见七条。",
        "",
        PROPOSALS,
        talk=("上半年提案办理情况通报", "县政府办公室主任"),
    ),
    Gathering(
        "09-24",
        "新的社会阶层人士座谈会",
        "members_forum",
        "县政协二楼会议室",
        "12",
        "听取律师、网络从业人员、社会组织负责人意见。",
        "十一人发言，收集意见二十三条。",
        "整理转办五条。",
        SOCIETY,
        hours=(15, 17),
    ),
    Gathering(
        "10-15",
        "历史文化村落保护专题调研",
        "special_survey",
        "老茶园古村、谢家洲",
        "15",
        "查看修缮工程，走访住户。",
        "古村四十七栋老屋中，九栋急需抢修。",
        "形成调研报告。",
        CULTURE,
        "历史文化村落保护",
        ("县文化和旅游局", "县住房和城乡建设局"),
        (
            Said("对九栋危险老屋先行支护", "县文化和旅游局", "adopted", "入冬前完成支护", 45),
            Said("允许按传统工法自建并给予补助", "县住房和城乡建设局", "pending"),
        ),
        Sent("survey_report", "关于历史文化村落保护的调研报告", "government"),
        hours=(9, 17),
    ),
    Gathering(
        "10-22",
        "桥北车站路夜间噪声微协商",
        "micro_consultation",
        "桥北街道委员工作室",
        "7",
        "居民与烧烤店主、城管商量营业时段。",
        "约定夜间十一时后不在路边摆桌。",
        "签订自律约定十四份。",
        SOCIETY,
        programme="local_brand",
        hours=(19, 21),
        units=("县城市管理局",),
    ),
    Gathering(
        "10-29",
        "前三季度经济社会发展情况通报会",
        "briefing",
        "县政协一楼会议厅",
        "70",
        "县政府向委员通报前三季度工作。",
        "通报后委员现场提问九个。",
        "",
        talk=("前三季度经济社会发展情况通报", "县政府副县长"),
    ),
)

PLENARY = Gathering(
    "01-12",
    "九届五次全体会议开幕会",
    "plenary_meeting",
    "县会议中心大礼堂",
    "all",
    "听取和审议常委会工作报告、提案工作情况报告。",
    "会议应到委员一百九十名，听取两个报告，分组讨论另行记录。",
    "会议通过政治决议。",
    MEMBERS,
    hours=(9, 12),
)

# What lies around today: in how many days, where it stands, and what it is.
AROUND = (
    (
        -22,
        "cancelled",
        Gathering(
            "",
            "冬季文史资料交流会",
            "exchange_meeting",
            "委员之家书吧",
            "10",
            "交流老码头、老厂房口述资料。",
            committee=CULTURE,
        ),
    ),
    (
        -3,
        "held",
        Gathering(
            "",
            "冬春农田基本建设委员视察",
            "inspection_tour",
            "柳湾镇、莲花塘镇",
            "16",
            "查看高标准农田和沟渠清淤工地。",
            committee=FARMING,
            topic="冬春农田基本建设",
            units=("县农业农村局", "县水务局"),
            hours=(9, 16),
        ),
    ),
    (
        6,
        "invited",
        Gathering(
            "",
            "委员履职能力提升培训班（冬季）",
            "training_class",
            "县委党校报告厅",
            "all",
            "社情民意信息写作和调研报告撰写。",
            committee=MEMBERS,
            talk=("一篇好信息的样子", "县委党校教研室主任"),
        ),
    ),
    (
        16,
        "approved",
        Gathering(
            "",
            "青年委员“院坝协商”观摩",
            "grassroots_consultation",
            "莲花塘镇文家村",
            "12",
            "到村里看协商议事怎么开。",
            committee=SOCIETY,
            units=("莲花塘镇人民政府",),
            programme="local_brand",
            hours=(14, 17),
        ),
    ),
    (
        30,
        "approving",
        Gathering(
            "",
            "九届常委会第二十二次会议",
            "standing_meeting",
            "县政协一楼会议厅",
            "standing",
            "审议年度工作报告稿，协商全会有关事项。",
            committee="",
        ),
    ),
    (
        33,
        "draft",
        Gathering(
            "",
            "年末走访困难群众",
            "service",
            "麻岭镇槐树脚村",
            "10",
            "委员企业为困难家庭送过冬物资。",
            committee=SOCIETY,
            programme="three_deliveries",
        ),
    ),
)
AT_THE_DESK = Gathering(
    "",
    "政务服务“一件事”办理对口协商会",
    "counterpart_consultation",
    "县政协四楼协商议事厅",
    "14",
    "围绕窗口办事材料多、跑动多开展协商。",
    "九位委员发言，提出具体事例二十一个。各部门逐条说明，商定先从办事指南改起。",
    "",
    SOCIETY,
    "政务服务“一件事”办理",
    ("县政务服务和数据局",),
    hours=(14, 17),
)
DESK_SUGGESTION = "把对外办事指南逐项核对一遍，删去已取消的材料，注明办理时限和咨询电话"
DESK_OUTCOME = "政务服务“一件事”办理协商纪要"
CALL = Gathering(
    "",
    "“共商明年发展”全体委员协商会",
    "plenary_consultation",
    "县会议中心大礼堂",
    "all",
    "围绕明年全县重点工作协商，现征集大会发言。",
    committee=MEMBERS,
)
CALL_WORDS = "围绕产业、民生、生态、乡村四个方面，题目自拟，一千五百字以内；可个人发言，也可代表界别、专委会发言。"
SPEECHES = (
    ("让云溪甘棠茶走得更远", "oral"),
    ("把县域医共体办到群众家门口", "shortlisted"),
    ("山塘渠道要有人管长久管", "shortlisted"),
    ("留住年轻人，先留住岗位", "revising"),
    ("古村保护等不得", "offered"),
    ("让夜间公交再晚一点", "offered"),
    ("关于规范民宿经营的思考", "not_used"),
)

# day, part, title, form, committee, place, in how many the members took part
_PAST = (
    "02-20 上午 第{n}次主席会议|主席会议||县政协三楼会议室|11",
    "03-03 全天 新任委员培训班|培训班|委员联络工作委员会|县委党校|46",
    "03-14 上午 {y}年春季义务植树|委员活动日|委员联络工作委员会|响水水库库区|38",
    "03-28 上午 {a}专题调研|专题调研|农业和农村委员会|白鹭镇|15",
    "04-18 下午 {b}座谈会|委员座谈会|经济委员会|云溪经济开发区|19",
    "04-26 上午 常委会{m}次会议|常委会会议||县政协一楼会议厅|34",
    "05-16 上午 {c}对口协商|对口协商|教科卫体委员会|县教育局会议室|12",
    "06-06 全天 {d}委员视察|委员视察|人口资源环境委员会|古堰水库|21",
    "06-20 上午 {e}专题议政会|专题议政性常委会议协商|文化文史和学习委员会|县政协一楼会议厅|33",
    "07-11 下午 {f}民主监督|民主监督视察|社会法制和民族宗教委员会|文澜街道|13",
    "08-15 晚上 “书香云溪”读书会（{y}年夏季）|委员读书会|文化文史和学习委员会|委员之家书吧|22",
    "09-09 上午 {g}服务活动|服务活动|教科卫体委员会|茶坪乡中心小学|16",
    "09-20 上午 常委会{k}次会议|常委会会议||县政协一楼会议厅|35",
    "10-17 全天 {h}考察|外出考察|经济委员会|外县|8",
    "11-08 下午 {i}微协商|委员工作室微协商|社会法制和民族宗教委员会|东渡街道委员工作室|7",
)
_WORDS = (
    {
        "n": "二十五",
        "m": "第十四",
        "k": "第十五",
        "a": "高标准农田建后管护",
        "b": "电商物流进村",
        "c": "乡村教师队伍建设",
        "d": "饮用水水源地保护",
        "e": "老旧小区改造",
        "f": "窨井盖安全管理",
        "g": "爱心书包",
        "h": "农产品精深加工",
        "i": "梅苑小区电动车充电",
    },
    {
        "n": "三十三",
        "m": "第十七",
        "k": "第十八",
        "a": "油茶低产林改造",
        "b": "个体工商户帮扶",
        "c": "学生心理健康服务",
        "d": "农村生活垃圾分类",
        "e": "数字乡村建设",
        "f": "物业服务收费公示",
        "g": "敬老助残",
        "h": "园区标准厂房建设",
        "i": "粮库社区公共晾晒场",
    },
)


@dataclass(frozen=True)
class Held:
    """An activity of a year gone by, as a list tells it."""

    day: str
    part: str
    title: str
    form: str
    committee: str
    place: str
    came: int


def past(place: int, year: int) -> tuple[Held, ...]:
    """Fifteen of the first or second year before this one."""
    return tuple(_held(row, place, year) for row in _PAST)


def _held(row: str, place: int, year: int) -> Held:
    head, form, committee, where, came = row.split("|")
    day, part, title = head.split(" ", 2)
    return Held(
        f"{year}-{day}",
        part,
        title.format(y=year, **_WORDS[place]),
        form,
        committee,
        where,
        int(came) + place,
    )
