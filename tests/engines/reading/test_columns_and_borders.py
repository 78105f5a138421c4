"""What the last texts of many voices taught: columns of customers, rows between strokes, borders of names, what tells no step."""

import pytest

from tests.engines.reading.reads import firms, read, rows
from zhaoyin.engines.reading.boilerplate import classify_lines


def test_the_column_of_customers_says_who_delivers_to_whom() -> None:
    text = (
        "序\t企业\t供货给\t总投资（万元）\t进展\n"
        "1\t旻砾自动化\t祎澜船电\t6800\t已投产\n"
        "2\t彧沣密封件\t祎澜船电\t1500\t投资协议已签\n"
        "3\t昶垚铠缆\t琅沅农机\t4300\t土建施工\n"
    )
    assert {(one.kind.value, one.head, one.tail) for one in read(text).relations} == {
        ("supplier_of", ("旻砾自动化",), ("祎澜船电",)),
        ("supplier_of", ("彧沣密封件",), ("祎澜船电",)),
        ("supplier_of", ("昶垚铠缆",), ("琅沅农机",)),
    }
    assert rows(text) == [
        ("旻砾自动化", 6.8e7, "production"),
        ("彧沣密封件", 1.5e7, "signed"),
        ("昶垚铠缆", 4.3e7, "construction"),
    ]


def test_a_column_of_leading_firms_without_others_names_who_invests() -> None:
    text = "项目\t链主企业\t总投资（万元）\t进展\n轴承\t旻砾轴承\t6800\t已投产\n水泵\t祎澜水泵\t1500\t投资协议已签\n"
    assert [amount for _, amount, _ in rows(text)] == [6.8e7, 1.5e7]


def test_rows_between_strokes_in_one_line() -> None:
    text = (
        "外来企业动态表 金额：亿元\n"
        "企业名 从哪来 做什么 计划投 进展 | 旻砾管业 山东 玻璃钢管 1.1 上个月下线首根 | 祎澜冷链 浙江 气调库 0.68 "
        "框架搭好，制冷机未到 | 彧沣电机 江苏 塔筒内件 2.4 原约7月签，改9月"
    )
    assert rows(text) == [
        ("旻砾管业", 1.1e8, "production"),
        ("祎澜冷链", 6.8e7, "construction"),
        ("彧沣电机", 2.4e8, "negotiating"),
    ]


def test_columns_that_stand_two_blanks_apart() -> None:
    text = (
        "在建及拟建项目清单（单位：万元）\n"
        "序 号  建 设 单 位             建设内容              总投资     形象进度                  备注\n"
        "1    旻砾特种橡胶           丁腈胶乳10万吨         86000    土建基础施工                  省重大\n"
        "2    祎澜船务              危化品船队            20000    10月在区内登记设立公司         —\n"
    )
    assert rows(text) == [("旻砾特种橡胶", 8.6e8, "construction"), ("祎澜船务", 2e8, "landed")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("他们上月已在茂南区登记下旻砾（茂名）生物科技有限公司，总投资900万美元。", ["旻砾（茂名）生物科技有限公司"]),
        ("大会冠名商旻砾矿泉水投资3000万元的二期开工。", ["旻砾矿泉水"]),
        ("旻砾呼叫中心（抚州）有限公司投资2000万元。", ["旻砾呼叫中心（抚州）有限公司"]),
        ("Odell & Byrne Ltd提出，计划投资80万美元。", ["Odell & Byrne Ltd"]),
        ("旻砾维克风电服务公司递来意向书，投资1.2亿元。", ["旻砾维克风电服务公司"]),
        ("旻砾乳业肃北驼奶粉项目总投资9600万元，屋面铺了一半。", ["旻砾乳业"]),
        ("吴江盛泽客商出资2.1亿元兴办的旻砾纺织科技投产。", ["旻砾纺织科技"]),
        ("旻砾生物的益生菌厂2月撤场，200万元押金讨回一半。", ["旻砾生物"]),
        ("为了这家客户，儿子柴田凉愿意来中国守厂，3亿日元上下。", []),
    ],
)
def test_where_names_begin_and_end(text: str, names: list[str]) -> None:
    assert firms(text) == names


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("投资协议暂不签署，由发改局牵头再议", "negotiating"),
        ("生产基地坐落于新城，厂房竣工，设备在联调", "construction"),
        ("用地已摘牌，设计院正在出施工图", "sited"),
        ("规划许可证领到手", "sited"),
        ("正在谈地价，会议责成规划部三日内出具选址意见", "negotiating"),
    ],
)
def test_what_tells_no_step(words: str, stage: str) -> None:
    assert rows(f"旻砾铸造有限公司总投资3亿元，{words}。") == [("旻砾铸造有限公司", 3e8, stage)]


def test_related_news_close_a_page() -> None:
    page = (
        "6月3日，旻砾重工有限公司与某县签约，投资6亿元，建设装配线，年内开工。\n"
        "【相关信息】\n· 某区：祎澜新能源投资15亿元项目投产\n· 某县考察团赴东莞招商 拜访彧沣五金\n"
    )
    assert [line.is_boilerplate for line in classify_lines(page) if page[line.start : line.end].strip()] == [
        False,
        True,
        True,
        True,
    ]
    assert firms(page) == ["旻砾重工有限公司"]


def test_money_from_hong_kong_is_foreign() -> None:
    found = read("今年首五个月新增港资企业186家，实际利用港资2.9亿美元。").statistics
    assert [one.indicator.value for one in found] == ["landed", "fdi"]


def test_a_counted_heading_holds_for_its_line() -> None:
    text = (
        "本月新签约项目（2个）：①旻砾电缆高压附件项目，4亿元；②祎澜玻纤，2.1亿元。\n"
        "本月开工项目（2个）：彧沣食品，1.1亿元；昶垚铝业，5.5亿元。\n"
    )
    assert [(amount, stage) for _, amount, stage in rows(text)] == [
        (4e8, "signed"),
        (2.1e8, "signed"),
        (1.1e8, "construction"),
        (5.5e8, "construction"),
    ]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("去年签约，企业意见较大，有撤资可能", "signed"),
        ("协议已签，环评批复迟迟未下，影响开工", "signed"),
        ("黄了，嫌我们标准地贵", "terminated"),
        ("暂停跟踪", "terminated"),
        ("签署投资协议，并将设立全资子公司作为实施主体", "signed"),
    ],
)
def test_risks_reasons_and_plans(words: str, stage: str) -> None:
    assert rows(f"旻砾铸造有限公司总投资3亿元，{words}。") == [("旻砾铸造有限公司", 3e8, stage)]
