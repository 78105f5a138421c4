"""Invented names, products and places that fill the slots of `frames.txt`; the same for the same random source."""

import random
from functools import lru_cache

from zhaoyin.domain.company_name import INDUSTRY_WORDS
from zhaoyin.engines.reading.lexicon import towns, trades, words
from zhaoyin.engines.reading.tokens import regions
from zhaoyin.engines.reading.vocabulary import COMMON_SURNAMES, ROLES, STRONG_VERBS

FORMS = (
    "有限公司",
    "有限公司",
    "有限公司",
    "股份有限公司",
    "有限责任公司",
    "集团",
    "集团有限公司",
    "公司",
    "股份",
    "控股",
    "实业",
    "厂",
    "合作社",
)
LATIN = (
    "Hexa",
    "Lume",
    "Frost",
    "Vale",
    "Nord",
    "Kern",
    "Sola",
    "Vian",
    "Tess",
    "Quar",
    "Mobi",
    "Karl",
    "Werk",
    "Opti",
    "Sora",
    "Zeph",
    "Bryn",
    "Arko",
)
LATIN_ENDS = (
    " Systems",
    " Optics",
    " Inc.",
    " GmbH",
    "电子",
    "机械",
    "公司",
    " Technologies",
    "有限公司",
    " Mobility",
    "集团",
    "",
)
SIDES = ("东", "西", "南", "北", "中")
THINGS = "业材器械具膜瓷纸电料品布板管线车船机泵阀盐糖茶酒醋油肉鱼果菜粉胶漆革皮毛棉麻丝绒鞋帽袜衣服伞灯钟表琴球箱包盒瓶罐砖瓦石砂玻璃窑炉钢铁铜铝锌铅金银药剂苗种花木竹草"
BRANDS = 0.12
"""Share of the firms that are called by a name alone."""
BRAND_ENDS = "微芯达佳斯特科能泰尔曼森克奥智云联创源康邦德盛诺思锐拓维安迪欣元辰生美乐家先星驰博通成信丰隆祥"
BRAND_SIGNS = (
    "永卓贝诺海声益心晶凯瑞恒华信德宏远鑫盛泰和安康顺达兴隆昌荣茂嘉佳美丽雅欣悦祺祥福吉庆云岚峰岳川江河湖洋波涛澜沧润泽沛霖雨雪冰霜星辰日月晨曦光辉耀明亮晖煜炎焱烁灿炫锐锋钧铭钰锦铂金银铜铁钢石玉珠璟瑾瑜琪琳玮珂珑"
    "奥博思睿智慧哲彦文翰墨书林森木松柏桐梓枫杉楠竹兰芷芸菲蓝青翠碧紫丹朱赤彩虹飞腾翔跃驰骏骐骥鹏鹰鸿鹤凤龙麟科联力动原启迪讯捷敏超越群众国邦同中天元亨利贞正方圆合聚汇融通易万百千双三九"
)
NUMERALS = (
    "三",
    "双",
    "万",
    "百",
    "九",
    "一",
    "四",
    "五",
    "千",
    "三一",
    "万家",
    "中",
    "正",
    "大",
    "新",
    "同",
    "全",
    "天",
    "百年",
    "双方",
)
"""What names begin with although grammar or counting claims it."""
ABBREVIATIONS = "京津沪渝冀豫云辽黑湘皖鲁苏浙赣鄂桂甘晋陕吉闽贵粤川青琼宁"


@lru_cache(maxsize=1)
def _pools() -> dict[str, list[str]]:
    known = words()
    signs = sorted({sign for word in known for sign in word if "\u4e00" <= sign <= "\u9fa5"})
    seen = set(signs)
    rare = [chr(code) for code in range(0x4E00, 0x9FA6) if chr(code) not in seen]
    nouns = sorted(word for word, kind in known.items() if kind in "na" and len(word) == 2)
    places = sorted(name for name in regions() if 2 <= len(name) <= 4)
    return {
        "signs": signs,
        "rare": rare,
        "common": sorted(word for word in known if len(word) <= 3)
        + list("的了在和也都就还又把被从到是有没不很再去来说看问") * 300,
        "nouns": nouns,
        "plain": sorted(word for word, kind in known.items() if kind in "nva" and len(word) <= 2),
        "things": sorted(
            word for word, kind in known.items() if kind == "n" and 2 <= len(word) <= 3 and word[-1] in THINGS
        ),
        "longer": sorted(word for word, kind in known.items() if kind == "n" and len(word) == 3),
        "places": places,
        "towns": sorted(town[:-1] for town in towns() if len(town) == 3 and town[-1] in "镇乡"),
        "trades": sorted(INDUSTRY_WORDS | trades()),
        "verbs": sorted(word for word in STRONG_VERBS if len(word) == 2),
    }


def firm(source: random.Random) -> str:
    """A firm's name: place, stem, trade and form, each of them optional."""
    pools = _pools()
    if source.random() < 0.05:
        return source.choice(LATIN) + source.choice(LATIN).lower() + source.choice(LATIN_ENDS)
    if source.random() < BRANDS:
        return _brand(source)
    bracket = f"({source.choice(pools['places'])})" if source.random() < 0.06 else ""
    trade = _trade(source)
    form = source.choice(FORMS) if source.random() < 0.36 else ""
    name = _place(source) + _stem(source)
    if not trade and not form and len(name) < 3:
        trade = source.choice(pools["trades"])
    return (
        name
        + (bracket + trade if source.random() < 0.5 else trade + bracket)
        + (form if not bracket or form else "有限公司")
    )


def _brand(source: random.Random) -> str:
    """A name by itself, without place, trade or form, as short names are told: 卓晶微, 贝诺斯, 澄玻."""
    pools = _pools()
    size = source.choice((1, 2, 2, 2, 2, 3))
    signs = "".join(
        source.choice(
            BRAND_SIGNS if (kind := source.random()) < 0.65 else pools["rare"] if kind < 0.75 else pools["signs"]
        )
        for _ in range(size)
    )
    return signs + source.choice(BRAND_ENDS if source.random() < 0.6 else pools["signs"])


NAMED = 0.5
"""Share of the stems that are made of characters names like: 鸿禧, 宏远, 佳护."""


def _stem(source: random.Random) -> str:
    pools = _pools()
    if source.random() < NAMED:
        signs = range(2 if source.random() < 0.85 else 3)
        return "".join(source.choice(BRAND_SIGNS if source.random() < 0.85 else pools["signs"]) for _ in signs)
    kind = source.random()
    if kind < 0.06:
        return source.choice(pools["nouns"]) + source.choice(pools["nouns"])
    if kind < 0.10:
        return source.choice(pools["plain"]) + source.choice(pools["plain"])
    if kind < 0.38:
        return source.choice(pools["rare"] if source.random() < 0.7 else pools["signs"]) + source.choice(pools["signs"])
    if kind < 0.43:
        return source.choice(NUMERALS) + "".join(
            source.choice(pools["signs"]) for _ in range(source.choice((1, 1, 2, 3)))
        )
    if kind < 0.48:
        return source.choice(pools["signs"]) + source.choice(pools["rare"] if source.random() < 0.6 else pools["signs"])
    if kind < 0.60:
        return source.choice(pools["signs"]) + source.choice(pools["signs"])
    if kind < 0.80:
        return source.choice(pools["nouns"])
    if kind < 0.90:
        return source.choice(pools["longer"])
    return "".join(source.choice(pools["signs"]) for _ in range(source.choice((1, 3, 3, 3, 4))))


def _place(source: random.Random) -> str:
    pools = _pools()
    kind = source.random()
    if kind < 0.30:
        return source.choice(pools["places"])
    if kind < 0.40:
        return source.choice(pools["towns"])
    if kind < 0.47:
        return source.choice(ABBREVIATIONS) + source.choice(SIDES)
    if kind < 0.56:
        return source.choice(pools["signs"]) + source.choice("州城阳阴江湖河海山川溪陵南北东西中门口")
    return ""


def _trade(source: random.Random) -> str:
    pools = _pools()
    kind = source.random()
    if kind < 0.40:
        return source.choice(pools["trades"])
    if kind < 0.47:
        return source.choice(pools["trades"]) + source.choice(pools["trades"])
    if kind < 0.72:
        return source.choice(pools["things"])
    if kind < 0.78:
        return source.choice(pools["things"]) + source.choice(pools["trades"])
    if kind < 0.93:
        return (
            source.choice(pools["nouns"])
            if source.random() < 0.7
            else source.choice(pools["nouns"])[0] + source.choice("业材器械具膜瓷纸电")
        )
    return ""


def product(source: random.Random) -> str:
    """What is made or built."""
    pools = _pools()
    front = source.choice(("", "", "年产三万吨", "高性能", "新能源", "智能", "精密", "高端", "绿色", "特种"))
    middle = source.choice(pools["nouns"]) if source.random() < 0.5 else ""
    if source.random() < 0.3:
        middle = "".join(source.choice(pools["signs"]) for _ in range(source.choice((1, 2, 2))))
    return front + middle + source.choice(pools["trades"] if source.random() < 0.6 else pools["nouns"])


def talk(source: random.Random) -> str:
    """Words of the dictionary in a row that name nothing."""
    pools = _pools()
    return "".join(source.choice(pools["common"]) for _ in range(source.randint(2, 7)))


def person(source: random.Random) -> str:
    """A person, mostly with a role."""
    pools = _pools()
    surname = source.choice(sorted(COMMON_SURNAMES))
    name = surname + "".join(source.choice(pools["signs"]) for _ in range(source.choice((1, 2, 2))))
    role = source.choice(ROLES)
    return source.choice(
        (
            f"{surname}总",
            f"{surname}董",
            f"{role}{name}",
            f"{name}",
            f"老{surname}",
            f"{role}",
            f"小{surname}",
            f"{surname}{role}",
        )
    )


def place(source: random.Random) -> str:
    """A region, a town or a word for one."""
    pools = _pools()
    return source.choice(
        (
            source.choice(pools["places"]),
            source.choice(pools["places"]),
            source.choice(pools["towns"]) + "镇",
            "我县",
            "全市",
            "邻县",
        )
    )
