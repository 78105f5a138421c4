"""The desk of the outsider's ledgers: invented projects, sheets with their gold, files."""

import datetime
import random

from benchmarks.sheets.cases import Case
from benchmarks.sheets.writing import Page, page_html, text, xlsx

_PLACES = ["苏州", "杭州", "深圳", "上海", "佛山", "宁波", "武汉", "长沙", "青岛", "厦门"]
_FIRST = "皓菁桦苒启景嘉弘瑞泽宏晟凯锐博腾翰煜澜钧霁砚岚祺铭沐骁"
_SECOND = "盈泰睿峰恒远达川禾业图丰岳朗维诺辰舟林柏克原"
_TRADES = [
    ("精密", "汽车连接器", "汽车零部件"),
    ("新材", "锂电隔膜", "新材料"),
    ("生物", "益生菌制剂", "生物医药"),
    ("食品", "预制菜", "食品加工"),
    ("光电", "车载显示模组", "电子信息"),
    ("智能", "工业机器人减速器", "装备制造"),
    ("纺织", "功能性面料", "纺织服装"),
    ("环保", "废旧电池回收", "节能环保"),
    ("能源", "储能电池", "新能源"),
    ("电子", "柔性电路板", "电子信息"),
    ("家居", "全屋定制家具", "现代家居"),
    ("农业", "食用菌工厂化栽培", "现代农业"),
]
_KINDS = ["生产", "产业园", "生产基地", "深加工", "智能制造", "研发制造"]
TOWNS = ["河口镇", "青石镇", "东桥镇", "柳林乡", "云岭镇", "高塘街道", "白沙镇", "南渡镇"]
UNITS = ["县工信局", "县商务局", "县发改局", "县农业农村局", "县文旅局", "经开区管委会", "县投资促进中心", "县住建局"]
_SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = ["文博", "立新", "海燕", "志强", "晓峰", "敏", "建军", "丽萍", "一鸣", "国平", "雪", "永康", "嘉", "春生"]
PROGRESS = {
    "lead": ["初步接触,待进一步了解投资意向", "企业有投资意向,尚未来访"],
    "negotiating": [
        "正在就用地指标进行洽谈,拟下月签约",
        "客商已实地考察两次,协议初稿已发对方审阅",
        "企业内部正在走决策程序,预计年底前签约",
        "双方就厂房租金正在进一步磋商",
    ],
    "signed": ["已签订投资协议,正在筹备公司注册", "已签约,规划方案正在设计,预计明年3月开工", "已正式签约,等待土地挂牌"],
    "registered": ["项目公司已注册,正在办理土地手续", "已完成工商注册,环评编制中,拟三季度开工"],
    "construction": ["已开工建设,厂房主体施工至二层", "已开工,正在进行桩基施工,计划明年6月投产"],
    "production": ["已投产,设备运转正常", "已建成投产,正在申报入规"],
    "terminated": ["因企业资金问题,项目已终止", "客商放弃投资,项目已流失"],
}
STAGE_WORDS = {
    "lead": ["线索"],
    "negotiating": ["在谈", "洽谈"],
    "signed": ["已签约", "签约"],
    "registered": ["已注册"],
    "construction": ["已开工", "在建"],
    "production": ["已投产", "投产"],
    "terminated": ["终止", "已终止"],
}


class Office:
    """Invented projects, each firm once a ledger."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.seen: set[str] = set()

    def person(self) -> str:
        """A name."""
        return self.chance.choice(_SURNAMES) + self.chance.choice(_GIVEN)

    def phone(self) -> str:
        """A mobile number that nobody has."""
        return f"{self.chance.choice(['139', '138', '177', '186'])}0000{self.chance.randrange(10000):04d}"

    def project(self) -> dict:
        """A project; `wan` is its investment in 10,000 yuan."""
        chance = self.chance
        while (two := chance.choice(_FIRST) + chance.choice(_SECOND)) in self.seen:
            pass
        self.seen.add(two)
        trade, product, industry = chance.choice(_TRADES)
        wan = chance.choice(
            [
                chance.randrange(12, 95) * 100,
                chance.randrange(10, 99) * 1000,
                chance.randrange(11, 60) * 1000,
                chance.randrange(5, 30) * 10000,
            ]
        )
        return {
            "inv": f"{chance.choice(_PLACES)}{two}{trade}{chance.choice(['科技', '股份', '集团', '', '实业'])}有限公司",
            "name": f"{two}{product}{chance.choice(_KINDS)}项目", "product": product, "ind": industry, "wan": wan, "town": chance.choice(TOWNS),
            "unit": chance.choice(UNITS), "who": self.person(), "tel": self.phone(), "land": chance.randrange(12, 260), "jobs": chance.randrange(3, 60) * 10,
        }  # fmt: skip

    def take(self, count: int) -> list[dict]:
        """That many projects."""
        return [self.project() for _ in range(count)]


def cny(wan: float, qualifier: str = "=", high: float | None = None) -> dict:
    """Gold of an amount in 10,000 yuan."""
    return cur(wan, "CNY", qualifier) | ({"high": round(high * 10000, 2)} if high else {})


def cur(wan: float, currency: str, qualifier: str = "=") -> dict:
    """Gold of an amount in 10,000 units of a currency."""
    return {"value": round(wan * 10000, 2), "currency": currency, "qualifier": qualifier}


def yi(wan: float) -> float:
    """The same in units of 100 million."""
    return round(wan / 10000, 4)


def serial(year: int, month: int, day: int) -> int:
    """The day as Excel counts it."""
    return (datetime.date(year, month, day) - datetime.date(1899, 12, 30)).days


class Sheet:
    """A sheet with places counted from 1, as clerks see them. A cell ('f', formula, result) or ('n', value, format)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.c: dict[tuple[int, int], object] = {}
        self.m: list[tuple[int, int, int, int]] = []
        self.hr: set[int] = set()
        self.hc: set[int] = set()
        self.hid = False
        self.recs: list[dict[str, object]] = []

    def row(self, row: int, values: list, first: int = 1) -> None:
        """Cells beside each other."""
        for column, value in enumerate(values, first):
            if value is not None and value != "":
                self.c[row, column] = value

    def merge(self, top: int, left: int, bottom: int, right: int, value: object) -> None:
        """A merged cell."""
        self.c[top, left] = value
        self.m.append((top, left, bottom, right))

    def rec(self, row: int, *, last: int | None = None, col: int | None = None, **fields: object) -> None:
        """The gold of a record."""
        place = {"sheet": self.name, "row": row, **({"col": col} if col else {})}
        self.recs.append({"row": place, **{name: value for name, value in fields.items() if value is not None}})

    def page(self) -> Page:
        """For the writers, which count from 0."""
        page = Page(
            self.name,
            hidden_rows={row - 1 for row in self.hr},
            hidden_columns={one - 1 for one in self.hc},
            hidden=self.hid,
        )
        page.merges = [(a - 1, b - 1, c - 1, d - 1) for a, b, c, d in self.m]
        for (row, column), value in self.c.items():
            if not isinstance(value, tuple):
                page.put(row - 1, column - 1, value)
            elif value[0] == "f":
                page.put(row - 1, column - 1, value[2])
                page.formulas[row - 1, column - 1] = value[1]
            else:
                page.put(row - 1, column - 1, value[1], value[2])
        return page


def written(name: str, sheets: list[Sheet], lines: list[str] | None = None) -> Case:
    """The file in the kind that its name says, with the gold of all sheets."""
    pages = [one.page() for one in sheets]
    encoding = "gb18030" if "gb" in name else "utf-8-sig"
    if lines is not None:
        data = "\r\n".join(lines).encode(encoding)
    elif name.endswith(".xlsx"):
        data = xlsx(pages)
    elif name.endswith(".xls"):
        data = page_html(pages[0], charset="utf-8")
    else:
        data = text(pages[0], encoding=encoding)
    return Case(name.rsplit(".", 1)[0], name, data, [record for one in sheets if not one.hid for record in one.recs])
