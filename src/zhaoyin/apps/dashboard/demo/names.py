"""Invented names. Firms are put together from two uncommon characters and a trade; no name is meant to be a real one's."""

from random import Random

FIRST = "澄霁岚砺曜沐珩泓翊槿颢漪昱霖璟煦骁桁湛峤琮弈沁淼"
SECOND = "舟岭湾峰桥屿溪坪帆桐禾笙垣澜砚陌埠杉浔岫"
RARE = "洲汀埔峒"
"""Second characters for a campaign that runs long."""
CITIES: dict[str, tuple[str, str]] = {
    "1101": ("北京", "11"), "3101": ("上海", "31"), "4403": ("深圳", "44"), "4401": ("广州", "44"), "4419": ("东莞", "44"),
    "3205": ("苏州", "32"), "3201": ("南京", "32"), "3202": ("无锡", "32"), "6101": ("西安", "61"), "1301": ("石家庄", "13"),
    "2101": ("沈阳", "21"), "2102": ("大连", "21"), "2201": ("长春", "22"), "2301": ("哈尔滨", "23"), "3701": ("济南", "37"),
    "3702": ("青岛", "37"), "3301": ("杭州", "33"),
}  # fmt: skip
"""City code → name, province code; the codes are those of GB/T 2260."""
TRADES = {
    "electronics": ["微电子", "半导体", "智能科技", "光电", "数据科技", "通信技术"],
    "equipment": ["精密装备", "重工机械", "传动科技", "机器人", "智能制造", "特种装备"],
    "health": ["医疗器械", "生物医药", "健康科技", "生物材料", "诊断技术"],
    "services": ["供应链", "冷链物流", "文旅发展", "电子商务", "检验检测", "工业设计"],
}
PRODUCTS = {
    "electronics": [
        "年产{n}万片功率器件", "车规级传感器", "显示驱动芯片封装测试", "人工智能训练基地", "服务器整机制造", "年产{n}万套智能终端",
        "光通信模块", "电源管理芯片", "工业相机模组", "{n}座边缘数据中心",
    ],
    "equipment": [
        "年产{n}千台套减速机", "海上风电塔筒", "工业机器人关节", "高端数控机床", "特种车辆改装", "年产{n}万套液压件", "智能物流装备",
        "精密铸件", "船用阀门", "轨道交通制动件",
    ],
    "health": [
        "介入类医疗器械", "年产{n}万套检测试剂", "可降解缝合材料", "康复机器人", "海洋生物提取物", "高端注射剂", "口腔种植材料",
        "医用敷料", "合成生物中试基地",
    ],
    "services": [
        "区域供应链中心", "{n}万吨冷链仓储", "跨境电商产业园", "检验检测公共平台", "工业设计中心", "港口综合物流园", "数字文旅街区",
        "总部办公基地",
    ],
}  # fmt: skip
SURNAMES = "顾秦沈陆戚穆蔺邵裴阮柏佟简芮桑聂冉祁薄纪洛牧岑覃楚庄柯晏"
GIVEN = [
    "一舟", "若溪", "明川", "知远", "清越", "子衿", "云起", "思齐", "望舒", "景行", "亦安", "怀瑾", "千里", "长风", "听澜", "南乔",
    "北辰", "星野", "初夏", "临川", "慕白", "采薇", "致远", "修竹", "疏桐", "伯言", "仲夏", "季青",
]  # fmt: skip


class Names:
    """Hands out names, none twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        brands = [one + two for one in FIRST for two in SECOND]
        random.shuffle(brands)
        self._brands = iter([*brands, *(one + two for two in RARE for one in FIRST)])
        self._people = [surname + given for surname, given in zip(SURNAMES, GIVEN, strict=True)]

    def brand(self) -> str:
        """Two characters."""
        return next(self._brands)

    def product(self, industry: str) -> str:
        """What the project makes or builds."""
        text = self._random.choice(PRODUCTS[industry])
        return text.format(n=self._random.choice([2, 3, 5, 6, 8, 10, 12, 20, 30]))

    def trade(self, industry: str) -> str:
        """Middle of a firm's name."""
        return self._random.choice(TRADES[industry])

    def people(self) -> list[str]:
        """28 names of people, always the same."""
        return list(self._people)
