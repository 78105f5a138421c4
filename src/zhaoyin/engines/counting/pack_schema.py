"""Which tables and keys a pack file may have: one declaration, from which the reader, the JSON schema and the documentation follow."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhaoyin.domain.money import AmountKind, Currency
from zhaoyin.domain.project.events import EVENT_KINDS
from zhaoyin.domain.project.stages import Channel, ContractKind, Outcome, ProjectKind, Stage, Trait
from zhaoyin.engines.counting.params import JOBS, Dual, Joint, Once, Without

MATTERS = (
    "signed", "registered", "filed", "started", "completed", "in_production", "in_statistics", "funds_in_place",
)  # fmt: skip
ARRIVALS = ("funds_in_place", "foreign_capital_utilised", "fixed_asset_investment")


class Form(StrEnum):
    """How a value is written."""

    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    EXACT = "exact number"
    EXACTS = "exact numbers"
    WHOLE = "whole number"
    FLAG = "true or false"
    OPTION = "option"
    OPTIONS = "options"
    INTERVALS = "intervals"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: its form, the values it may have, whether it must be there, what it says."""

    form: Form
    zh: str
    en: str
    options: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table; `many`: it may stand several times, as [[name]]."""

    keys: Mapping[str, Key]
    zh: str
    many: bool = False
    required: bool = False


def _values(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(option.value for option in kind)


_STAGES, _CONTRACTS, _KINDS = _values(Stage), _values(ContractKind), _values(ProjectKind)
_AMOUNTS = _values(AmountKind)
_TITLES = {
    "title": Key(Form.TEXT, "中文名称", "shown with every figure", required=True),
    "title_en": Key(Form.TEXT, "英文名称", "the same in English", required=True),
}
_NAME = {"name": Key(Form.TEXT, "名称（小写英文，供引用）", "name, for reference", required=True)}
_WAYS = {
    "reaches": Key(Form.OPTION, "达到该阶段或其后任一阶段", "a stage: that or any later one", _STAGES),
    "contracts": Key(Form.OPTIONS, "签订其中一类合同", "kinds of contract, the first of them", _CONTRACTS),
    "funds": Key(Form.OPTIONS, "此类资金到账", "kinds of money that arrived", ARRIVALS),
    "vouchers": Key(Form.WHOLE, "每笔至少几份凭证", "at least so many vouchers for each arrival"),
}

TABLES: Mapping[str, TableShape] = {
    "pack": TableShape(
        {
            "id": Key(Form.TEXT, "标识", "name of the pack", required=True),
            "version": Key(Form.TEXT, "版本", "edition", required=True),
            **_TITLES,
            "valid_from": Key(Form.DAY, "施行日期", "first day in force", required=True),
            "valid_until": Key(Form.DAY, "失效日期（含）", "last day in force"),
            "basis": Key(Form.TEXT, "公开依据", "the public document or practice that it follows", required=True),
            "basis_en": Key(Form.TEXT, "公开依据（英文）", "the same in English", required=True),
            "phase": Key(Form.WHOLE, "只计第几期的金额", "count the amount of this phase where one is stated"),
        },
        "规则包本身",
        required=True,
    ),
    "condition": TableShape(
        {
            **_NAME, **_TITLES, **_WAYS,
            "stage": Key(Form.OPTION, "恰好办结该步骤", "a step to just that stage", _STAGES[1:]),
            "recognised": Key(Form.OPTIONS, "其中一项已认定且未撤销", "matters, one of which was approved and is not revoked", MATTERS),
            "events": Key(Form.OPTIONS, "发生过这类事件", "kinds of event", tuple(EVENT_KINDS)),
        },
        "条件",
        many=True,
    ),
    "figure": TableShape(
        {
            **_NAME, **_TITLES, **_WAYS,
            "of": Key(Form.TEXT, "取哪项指标的项目", "the figure whose projects are added up"),
            "amount": Key(Form.OPTION, "累加哪类金额", "which of their amounts", (*_AMOUNTS, JOBS)),
            "needs": Key(Form.TEXTS, "须同时满足的条件", "names of conditions that must all be met"),
            "date": Key(Form.TEXT, "以何者日期为准：last、first 或条件名", "whose day counts: last, first or a condition's name"),
            "intervals": Key(Form.INTERVALS, "两事之间的期限", "what must follow what, and how soon"),
            "once": Key(Form.OPTION, "只计一次，或每年一次", "a project counts once ever or once a year", _values(Once)),
        },
        "指标",
        many=True,
        required=True,
    ),
    "ratio": TableShape(
        {
            **_NAME, **_TITLES,
            "numerator": Key(Form.TEXT, "分子指标", "figure above the line", required=True),
            "denominator": Key(Form.TEXT, "分母指标", "figure below the line", required=True),
            "cohort": Key(Form.FLAG, "只看分母中的项目", "of the denominator's projects only"),
        },
        "转化率",
        many=True,
    ),
    "exclude": TableShape(
        {
            "project_kinds": Key(Form.OPTIONS, "不计的项目类别", "kinds of project", _KINDS),
            "traits": Key(Form.OPTIONS, "不计的项目性质", "traits", _values(Trait)),
            "channels": Key(Form.OPTIONS, "不计的来源渠道", "channels", _values(Channel)),
            "industries": Key(Form.TEXTS, "不计的产业代码", "codes of the zone's industries"),
            "origin_prefixes": Key(Form.TEXTS, "不计的来源地代码前缀", "region codes: 3702 bars that city, 37 the province"),
            "outcomes": Key(Form.OPTIONS, "不计的结局", "outcomes by the as-of day", _values(Outcome)),
        },
        "不计",
    ),
    "require": TableShape(
        {
            "project_kinds": Key(Form.OPTIONS, "只计这些类别", "only these kinds", _KINDS),
            "traits": Key(Form.OPTIONS, "只计具有其一性质的", "only projects with one of these traits", _values(Trait)),
            "channels": Key(Form.OPTIONS, "只计这些渠道", "only these channels", _values(Channel)),
            "monthly_report": Key(Form.FLAG, "每个整月须有记录", "something dated in each full month of the year so far"),
        },
        "须具备",
    ),
    "threshold": TableShape(
        {
            "at_least": Key(Form.EXACT, "不低于（基本单位：元、美元）", "in base units, exact", required=True),
            "figures": Key(Form.TEXTS, "适用指标", "figures that it applies to", required=True),
            "currency": Key(Form.OPTION, "只看该币种，不折算", "only amounts in this currency, as they are", _values(Currency)),
            "industries": Key(Form.TEXTS, "只看这些产业", "only these industries"),
            "project_kinds": Key(Form.OPTIONS, "只看这些类别", "only these kinds", _KINDS),
            "amount": Key(Form.OPTION, "比较哪类金额", "which amount is compared", _AMOUNTS),
        },
        "门槛",
        many=True,
    ),
    "substitute": TableShape(
        {
            "project_kinds": Key(Form.OPTIONS, "项目类别", "kinds of project", _KINDS, required=True),
            "instead_of": Key(Form.OPTION, "原金额", "the amount that is replaced", _AMOUNTS, required=True),
            "amount": Key(Form.OPTION, "改计金额", "the amount that counts instead", _AMOUNTS, required=True),
        },
        "改计",
        many=True,
    ),
    "rate": TableShape(
        {
            "currency": Key(Form.OPTION, "币种", "currency", _values(Currency)[1:], required=True),
            "from": Key(Form.DAY, "起用日期", "holds from this day on", required=True),
            "yuan": Key(Form.EXACT, "一单位折合元", "yuan for one unit", required=True),
            "source": Key(Form.TEXT, "来源", "who published it", required=True),
        },
        "汇率",
        many=True,
    ),
    "credit": TableShape(
        {
            "without": Key(Form.OPTION, "未划分时归属", "whose an undivided project is", _values(Without)),
            "dual": Key(Form.OPTION, "双计", "dual credit", _values(Dual)),
            "joint": Key(Form.OPTION, "联合引荐", "joint introduction", _values(Joint)),
            "transfer": Key(Form.EXACTS, "流转各方份额", "shares of a transfer, in order"),
        },
        "考核归属",
    ),
    "sizes": TableShape(
        {"bounds": Key(Form.EXACTS, "规模档下限（元），由小到大", "lower bounds of the size bands, rising", required=True)}, "规模档"
    ),
}  # fmt: skip

INTERVAL_KEYS = ("from", "to", "days", "calendar_year")


def json_schema() -> dict[str, object]:
    """JSON schema (draft 2020-12) of a pack file read as JSON, days as texts."""
    tables = {name: _table_schema(shape) for name, shape in TABLES.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Zhaoyin rule pack",
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, shape in TABLES.items() if shape.required],
        "properties": tables,
    }


def _table_schema(shape: TableShape) -> dict[str, object]:
    table: dict[str, object] = {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in shape.keys.items() if key.required],
        "properties": {name: _key_schema(key) for name, key in shape.keys.items()},
    }
    return {"type": "array", "items": table} if shape.many else table


_EXACT = {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^\d[\d,]*(\.\d+)?$"}]}
_INTERVAL = {
    "type": "object", "additionalProperties": False, "required": ["from", "to"],
    "properties": {
        "from": {"type": "string"}, "to": {"type": "string"}, "days": {"type": "integer", "minimum": 1},
        "calendar_year": {"type": "boolean"},
    },
}  # fmt: skip


def _key_schema(key: Key) -> dict[str, object]:
    text: dict[str, object] = {"type": "string"}
    item: dict[str, object] = {"enum": list(key.options)} if key.options else text
    forms: dict[Form, dict[str, object]] = {
        Form.TEXT: text,
        Form.TEXTS: {"type": "array", "items": text},
        Form.DAY: {"type": "string", "format": "date"},
        Form.EXACT: dict(_EXACT),
        Form.EXACTS: {"type": "array", "items": dict(_EXACT)},
        Form.WHOLE: {"type": "integer", "minimum": 0},
        Form.FLAG: {"type": "boolean"},
        Form.OPTION: item,
        Form.OPTIONS: {"type": "array", "items": item},
        Form.INTERVALS: {"type": "array", "items": dict(_INTERVAL)},
    }
    return {**forms[key.form], "description": f"{key.zh} / {key.en}"}
