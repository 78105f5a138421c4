"""Amounts and relations that are judged by learned models, places that only a firm fills, and what two more writers taught."""

import pytest

from tests.engines.reading.reads import firms, read, rows
from zhaoyin.domain.atoms.money import find_money
from zhaoyin.engines.reading.aliases import join_beginnings
from zhaoyin.engines.reading.boilerplate import classify_lines
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.mentions import Kind, Mention
from zhaoyin.engines.reading.name_model import NameModel
from zhaoyin.engines.reading.namesakes import clusters_of
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.relation_model import RelationModel, place_signs
from zhaoyin.engines.reading.sign_model import SignModel


def links(text: str) -> set[tuple[str, str, str]]:
    """Kind, first of head and first of tail of each relation but offices."""
    return {
        (one.kind.value, one.head[0], one.tail[0])
        for one in read(text).relations
        if one.tail and one.kind.value != "has_role"
    }


# -- amounts


def test_what_a_firm_pays_for_other_things_is_no_total() -> None:
    text = "苏州栎阳电子在昆山签了投资合同。公司去年光税就缴了680万元。"
    assert rows(text) == [("苏州栎阳电子", None, "signed")]


def test_without_a_model_the_rules_stand() -> None:
    bare = ReadingParams(amounts=SignModel({}))
    reading = read("无锡驰朗机械与锡山开发区签约,总投资2.6亿元。", bare)
    assert [one.role.value for one in reading.amounts] == ["invest"]


@pytest.mark.parametrize("text", ["建设20万锭棉纺项目", "送了两万把扇子", "一期8万锭设备已安装"])
def test_spindles_and_fans_are_no_money(text: str) -> None:
    assert text_of(text) == []


# -- relations


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "常州砺原锻造在溧阳开了工。它的钢坯一直由江阴旻澜特钢供应。",
            ("supplier_of", "江阴旻澜特钢", "常州砺原锻造"),
        ),
        (
            "镇江驰骏模塑跟着老客户扬州瀚腾车灯来到句容,签下投资合同。",
            ("followed", "镇江驰骏模塑", "扬州瀚腾车灯"),
        ),
    ],
)
def test_relations_in_many_words(text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in links(text)


def test_a_bank_lends_to_the_firm_spoken_of_and_not_to_its_supplier() -> None:
    text = "苏州栎阳电子有限公司与经开区签约,总投资3.2亿元。设备由无锡驰朗机械供货,江苏银行昆山支行贷款5000万元。"
    assert ("lends_to", "江苏银行昆山支行", "苏州栎阳电子有限公司") in links(text)


def test_firms_that_only_stand_side_by_side_have_nothing_to_do_with_each_other() -> None:
    assert links("苏州栎阳电子投资2亿元,无锡驰朗机械投资3亿元,两个项目同日开工。") == set()


def test_signs_are_seen_from_the_first_named() -> None:
    signs = place_signs("由", "给", "供货")
    assert {"mX给", "m给Y", "qY供", "<给Y", ">X给"} <= signs
    assert RelationModel({}).chances(signs) == [0.5] * 12


# -- names


def test_places_that_only_a_firm_fills() -> None:
    assert firms("该项目由天天果园投资建设,总投资6000万元。") == ["天天果园"]
    assert firms("县里与中车株洲所签署战略合作协议。") == ["中车株洲所"]
    assert firms("项目已完成竣工验收,投资方是贵阳嘉彩包装。") == ["贵阳嘉彩包装"]
    assert "合作方" not in firms("县里与合作方签署协议,由村民投资建设。")


class Told:
    """A field whose chances are given."""

    def __init__(self, chances: list[dict[str, float]]) -> None:
        self.chances = chances

    def set(self, features: list[list[str]]) -> None:
        assert len(features) == len(self.chances)

    def marginal(self, label: str, place: int) -> float:
        return self.chances[place][label]


def names_by(*fields: list[dict[str, float]]) -> NameModel:
    """A model of such fields, which have read a sentence of as many words."""
    model = NameModel([])
    model._taggers = [Told(one) for one in fields]
    model.read([[] for _ in fields[0]])
    return model


OUT, BEGINS, GOES_ON = {"O": 1.0, "B": 0.0, "I": 0.0}, {"O": 0.0, "B": 1.0, "I": 0.0}, {"O": 0.0, "B": 0.0, "I": 1.0}


def test_words_are_labelled_by_their_own_chances() -> None:
    assert names_by([OUT, BEGINS, GOES_ON, BEGINS, OUT]).firms() == [[(1, 1.0), (2, 1.0)], [(3, 1.0)]]
    # whether the first or the second word begins it is another question than whether the second is one of a firm's
    torn = {"O": 0.0, "B": 0.55, "I": 0.45}
    assert names_by([{"O": 0.55, "B": 0.45, "I": 0.0}, torn, GOES_ON]).firms() == [[(1, 1.0), (2, 1.0)]]


def test_the_second_model_is_asked_where_the_first_doubts() -> None:
    doubtful = {"O": 0.6, "B": 0.4, "I": 0.0}
    assert names_by([OUT, doubtful], [OUT, BEGINS]).firms() == [[(1, pytest.approx(0.7))]]
    assert names_by([OUT, OUT], [OUT, BEGINS]).firms() == []


def test_firms_of_a_city_and_old_names() -> None:
    assert firms("厂房由樟树城投代建,盐城国投认缴四成。") == ["樟树城投", "盐城国投"]
    assert firms("老井坊酒业投资2亿元建陶坛库。") == ["老井坊酒业"]
    assert firms("老化工厂改造投资3000万元。") == []


def test_a_short_name_joins_the_only_firm_that_begins_so() -> None:
    names = [
        Mention(0, 4, Kind.COMPANY, "热浪剧场"),
        Mention(9, 11, Kind.COMPANY, "热浪"),
        Mention(20, 24, Kind.COMPANY, "旻浪电子"),
    ]
    clusters = clusters_of({one.text: [one] for one in names})
    join_beginnings(clusters)
    assert [sorted(one.names) for one in clusters if one.mentions] == [["热浪", "热浪剧场"], ["旻浪电子"]]


# -- stages


def test_an_opening_holds_for_all_that_semicolons_part() -> None:
    text = "昨天同时有三家企业动了土。规模最大的是苏州栎阳电子,准备投2.8亿元;其次无锡驰朗机械,投4500万元;第三家常州砺原锻造投了3000万元。"
    assert [stage for _, _, stage in rows(text)] == ["construction"] * 3


def test_what_the_next_line_tells_of_several_is_not_told_of_the_last_firm() -> None:
    text = "本月新签约项目:①苏州栎阳电子,2亿元;②无锡驰朗机械,1.5亿元。\n昨天同时有两家企业动了土。规模大的是常州砺原锻造,总投资2.8亿元。"
    assert [stage for _, _, stage in rows(text)] == ["signed", "signed", "construction"]


def test_a_phase_is_no_count() -> None:
    text = "主要是:投资22亿元的旻澜锂材隔膜项目,一期已投产;投资10亿元的栎阳乳业项目,完成土地平整;投资3亿元的驰朗机床项目已终止合作。"
    assert [stage for _, _, stage in rows(text)][1:] == ["construction", "terminated"]


def test_what_is_urged_has_not_begun_and_a_stalled_site_is_one() -> None:
    assert rows("凯信生物今天把地摘了,68亩,后面抓紧开工。总投3.6亿那个")[0][2] == "sited"
    assert rows("砺原敷料总投资6500万元,净化装修被迫停工。")[0][2] == "construction"


# -- evidence


def test_the_heading_is_the_evidence_of_what_stands_under_it() -> None:
    reading = read(
        "本月新签约项目:①苏州栎阳电子,2亿元;②无锡驰朗机械,1.5亿元。\n现场开工项目2个,其中常州砺原锻造3亿元、镇江驰骏模塑8000万元。"
    )
    spans = [one.stage_span.text for one in reading.projects if one.stage_span is not None]
    assert spans == ["新签约项目", "新签约项目", "开工项目2个", "开工项目2个"]
    listed = read("一、已投产项目(2个)\n1. 苏州栎阳电子,2亿元\n2. 无锡驰朗机械,1.5亿元\n")
    assert {one.stage_span.text for one in listed.projects if one.stage_span is not None} == {"已投产项目(2个)"}


# -- amounts as machines and mouths give them


def test_a_counted_amount_and_a_number_torn_by_blanks() -> None:
    assert [text_of(one) for one in ("一个2000万元的加工点", "一个亿", "3亿2000万元", "两个1.5亿元的项目")] == [
        ["2000万元"],
        ["一个亿"],
        ["3亿2000万元"],
        ["1.5亿元"],
    ]
    torn = read(
        "上半年全县新签约项目27个,合同额\n118. 6 亿元;到位省外资金 32 . 4 亿元,同比增长8.1%。\n1. 5000万元以上项目6个。"
    )
    assert [float(one.money.value) for one in torn.amounts] == [11_860_000_000.0, 3_240_000_000.0]


def text_of(text: str) -> list[str]:
    """The amounts of a text as it has them."""
    return [text[one.start : one.end] for one in find_money(text)]


def test_the_head_that_runs_through_printed_pages() -> None:
    head = "白石经济开发区招商局            内部资料 注意保存"
    text = canonical(
        f"{head}\n上半年新签约项目38个,苏州栎阳电子投资3亿元。\n第 1 页 共 2 页\n{head}\n无锡驰朗机械5月开工,总投资2亿元。\n第 2 页 共 2 页\n{head}\n"
    )
    assert [one.is_boilerplate for one in classify_lines(text)] == [True, False, True, True, False, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "白石市平川区经合局文件 第 2 页 共 6 页",
        "采写/吴某 摄影/大K 编辑/周周",
        "推荐视频:小夫妻回乡养鹅 年入20万元(02:14)",
        "(作者单位:高要区融媒体中心)",
        "文/苏某 图/阿盖 责编/老莫",
        "本版广告:某某公寓 单价3900元起",
        "汾水晚报数字版 2019年3月18日 星期一 第2版 要闻",
    ],
)
def test_heads_and_feet_of_printed_pages(line: str) -> None:
    text = canonical(f"昨天苏州栎阳电子在昆山开工,总投资3亿元,年底投产。\n{line}\n县里还有两个项目在谈,下月见分晓。")
    assert [one.is_boilerplate for one in classify_lines(text)] == [False, True, False]


def test_a_torn_bracket_is_no_name() -> None:
    rows_of_a_table = "".join(
        f"{number} |{firm} |{what} |{money}|{state} |\n"
        for number, firm, what, money, state in (
            (3, "山东寰麦淀粉", "玉米淀粉", "9.9 亿元", "打桩完,冬休"),
            (4, "蓝海风电塔筒", "装备", "1.8亿元", "合同已签,未注册"),
            (5, "鑫渤物流 (", "物流", "3500万元", "注册,未选址"),
            (5, "鑫渤物流 (", "物流", "3500万元", "注册,未选址"),
            (6, "辽宁科翰减速机", "机械", "1.2亿元", "洽谈"),
        )
    )
    text = "序 |企 业 |行业 |投 资 |状 态 |\n" + rows_of_a_table
    assert all(len(name) > 1 for name in firms(text))
