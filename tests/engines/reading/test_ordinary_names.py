"""Where names begin and end on ordinary pages."""

from datetime import date

import pytest

from zhaoyin.engines.reading.mentions import Kind
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.solve import solve


def firms(text: str) -> list[str]:
    reading = solve(problem=ReadingProblem(text, date(2024, 6, 30)))
    return [one.span.text for one in reading.names if one.kind is Kind.COMPANY]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "安吉县昱锵纺织再生涤纶项目,总投资5亿元,已开工;长兴县岚澈新材隔膜项目,总投资3亿元,已签约。",
            ["昱锵纺织", "岚澈新材"],
        ),
        ("安吉县昱锵纺织再生涤纶项目,总投资5亿元,已开工。", ["安吉县昱锵纺织"]),
        ("2019年,潍坊人耿世泽回乡办厂,投资2亿元。", []),
        ("上海人本轴承项目签约,投资2亿元。", ["上海人本轴承"]),
        ("在香港会见昱锵集团主席,昱锵集团计划投资2亿元。", ["昱锵集团", "昱锵集团"]),
        ("总投资2亿元的昱锵数据科技有限\n公司算力中心项目破土动工。", ["昱锵数据科技有限\n公司"]),
        ("先后走访了深圳市汇川达科技有限公司。在汇川达,座谈了投资意向。", ["深圳市汇川达科技有限公司", "汇川达"]),
        ("台州创力锁业智能锁项目签约,投资2亿元。", ["台州创力锁业"]),
        ("济宁钰瑨工程机械有限公司 挖机底盘件 9500万 已投产", ["济宁钰瑨工程机械有限公司"]),
    ],
)
def test_it_finds_where_a_name_begins_and_ends(text: str, names: list[str]) -> None:
    assert firms(text) == names


def test_a_short_name_of_the_stock_market_is_the_issuer() -> None:
    text = (
        "证券代码:300998 证券简称:昱锵股份\n湖南昱锵新能源股份有限公司关于对外投资设立全资子公司的公告\n"
        "公司拟以自有资金出资2亿元设立全资子公司安徽昱锵储能科技有限公司。"
    )
    reading = solve(problem=ReadingProblem(text, date(2024, 6, 30)))
    things = {one.span.text: one.thing for one in reading.names}
    assert things["昱锵股份"] == things["湖南昱锵新能源股份有限公司"] != things["安徽昱锵储能科技有限公司"]


def test_a_parent_that_bears_the_stem_of_its_foundation_is_found() -> None:
    assert firms("会上通报,海豚泳池设备新注册海豚(泗洪)水处理有限公司,近日挂牌。") == [
        "海豚泳池设备",
        "海豚(泗洪)水处理有限公司",
    ]
