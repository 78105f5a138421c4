"""What the cells of a column hold, as shares, and how likely that is for each meaning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from zhaoyin.engines.sheet_reading.people import looks_like_name, names_in, phones_in
from zhaoyin.engines.sheet_reading.problem import Cell, CellKind, Field
from zhaoyin.engines.sheet_reading.stages import stage_of_cell, stage_of_text
from zhaoyin.engines.sheet_reading.texts import is_nothing, is_repeat, squeeze

_COMPANY = re.compile(
    r"(?:公司|集团|企业|株式会社|厂|合作社|研究院|研究所|银行|基金|大学|合伙|商会|协会|ltd\.?|inc\.?|corp\.?|gmbh|llc|co\.|plc|s\.a\.|holdings?|股份|控股|事务所|中心|科技|实业|国际)(?:[(（][^()（）]*[)）])?$",
    re.I,
)
_COMPANY_HARD = re.compile(r"公司|集团|株式会社|ltd|inc\.|gmbh|corp", re.I)
_PROJECT = re.compile(
    r"(?:项目|基地|产业园|工程|生产线|中心|综合体|园区|工厂|总部|平台|扩建|技改|改造|加工|制造|研发|产业化|小镇|电站|社区|物流园)(?:[(（][^()（）]*[)）])?$"
)
_UNIT = re.compile(
    r"(?:局|委|办|镇|街道|乡|专班|办公室|中心|管委会|小组|组|园区|开发区|区|县|商会|处|科|部|国资公司|平台公司|集团|分局|服务队|大队|招商部|投促|招商局|组|队)(?:[(（][^()（）]*[)）])?$"
)
_FORCE = re.compile(r"专班|工作组|招商组|小分队|task ?force", re.I)
_SITE = re.compile(
    r"园|路|街|号|地块|区|楼|厂房|基地|港|新城|片|村|镇|东|西|南|北|大道|广场|大厦|以[东西南北]|中心|park|road|zone",
    re.I,
)
_INDUSTRY = re.compile(
    r"装备|制造|电子|信息|新材料|材料|医药|生物|健康|医疗|新能源|能源|汽车|化工|食品|农业|纺织|服装|服务业|物流|文旅|旅游|康养|数字|软件|智能|机械|建材|冶金|钢铁|环保|节能|半导体|集成电路|"
    r"航空|航天|海洋|轻工|家居|商贸|金融|总部|电商|人工智能|大数据|光伏|储能|氢能|锂电|装配|产业|行业|制药|器械|光电|通信|船舶|轨道|低空|科技服务|城市|房地产|教育|消费|machinery|electronics|bio|energy|material|food|auto|logistics",
    re.I,
)
_DESCRIBES = re.compile(
    r"主要建设|建设.{0,12}(?:生产线|厂房|车间|中心|基地|设施)|新建|年产|占地|建筑面积|购置|购进|引进.{0,8}(?:设备|生产线)|主要(?:从事|生产|产品)|达产后|投产后|分.{1,2}期|总建筑|生产线|主营|研发、生产|from事"
)
_PROGRESSES = re.compile(
    r"已(?:经|完成|签|开|注|投|建|与|办|赴|有|进|通过|报|取|落)|正在|尚未|洽谈|磋商|考察|协议|签约|办理|封顶|施工|进场|挂牌|手续|开工|投产|终止|流失|等待|推进|对接|来访|拜访|审批|评审|比选|编制|线索|完成|会谈|沟通|报价|起草|注册|接洽|试生产|安装"
)
_PLANS = re.compile(
    r"^(?:加快|继续|协调|督促|跟踪|跟进|推动|争取|力争|尽快|加强|做好|进一步|下步|下一步|对接|邀请|组织|完善|帮助|协助|推进|加大|持续|促成|落实|确保|建议|拟)"
)
_PROBLEMS = re.compile(r"不足|困难|问题|滞后|缓慢|紧张|需协调|制约|缺口|瓶颈|难以|未落实|不到位|缺乏|^无$|进度慢|融资")
_TICK = re.compile(r"[√✓✔☑●■★◆○□✗×xX1yY是否√]")
_MONEY = re.compile(r"(?:亿|万|千万|百万)(?:元|美元|港元|港币|欧元|日元|美金|人民币)?|美元|元|usd|rmb|million", re.I)
_CODE = re.compile(r"[A-Za-z]{0,4}[-\d]{6,}[\dA-Za-z\-]*|\d{4}-\d{6}-\d{2}-\d{2}-\d{6}")
_DATE = re.compile(
    r"(?:19|20)\d\d[年./\-](?:1[0-2]|0?\d)(?:[月./\-]|$)|\d{1,2}月|(?:19|20)\d{6}$|\d\d[./\-]\d{1,2}[./\-]\d{1,2}|季度|年底|上半年|下半年|^20[12]\d年?$|^(?:1[0-2]|0?[1-9])[./](?:3[01]|[12]\d|0?[1-9])$|q[1-4]",
    re.I,
)
_NUMBER = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?|[-+]?\d+(?:\.\d+)?")
_SORT = re.compile(
    r"(?:[内外合独]资|中外合资|民营|民企|国企|央企|国有|私营|新建|续建|扩建|改建|技改|迁建|新增|增资|增资扩产|新签|新引进|结转|省[内外]|市[内外]|县[内外]|境外|本地|重大|重点|一般)(?:企业|项目|类)?"
)
"""Kinds of capital, origin or undertaking, which stand under 项目类别 as often as industries do."""
_SAMPLE = 240


@dataclass(frozen=True, slots=True)
class Content:
    """Shares (0 to 1) among the filled cells of a column; `filled` is their number."""

    filled: int
    distinct: float
    shares: tuple[tuple[str, float], ...]
    length: float
    running: bool
    median: float

    def share(self, name: str) -> float:
        """One share, 0 when it was not seen."""
        for key, value in self.shares:
            if key == name:
                return value
        return 0.0

    def likelihood(self, field: Field) -> float:
        """Log likelihood ratio of this content for a meaning, around 0 for no opinion."""
        if not self.filled:
            return 0.0
        trust = min(1.0, 0.5 + self.filled / 8)
        table = _WEIGHTS.get(field, {})
        total = sum(weight * self.share(name) for name, weight in table.items())
        total += _special(field, self)
        return max(-9.0, min(7.0, total)) * trust


_WEIGHTS: dict[Field, dict[str, float]] = {
    Field.PROJECT_NAME: {"project": 3.2, "company_only": -2.0, "number": -7, "date": -6, "phone": -5, "person": -4, "tick": -6, "unit": -1.5, "progress": -2.5, "long": -1.2, "stage": -2.5, "money": -3, "code": -3, "blankish": -1, "describes": -0.6},
    Field.INVESTOR: {"company": 3.2, "number": -7, "date": -6, "phone": -5, "person": -0.8, "project": -2.0, "tick": -6, "progress": -3, "unit": -0.9, "stage": -3, "long": -1.5, "money": -4, "code": -3},
    Field.PLANNED_TOTAL: {"number": 2.0, "money": 2.4, "text": -5.5, "date": -4, "phone": -8, "percent": -4, "tick": -5, "code": -3, "nothing": -0.3},
    Field.FIXED_ASSET: {"number": 2.0, "money": 2.2, "text": -5.5, "date": -4, "phone": -8, "percent": -4, "tick": -4, "code": -3},
    Field.FUNDS_IN_PLACE: {"number": 2.0, "money": 2.2, "text": -5.0, "date": -4, "phone": -8, "percent": -4, "tick": -4, "code": -3},
    Field.CONVERTED: {"number": 1.5, "money": 1.0, "text": -5, "date": -4, "percent": -4},
    Field.OTHER_MONEY: {"number": 1.2, "money": 1.4, "text": -2.5, "date": -4, "percent": -1, "phone": -7},
    Field.OTHER_NUMBER: {"number": 0.8, "percent": 3.0, "text": -1.5, "date": -3, "money": -1.5, "phone": -6},
    Field.STAGE: {"stage": 3.2, "tick": -2, "number": -6, "date": -4, "phone": -7, "person": -3, "company": -3, "long": -2.5, "project": -3, "describes": -3, "money": -4, "unit": -2, "progress_long": -1.6},
    Field.SIGNED_ON: {"date": 3.0, "serial_day": 3.0, "text": -2.0, "phone": -6, "person": -5, "company": -5, "long": -2, "tick": -1, "money": -4, "stage": -1.5},
    Field.PLANNED_SIGNING: {"date": 2.6, "serial_day": 2.6, "text": -1.0, "phone": -6, "person": -5, "company": -5, "money": -4},
    Field.OTHER_DATE: {"date": 2.6, "serial_day": 2.6, "text": -1.6, "phone": -6, "person": -4, "company": -4, "money": -4, "number": -0.6, "stage": -1},
    Field.INDUSTRY: {"industry": 2.4, "number": -5, "date": -6, "phone": -7, "person": -3, "company_hard": -4, "long": -3, "tick": -4, "progress": -3, "stage": -2.5, "project": -1.2, "money": -5, "unit_hard": -1.8, "category": 1.0, "sort": -6},
    Field.UNIT: {"unit": 2.6, "force": 1.4, "number": -6, "date": -6, "phone": -6, "person": -2.2, "long": -3, "tick": -4, "company_hard": -2.0, "progress": -3, "stage": -3, "project": -2, "money": -5, "category": 0.8},
    Field.CONTACTS: {"person": 2.6, "phone": 2.8, "number": -4, "date": -6, "company_hard": -3.5, "long": -0.5, "tick": -5, "project": -4, "progress": -4, "unit": -2.5, "money": -5, "describes": -4, "stage": -4},
    Field.PHONE: {"phone": 4.0, "text": -3, "date": -6, "company": -5, "tick": -5, "money": -5, "person": -2, "small": -5},
    Field.LEADER: {"person": 2.2, "phone": -0.5, "number": -5, "date": -6, "company": -3, "long": -3, "tick": -4, "project": -4, "progress": -4, "unit": -1.5, "money": -5, "describes": -4, "stage": -4, "category": 0.4},
    Field.SITE: {"site": 2.2, "number": -5, "date": -5, "phone": -6, "person": -3, "company_hard": -2.5, "tick": -4, "progress": -3, "stage": -3, "money": -4, "describes": -2.0, "project": -0.8},
    Field.PROGRESS: {"progress": 3.0, "describes": -2.2, "plans": -2.0, "problems": -1.6, "number": -6, "date": -2.5, "phone": -3, "person": -4, "company_only": -4, "tick": -5, "stage_only": -2.2, "unit": -3, "money": -3, "industry_only": -2},
    Field.DESCRIPTION: {"describes": 3.2, "progress": -1.6, "number": -5, "date": -5, "phone": -5, "person": -4, "tick": -5, "plans": -1.5, "problems": -1, "stage_only": -3, "money": -2},
    Field.REMARKS: {"number": -2.0, "date": -2, "phone": -1, "person": -1.5, "describes": -1.0, "company": -2, "project": -2},
    Field.OTHER_TEXT: {"sort": 3.0, "plans": 2.2, "problems": 2.4, "number": -2.2, "date": -1.5, "phone": -3, "company": -1.5, "progress": -0.8, "money": -2.5, "describes": -1},
    Field.JOBS: {"number": 1.5, "jobs": 3.0, "text": -3.5, "date": -4, "money": -4, "area": -4, "phone": -6, "percent": -3, "tick": -3, "decimal": -2},
    Field.LAND: {"number": 1.5, "area_mu": 3.0, "text": -3.0, "date": -4, "money": -5, "phone": -6, "percent": -3, "tick": -3, "jobs": -4},
    Field.OTHER_AREA: {"number": 1.2, "area": 2.0, "text": -1.5, "date": -4, "money": -4, "jobs": -4, "large": 0.6},
    Field.SERIAL: {"number": 1.0, "small": 1.0, "text": -5, "date": -5, "money": -5, "phone": -8, "long": -5, "decimal": -4},
    Field.CODE: {"code": 3.0, "long": -2, "date": -2, "money": -4, "person": -4, "company": -4, "project": -3, "decimal": -3},
    Field.CREDIT_CODE: {"credit": 5.0, "text": -1.5, "date": -4, "number": -1, "money": -4, "company": -4, "small": -4},
    Field.MONEY_UNIT: {"unit_word": 6.0, "text": -2.5, "number": -5, "date": -5, "person": -4, "company": -6, "long": -5, "unit": -4},
    Field.CURRENCY: {"currency": 6.0, "text": -1.5, "number": -5, "date": -5, "company": -6, "long": -5},
}  # fmt: skip


def _special(field: Field, content: Content) -> float:
    if field is Field.SERIAL:
        return (3.0 if content.running else -2.5) if content.share("number") > 0.6 else 0.0
    if content.running and field in {
        Field.JOBS,
        Field.LAND,
        Field.OTHER_NUMBER,
        Field.PLANNED_TOTAL,
        Field.OTHER_MONEY,
    }:
        return -2.5
    if field is Field.PROJECT_NAME or field is Field.INVESTOR:
        return 0.6 if content.distinct > 0.8 else -0.8 if content.distinct < 0.3 and content.filled > 5 else 0.0
    if field in {Field.INDUSTRY, Field.UNIT, Field.STAGE}:
        return -1.2 if content.distinct > 0.9 and content.filled > 8 else 0.3 if content.distinct < 0.6 else 0.0
    if field is Field.PROGRESS:
        return min(1.0, content.length / 14) - 0.5
    return 0.0


def content_of(cells: Sequence[Cell]) -> Content:
    """Shares of a column from an even sample of its filled cells."""
    filled = [cell for cell in cells if cell.kind is not CellKind.BLANK and cell.text]
    if not filled:
        return Content(0, 0.0, (), 0.0, False, 0.0)
    step = max(1, len(filled) // _SAMPLE)
    sample = filled[::step][:_SAMPLE]
    totals: dict[str, float] = {}
    for cell in sample:
        for name in features(cell.text, cell.kind):
            totals[name] = totals.get(name, 0) + 1
    said = len(sample) - totals.get("nothing", 0)
    base = said or 1
    shares = {name: value / (len(sample) if name == "nothing" else base) for name, value in totals.items()}
    texts = [squeeze(cell.text) for cell in sample]
    distinct = len(set(texts)) / len(texts)
    if len(sample) >= 6 and distinct < 0.5 and sum(map(len, texts)) / len(texts) < 12 and "number" not in shares:
        shares["category"] = 1.0
    numbers = [float(one[0].replace(",", "")) for text in texts if (one := _NUMBER.fullmatch(text))]
    running = len(numbers) >= 2 and len(numbers) >= 0.6 * len(sample) and _runs(numbers)
    middle = sorted(numbers)[len(numbers) // 2] if numbers else 0.0
    return Content(len(filled), distinct, tuple(shares.items()), sum(map(len, texts)) / len(texts), running, middle)


def _runs(numbers: list[float]) -> bool:
    """1, 2, 3 ..., also restarting."""
    steps = [b - a for a, b in pairwise(numbers)]
    regular = sum(0 < step <= max(1.0, 1.0) or b == 1 for step, b in zip(steps, numbers[1:], strict=True))
    even = len(steps) >= 2 and len({round(step, 6) for step in steps}) == 1 and steps[0] > 0 and numbers[0] <= steps[0]
    return (regular >= 0.7 * len(steps) and numbers[0] <= 5) or even


@lru_cache(maxsize=65536)
def features(text: str, kind: CellKind) -> tuple[str, ...]:
    """Names of the shares that a cell counts for."""
    flat = squeeze(text)
    if is_nothing(flat) or is_repeat(flat):
        return ("nothing",)
    if kind is CellKind.DATE:
        return ("date",)
    if _NUMBER.fullmatch(flat):
        return tuple(_of_number(flat))
    return tuple(_of_text(text, flat))


def _of_number(flat: str) -> list[str]:
    digits = flat.replace(",", "")
    found = ["number"]
    value = float(digits)
    if digits.isdigit() and len(digits) == 11 and digits[0] == "1":
        return ["phone"]
    if digits.isdigit() and len(digits) == 8 and _DATE.search(digits):
        found = ["date"]
    if 36526 <= value <= 54788 and value.is_integer():
        found.append("serial_day")
    if re.fullmatch(r"20[12]\d\.(?:1[0-2]|0?[1-9])", digits):
        found.append("date")
    if digits.isdigit() and len(digits) >= 9:
        found.append("code")
    if value < 1000 and value.is_integer():
        found.append("small")
    if value >= 1000:
        found.append("large")
    if not value.is_integer():
        found.append("decimal")
    if digits in {"1", "0"}:
        found.append("tick")
    return found


def _of_text(text: str, flat: str) -> list[str]:
    if len(flat) == 1 and _TICK.fullmatch(flat):
        return ["tick", "text"] if flat not in "1" else ["tick", "number"]
    found = ["text"]
    if phones_in(text):
        found.append("phone")
        if re.fullmatch(r"[\d\s\-—、，,/;；()（）+转]+", flat):
            return ["phone"]
    if re.fullmatch(r"[-+]?[\d.,]+%", flat):
        return ["percent"]
    if _DATE.search(flat.lower()) and len(flat) <= 16 and not re.search(r"进展|完成|推进", flat):
        return ["date"]
    if re.fullmatch(r"(?:预计|拟|计划|力争)?.{0,8}(?:年底|月底|待定|前)", flat) and len(flat) < 10:
        found.append("date")
    return [*_measures(flat, found), *_names(text, flat), *_prose(flat), *_marks(flat)]


_AMOUNT_LIKE = re.compile(
    r"(?:约|近|超|超过|不低于|不超过|逾|至少)?[\d.,\-~～—至到]+(?:亿|万|千万|百万)?(?:元|美元|港元|港币|欧元|日元|人民币|美金)?(?:人民币)?(?:左右|以上|以内|多|余)?"
)


def _measures(flat: str, found: list[str]) -> list[str]:
    """Amounts, areas and numbers of people take the place of the mark for text."""
    low = flat.lower()
    if _AMOUNT_LIKE.fullmatch(flat) or (
        _MONEY.search(low) and re.search(r"\d", flat) and len(flat) <= 24 and not _DESCRIBES.search(flat)
    ):
        found = ["money"] if _MONEY.search(low) else ["number"]
    if re.search(r"\d\s*(?:亩|公顷)", flat):
        return [*[one for one in found if one != "text"], "area_mu", "area"]
    if re.search(r"\d\s*(?:平方米|㎡|平米|平方公里)", flat) and len(flat) <= 20:
        return [*[one for one in found if one != "text"], "area"]
    if re.fullmatch(r"(?:约|近|超|不少于)?\d[\d,]*(?:余|多)?(?:人|名|个岗位|个)(?:左右|以上)?", flat):
        return ["jobs"]
    return found


def _marks(flat: str) -> list[str]:
    """Codes, words for units and currencies."""
    found = []
    if re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", flat) and re.search(r"\d{6}", flat):
        found.append("credit")
    elif _CODE.fullmatch(flat):
        found.append("code")
    if re.fullmatch(r"(?:亿|万|千万|百万)?(?:元|美元|港元|欧元|日元|人民币)?", flat):
        found.append("unit_word")
    if _SORT.fullmatch(flat):
        found.append("sort")
    if re.fullmatch(r"人民币|美元|港元|港币|欧元|日元|usd|cny|rmb|hkd|eur|jpy|美金", flat.lower()):
        found.append("currency")
    return found


def _names(text: str, flat: str) -> list[str]:
    found = []
    if _COMPANY.search(flat) and len(flat) <= 40:
        found.append("company")
        if not _PROJECT.search(flat):
            found.append("company_only")
    if _COMPANY_HARD.search(flat) and len(flat) <= 40:
        found.append("company_hard")
    if _PROJECT.search(flat) and len(flat) <= 60:
        found.append("project")
    people = names_in(text) if len(flat) <= 60 else []
    if (
        people
        and all(looks_like_name(name) for name in people)
        and sum(map(len, people)) >= 0.5 * len(re.sub(r"[\d\W]", "", flat))
    ):
        found.append("person")
    if _UNIT.search(flat) and len(flat) <= 16 and "person" not in found:
        found.append("unit")
        if re.search(r"局$|镇$|街道$|乡$|管委会$|专班$|办$", flat):
            found.append("unit_hard")
    if _FORCE.search(flat):
        found.append("force")
    if _SITE.search(flat) and len(flat) <= 40 and not _COMPANY_HARD.search(flat):
        found.append("site")
    if _INDUSTRY.search(flat) and len(flat) <= 14:
        found.append("industry")
        if not _PROGRESSES.search(flat):
            found.append("industry_only")
    return found


def _prose(flat: str) -> list[str]:
    found = []
    if len(flat) > 30:
        found.append("long")
    stage = stage_of_cell(flat) if len(flat) <= 12 else None
    if stage is not None:
        found.append("stage")
        if len(flat) <= 5:
            found.append("stage_only")
    if _DESCRIBES.search(flat):
        found.append("describes")
    if _PROGRESSES.search(flat) or (len(flat) > 6 and stage_of_text(flat)[0] is not None):
        found.append("progress")
        if len(flat) > 8:
            found.append("progress_long")
    if _PLANS.search(flat) and len(flat) <= 40:
        found.append("plans")
    if _PROBLEMS.search(flat):
        found.append("problems")
    return found
