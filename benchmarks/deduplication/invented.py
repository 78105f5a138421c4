"""An invented register: companies with code, telephone, address and legal person; some stand twice, some only look like it."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from benchmarks.names.invented import Firm
from zhaoyin.domain.company import credit_code_check_character
from zhaoyin.engines.entity_resolution.registry_duplicates import RegistryRecord

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍红鹏辉建国文斌晓峰志远思雨子墨海燕立群春梅少波一凡家宁欣怡浩然梓涵宇航俊豪"
_ROADS = [
    "人民",
    "中山",
    "解放",
    "建设",
    "和平",
    "新华",
    "胜利",
    "滨海",
    "学府",
    "文化",
    "工业",
    "科技",
    "创新",
    "兴业",
    "迎宾",
    "长江",
    "黄河",
    "泰山",
    "昆仑",
    "青年",
    "光明",
    "朝阳",
    "振兴",
    "富强",
    "东风",
    "红旗",
    "友谊",
    "团结",
    "前进",
    "幸福",
    "银河",
    "星光",
    "翠湖",
    "金桥",
    "南湖",
    "北苑",
]
_DISTRICTS = ["高新区", "经开区", "东城区", "西城区", "新城区", "滨江区", "城关镇", "开发区"]
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _person(chance: random.Random) -> str:
    return chance.choice(_SURNAMES) + "".join(chance.choice(_GIVEN) for _ in range(1 if chance.random() < 0.25 else 2))


def _phone(chance: random.Random) -> str:
    return f"1{chance.choice('3589')}{chance.randrange(10**9):09d}"


def _address(firm: Firm, chance: random.Random) -> str:
    return f"{firm.place}市{chance.choice(_DISTRICTS)}{chance.choice(_ROADS)}{chance.choice(_ROADS) if chance.random() < 0.5 else ''}路{chance.randrange(1, 1500)}号"


def _code(chance: random.Random) -> str:
    body = "91" + "".join(chance.choice(_CODE) for _ in range(15))
    return body + credit_code_check_character(body)


class Company:
    """One company and the record that the register has of it."""

    def __init__(self, key: str, chance: random.Random, agents: list[tuple[str, str]]) -> None:
        self.firm = Firm(chance)
        agent = chance.choice(agents) if chance.random() < 0.08 else None
        self.record = RegistryRecord(
            key, self.firm.full, _code(chance) if chance.random() < 0.95 else "",
            "" if chance.random() < 0.15 else agent[0] if agent else _phone(chance),
            agent[1] if agent else _address(self.firm, chance), _person(chance) if chance.random() < 0.95 else "",
        )  # fmt: skip


Rewriting = Callable[[Company, random.Random], RegistryRecord]


def _slip(text: str, chance: random.Random, signs: str) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(signs) + text[at + 1 :] if chance.random() < 0.7 else text[:at] + text[at + 1 :]


def _slip_in_name(one: Company, chance: random.Random) -> RegistryRecord:
    firm = one.firm
    body = firm.stem + "".join(firm.words)
    return replace(
        one.record,
        name=firm.place + firm.city + _slip(body, chance, "华瑞鑫盛嘉恒泰和安达") + firm.form,
        credit_code="",
    )


def _short_name(one: Company, chance: random.Random) -> RegistryRecord:
    firm = one.firm
    return replace(
        one.record,
        name=chance.choice([firm.place + firm.stem + firm.words[0], firm.stem + "".join(firm.words)]),
        credit_code="",
    )


def _moved(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(one.record, address=_address(one.firm, chance), phone=_phone(chance))


def _without_code(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(one.record, credit_code="", phone="" if chance.random() < 0.5 else one.record.phone)


def _written_anew(one: Company, chance: random.Random) -> RegistryRecord:
    firm = one.firm
    name = f"{firm.stem}（{firm.place}）{''.join(firm.words)}{firm.form}" if firm.place else firm.full
    return replace(one.record, name=name, address=one.record.address.replace("市", "", 1).replace("号", ""))


KNOWN_RULES: Mapping[str, Rewriting] = {
    "slip in the name": _slip_in_name, "short name": _short_name, "moved, new phone": _moved, "code missing": _without_code,
    "written another way": _written_anew,
}  # fmt: skip


def _new_name(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(one.record, name=Firm(chance).full)


def _slip_in_code(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(
        one.record,
        credit_code=_slip(one.record.credit_code, chance, _CODE) if one.record.credit_code else "",
        phone=_phone(chance),
    )


def _new_person(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(one.record, legal_person=_person(chance), credit_code="")


def _moved_without_code(one: Company, chance: random.Random) -> RegistryRecord:
    return replace(one.record, address=_address(one.firm, chance), credit_code="")


def _short_and_new_person(one: Company, chance: random.Random) -> RegistryRecord:
    firm = one.firm
    return replace(
        one.record, name=firm.place + firm.stem + firm.words[0] + "公司", legal_person=_person(chance), credit_code=""
    )


HELD_OUT_RULES: Mapping[str, Rewriting] = {
    "new name, same code": _new_name, "slip in the code": _slip_in_code, "new person, no code": _new_person,
    "moved, no code": _moved_without_code, "short, new person": _short_and_new_person,
}  # fmt: skip


def _neighbour(one: Company, key: str, chance: random.Random, agents: list[tuple[str, str]]) -> RegistryRecord:
    """Another company that looks like this one: a branch, a sister firm, the same stem elsewhere, a namesake of the boss."""
    record, kind = one.record, chance.randrange(4)
    fresh = Company(key, chance, agents)
    if kind == 0:
        branch = f"{record.name}{chance.choice(('杭州', '青岛', '第一', '城东'))}分公司"
        return replace(fresh.record, name=branch, legal_person=record.legal_person, phone=record.phone)
    if kind == 1:
        sister = Firm(chance, stem=one.firm.stem)
        sister.place, sister.city = one.firm.place, one.firm.city
        return replace(
            fresh.record, name=sister.full, legal_person=record.legal_person, phone=record.phone, address=record.address
        )
    if kind == 2:
        return replace(fresh.record, name=Firm(chance, stem=one.firm.stem).full)
    return replace(fresh.record, legal_person=record.legal_person, address=record.address)


def register(
    count: int, rules: Mapping[str, Rewriting], chance: random.Random
) -> Iterator[tuple[RegistryRecord, str, str]]:
    """(record, the key it is a second copy of or "", rule): about `count` records, one in twenty twice, one in ten with a neighbour."""
    agents = [
        (_phone(chance), f"{place}市高新区创业路{at}号")
        for at, place in enumerate(["苏州", "青岛", "成都", "武汉", "长沙"] * 8)
    ]
    names, made, planted = list(rules), 0, 0
    while made < count:
        one = Company(f"{made:08d}", chance, agents)
        yield one.record, "", ""
        made += 1
        draw = chance.random()
        if draw < 0.05:
            rule = names[planted % len(names)]
            planted += 1
            yield replace(rules[rule](one, chance), id=f"{made:08d}"), one.record.id, rule
            made += 1
        elif draw < 0.15:
            key = f"{made:08d}"
            yield replace(_neighbour(one, key, chance, agents), id=key), "", ""
            made += 1
