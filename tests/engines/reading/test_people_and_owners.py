"""People that look like firms, firms that own others, announcements of a firm that calls itself 公司, ceremonies before lists."""

import pytest

from tests.engines.reading.reads import firms, read, rows


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("从邻县走出去的符昱衡,带着他创办的昶蔚装配式建筑科技有限公司回来了。“没想过能回来盖厂。”符昱衡说。", "符昱衡"),
        ("昶蔚食品有限公司投资1460万元的车间投产,一半是喻昶菊自己攒的。喻昶菊的头衔是总经理。", "喻昶菊"),
        ("昶蔚航空科技有限公司的合同昨天签的字。明昱洲开玩笑:“厂房不用盖,租现成的。”", "明昱洲"),
        ("昶蔚塔筒有限公司上周领了执照。他们行政主管是我以前的同事,叫谭昱。", "谭昱"),
    ],
)
def test_who_speaks_or_owns_is_no_firm(text: str, person: str) -> None:
    assert person not in firms(text)
    assert any("昶蔚" in name for name in firms(text))


def test_a_short_name_that_speaks_stays_a_firm() -> None:
    text = "宁夏云昶算力有限公司一期投资3亿元已经上线。云昶说,二期年底再看。"
    assert "云昶" in firms(text)


def test_the_plant_of_a_firm_is_no_firm_of_its_own() -> None:
    text = "昶阿妹酸汤有限公司的新厂区打了地基。正是冲着酸汤厂,湖南昱裕包装有限公司掏了1900万元跟到凯里。"
    assert "酸汤厂" not in firms(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("越南客商与我县昶龙口岸开发有限责任公司合股,投资6600万元的厂房立了柱子。", "昶龙口岸开发有限责任公司"),
        ("有五成来自电脑品牌昶碁电脑有限公司,总投资3亿元的厂房已经投产。", "昶碁电脑有限公司"),
        ("海丰昶塘珠宝鉴定中心有限公司投资2000万元,昨天签约。", "海丰昶塘珠宝鉴定中心有限公司"),
    ],
)
def test_where_a_name_begins(text: str, name: str) -> None:
    assert name in firms(text)


def test_a_holder_owns_the_firm_spoken_of_and_its_project_goes_on() -> None:
    text = "1月13日,遂宁昶光固态电池有限公司的第一批电芯走下产线。这家企业由深圳昶光能源控股,总盘子21亿元。"
    (row,) = rows(text)
    assert row[1:] == (2_100_000_000, "production")
    assert [one.kind.value for one in read(text).relations] == ["subsidiary_of"]


def test_a_founder_from_abroad_owns_the_firm_that_adds_a_line() -> None:
    text = "12月21日,昶瑞粮油(钦州)有限公司与开发区正式签订增资合同,新增投资2800万美元。该公司由新加坡麒昶湾控股独资设立,2006年投入1500万美元建成首期车间,翌年即告满产。"
    owned = [one for one in read(text).relations if one.kind.value == "subsidiary_of"]
    assert [(one.head[0], (one.tail or ("",))[0]) for one in owned] == [("昶瑞粮油(钦州)有限公司", "麒昶湾控股")]


def test_a_project_firm_belongs_to_whoever_invests() -> None:
    text = "2、德国KRANZOL——工业脚轮,800万欧元。项目公司昶朗措脚轮(东台)有限公司的执照周四打出来了。"
    (row,) = rows(text)
    assert row[1:] == (8_000_000, "landed")


@pytest.mark.parametrize("ceremony", ["签约仪式在县宾馆举行", "签约大会成功举办"])
def test_a_ceremony_holds_for_the_firms_it_lists(ceremony: str) -> None:
    text = f"3月18日上午,威县春季招商项目{ceremony},3家企业负责人到会。其中,昶盛汽车内饰件有限公司投资2.6亿元建设顶棚生产线项目,渥津食品有限公司投资1.1亿元建设速冻面点项目。"
    assert [row[1:] for row in rows(text)] == [(260_000_000, "signed"), (110_000_000, "signed")]


@pytest.mark.parametrize(
    "title",
    [
        "关于全资子公司签署投资协议暨对外投资进展\n  的公告",
        "董事会关于项目进展的提示性公告",
        "第六届董事会第九次会议决议公告",
        "2025年半年度报告",
    ],
)
def test_the_firm_of_an_announcement_calls_itself_the_company(title: str) -> None:
    text = f"昶蓝重工股份有限公司\n{title}\n一、公司在诸城的掘进机整机项目(投资35,000万元)已于2020年12月达产;\n二、公司与德州某园区原定的钻具项目(投资1.6亿元)因市场变化已终止。"
    assert [row[1:] for row in rows(text)] == [(350_000_000, "production"), (160_000_000, "terminated")]
    assert all("昶蓝重工股份有限公司" in draft.companies for draft in read(text).projects)


def test_what_a_foreign_side_puts_up_for_a_plant_is_its_investment() -> None:
    text = "昨天,古里镇与韩国昶亚纺织株式会社签订协议,外方出资1500万美元,在镇工业小区兴办一家独资色织布厂。"
    assert [row[1:] for row in rows(text)] == [(15_000_000, "signed")]


def test_whom_goods_go_to_does_not_own_the_project() -> None:
    text = "7月12日,昶喜机器人有限公司首批20台喷涂机器人交付淄川昱隆陶瓷。整个项目花了6200万元。"
    (row,) = rows(text)
    assert row[0] == "昶喜机器人有限公司" and row[1] == 62_000_000


@pytest.mark.parametrize(
    "foot", ["素材:万宁市商务局", "原标题:《万宁又签一个大项目》", "以上为合并转发的聊天记录,入会费99元"]
)
def test_sources_and_forwards_are_no_article(foot: str) -> None:
    text = f"3月8日,昶蔚新材料有限公司投资3.2亿元的膜项目在园区开工。项目分两期建设,明年6月投产。\n{foot}"
    reading = read(text)
    at = text.index(foot)
    assert all(name.span.start < at for name in reading.names)
    assert all(amount.span.start < at for amount in reading.amounts)


@pytest.mark.parametrize(
    "joint",
    [
        "的合资厂上周末封了顶,8600万元,两家各占一半",
        "合投的速溶茶车间上周封顶,8600万元",
        "两家合资8600万元建设的车间上周封顶",
    ],
)
def test_two_who_build_together_have_one_project(joint: str) -> None:
    text = f"余江昶花眼镜有限公司与温州渥视光学有限公司{joint}。"
    drafts = read(text).projects
    assert [len(one.companies) for one in drafts] == [2] and rows(text)[0][1:] == (86_000_000, "construction")


@pytest.mark.parametrize(
    ("text", "kind", "other"),
    [
        (
            "昶光固态电池有限公司第一批电芯走下产线。电芯的第一家客户重庆岩昶商用车当天就拉走了两个集装箱。",
            "customer_of",
            "重庆岩昶商用车",
        ),
        (
            "贵州昶翻航空科技有限公司租下厂房,投资3200万元。公司的机身壳体,由六盘水本地的钟昶碳素供应。",
            "supplier_of",
            "钟昶碳素",
        ),
    ],
)
def test_who_deals_with_the_firm_spoken_of(text: str, kind: str, other: str) -> None:
    assert (kind, other) in [(one.kind.value, one.head[0]) for one in read(text).relations]


def test_why_a_firm_comes_is_no_project_of_whom_it_follows() -> None:
    text = "做匣钵的浮梁昶岭耐材有限公司因为主要买家昌昶瓷业有限公司搬进园区,也跟着搬了进来,投资1900万元,6月出了第一批匣钵。"
    assert rows(text)[0][:2] == ("浮梁昶岭耐材有限公司", 19_000_000)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("编号:2012-06 客商:香港昶泰国际 内容:石材加工 投资额(万美元):1,500 状态:7月签约", [15_000_000]),
        ("昶芯封装有限公司的装修队昨天进场,总投资1.9亿里设备占1.5亿。", [190_000_000, 150_000_000]),
        ("椿昶木匠合作社第一套圈椅卖了一万二千块,投资三百五十万。", [12_000, 3_500_000]),
    ],
)
def test_sums_as_people_write_them(text: str, amounts: list[int]) -> None:
    assert [int(one.money.value) for one in read(text).amounts] == amounts


def test_a_note_holds_for_all_sums_but_those_with_a_unit() -> None:
    text = "一季度招商项目汇总 投资额除注明外均为亿元人民币\n编号|企业|来自|投向|投资额|方式|进展\n25-01|芜湖骅昶智驾科技|安徽|线控转向|3.5|正式合同,1/17|隔墙拆除中\n25-02|Halvorsen Marine|丹麦|电推进舱|2000万美元|备忘录,2/20|无"
    assert [float(one.money.value) for one in read(text).amounts] == [350_000_000, 20_000_000]


def test_a_stem_that_is_a_word_names_its_firm_where_it_acts() -> None:
    text = "中山灯语照明有限公司计划投资8000万元。灯语一动,周围的人都来问;给灯语做灯罩的渥光玻璃有限公司也来了。"
    assert firms(text).count("灯语") == 2
