"""Invented registries, and short names made by rule: some rules set the parameters, others are held out from them."""

import random
from collections.abc import Callable
from functools import cache

from zhaoyin.domain.company_name import INDUSTRY_WORDS
from zhaoyin.domain.region import PROVINCES, cities

_STEM = (
    "华瑞鑫盛嘉恒泰和安达宏信明德天源海润创新诺康金龙博远中科东方正荣昌利亚兴宇顺佳凯联永丰大成力通隆富祥百世宝同美长江晟景辰泽锦铭启智航迪元诚聚星伟业飞腾"
    "晨光益民汇众万里银河三友普特奥维尔斯卡莱思睿图云帆立讯卓越胜蓝思欧菲雅朗坤乾鼎铂硕沃翔禾穗沐岚屿澜汐珩璟琮骁鲲鹏翎骏骐麒翊旻昱煜炜烨焱熠钧铠锐铄钰鑫森柏楠桐榆槿"
)
_GENERAL = ("投资", "发展", "开发", "国际", "服务", "管理", "咨询", "控股", "产业")
_FORMS = (
    ("有限公司",) * 70
    + ("股份有限公司",) * 12
    + ("集团有限公司",) * 8
    + ("有限责任公司",) * 8
    + ("集团股份有限公司",) * 2
)
_SIGNS = {
    "北京": "京",
    "上海": "沪",
    "广东": "粤",
    "重庆": "渝",
    "山东": "鲁",
    "浙江": "浙",
    "江苏": "苏",
    "湖南": "湘",
    "海南": "琼",
}


_WORDS: list[str] = sorted(INDUSTRY_WORDS)
random.Random(5).shuffle(_WORDS)


@cache
def _places() -> tuple[str, ...]:
    provinces = [name for name, _ in PROVINCES.values()]
    return (*provinces, *provinces, *(city.name for city in cities().values()))


@cache
def _cities() -> frozenset[str]:
    return frozenset(city.name for city in cities().values())


class Firm:
    """One invented company, kept in parts so that rules can shorten it."""

    def __init__(self, chance: random.Random, *, stem: str = "", plc: bool = False) -> None:
        self.place = chance.choice(_places()) if chance.random() < 0.75 else ""
        self.city = "市" if self.place in _cities() and chance.random() < 0.2 else ""
        self.stem = stem or "".join(chance.choice(_STEM) for _ in range(2 if chance.random() < 0.8 else 3))
        self.words = [
            _WORDS[int(len(_WORDS) * chance.random() ** 1.6)] for _ in range(1 if chance.random() < 0.45 else 2)
        ]
        if chance.random() < 0.12:
            self.words.append(chance.choice(_GENERAL))
        self.form = "股份有限公司" if plc else chance.choice(_FORMS)

    @property
    def full(self) -> str:
        """The registered name."""
        return self.place + self.city + self.stem + "".join(self.words) + self.form


Rule = Callable[[Firm, random.Random], str]

KNOWN_RULES: dict[str, Rule] = {
    "stem and 股份": lambda firm, chance: firm.stem + "股份",
    "stem and first word": lambda firm, chance: firm.stem + firm.words[0],
    "stem and last word": lambda firm, chance: firm.stem + firm.words[-1],
    "place and stem": lambda firm, chance: (firm.place or "") + firm.stem,
    "no legal form": lambda firm, chance: firm.full.removesuffix(firm.form),
    "no place": lambda firm, chance: firm.full.removeprefix(firm.place + firm.city),
}


def _lost_character(firm: Firm, chance: random.Random) -> str:
    text = firm.full
    at = chance.randrange(len(firm.place + firm.city), len(text) - len(firm.form))
    return text[:at] + text[at + 1 :]


def _wrong_character(firm: Firm, chance: random.Random) -> str:
    text = firm.full
    at = chance.randrange(len(firm.place + firm.city), len(text) - len(firm.form))
    return text[:at] + chance.choice(_STEM) + text[at + 1 :]


def _bracket(firm: Firm, chance: random.Random) -> str:
    place = firm.place + firm.city
    return firm.stem + (f"({place})" if place else "") + "".join(firm.words) + firm.form


def _two_heads(firm: Firm, chance: random.Random) -> str:
    return firm.stem + "".join(word[0] for word in (firm.words * 2)[:2])


HELD_OUT_RULES: dict[str, Rule] = {
    "province by its sign": lambda firm, chance: _SIGNS.get(firm.place, firm.place) + firm.stem + firm.words[0],
    "first character of the place": lambda firm, chance: firm.place[:1] + firm.stem,
    "heads of words": _two_heads,
    "another trade": lambda firm, chance: firm.stem + chance.choice(_WORDS),
    "place in brackets": _bracket,
    "other legal form": lambda firm, chance: firm.full.removesuffix(firm.form) + chance.choice(_FORMS),
    "a character lost": _lost_character,
    "a wrong character": _wrong_character,
}


def pairs(firms: list[Firm], rules: dict[str, Rule], chance: random.Random, count: int) -> list[tuple[str, str, str]]:
    """(rule, query, registered name) of `count` firms, rules in turn."""
    chosen = [firms[chance.randrange(len(firms))] for _ in range(count)]
    names = list(rules)
    made = [(names[at % len(names)], firm) for at, firm in enumerate(chosen)]
    return [(rule, rules[rule](firm, chance), firm.full) for rule, firm in made]


def near_name(name: str, chance: random.Random) -> str:
    """Another firm whose name begins with the same two characters: half of them with no more stem than that."""
    other = Firm(chance)
    stem = chance.choice(["", "", chance.choice(_STEM), other.stem])
    return name[:2] + stem + "".join(other.words) + other.form


def distinct(firms: list[Firm]) -> list[Firm]:
    """One firm for each registered name."""
    return list({firm.full: firm for firm in firms}.values())
