"""Firms that serve another one's project, and how a firm's several projects are told apart."""

from datetime import date

import pytest

from zhaoyin.cli.labels import stage_label
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.serving import Serves, serves
from zhaoyin.engines.reading.solve import solve

PUBLISHED = date(2024, 6, 20)


def drafts(text: str, published: date = PUBLISHED) -> list[tuple[str, float | None, str]]:
    """First name, amount in units and stage of each draft."""
    return [
        (draft.companies[0], float(draft.amount.money.value) if draft.amount else None, stage_label(draft))
        for draft in solve(problem=ReadingProblem(text, published)).projects
    ]


@pytest.mark.parametrize(
    ("before", "after", "how"),
    [
        ("项目由", "承建,主体已封顶", Serves.WORKS),
        ("施工单位", "反映进度款没有到", Serves.WORKS),
        ("监理是", "。", Serves.WORKS),
        ("厂房交给", "来搭", Serves.WORKS),
        ("干活的是", ",年底交付", Serves.TRADES),
        ("企业租了", "现成的冷库", Serves.TRADES),
        ("最大客户", "预付了货款", Serves.TRADES),
        ("竞争对手", "也在接触这支基金", Serves.TRADES),
        ("供应商", "也想一起过来", None),
        ("由", "投资建设", None),
        ("总包", "投资2亿元建厂", None),
        ("9月18日,", "在我市签约", None),
    ],
)
def test_what_stands_around_a_firm_says_whether_it_serves(before: str, after: str, how: Serves | None) -> None:
    assert serves(before, after) is how


@pytest.mark.parametrize(
    "told",
    [
        "项目由湖北江砺建工承建,设计单位为武汉楚衡设计院",
        "施工方湖北江砺建工说,主体要到明年3月才能交",
        "设备由常州澜锐机械供货",
        "最大客户常州澜锐机械预付了500万元货款",
        "厂房租自黄冈润仓置业,租金每月3万元",
        "收费可参照黄冈润仓置业的标准",
    ],
)
def test_who_serves_a_project_is_no_draft(told: str) -> None:
    text = f"6月18日,无锡昱锵新材料在黄冈开工建设隔膜项目,总投资2亿元。{told}。"
    assert drafts(text) == [("无锡昱锵新材料", 200_000_000.0, "construction")]


def test_a_supplier_that_comes_too_is_a_draft() -> None:
    text = "6月18日,无锡昱锵新材料签约,总投资2亿元。它的供应商常州澜锐机械也想一起过来,大概投3500万元。"
    found = drafts(text)
    assert [name for name, _, _ in found] == ["无锡昱锵新材料", "常州澜锐机械"]
    assert found[1][1] == 35_000_000.0


def test_an_old_plant_and_a_new_one_are_two_projects() -> None:
    text = (
        "6月18日,昱锵精密(黄冈)有限公司的工地上打桩机响了半天。2011年,这家企业来到黄冈,第一笔投资180万欧元,只做小弹簧。"
        "这回要建的是气门弹簧车间,预算1400万欧元。"
    )
    assert {(amount, stage) for _, amount, stage in drafts(text)} == {
        (1_800_000.0, "production"),
        (14_000_000.0, "construction"),
    }


def test_a_project_disclosed_before_is_another_one() -> None:
    text = (
        "无锡昱锵新材料股份有限公司关于对外投资的公告\n"
        "公司于2024年6月18日与黄冈市人民政府签订《项目投资合同》,投资建设隔膜项目,总投资2亿元。\n"
        "公司2021年5月披露的在湖北荆州投资6500万元的涂布项目,合同已于2022年6月解除。\n"
    )
    assert {(amount, stage) for _, amount, stage in drafts(text)} == {
        (200_000_000.0, "signed"),
        (65_000_000.0, "terminated"),
    }


def test_a_price_is_no_project() -> None:
    assert drafts("黄冈春熙路上的昱锵珠宝把足金饰品的挂牌价又往上调了一次,每克776元。") == []


def test_a_unit_below_the_rows_holds_for_them() -> None:
    text = (
        "2024年招商项目推进表\n【在谈】\n1、传感器芯片 / 无锡昱锵新材料 / 2.0 / 第三次来访 / 周某\n"
        "【已投产】\n2、塑料托盘 / 常州澜锐机械 / 0.9 / 首车发货 / 吴某\n注:单位亿元。\n"
    )
    assert drafts(text) == [
        ("无锡昱锵新材料", 200_000_000.0, "negotiating"),
        ("常州澜锐机械", 90_000_000.0, "production"),
    ]


def test_what_a_day_has_signed_holds_for_its_rows() -> None:
    text = "今天签了俩\n1. 无锡昱锵新材料,隔膜,1.5亿,55亩\n2. 常州澜锐机械,冷库,3000万,租现成的厂房\n"
    assert [stage for _, _, stage in drafts(text)] == ["signed", "signed"]


def test_a_later_amount_replaces_the_one_before() -> None:
    text = "无锡昱锵新材料隔膜项目合同已签,因环保门槛提高,投资已由3亿元增至3.8亿元。"
    assert drafts(text) == [("无锡昱锵新材料", 380_000_000.0, "signed")]


def test_a_no_behind_a_word_takes_it_back() -> None:
    text = "常州澜锐机械:总投资1.2亿元,合同6月就签了,到今天围挡都没打。"
    assert drafts(text) == [("常州澜锐机械", 120_000_000.0, "signed")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("公司全资子公司内蒙古昱瑭碳素有限公司投资9.6亿元的项目已投产。", "内蒙古昱瑭碳素有限公司"),
        ("走进黄冈综合保税区昱锵食品(黄冈)有限公司的车间,总投资2.4亿元的项目已投产。", "昱锵食品(黄冈)有限公司"),
        ("佛山西樵昱锵织造总投资8200万元的项目已开工。", "佛山西樵昱锵织造"),
        ("2018年,正沃农业机械集团有限公司投资2亿元的整机厂建成投产。", "正沃农业机械集团有限公司"),
    ],
)
def test_where_a_name_begins(text: str, name: str) -> None:
    assert drafts(text)[0][0] == name


def test_a_site_s_masthead_is_no_article() -> None:
    text = (
        "黄冈在线 [设为首页] [加入收藏]\n|首页 |看黄冈 |微视频 |专题\n首页→黄冈新闻→正文\n"
        "6月18日,无锡昱锵新材料在黄梅开工建设隔膜项目,总投资2亿元。\n(黄冈融媒体中心)\n关键词:绿色硅 黄冈\n相关:某巨头拟投120亿\n"
    )
    reading = solve(problem=ReadingProblem(text, PUBLISHED))
    article = text.index("6月18日"), text.index("(黄冈融媒体中心)")
    spans = [*(one.span for one in reading.names), *(one.span for one in reading.amounts)]
    assert spans and all(article[0] <= span.start < article[1] for span in spans)


def test_people_and_branches() -> None:
    text = "湖北昱锵专用车有限公司项目经理冯涛信心满满。黄冈农商行团风支行向湖北昱锵专用车有限公司贷款3000万元。"
    reading = solve(problem=ReadingProblem(text, PUBLISHED))
    assert {(one.kind.value, one.head[0]) for one in reading.relations} == {
        ("has_role", "冯涛"),
        ("lends_to", "黄冈农商行团风支行"),
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "旻砾铝业有限公司的铝箔项目开工,投资15亿元;它的模具供应商祎澜净化有限公司也开了工,2.2亿元。",
            [("旻砾铝业有限公司", 1.5e9, "construction"), ("祎澜净化有限公司", 2.2e8, "construction")],
        ),
        (
            "祎澜净化有限公司打算跟旻砾铝业有限公司过来,投资900万元。",
            [("祎澜净化有限公司", 9e6, "intent")],
        ),
        (
            "祎澜净化有限公司去年11月投产,总投资1.15亿元,原料全部来自旻砾铝业有限公司。",
            [("祎澜净化有限公司", 1.15e8, "production")],
        ),
        (
            "基金去年投了2500万元的祎澜净化有限公司已投产,总投资1.9亿元。",
            [("祎澜净化有限公司", 1.9e8, "production")],
        ),
        (
            "祎澜净化有限公司总投资由4500万元降为3000万元,合同已签。",
            [("祎澜净化有限公司", 3e7, "signed")],
        ),
    ],
)
def test_who_comes_too_is_told_from_who_is_only_told_of(text: str, found: list[tuple[str, float, str]]) -> None:
    assert drafts(text) == found


def test_its_supplier_supplies_the_investor_and_not_the_builder_named_last() -> None:
    text = "旻砾铝业有限公司的铝箔项目昨日开工,由中阜建工承建。\n它的模具供应商祎澜净化有限公司打算跟过来,投资900万元。"
    links = solve(problem=ReadingProblem(text, PUBLISHED)).relations
    assert {one.tail for one in links if one.head == ("祎澜净化有限公司",)} == {("旻砾铝业有限公司",)}
