"""What the learned models share: masked texts, packed weights, signs; and which firms invest."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.reading.reads import firms, read, rows
from zhaoyin.domain.errors import InvalidValue
from zhaoyin.engines.reading.assembling import analysed
from zhaoyin.engines.reading.boilerplate import classify_lines
from zhaoyin.engines.reading.canonical import canonical
from zhaoyin.engines.reading.installation import Installation
from zhaoyin.engines.reading.investor_model import Investors, base_investors
from zhaoyin.engines.reading.masking import Masked
from zhaoyin.engines.reading.packing import Sums, packed, packed_rows, row_line
from zhaoyin.engines.reading.params import ReadingParams
from zhaoyin.engines.reading.problem import ReadingProblem
from zhaoyin.engines.reading.sign_model import SignModel, pieces
from zhaoyin.engines.reading.tables import kind_of
from zhaoyin.engines.reading.unwrapping import unwrapped

# -- masked texts


def test_marks_stand_for_their_words_and_numbers_for_themselves() -> None:
    text = "甲公司在ABC投资30,000万元,用地12.5亩,第3天"
    marks = [(0, 3, "C"), (9, 17, "M")]
    assert Masked(text, marks).piece(0, len(text)) == "C在abc投资M,用地N亩,第N天"


def test_of_two_marks_that_overlap_the_first_counts() -> None:
    assert Masked("合肥经开区公司", [(0, 5, "Z"), (2, 7, "C")]).piece(0, 7) == "Z公司"


def test_a_mark_may_be_called_otherwise() -> None:
    masked = Masked("甲给乙供货", [(0, 1, "C"), (2, 3, "C")])
    assert masked.piece(0, 5, {0: "X"}) == "X给C供货"
    assert masked.piece(1, 2) == "给"


@given(
    st.text(alphabet="甲乙丙A1,。", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=5)
)
def test_what_no_mark_covers_stays(text: str, places: list[tuple[int, int]]) -> None:
    marks = [(start, min(len(text), start + width), "C") for start, width in places if start < len(text)]
    covered = {at for start, end, _ in marks for at in range(start, end)}
    kept = {sign for at, sign in enumerate(text) if at not in covered and sign in "甲乙丙。"}
    assert kept <= set(Masked(text, marks).piece(0, len(text)))


# -- packed weights

ROWS = st.lists(
    st.dictionaries(st.integers(0, 10), st.integers(-30_000, 30_000).map(lambda number: number / 1024), max_size=11),
    max_size=40,
)


@given(ROWS)
def test_packed_rows_add_up_class_by_class(rows: list[dict[int, float]]) -> None:
    sums = Sums(11).of([packed(row.items()) for row in rows])
    assert sums == [sum(row.get(number, 0.0) for row in rows) for number in range(11)]


@given(ROWS)
def test_a_packed_row_can_be_read_again(rows: list[dict[int, float]]) -> None:
    for row in rows:
        assert dict(Sums(11).row(packed(row.items()))) == {number: value for number, value in row.items() if value}


def test_a_row_is_written_and_read() -> None:
    row = ((0, 0.25), (3, -1.5), (10, 2.0))
    line = row_line("签", row)
    assert line == "签\t025\t3-150\ta200"
    assert dict(packed_rows([line, "约\t025"])) == {"签": packed(row), "约": packed([(0, 0.25)])}


def test_a_learned_change_beyond_reason_is_refused() -> None:
    data = Installation(changes={"签": {0: 1e12}}).dumps()
    try:
        Installation.loads(data)
    except InvalidValue as error:
        assert error.code == "reading-model"
    else:
        raise AssertionError("taken")


# -- signs


def test_signs_that_are_not_known_weigh_nothing() -> None:
    model = SignModel({"a": 2.0, "b": -900.0})
    assert model.balance({"c"}) == 0.0 and model.chance(set()) == 0.5
    assert model.balance({"a", "c"}) == 2.0
    assert 0.0 <= model.chance({"b"}) < 1e-12


def test_pieces_carry_the_name_of_their_place() -> None:
    assert pieces("l", "签约了", (2, 3)) == ["l签约", "l约了", "l签约了"]
    assert pieces("l", "签", (2,)) == []


# -- investors


def likeness(text: str) -> dict[str, float]:
    """Of each firm of the text how much it looks like an investor."""
    work = analysed(problem=ReadingProblem(text))
    judge = Investors(work.facts, work.masked, base_investors())
    return {max(cluster.names, key=len): judge.likeness([cluster]) for cluster in work.facts.clusters}


def test_who_builds_looks_more_like_an_investor_than_who_sells() -> None:
    found = likeness(
        "苏州栎阳电子有限公司投资2亿元的线路板项目在昆山开工。设备由无锡驰朗机械有限公司供货,江苏银行昆山支行贷款5000万元。"
    )
    assert found["苏州栎阳电子有限公司"] > 1 > found["江苏银行昆山支行"]
    assert found["苏州栎阳电子有限公司"] > found["无锡驰朗机械有限公司"]


def test_without_a_firm_nothing_is_likely() -> None:
    work = analysed(problem=ReadingProblem("今天下雨。"))
    assert Investors(work.facts, work.masked, SignModel({})).likeness([]) == 0.0


def test_another_model_may_be_asked() -> None:
    text = "苏州栎阳电子有限公司与昆山经济技术开发区签约,总投资2亿元。"
    assert read(text, ReadingParams(investors=SignModel({}))).projects


# -- heads of tables, adverts


def test_heads_that_name_a_firm_in_some_way() -> None:
    assert [kind_of(label) for label in ("线索企业", "重点企业名称", "链主企业", "牵头单位")] == [
        "company",
        "company",
        "customer",
        "agency",
    ]


def test_a_note_of_the_unit_may_be_a_clause() -> None:
    table = (
        "硅材料线索清单|3月31日导出|金额单位均为万元\n编号|线索企业|拟投|当前进度\n"
        "01|扬州晶彩硅胶有限公司|15000|2月25日签正式合同\n02|成都川新硅品有限公司|3600|今年3月开工"
    )
    assert [str(one.amount.money.value) for one in read(table).projects if one.amount] == ["150000000", "36000000"]


def test_small_adverts_and_mastheads_of_old_papers_are_boilerplate() -> None:
    text = canonical(
        "宁国报 2004年10月16日 星期六 第二版 经济\n"
        "港安橡塑有限公司投资2800万元的密封件项目昨天在河沥溪投产,县领导到场祝贺。\n"
        "·广告· 津河路门面转让,面积46平方米,年租金1.8万元,有\n意者请打电话。\n·启事· 二级会计班同学会定于11月6日举行。\n"
    )
    marked = [line.is_boilerplate for line in classify_lines(text)]
    assert marked == [True, False, True, True, True]
    assert not re.search("1.8万", "".join(one.span.text for one in read(text).amounts))


# -- what three more writers taught


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("兰州华欣会展服务有限公司投资2亿元。", "兰州华欣会展服务有限公司"),
        ("宝鸡远程物流运输有限公司投资2亿元。", "宝鸡远程物流运输有限公司"),
        ("蒙原乳业磴口有限公司投资9.2亿元,2019年投产。", "蒙原乳业磴口有限公司"),
        ("公司在山西设立四平鲁泰丰轴承有限公司,投资2亿元。", "四平鲁泰丰轴承有限公司"),
        ("日资三岛密封(常熟)有限公司增资2600万美元新建油封二期。", "三岛密封(常熟)有限公司"),
        ("上海纬达成立于2008年,主营含氟精细化工。", "上海纬达"),
        ("该企业系跟随川时锂能从宁德迁来,投资2亿元。", "川时锂能"),
    ],
)
def test_names_by_their_form_or_place(text: str, name: str) -> None:
    assert name in firms(text)


@pytest.mark.parametrize(
    "text", ["园区成立于2006年。", "三家新能源企业签约。", "该公司的胶粘带主要供给川西翼航工业,胶粘带年产3亿米。"]
)
def test_what_is_no_firm_there(text: str) -> None:
    assert set(firms(text)) <= {"川西翼航工业"}


def test_its_own_words_tell_more_than_a_heading_of_leads() -> None:
    table = (
        "昌吉市产业链线索清单\n编号|线索企业|拟投(万元)|当前进度\n"
        "01|常州武进联强气体有限公司|9800|厂房基础已浇筑完成\n02|扬州晶彩硅胶有限公司|15000|拟下月考察"
    )
    assert [stage for _, _, stage in rows(table)] == ["construction", "intent"]


def test_boilerplate_with_blanks_between_its_letters() -> None:
    text = canonical(
        "荆门格源再生资源有限公司投资6亿元的磷酸铁锂修复线在掇刀签约,副区长到场祝贺。\n【打 印】【关 闭】\n相 关 链 接 :\n· 我区与中科储能签订30亿元液流电池项目\n"
    )
    assert [line.is_boilerplate for line in classify_lines(text)] == [False, True, True, True]


def test_rows_parted_by_tabs_are_not_joined() -> None:
    rows_of = ["瑞元食品\t海苔\t700万美元\t8月20日与市里签约,独资", "丹珲货运\t保税库\t1.4亿元\t8月15日公司成立"] * 6
    text, _ = unwrapped("\n".join(rows_of))
    assert text.count("\n") == len(rows_of) - 1


def test_a_project_whose_firm_is_not_named_is_a_lead() -> None:
    text = "双方深入交流洽谈后,投资10亿元的黄海数字智谷产业园项目签约落地。"
    (draft,) = read(text).projects
    assert draft.name is not None and draft.name.text == "黄海数字智谷产业园项目" and not draft.companies
