"""What two writers of many voices taught: live blogs, agendas, tables of other heads, second projects, prices of land, people of other tongues."""

import pytest

from tests.engines.reading.reads import Row, firms, read, rows
from zhaoyin.engines.reading.boilerplate import classify_lines


def links(text: str) -> set[tuple[str, str, str]]:
    """Kind, first of head and first of tail of each relation."""
    return {(one.kind.value, one.head[0], one.tail[0] if one.tail else "") for one in read(text).relations}


CELLS = """重点招商项目调度表
序号
项目单位
建设内容
计划总投资（万元）
当前进度
包保领导
1
旻砾淀粉有限公司
变性淀粉
23000
主体完工，设备进场60%
孙某
2
祎澜秸秆科技有限公司
秸秆制浆
41500
协议条款第四稿，尚未签订
赵某
"""
CHANGES = """周调度
序
项目主体
投资额（亿元）
本周变化
下周动作
一
旻砾铝业有限公司
27
电解槽砌筑完成八成
开户
二
祎澜净化有限公司
3.8（其中一期1.5）
5月6日签投资合同
注册公司
"""
REMARKS = """单位：亿元
项目	投资方	投资额	形象进度	备注
杜瓦瓶	旻砾装备有限公司	2.08	桩基检测	瓶子主供祎澜特气有限公司
竹炭	彧沣竹业有限公司	0.3	不来了，去了铜鼓	7月告知
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (CELLS, [("旻砾淀粉有限公司", 2.3e8, "construction"), ("祎澜秸秆科技有限公司", 4.15e8, "negotiating")]),
        (CHANGES, [("旻砾铝业有限公司", 2.7e9, "construction"), ("祎澜净化有限公司", 3.8e8, "signed")]),
        (REMARKS, [("旻砾装备有限公司", 2.08e8, "construction"), ("彧沣竹业有限公司", 3e7, "terminated")]),
    ],
)
def test_tables_of_other_heads(text: str, wanted: list[Row]) -> None:
    assert rows(text) == wanted


def test_a_slash_before_the_unit_and_a_project_that_is_a_firm() -> None:
    text = "县区\t项目（企业）\t总投资/万元\t上季度\t眼下\n庆安\t旻砾食品有限公司\t6500\t签约\t打下首桩\n兰西\t祎澜亚麻有限公司\t5100\t洽谈\t5月8日签合同\n"
    assert rows(text) == [("旻砾食品有限公司", 6.5e7, "construction"), ("祎澜亚麻有限公司", 5.1e7, "signed")]


def test_an_item_without_a_known_firm_says_nothing_of_the_one_above() -> None:
    text = (
        "10:05　签约席坐下的第一家是旻砾高分子有限公司，合同金额31亿元。\n"
        "10:47　祎澜农机有限公司递了意向书，计划投2000万美元。\n"
        "11:15　插播：5号仓已经通车进货，堆的是第一批进口红酒，据称总投资4.5亿元。\n"
    )
    assert rows(text) == [("旻砾高分子有限公司", 3.1e9, "signed"), ("祎澜农机有限公司", 2e7, "intent")]


def test_a_heading_ends_the_one_above() -> None:
    text = "一、签约\n旻砾重工有限公司　总投资8.8亿元\n二、其他\n祎澜数据有限公司　总投资3.3亿元　5月17日桩基开钻\n三、销号\n彧沣食品有限公司　总投资1.1亿元\n"
    assert [(name, stage) for name, _, stage in rows(text)] == [
        ("旻砾重工有限公司", "signed"),
        ("祎澜数据有限公司", "construction"),
        ("彧沣食品有限公司", "terminated"),
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "会议听取了旻砾供应链有限公司的汇报。该公司一期8000万元货场去年10月投运，运转正常；二期加工区拟再投2亿元，协议文本还没签。",
            [("旻砾供应链有限公司", 8e7, "production"), ("旻砾供应链有限公司", 2e8, "negotiating")],
        ),
        (
            "旻砾电源有限公司的储能工厂已经投产，这一期花了6亿元，它在德清的另一个项目因为客户流失，决定不做了。",
            [("旻砾电源有限公司", 6e8, "production"), ("旻砾电源有限公司", None, "terminated")],
        ),
    ],
)
def test_another_project_of_the_same_firm(text: str, wanted: list[Row]) -> None:
    assert rows(text) == wanted


def test_what_is_told_before_the_only_firm_is_named() -> None:
    text = (
        "镇上传来好消息，最后一根桩昨天打完，厂房正在吊装屋架。这里要建的是旻砾建材有限公司的构件基地，总盘子3.2亿元。"
    )
    assert rows(text) == [("旻砾建材有限公司", 3.2e8, "construction")]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("旻砾化学有限公司总投资3亿元，第三稿协议又动了条款，签字往后挪，估计得过清明。", "negotiating"),
        ("旻砾数据有限公司总投资3亿元，对方已回传合作备忘录，不计入签约。", "intent"),
        ("旻砾丝绸有限公司总投资3亿元，现正就补贴反复商谈。全年新签约四十个以上。", "negotiating"),
    ],
)
def test_a_signature_that_is_put_off_or_not_counted(text: str, stage: str) -> None:
    assert rows(text) == [(text[: text.index("总投资")], 3e8, stage)]


@pytest.mark.parametrize(
    "text",
    [
        "旻砾胶业有限公司那块地出结果了，临港路东128亩，3860万元成交。",
        "旻砾光储有限公司终于把厂房地给拍下来了，3720万元。",
        "旻砾丝杠有限公司竞得F-12地块，50亩，1920万元，月底拿证。",
        "旻砾衡器有限公司的地已经买下，40亩，作价2680万元。",
    ],
)
def test_the_price_of_land_is_no_investment(text: str) -> None:
    assert all(amount is None for _, amount, _ in rows(text))


def test_a_page_set_in_ragged_lines() -> None:
    text = (
        "2021年6月，旻砾药业股份有限公司（以下简称“公司”）与甘肃省\n"
        "兰州新区管理委员会签署《高端原料药生产基地项目投资合同》，总投资为13.6\n"
        "亿元，分两期建设，一期投资5.8亿元。为实施该项目，公司设立了全资子公司，注册\n"
        "资本1亿元。近日，公司取得一期车间的建筑工程施工许可证，桩基工程已由总包单位\n"
        "进场施工，首笔贷款已发放。\n"
    )
    assert rows(text) == [("旻砾药业股份有限公司", 1.36e9, "construction")]


def test_blanks_inside_wide_cells() -> None:
    text = (
        "序   企业                     项目内容        投资（万美元）     状态                 挂联\n"
        "1    旻砾 橡胶 有限公司       密封圈          900               5 月 16 日 签合同    街道办\n"
        "2    祎澜 铸造 有限公司       压铸件          600               外迁 至 越南 ， 不再 跟进    镇里\n"
    )
    assert [("".join(name.split()), amount, stage) for name, amount, stage in rows(text)] == [
        ("旻砾橡胶有限公司", 9e6, "signed"),
        ("祎澜铸造有限公司", 6e6, "terminated"),
    ]


@pytest.mark.parametrize(
    ("text", "person", "organisation"),
    [
        ("县农机局局长于占海说，过去深松机都得从关里拉。", "于占海", "县农机局"),
        ("县商务局局长迟海涛说，从意向到签约用了47天。", "迟海涛", "县商务局"),
        ("新能源办主任沙木沙克汇报：升压站土建已收尾。", "沙木沙克", "新能源办"),
        ("今天的嘉宾是伊宁县招商局局长阿不都赛买提。", "阿不都赛买提", "伊宁县招商局"),
        ("出席：汪涛（县招商委主任）、余巧云（经济开发区副主任）。", "汪涛", "县招商委"),
    ],
)
def test_people_by_their_offices(text: str, person: str, organisation: str) -> None:
    assert ("has_role", person, organisation) in links(text)


@pytest.mark.parametrize(
    "text",
    [
        "旻砾陶瓷有限公司年产10万吨高铝砖项目，计划投资1.8亿元。",
        "旻砾陶瓷有限公司原在南海做压砖机模具，1月18日完成公司登记，总投资6500万元。",
        "旻砾陶瓷有限公司计划投资1.8亿元，平台公司落实过渡用房。",
        "旻砾陶瓷有限公司总经理Anke Vogt端着咖啡说，投资1.8亿元的厂房刚封顶。",
        "旻砾陶瓷有限公司对江苏淮安厂再投入3600万元，淮安厂当初投资1.1亿元。",
    ],
)
def test_what_is_made_who_speaks_and_where_it_stands_are_no_firms(text: str) -> None:
    assert firms(text) == ["旻砾陶瓷有限公司"]


def test_the_items_of_a_list_of_firms_begin_with_firms() -> None:
    text = (
        "（一）旻砾缝制有限公司。厂房封顶，总投资3亿元。\n"
        "（二）麦冬青蛙。合同已签，总投资2亿元。\n"
        "（三）祎澜净化有限公司。投产，总投资1亿元。\n"
    )
    assert firms(text) == ["旻砾缝制有限公司", "麦冬青蛙", "祎澜净化有限公司"]


def test_figures_of_an_area_right_behind_their_counts() -> None:
    found = read("今年一到十一月，全县签约19个，31亿元；全区新设外商投资企业214家。").statistics
    assert [
        (
            one.indicator.value,
            float(one.count.value) if one.count else None,
            float(one.amount.money.value) if one.amount else None,
        )
        for one in found
    ] == [("signed", 19.0, 3.1e9), ("landed", 214.0, None)]


def test_a_fund_gives_to_whom_it_turns() -> None:
    text = "旻砾钻采有限公司已投产，总投资4.3亿元。西川装备升级基金当场兑现，向旻砾钻采有限公司注资6000万元。"
    assert ("fund_invested", "西川装备升级基金", "旻砾钻采有限公司") in links(text)


def test_heads_of_sites_and_lines_of_counts() -> None:
    page = "某县融媒　头条 推荐 视频 直播 本地　|　字体 A- A A+　收藏 23　转发\n9月14日，旻砾重工有限公司与某县签约，投资6亿元，建设装配线。\n一键分享：微博 微信　相关：某企业总部大楼试水电\n"
    lines = [page[line.start : line.end].strip() for line in classify_lines(page) if not line.is_boilerplate]
    assert lines == ["9月14日，旻砾重工有限公司与某县签约，投资6亿元，建设装配线。"]
    table = "旻砾竹炭有限公司的厂房封顶了。\n8800\n12500\n21000\n"
    assert not any(line.is_boilerplate for line in classify_lines(table))
