"""Invented projects: what is true, before any ledger writes it down."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

CITIES = [
    "苏州",
    "杭州",
    "宁波",
    "温州",
    "嘉兴",
    "合肥",
    "芜湖",
    "武汉",
    "长沙",
    "株洲",
    "郑州",
    "洛阳",
    "西安",
    "成都",
    "绵阳",
    "重庆",
    "青岛",
    "烟台",
    "潍坊",
    "济南",
    "天津",
    "沈阳",
    "大连",
    "厦门",
    "福州",
    "泉州",
    "广州",
    "东莞",
    "佛山",
    "深圳",
    "南昌",
    "赣州",
    "昆明",
    "贵阳",
]
STEMS = [
    "铎岚",
    "霁川",
    "垣野",
    "柘林",
    "筱云",
    "朔岩",
    "沐棠",
    "澄屿",
    "栎森",
    "峤石",
    "岫白",
    "汀兰",
    "渡鸦",
    "青榆",
    "墨羽",
    "砚秋",
    "砺锋",
    "若水",
    "隼目",
    "鹿鸣",
    "鲸浪",
    "麦冬",
    "黎禾",
    "星澜",
    "云杼",
    "橙果",
    "蓝湾",
    "白桦",
    "赤松",
    "银杉",
    "松涛",
    "雁回",
    "飞梭",
    "金粟",
    "玄圭",
    "紫芝",
    "碧落",
    "素问",
    "翠微",
    "丹枫",
]
TRADES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "高端装备": (("精密机械", "重工", "智能装备", "传动"), ("数控磨床", "工业机器人关节", "盾构机配件", "液压阀组", "齿轮箱"), ("套", "台", "件")),
    "新一代信息技术": (("电子", "微电子", "信息技术", "光电"), ("毫米波雷达", "存储模组", "柔性屏模组", "光通信芯片", "服务器电源"), ("片", "只", "套")),
    "新能源": (("新能源", "储能科技", "电源"), ("钠离子电池", "储能柜", "风机叶片", "氢气压缩机", "光伏支架"), ("套", "台", "组")),
    "新材料": (("新材料", "高分子材料", "复合材料"), ("碳纤维预浸料", "阻燃尼龙", "陶瓷基板", "特种胶膜", "钛合金锻件"), ("吨", "卷", "件")),
    "生物医药": (("生物科技", "医药", "医疗器械"), ("血糖试纸", "重组蛋白", "骨科植入物", "中药饮片", "内镜耗材"), ("盒", "支", "万片")),
    "食品加工": (("食品", "农业科技", "乳业"), ("冷冻面团", "即食海参", "果蔬脆片", "植物基奶", "复合调味料"), ("吨", "箱", "万袋")),
    "现代物流": (("物流", "供应链"), ("冷链仓储", "保税仓", "多式联运枢纽"), ()),
}  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕施张孔曹严魏陶姜谢邹章潘葛范彭鲁韦马方袁柳史唐薛雷贺汤罗郝邵毛戴宋庞熊纪舒董梁杜"
GIVEN = [
    "伟",
    "敏",
    "静",
    "磊",
    "洋",
    "艳",
    "勇",
    "杰",
    "涛",
    "明",
    "超",
    "霞",
    "平",
    "刚",
    "桂英",
    "建华",
    "志远",
    "思齐",
    "雨桐",
    "子墨",
    "海燕",
    "文斌",
    "晓峰",
    "国庆",
    "立群",
    "春梅",
    "少波",
    "一凡",
    "家宁",
]
SITES = [
    "滨河路以东、学府街以北",
    "东部产业园B3地块",
    "临港工业园",
    "创智园2号楼",
    "北区标准厂房6号",
    "青石镇工业集聚区",
    "西城科技园",
    "高铁新城片区",
    "南湖路88号",
    "桃源村南侧地块",
]
OFFICES = ["招商局", "科技局", "青石镇", "临港街道", "发改委", "商务局", "桃源镇", "北区街道", "工信局", "国投公司"]
FORCES = ["先进制造专班", "数字经济专班", "绿色能源专班", "医药健康专班", "商贸物流专班"]
TITLES = ["总经理", "副总经理", "董事长", "投资总监", "经理", "董事长助理", "项目经理"]
STAGES = ("lead", "negotiating", "signed", "registered", "construction", "production", "terminated")
PROGRESS = {
    "lead": ("通过商会获取线索，尚未与企业接触", "初步了解到企业有外迁意向，尚未接触"),
    "negotiating": ("企业两次来访，正在洽谈厂房租金", "已实地考察，协议条款磋商中，拟于下月签约", "正就用地价格与企业磋商，预计年内签约", "已提供三处地块供企业比选"),
    "signed": ("已签订投资协议，正在办理公司注册", "已签约，等待土地出让", "合同已签订，预计下半年开工"),
    "registered": ("项目公司已注册，环评编制中", "营业执照已办理，正在办理备案", "已完成工商注册，计划10月开工"),
    "construction": ("已开工，正在进行桩基施工", "主体厂房已封顶", "厂房建设中，设备陆续进场"),
    "production": ("已投产，产能逐步释放", "一条生产线已正式投产"),
    "terminated": ("企业另选他地，双方终止合作", "因资金原因项目已终止", "企业放弃投资，项目流失"),
}  # fmt: skip
CELL_STAGE = {
    "lead": ("线索", "意向", "储备"), "negotiating": ("在谈", "洽谈", "洽谈中", "对接中"), "signed": ("签约", "已签约", "签约未开工"),
    "registered": ("注册", "已注册", "落地注册"), "construction": ("开工", "在建", "开工建设"), "production": ("投产", "已投产"),
    "terminated": ("终止", "流失"),
}  # fmt: skip


@dataclass
class Project:
    """The truth of one project; amounts in yuan or in units of `currency`."""

    name: str
    investor: str
    industry: str
    planned: Decimal
    fixed: Decimal
    funds: Decimal | None
    stage: str
    signed: date | None
    office: str
    force: str
    contacts: list[tuple[str, str]]
    site: str
    progress: str
    jobs: int
    land: Decimal
    description: str
    leader: str
    currency: str = "CNY"
    product: str = ""
    extra: dict[str, object] = field(default_factory=dict)


def person(chance: random.Random) -> str:
    """A name."""
    return chance.choice(SURNAMES) + chance.choice(GIVEN)


def phone(chance: random.Random) -> str:
    """A telephone of a series that is not given out."""
    return chance.choice(("1990000", "1870000")) + f"{chance.randrange(10_000):04d}"


def project(
    chance: random.Random, *, stages: tuple[str, ...] = STAGES, foreign: bool = False, year: int = 2023
) -> Project:
    """One project; `foreign` ones are in dollars."""
    industry = chance.choice(list(TRADES))
    tails, products, measures = TRADES[industry]
    product = chance.choice(products)
    legal = chance.choice(("有限公司", "有限公司", "股份有限公司", "集团有限公司", "有限责任公司"))
    investor = chance.choice(CITIES) + chance.choice(STEMS) + chance.choice(tails) + legal
    if foreign:
        investor = (
            chance.choice(("德国", "日本", "新加坡", "香港", "韩国"))
            + chance.choice(STEMS)
            + chance.choice(("株式会社", "国际有限公司", "（中国）投资有限公司", "控股有限公司"))
        )
    name = chance.choice(
        (f"{product}生产基地项目", f"{product}项目", f"{product}产业园项目", f"{product}研发及产业化项目")
    )
    if measures and chance.random() < 0.5:
        name = f"年产{chance.choice((2, 3, 5, 8, 10, 20, 50))}{chance.choice(('', '万', '千'))}{chance.choice(measures).removeprefix('万')}{product}项目"
    planned = (
        Decimal(
            chance.choice(
                (5000, 8000, 9500, 12000, 15000, 21800, 30000, 36000, 50000, 65000, 80000, 120000, 200000, 350000)
            )
        )
        * 10_000
    )
    if foreign:
        planned = Decimal(chance.choice((300, 500, 800, 1200, 2000, 3500, 9800))) * 10_000
    stage = chance.choice(stages)
    fixed = (planned * Decimal(chance.choice((60, 65, 70, 75, 80))) / 100).quantize(Decimal(1000))
    later = stage in {"registered", "construction", "production"}
    funds = (
        (planned * Decimal(chance.choice((5, 10, 35, 50))) / 100).quantize(Decimal(1000))
        if later and chance.random() < 0.8
        else None
    )
    signed = None
    if stage in {"signed", "registered", "construction", "production"}:
        signed = date(year, 1, 3) + timedelta(days=chance.randrange(0, 140))
    people = [(person(chance), phone(chance)) for _ in range(chance.choice((1, 1, 2, 2, 3)))]
    return Project(
        name, investor, industry, planned, fixed, funds, stage, signed, chance.choice(OFFICES), chance.choice(FORCES),
        people, chance.choice(SITES), chance.choice(PROGRESS[stage]), chance.choice((30, 50, 80, 120, 200, 350, 800)),
        Decimal(chance.choice(("12", "25", "36.5", "50", "80", "120"))),
        f"主要建设{product}生产线{chance.randrange(1, 6)}条，新建厂房{chance.choice((1, 1.5, 2, 3))}万平方米", person(chance),
        "USD" if foreign else "CNY", product,
    )  # fmt: skip


def projects(chance: random.Random, count: int, **given: object) -> list[Project]:
    """Distinct ones."""
    found: dict[tuple[str, str], Project] = {}
    while len(found) < count:
        one = project(chance, **given)  # type: ignore[arg-type]
        found[one.investor, one.name] = one
    return list(found.values())
