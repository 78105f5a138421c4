"""Lines that are no article, plants and other names by their form, and what the words of a list tell of its firms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engines.reading.reads import firms, read, rows
from zhaoyin.engines.reading.boilerplate import classify_lines
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.line_model import judged_lines, line_features
from zhaoyin.engines.reading.tables import kind_of
from zhaoyin.engines.reading.unwrapping import unwrapped

ARTICLE = "3月8日,昶蔚新材料有限公司投资3.2亿元的高性能膜项目在云岭工业园开工,占地96亩。\n项目分两期建设,一期明年6月投产,预计年产值5亿元,可带动就业200人。"


def boilerplate(text: str) -> list[str]:
    return [text[line.start : line.end].strip() for line in judged_lines(canonical(text)) if line.is_boilerplate]


# -- lines


@pytest.mark.parametrize(
    "foot",
    [
        "↓ 往期精彩 ↓\n· 某县签下20亿元大单\n· 这家公司要上市了",
        "【延伸阅读】 邻县百亿项目开工 | 一家企业落户高新区",
        "发表于 2021-03-09 19:02 来自手机\n支持 12 反对 1 回复 举报",
        "“小宋”撤回了一条消息\n“老韩”邀请“小孙”加入了群聊",
        "微信扫码 关注我们\n长按识别二维码 查看更多",
    ],
)
def test_feet_of_many_kinds_are_no_article(foot: str) -> None:
    found = boilerplate(f"{ARTICLE}\n{foot}")
    assert set(foot.split("\n")) <= set(found)
    assert not set(ARTICLE.split("\n")) & set(found)


@pytest.mark.parametrize(
    "head", ["首页 要闻 时政 县区 专题 视频", "下午3:41 ▮▮▮ 5G 72%", "【字体:大 中 小】 阅读:312次"]
)
def test_heads_of_many_kinds_are_no_article(head: str) -> None:
    assert head in boilerplate(f"{head}\n{ARTICLE}")


def test_what_stands_in_a_foot_becomes_no_fact() -> None:
    text = f"{ARTICLE}\n热门推荐\n昱锵电池20亿元项目签约\n渥丰重工8亿元项目落户邻县"
    reading = read(text)
    last = text.index("热门推荐")
    assert reading.projects and all(name.span.start < last for name in reading.names)
    assert all(amount.span.start < last for amount in reading.amounts)


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE,
        "一、昶蔚新材料,3亿元,已开工\n二、渥丰重工,2亿元,在谈\n三、昱锵电池,5亿元,已签约",
        "企业\t总投资\t状态\n昶蔚新材料\t3亿元\t开工\n渥丰重工\t2亿元\t在谈",
        "09:12 小顾:昶蔚那边昨晚来电话了\n09:14 陈局:好,3.2亿的合同周五签",
    ],
)
def test_articles_lists_tables_and_talks_stay(text: str) -> None:
    assert boilerplate(text) == []


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="昶蔚材料首页签约。,|>0123\t ", max_size=40), max_size=8))
def test_the_judged_lines_are_the_lines_of_the_text(lines: list[str]) -> None:
    text = canonical("\n".join(lines))
    judged, ruled = judged_lines(text), classify_lines(text)
    assert [(line.start, line.end) for line in judged] == [(line.start, line.end) for line in ruled]
    assert "".join(text[line.start : line.end] for line in judged) == text


def test_each_line_has_signs_of_its_place_and_neighbours() -> None:
    first, second, third = line_features(["首页 | 要闻", ARTICLE.split("\n")[0], "版权所有"], [True, False, True])
    assert {"T0", "U2", "R1", "w<", "B-"} <= set(first)
    assert {"T1", "w=", "E.", "R0"} <= set(second)
    assert {"U0", "w>", "A-", "版权", "^版权所有"} <= set(third)


# -- names by their form


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("桐城塑料三厂位于范岗镇,2014年停产。", "桐城塑料三厂"),
        ("给遵义四海酒业灌装厂的扩建图纸挑毛病。", "遵义四海酒业灌装厂"),
        ("绩溪县胡家村酱厂完成公司注册,投资1300万元。", "绩溪县胡家村酱厂"),
        ("由昶蔚精密和泸州酒城产业投资集团按六四比例出资组建。", "泸州酒城产业投资集团"),
        ("总投资2亿元的项目由安岳柠檬集团有限责任公司建设。", "安岳柠檬集团有限责任公司"),
        ("鲁信达(董家口)智能制造有限公司投资建设的轮胎项目投产。", "鲁信达(董家口)智能制造有限公司"),
        ("扮演客商的是湘南律师事务所律师。", "湘南律师事务所"),
        ("从广元农信银行贷款3000万元。", "广元农信银行"),
        ("自筹部分由省农担公司皖北分公司担保。", "省农担公司皖北分公司"),
        ("在常州,会见常州联合光伏支架公司总经理马群。", "常州联合光伏支架公司"),
        ("关于皖西北白酒集团迁建问题的纪要。", "皖西北白酒集团"),
        ("金坛顺博电缆料谈了半年,今天终于定稿。", "金坛顺博电缆料"),
        ("昨日,永昌玩具厂有限公司独资兴建的新厂投产,总投资2600万元。", "永昌玩具厂有限公司"),
    ],
)
def test_whole_names(text: str, name: str) -> None:
    assert name in firms(text)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("首批板子3月8日发往赣州家具厂。", "赣州家具厂"),
        ("昶蔚新材料的合肥老厂已经停产。", "合肥老厂"),
        ("东莞长安厂去年出货。", "东莞长安厂"),
        ("2019中国·井冈山(吉安)电子信息产业招商大会开幕。", "井冈山(吉安)电子"),
        ("浙江客商杨文斌投资6000万元创办了一家服饰公司。", "杨文斌"),
    ],
)
def test_no_firms(text: str, none: str) -> None:
    assert none not in firms(text)


# -- lists


def test_what_the_last_words_of_a_list_tell_holds_for_all() -> None:
    text = "会上,揽下三个单子:昶蔚果汁集团投资3.5亿元建果汁生产线,渥丰食品投资1.6亿元建蜜饯园,两家均签了正式合同。"
    assert rows(text) == [("昶蔚果汁集团", 350_000_000, "signed"), ("渥丰食品", 160_000_000, "signed")]


def test_a_list_on_the_next_line_hears_what_was_counted() -> None:
    text = "9月1日,某区举行推介会,现场签约项目18个,协议总投资112亿元。\n其中,昶蔚食品有限公司将在经开区投资6亿元,建设预制菜产业园;渥丰味业拟建年产3万吨复合调味料项目,投资额2.1亿元。"
    assert [row[2] for row in rows(text)] == ["signed", "signed"]


def test_the_total_counts_beside_what_is_built() -> None:
    text = (
        "昶蔚轨道装备股份有限公司投资的铝型材基地正式动工。项目计划总投资4.5亿元,占地96亩,一期投入2亿元,建挤压线6条。"
    )
    assert rows(text) == [("昶蔚轨道装备股份有限公司", 450_000_000, "construction")]


def test_who_pays_for_the_project_joins_it() -> None:
    text = "3月24日,昶蔚化工有限公司特种聚酯项目首批桩机进场。该项目总投资约22亿元,占地286亩,由渥丰控股集团全额出资。"
    (row,) = rows(text)
    assert row[1:] == (2_200_000_000, "construction")


def test_a_child_with_its_own_sum_is_none_of_its_parents_project() -> None:
    text = "12月17日,鄂昶电气集团与某市签约,投资2亿元建检修基地。此前,鄂昶电气集团旗下渥丰新材投资6.6亿元的绝缘纸板厂已全面试产。"
    found = {(row[0], row[1]) for row in rows(text)}
    assert ("鄂昶电气集团", 200_000_000) in found and ("渥丰新材", 660_000_000) in found


def test_a_remarks_own_state_counts() -> None:
    text = "备注:昶蔚针织有限公司,意向租两层厂房,投3000万元,去年投产的老厂开票1.1亿元。责任人:小郑。状态:洽谈中。"
    assert [row[2] for row in rows(text)] == ["negotiating"]


def test_a_changed_sum_holds() -> None:
    text = "9月28日,古雷开发区与昶蔚水产食品有限公司签订补充协议,总投资由1.6亿元变更为2.2亿元。"
    assert [row[1] for row in rows(text)] == [220_000_000]


def test_what_the_text_has_listed_is_no_figure_of_the_area() -> None:
    text = "本周新签约:\n一、昶蔚新材料,投资3亿元。\n二、渥丰重工,投资2亿元。\n三、昱锵电池,投资5亿元。\n全周新签项目共3个。"
    assert len(read(text).projects) == 3 and not read(text).statistics


@pytest.mark.parametrize(
    ("head", "kind"),
    [("合同额", "invest"), ("签约金额", "invest"), ("年底状态", "stage"), ("约定进度", "aside"), ("履约情况", "stage")],
)
def test_heads_of_columns(head: str, kind: str) -> None:
    assert kind_of(head) == kind


def test_blanks_between_thousands_go_where_they_stand_around_the_number() -> None:
    text = "昶蔚茶机厂智能炒青线改造。总投资 3 860 万元,截至 8 月底完成 2 940 万元。"
    assert "3860万元" in unwrapped(text)[0] and "2940万元" in unwrapped(text)[0]
    assert unwrapped("第 3 860 万元")[0] != unwrapped(text)[0]


def test_a_plant_whose_site_is_let_invests_nothing_and_its_county_is_no_firm() -> None:
    text = "三江县签下大单。三江县糖厂旧址由昱锵重工(董家口)智能装备有限公司租下,投资8000万元,已签了正式合同。"
    assert rows(text) == [("昱锵重工(董家口)智能装备有限公司", 80_000_000, "signed")]
    assert "三江县" not in firms(text)


def test_a_trade_is_told_once() -> None:
    text = "客商:江门六合五金锁业\n来源:其主要客户南浔星火门业推荐\n动态:7月20日来访,提出投资5000万元。"
    trades = [one for one in read(text).relations if one.kind.value in {"supplier_of", "customer_of"}]
    assert len(trades) == 1


def test_what_the_text_calls_a_project_stays_one() -> None:
    text = "永昶电子科技有限公司落地后,引来上下游海渥尼克、兴锵半导体等多个项目。"
    assert {"海渥尼克", "兴锵半导体"} <= {row[0] for row in rows(text)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("序号 投资主体 总投资(万元) 进度\n1 荷兰Vandermeer 26000 注册完成\n2 昶蔚建材 9000 框架协议", "Vandermeer"),
        ("由美国Norvane全资设立的昶蔚云计算(中卫)有限公司完成注册登记,计划总投资1.2亿美元。", "Norvane"),
    ],
)
def test_a_country_stands_outside_a_latin_name(text: str, name: str) -> None:
    assert name in firms(text)


def test_who_pays_and_who_is_only_the_parent_are_one_project() -> None:
    text = (
        "云南昶蔚生物科技有限公司柑橘深加工项目正在绑扎三层钢筋。该项目由重庆渥丰果业集团投资2.7亿元建设,预计明年投用。"
    )
    (row,) = rows(text)
    assert row[1:] == (270_000_000, "construction")


def test_the_end_of_the_only_project_of_an_announcement() -> None:
    text = (
        "江苏昶控精密铸造股份有限公司关于终止对外投资的公告\n公司于2022年3月2日与赣州市南康区人民政府签订《项目投资合同书》,"
        "约定由全资子公司赣州昶控轻合金有限公司投资80,000万元建设汽车结构件项目。\n经协商,双方签署终止协议,互不承担违约责任。"
    )
    assert [row[1:] for row in rows(text)] == [(800_000_000, "terminated")]


@pytest.mark.parametrize(
    "text",
    [
        "昶蔚新材料亮相厦门国际博览会,签约3亿元的项目。",
        "昶蔚新材料与温州商会洽谈,拟投资3亿元。",
        "昶蔚新材料在招商大会上签约,投资3亿元。",
    ],
)
def test_a_firm_at_a_meeting_stays_one(text: str) -> None:
    assert "昶蔚新材料" in firms(text)


def test_what_a_board_approves_is_no_step() -> None:
    text = "经公司总经理办公会批准,昶蔚家居有限公司在崇州市投资建设西南生产中心,投资总额65,000万元。近日,昶蔚家居与崇州市人民政府签订《项目投资合同》。"
    assert [row[1:] for row in rows(text)] == [(650_000_000, "signed")]


@pytest.mark.parametrize(
    "rest",
    [
        "该项目由大连渥丰集团投资,总投资10.5亿元,一期投资4亿元。",
        "项目总投资10.5亿元,投资方大连渥丰集团来看了三趟。",
        "昶蔚储能由大连渥丰集团全资设立,总投资10.5亿元。",
    ],
)
def test_the_sum_stays_with_the_project_whoever_pays(rest: str) -> None:
    text = f"4月16日,甘肃昶蔚储能科技有限公司钒液流电池项目在经开区封顶。{rest}"
    (row,) = rows(text)
    assert row[1:] == (1_050_000_000, "construction")


def test_a_label_without_a_unit_has_that_of_the_note_above() -> None:
    text = "在谈在建项目台账(11月) 单位:万元\n序号1 企业名称:昶蔚食品有限公司 项目:冬枣冻干 总投资:7200 进度:在建,冷库基础完成70%\n序号2 企业名称:渥丰种业 项目:育苗工厂 总投资:3500 进度:已签约"
    assert [row[1] for row in rows(text)] == [72_000_000, 35_000_000]


def test_ten_thousand_things_are_no_count_of_projects() -> None:
    text = "在京期间,与昶蔚数据科技有限公司签订数据中心项目投资协议,项目规划机架1.2万个,总投资25亿元。"
    assert [row[1] for row in rows(text)] == [2_500_000_000]


@pytest.mark.parametrize(
    ("rest", "child"),
    [
        ("该项目由大连渥丰集团投资,总投资10.5亿元。", False),
        ("该项目总投资10.5亿元,由大连渥丰集团全额出资。", True),
        ("昶蔚储能由大连渥丰集团全资设立,总投资10.5亿元。", True),
    ],
)
def test_who_only_pays_for_a_project_does_not_own_the_firm(rest: str, child: bool) -> None:
    text = f"4月16日,甘肃昶蔚储能科技有限公司钒液流电池项目在经开区封顶。{rest}"
    assert any(one.kind.value == "subsidiary_of" for one in read(text).relations) is child
