"""Where names begin and end, and what is no firm or no article at all."""

from datetime import date

import pytest

from zhaoyin.engines.reading import boilerplate
from zhaoyin.engines.reading.boilerplate import classify_lines
from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve


def firms(text: str) -> list[str]:
    """Names of the firms, in order."""
    return [
        one.span.text
        for one in solve(problem=ReadingProblem(text, date(2024, 6, 20))).names
        if one.kind is Kind.COMPANY
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("昱沣枸杞研究所冻干项目总投资2亿元,签了框架协议。", ["昱沣枸杞研究所"]),
        ("彧沣能源科技冷链配送项目总投资2亿元,已停工。", ["彧沣能源科技"]),
        ("祎澜净化把服务器搬进澄迈老城科技新城的机房,总投资1.6亿元。", ["祎澜净化"]),
        ("看中旻砾铝业闲置车间的是祎澜净化有限公司,投资8000万元。", ["旻砾铝业", "祎澜净化有限公司"]),
        ("3号库钢结构昨天吊完,祎澜净化有限公司投资8000万元。", ["祎澜净化有限公司"]),
        ("驻沪联络处小结:祎澜净化有限公司拟投资8000万元。", ["祎澜净化有限公司"]),
    ],
)
def test_a_name_ends_where_its_form_its_plant_or_its_product_begins(text: str, names: list[str]) -> None:
    assert firms(text) == names


def article(text: str) -> list[str]:
    """The lines that are no boilerplate."""
    return [text[line.start : line.end].strip() for line in classify_lines(text) if not line.is_boilerplate]


PAGE = """某某县人民政府
今天是2024年6月20日 星期四
旻砾铝业有限公司的铝箔项目昨日开工,总投资2.3亿元,用地80亩。
【字体:大 中 小】 打印 关闭
· 邻县某企业3.5亿元收购案告吹
· 某某签下20亿元服装城"""


def test_what_follows_a_share_bar_behind_the_last_sentence_is_none_of_the_article() -> None:
    assert article(PAGE) == ["旻砾铝业有限公司的铝箔项目昨日开工,总投资2.3亿元,用地80亩。"]


@pytest.mark.parametrize(
    "line",
    [
        "大家都在搜:碳酸锂价格",
        "其他人还在看",
        "热词:速食 预制菜",
        "弹幕:工资发得出吗",
        "← 上一篇 某项目落地",
        "最新图片 苹果首次出口",
    ],
)
def test_heads_of_what_others_wrote_close_the_article(line: str) -> None:
    text = f"旻砾铝业有限公司的铝箔项目昨日开工,总投资2.3亿元。\n{line}\n某某县签约6亿元辣椒产业园"
    assert article(text) == ["旻砾铝业有限公司的铝箔项目昨日开工,总投资2.3亿元。"]


def test_a_table_behind_a_share_bar_is_kept() -> None:
    table = "企业|项目|总投资|进展\n旻砾铝业有限公司|铝箔|2.3亿元|已开工"
    text = f"全县重点项目进展如下,请各单位抓紧落实。\n打印 关闭\n{table}"
    assert article(text)[1:] == table.split("\n")


def test_a_long_foot_costs_each_of_its_lines_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of share bars below an article once had every line below each of them looked at again."""
    seen = 0

    def counted(line: str) -> bool:
        nonlocal seen
        seen += 1
        return is_table(line)

    is_table = boilerplate._is_table
    monkeypatch.setattr(boilerplate, "_is_table", counted)
    looked: list[int] = []
    for bars in (200, 400):
        seen = 0
        lines = classify_lines(PAGE.split("【")[0] + "点赞 12\n" * bars)
        assert sum(line.is_boilerplate for line in lines) == bars + 2
        looked.append(seen)
    assert looked[1] <= 2 * looked[0]
