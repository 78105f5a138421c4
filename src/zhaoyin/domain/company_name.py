"""Anatomy of a company name: place, stem, industry words, bracket, legal form; and the short names it can have.

苏州禾瑞精密机械有限公司 = 苏州 + 禾瑞 + 精密机械 + 有限公司. The stem is what tells firms of one trade apart.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache


def word_list(text: str) -> list[str]:
    """Words of a list written with spaces and line breaks."""
    return text.split()


LEGAL_FORMS = (
    "股份有限责任公司", "有限责任公司", "集团股份有限公司", "集团有限公司", "控股有限公司", "股份有限公司", "股份公司", "有限合伙企业",
    "合伙企业", "有限公司", "集团公司", "总公司", "分公司", "子公司", "公司", "集团", "控股", "股份", "株式会社", "设计院", "研究院",
)  # fmt: skip
"""Longest first."""

INDUSTRY_WORDS = frozenset(
    word_list(
        """特材 生科 智家 硅碳 电科 环科 农科 药科 能科 材科 光能 智驱 特缆 生鲜 灯饰 缝制 缝纫 管件 模塑 纸品 无纺布 卫材 铝模 铝型材 型材 门业 锁业 水晶 刀具 量具 液压 气动 密封 密封件 弹簧 齿轮 链条 皮业 竹业 茶油 药材
    饮片 果业 果蔬 肉业 禽业 糖业 面业 米业 油脂 调味 酱业 预制菜 速冻 冻品 海鲜 宠物 宠物食品 母婴 日用 洗涤 物业 影业 出版 广告 会展 科创 数智 智算 视讯 显示 触控 光通信
    电声 声学 磁电 元器件 电路 线路板 电路板 覆铜板 铜箔 铝箔 隔膜 电解液 热泵 充电 换电 电驱 电控 线束 连接器 继电器 开关 仪器仪表 机器 减速器 伺服 重科 特钢
    不锈钢 钢丝 铸件 锻件 模锻 压铸 冲压 焊接 涂装 喷涂 釉料 助剂 树脂 硅胶 乳胶 塑木 编织 纱业 印花 拉链 地毯 壁纸 板业 地板 橱柜 净水 康复 骨科 齿科 眼科 医美 医械
    敷料 生命科学 干细胞 酶制剂 农化 种苗 园艺 花卉 印务 印业 彩印 纺机 化机 石材 石英 玄武岩 耐材 耐火 保温 防水 粘胶 胶粘 标签 吸塑 车桥 车轮 轮毂 底盘 内饰 悬架 制动
    转向 空悬 铝轮 船业 舾装 缆业 绳业 渔具 网具 泳装 袜业 毛衫 绒业 被服 床垫 沙发 厨电 小家电 家电 电子材料 功能材料 高分子 纤维 新纤 碳业 焊材 磨具 钻具 矿用 煤机 制氢 燃料电池
    智能设备 互联 机械设备 科技 电子 精密 机械 智能 新材 新材料 材料 生物 生物科技 医药 制药 药业 医疗
    器械 医疗器械 汽车 部件 汽车部件 零部件 汽配 车业 车辆 纺织 化纤 印染 木业 铝业 铜业 钢业 钢铁 镍业 锌业
    钛业 物流 冷链 能源 新能源 储能 氢能 风电 电气 电器 电力 电工 半导体 微电子 微电 光电 光学 光伏 光纤 光科
    光能 通信 通讯 网络 软件 信息 信息技术 数据 数科 数字 机器人 装备 智能装备 重工 重机 重型 机床 数控 机电
    泵业 泵阀 阀门 阀业 阀控 轴承 传动 减速机 压缩机 制冷 空调 食品 乳业 酒业 茶业 饮品 饮料 粮油 农业 农牧
    牧业 种业 渔业 水产 菌业 家居 家具 家纺 服饰 服装 鞋业 箱包 皮具 玩具 包装 印刷 纸业 塑业 塑胶 塑料 注塑
    橡胶 轮胎 化工 化学 涂料 环保 环境 水务 建材 建筑 玻璃 汽车玻璃 陶瓷 水泥 钢构 钣金 铸造 锻造 铸钛 热处理
    表面处理 电镀 线材 丝材 板材 管道 管业 电缆 线缆 电池 锂电 锂业 电源 变压器 电机 微电机 电装 航电 航空
    航天 航标 船舶 海工 文旅 旅游 酒店 影视 传媒 文化 商贸 贸易 工贸 实业 置业 地产 房地产 建设 工程 暖通
    测控 仪表 仪器 测绘 检测 检验 钛材 增材 磁材 磁业 永磁 稀土 矿业 矿产 冶金 冶炼 烘焙 餐饮 供应链 快递
    港务 资管 金属 金属制品 制品 五金 工具 模具 紧固件 工业 制造 智造 智控 智维 智联 智慧 智云 技术 控制
    自动化 传感 芯片 集成电路 激光 红外 影像 诊断 基因 细胞 疫苗 试剂 器皿 厨具 灯具 照明 日化 美妆 香料 肥业
    饲料 生态 园林 节能 燃气 石化 油田 热能 动力 引擎 发动机 底盘 座椅 车灯 航运 港口 仓储 电商 互联网 云计算
    算力 游戏 动漫 教育 康养 健康 养老 体育 户外 钢管 钢结构 石材 石业 混凝土 装饰 幕墙 门窗 卫浴 洁具 电梯
    模架 起重 矿机 农机 工程机械 深海装备 海洋 卫星 无人机 飞行器 低空 航材 复材 碳纤 碳素 石墨 石墨烯 硅业 硅材
    晶体 玻纤 膜材 膜业 薄膜 气体 特气 粉体 粉末 磨料 陶业 瓷业 丝绸 毛纺 针织 羽绒 皮革 工艺品 乐器 文具
    眼镜 钟表 珠宝 首饰 自行车 电动车 摩托 重汽 客车 专用车 房车 叉车 工贸 商业 连锁 超市 百货"""
    )
)
"""Words that follow the stem in short and full names."""

_BRACKET = re.compile(r"\(([^()]{1,8})\)")


@dataclass(frozen=True, slots=True)
class CompanyName:
    """Parts of one name, in the order of the name; empty when absent."""

    full: str
    place: str
    stem: str
    industry: str
    bracket: str
    legal_form: str

    def __hash__(self) -> int:
        return hash(self.full)

    @property
    def short_names(self) -> tuple[str, ...]:
        """Names it goes by, longest first, without the full one: 禾瑞精密机械, 禾瑞精密, 苏州禾瑞, 禾瑞."""
        return _short_names(self)


@lru_cache(maxsize=8192)
def _short_names(name: CompanyName) -> tuple[str, ...]:
    if len(name.stem) < 2:
        return ()
    found = [name.stem + name.industry, name.stem]
    if name.place:
        found += [name.place + name.stem + name.industry, name.place + name.stem]
    words = split_industry(name.industry)
    found += [name.stem + words[0]] if words else []
    found += [name.stem + "集团"] if "集团" in name.legal_form else []
    unique = {short for short in found if 2 <= len(short) < len(name.full)}
    return tuple(sorted(unique, key=lambda name: (-len(name), name)))


def split_industry(text: str) -> list[str]:
    """精密机械 → [精密, 机械]; longest words first from the left, what is no industry word stays one piece."""
    words: list[str] = []
    position = 0
    while position < len(text):
        for width in range(min(6, len(text) - position), 1, -1):
            if text[position : position + width] in INDUSTRY_WORDS:
                words.append(text[position : position + width])
                position += width
                break
        else:
            return [*words, text[position:]]
    return words


@lru_cache(maxsize=8192)
def parse(name: str, *, place_length: Callable[[str], int] | None = None) -> CompanyName:
    """Parts of `name`; `place_length(rest)` gives the length of the place name that `rest` begins with (0 = none)."""
    bracket = _BRACKET.search(name)
    rest = _BRACKET.sub("", name)
    legal = next((form for form in LEGAL_FORMS if rest.endswith(form) and len(rest) > len(form) + 1), "")
    rest = rest.removesuffix(legal)
    place = ""
    while place_length is not None:
        width = place_length(rest)
        if not width or len(rest) - width < 2 or (place and rest[width + 1 :] in INDUSTRY_WORDS):
            break
        place, rest = place + rest[:width], rest[width:]
    industry = _industry_tail(rest)
    return CompanyName(
        full=name, place=place, stem=rest.removesuffix(industry), industry=industry,
        bracket=bracket[1] if bracket else "", legal_form=legal,
    )  # fmt: skip


def _industry_tail(rest: str) -> str:
    """The longest run of industry words at the end that leaves a stem of two characters."""
    start = len(rest)
    while True:
        for width in range(6, 1, -1):
            if start - width >= 2 and rest[start - width : start] in INDUSTRY_WORDS:
                start -= width
                break
        else:
            return rest[start:]
